/** What the reports of runs are made from, and the little that all of them write alike. */
import type { Output } from '../contract/index'
import type { DrawnStyle } from '../contract/run-style'
import type { Line } from './report/curves'
import type { Planes } from './report/disc'

export type Run = Output<'runs.show'>['run']
export type Dashboard = Output<'runs.dashboard'>['dashboard']

export interface RunReport {
  run: Run
  dashboard: Dashboard
  /** as it was asked for */
  command: string
  /** of a Yin-Yang run */
  planes: Planes
}

export const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(2)} %`)

export const errorLine = ({ history }: Run, label: string, style?: DrawnStyle): Line => ({
  label,
  ...(style ? { style } : {}),
  points: history.flatMap(({ epoch, testAccuracy }) =>
    testAccuracy === null ? [] : [{ x: epoch, y: 100 * (1 - testAccuracy) }]
  )
})
