/** From the accuracies of an experiment's runs to its checks. */
import { median } from '../statistics/summary'
import type { Check, Drawn, Experiment, Judged, Plot, Value } from './types'

/** 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228]
const NORMAL = 1.96

/** test accuracies in percent, by run and seed; a run that was left out has none */
export type Accuracies = Readonly<Record<string, readonly number[]>>

export function judge(experiment: Experiment, accuracies: Accuracies, quick: boolean): Judged[] {
  return experiment.checks.flatMap((check) => {
    const value = valueOf(check.value, accuracies)
    // of a quick run, what needs runs that it leaves out
    if (value === null && quick) return []
    const [low, high] = quick ? check.quick : check.band
    const passed = value !== null && value >= (low ?? -Infinity) && value <= (high ?? Infinity)
    return [{ name: check.name, value, paper: check.paper, band: [low, high], passed }]
  })
}

function valueOf(value: Value, accuracies: Accuracies): number | null {
  if (value.kind === 'median') return middle(accuracies[value.run] ?? [])
  if (value.kind === 'at spikes') return atSpikes(value, accuracies)
  if (value.kind === 'error ratio') {
    const [over, under] = [accuracies[value.of] ?? [], accuracies[value.to] ?? []]
    return middle(over.slice(0, under.length).map((accuracy, seed) => (100 - accuracy) / (100 - under[seed])))
  }
  const [of, less] = [accuracies[value.of] ?? [], accuracies[value.less] ?? []]
  const differences = of.slice(0, less.length).map((accuracy, seed) => accuracy - less[seed])
  if (value.kind === 'difference') return middle(differences)
  const n = differences.length
  if (n < 2) return null
  const mean = differences.reduce((sum, d) => sum + d, 0) / n
  const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1))
  return mean - ((STUDENT[n - 2] ?? NORMAL) * sd) / Math.sqrt(n)
}

function atSpikes({ runs, spikes }: Extract<Value, { kind: 'at spikes' }>, figures: Accuracies): number | null {
  const points = runs
    .flatMap((run) => {
      const [x, y] = [middle(figures[`${run}, spikes`] ?? []), middle(figures[run] ?? [])]
      return x === null || y === null ? [] : [{ x, y }]
    })
    .sort((a, b) => a.x - b.x)
  const above = points.findIndex(({ x }) => x >= spikes)
  if (above < 0) return null
  if (points[above].x === spikes) return points[above].y
  if (above === 0) return null
  const [low, high] = [points[above - 1], points[above]]
  return low.y + ((high.y - low.y) * (spikes - low.x)) / (high.x - low.x)
}

const middle = (values: readonly number[]): number | null => (values.length === 0 ? null : median(values))

/** the lines of a plot, of the figures that there are */
export function drawn({ title, along, error, lines }: Plot, figures: Accuracies): Drawn {
  const of = (key: string): number | null => middle(figures[key] ?? [])
  return {
    title,
    along,
    unit: error ? '% wrong' : '% right',
    lines: lines.map(({ label, points }) => ({
      label,
      points: points.flatMap((point) => {
        const [x, y] = [typeof point.x === 'number' ? point.x : of(point.x), of(point.of)]
        return x === null || y === null ? [] : [{ x, y: error ? 100 - y : y }]
      })
    }))
  }
}

/** a check of a median that may fall short of the paper by so much */
export function reaches(name: string, run: string, paper: number, short: number, quickShort: number): Check {
  const value = { kind: 'median', run } as const
  return { name, value, paper, band: [paper - short, null], quick: [paper - quickShort, null] }
}
