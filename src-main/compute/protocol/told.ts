/** What tasks and answers tell, as plain values: rows, figures and lists without behaviour. */
import type { Setting } from '../../core/training/types'

/** of one quantity: mean and sd of single reads, a value a neuron (or driver, synapse) */
export interface Readings {
  mean: Float64Array
  sigma: Float64Array
}

/** of one routine, over the neurons that count; null where nothing was measured */
export interface RoutineSummary {
  before: SpreadOf | null
  after: SpreadOf | null
}

export interface SpreadOf {
  median: number
  mad: number
  sd: number
}

export interface Benchmark {
  name: string
  unit: string
  value: number
  threads: number
  /** what the measurement says besides: how it was made, tables */
  details?: { [key: string]: unknown }
}

export interface Machine {
  cpu: string
  cores: number
  memoryGB: number
  node: string
}

export interface Suite {
  suite: string
  cases: number
  maxError: number
  tolerance: number
  passed: boolean
  quantities: { name: string; worst: number; limit: number; value?: number; reference?: number }[]
}

export interface EpochRow {
  epoch: number
  loss: number
  trainAccuracy: number
  testAccuracy: number
  validationAccuracy?: number | null
  hiddenSpikesPerSample: number
  samplesPerSecond: number
  seconds: number
}

/** of a trained network; null: as it was trained */
export interface WhatIfChanges {
  /** the chip's `mismatch`; on ideal dynamics, of methods that have it, the setting `spread` */
  spread: number | null
  /** °C */
  temperature: number | null
  /** see core/training/impair.ts */
  bits: number | null
  dead: number
}

export interface WhatIfReading {
  testAccuracy: number
  /** test images that were read, of all */
  n: number
  of: number
  hiddenSpikesPerSample: number
}

export interface PresetInfo {
  name: string
  label: string
  help: string
  routines: string[]
  /** what differs from the defaults */
  targets: { [name: string]: number }
  /** keeps the rest of the active calibration */
  onTop: boolean
}

export interface MethodInfo {
  name: string
  label: string
  /** where its weights lie on the chip can be shown */
  mapped: boolean
  settings: Setting[]
  preset: string
  targets: { [name: string]: number }
}

export interface Catalogue {
  routines: { name: string; label: string }[]
  /** the first is the default */
  presets: PresetInfo[]
  targets: (Setting & { each: boolean })[]
  methods: MethodInfo[]
  datasets: string[]
  benchmarks: { name: string; unit: string; help: string }[]
  /** SHA-256 of the code and kernels that compute results */
  core: string
}

export interface DataSetInfo {
  name: string
  present: boolean
  samples: number
  sha256: string | null
  origin: string
  /** not shipped with anything: what a person has to add first */
  supply?: string
}
