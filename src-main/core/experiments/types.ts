/** A paper's experiment as plain data: which runs it is made of, and what must come out. */
import type { Disturbance } from '../training/disturbed'
import type { Config } from '../training/types'

export interface ExperimentRun {
  key: string
  method: string
  dataset: string
  /** `chip`: the experiment's own emulated chip, calibrated */
  on: 'ideal' | 'chip'
  /** preset that the chip is calibrated with; by default spiking2 */
  preset?: string
  /** the chip is set wrong by this share of each target (core/calibration/detuned.ts); draws with the run's seed */
  detune?: number
  epochs: number
  batch: number
  set: Config
  /** what is evaluated afterwards; the median accuracy of a level is known as `key, name level` */
  vary?: { name: Disturbance; levels: readonly number[]; draws: number }
  /**
   * the trained weights on the chip set wrong by these shares, with the draws of the runs of that `detune`; the accuracy is
   * known as `key, moved to share`
   */
  moved?: readonly number[]
  /** fewer than the experiment has, of runs that no check of single figures needs; more where an interval is asked for */
  seeds?: number
  /** of a quick run; null: it is left out */
  quick: { epochs: number; limitTrain?: number } | null
}

/**
 * Of the test accuracies of a run's seeds, in percent. `key, spikes` has the hidden spikes a sample; for levels see
 * `vary`.
 */
export type Value =
  | { kind: 'median'; run: string }
  /** median over seeds of the difference of two runs with the same seed */
  | { kind: 'difference'; of: string; less: string }
  /** median over seeds of the error (what is missing to 100 %) of one over that of the other */
  | { kind: 'error ratio'; of: string; to: string }
  /**
   * accuracy where so many hidden spikes are spent on a sample: medians over seeds of each run, joined by straight lines;
   * null if no run spends so many, or none so few
   */
  | { kind: 'at spikes'; runs: readonly string[]; spikes: number }
  /** lower end of the 95 % interval of the mean of these differences (Student's t) */
  | { kind: 'least difference'; of: string; less: string }

export interface Check {
  name: string
  value: Value
  /** what the paper has; null: it has no figure */
  paper: number | null
  /** lowest and highest value that passes; null: any */
  band: readonly [number | null, number | null]
  /** wider, for quick runs */
  quick: readonly [number | null, number | null]
}

/** a picture of an experiment's report: medians over seeds of figures */
export interface Plot {
  title: string
  /** what the x axis is */
  along: string
  /** true: what is missing to 100 % */
  error: boolean
  lines: readonly { label: string; points: readonly { x: number | string; of: string }[] }[]
}

export interface Experiment {
  name: string
  title: string
  paper: string
  /** the suites of reference vectors that must be met first */
  suites: readonly string[]
  seeds: number
  runs: readonly ExperimentRun[]
  checks: readonly Check[]
  plots?: readonly Plot[]
}

export interface Judged {
  name: string
  value: number | null
  paper: number | null
  band: [number | null, number | null]
  passed: boolean
}

/** a plot with its numbers */
export interface Drawn {
  title: string
  along: string
  unit: string
  lines: { label: string; points: { x: number; y: number }[] }[]
}
