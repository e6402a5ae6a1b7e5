/** A paper's experiment as plain data: which runs it is made of, and what must come out. */
import type { Config } from '../training/types'

export interface ExperimentRun {
  key: string
  method: string
  dataset: string
  /** `chip`: the experiment's own emulated chip, calibrated */
  on: 'ideal' | 'chip'
  epochs: number
  batch: number
  set: Config
  /** of a quick run; null: it is left out */
  quick: { epochs: number; limitTrain?: number } | null
}

/** of the test accuracies of a run's seeds, in percent */
export type Value =
  | { kind: 'median'; run: string }
  /** median over seeds of the difference of two runs with the same seed */
  | { kind: 'difference'; of: string; less: string }
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

export interface Experiment {
  name: string
  title: string
  paper: string
  /** the suites of reference vectors that must be met first */
  suites: readonly string[]
  seeds: number
  runs: readonly ExperimentRun[]
  checks: readonly Check[]
}

export interface Judged {
  name: string
  value: number | null
  paper: number | null
  band: [number | null, number | null]
  passed: boolean
}
