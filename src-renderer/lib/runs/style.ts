/** The stored colour and line of a run as this window draws them: a token of the theme, and dashes. */
import {
  DASHES,
  type DrawnStyle,
  type Hue,
  type RunStyle as Stored,
  toldApart
} from '../../../src-main/contract/run-style'

const TOKENS: Record<Hue, string> = {
  blue: '--run-1',
  orange: '--run-2',
  green: '--run-3',
  purple: '--run-4',
  ochre: '--run-5',
  sky: '--run-6',
  brown: '--run-7',
  grey: '--run-8'
}

export { HUES, LINES } from '../../../src-main/contract/run-style'

export type { Stored }

export interface RunStyle {
  /** name of the colour token */
  token: string
  dash: readonly number[]
  /** beside others that would look the same */
  mark?: DrawnStyle['mark']
}

export function runStyle({ colour, line, mark = 'none' }: Stored & Partial<Pick<DrawnStyle, 'mark'>>): RunStyle {
  return { token: TOKENS[colour], dash: DASHES[line], mark }
}

/** of the runs of one picture, by id */
export function stylesOf(runs: readonly ({ id: string } & Stored)[]): ReadonlyMap<string, RunStyle> {
  return new Map([...toldApart(runs)].map(([id, style]) => [id, runStyle(style)]))
}
