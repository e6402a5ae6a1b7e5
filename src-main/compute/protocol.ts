/**
 * What the main process and the compute process say to each other. Plain data and typed arrays only: it crosses a
 * process boundary by structured clone (Electron's message port, or child_process with serialization 'advanced').
 */
import type { SavedBench } from '../core/calibration/bench'
import type { Channels } from '../core/calibration/channels'
import type { Evidence } from '../core/calibration/evidence-fit'
import type { QuadrantState } from '../core/calibration/state'
import type { Housekeeping, Silicon } from '../core/emulator/chip-port'
import type { Written } from '../core/scope/crossbar'
import type { ScopeRequest } from '../core/scope/request'
import type { ScopeTrace } from '../core/scope/session'
import type { SynapseArrays } from '../core/training/surrogate/synapses'
import type {
  CalibrationResult,
  ChipSettings,
  Check,
  Curve,
  Defect,
  Instance,
  RoutineResult,
  Search
} from '../core/calibration/types'
import type { Disturbance, Level } from '../core/training/disturbed'
import type { Drawn, Experiment, Judged } from '../core/experiments/types'
import type { Checkpoint, Config, Evaluation, Plane } from '../core/training/types'

import type {
  Readings,
  RoutineSummary,
  Benchmark,
  Machine,
  Suite,
  EpochRow,
  WhatIfChanges,
  WhatIfReading,
  PresetInfo,
  Catalogue,
  DataSetInfo
} from './protocol/told'

export type * from './protocol/told'

export type {
  CalibrationResult,
  ChipSettings,
  Checkpoint,
  Config,
  Curve,
  Defect,
  Instance,
  RoutineResult,
  Search,
  Silicon
}

/** how a chip is opened: its silicon, what is written to it before the work, and which neurons may be used */
export type ChipSpec = { kind: 'ideal' } | OnChip

export interface OnChip extends Silicon {
  kind: 'chip'
  /** settings of a calibration; null: data-sheet defaults */
  settings: ChipSettings | null
  /** true: the median code of `settings` goes to all neurons ("not calibrated") */
  median: boolean
  /** u8[512], 1 = may be used; null: all */
  usable: Uint8Array | null
}

/** prepared images of a data set: file in the cache, checked when it was written and again when it is read */
export interface DataSpec {
  dataset: string
  limitTrain: number | null
  limitTest: number | null
}

/** where a calibration stands between two of its units (core/calibration/journal.ts) */
export interface CalibrationState {
  /** what the units came to, in order */
  done: unknown[]
  bench: SavedBench
  /** of the emulated chip; nobody but the emulator knows what is in it */
  chip: object | null
  /** that it took so far */
  seconds: number
}

export interface TaskInputs {
  calibrate: {
    chip: Silicon
    targets: { [name: string]: number }
    /** targets neuron by neuron */
    lists: { [name: string]: Float64Array }
    routines: string[] | null
    from: ChipSettings | null
    /** what the calibration that these settings are of found defective */
    known: Defect[]
    excluded: Uint8Array
    seed: number
    /** what was done before it was put aside */
    resume: CalibrationState | null
  }
  accept: {
    chip: Silicon
    /** the calibration as it was found; its settings are written, then all is measured again */
    result: CalibrationResult
    excluded: Uint8Array
    /** overwrite the settings first, when every check must fail */
    control: boolean
    seed: number
  }
  train: {
    method: string
    chip: ChipSpec
    data: DataSpec
    config: Config
    epochs: number
    batch: number
    seed: number
    resume: Checkpoint | null
  }
  evaluate: {
    method: string
    chip: ChipSpec
    data: DataSpec
    config: Config
    batch: number
    seed: number
    checkpoint: Checkpoint
    /** true: the very chip and settings of the training, whose measured conversion still holds */
    samePlace: boolean
  }
  robustness: {
    method: string
    chip: ChipSpec
    data: DataSpec
    config: Config
    batch: number
    checkpoint: Checkpoint
    vary: Disturbance
    levels: number[]
    draws: number
    /** of the draws */
    seed: number
    /** of the chip's noise */
    trialSeed: number
  }
  bench: { names: string[] }
  verify: { files: string[] }
}
export type TaskKind = keyof TaskInputs

export interface TaskResults {
  calibrate: { result: CalibrationResult; summaries: RoutineSummary[]; seconds: number }
  accept: { checks: Check[]; passed: boolean; readings: { [routine: string]: Readings } }
  train: { epochs: number }
  evaluate: { evaluation: Evaluation }
  robustness: { levels: Level[] }
  bench: { benchmarks: Benchmark[]; machine: Machine }
  verify: { suites: Suite[]; passed: boolean }
}

/** what a task tells while it works; of `progress`, `batch` and `dashboard` at most 10 a second each */
export type TaskReport =
  | { kind: 'progress'; share: number; text: string }
  | { kind: 'unit'; index: number; name: string; result: unknown; state: Omit<CalibrationState, 'done'> }
  | { kind: 'conversion'; values: { [key: string]: string | number | boolean | null } }
  | {
      kind: 'batch'
      epoch: number
      loss: number
      accuracy: number
      hiddenSpikesPerSample: number
      samplesPerSecond: number
    }
  | { kind: 'epoch'; epoch: EpochRow; testSamples: number; checkpoint: Checkpoint }
  | { kind: 'dashboard'; dashboard: object }
  | { kind: 'plane'; epoch: number; plane: Plane }

/** short questions, answered by the compute process itself, also while a task runs */
export interface Questions {
  catalogue: { input: null; answer: Catalogue }
  /** one reading of the board's monitors */
  health: { input: { chip: Silicon; seed: number }; answer: Housekeeping }
  /** what a chip says of itself when it is first connected */
  identify: { input: Silicon; answer: { serial: string; neurons: number } }
  /** one trace of the oscilloscope, on a chip opened for it: the same answer whatever was asked before */
  scope: { input: { chip: OnChip; request: ScopeRequest; written: Written }; answer: ScopeTrace }
  /** whether a chip takes these nodes and noise sources: refused by name */
  written: { input: Written; answer: null }
  /**
   * How a trained network does on a chip that was changed; `key` names the network, `load` gives it.
   * The answer is null if it was not given and is not there.
   */
  whatIf: {
    input: { key: string; load: TaskInputs['evaluate'] | null; changes: WhatIfChanges; samples: number }
    answer: WhatIfReading | null
  }
  /** what a routine's check records of one neuron, on a chip opened for it; null: no trace */
  evidence: {
    input: {
      chip: OnChip
      metric: string
      neuron: number
      targets: { [name: string]: number }
      lists: { [name: string]: Float64Array }
      seed: number
    }
    answer: Evidence | null
  }
  /** both channels of the columns' converters */
  converters: { input: { chip: OnChip; seed: number }; answer: Channels[] }
  /** codes by quadrant; null: the data sheet's */
  settings: { input: { settings: ChipSettings | null }; answer: QuadrantState[] }
  /** where the weights of a trained network lie on its chip */
  synapses: {
    input: { method: string; config: Config; dataset: string; checkpoint: Checkpoint; usable: Uint8Array | null }
    answer: SynapseArrays
  }
  datasets: { input: null; answer: DataSetInfo[] }
  /** reads the files, checks them and keeps the images in the workspace */
  addDataSet: { input: { name: string; path: string; side: number | null }; answer: DataSetInfo }
  /** one that a person added; a shipped or published one is refused */
  removeDataSet: { input: { name: string }; answer: null }
  /** checks the files of a data set and prepares its images, once */
  prepare: { input: { dataset: string }; answer: { sha256: string; train: number; test: number } }
  /** method settings with defaults; refuses unknown keys, values out of range and data that the method cannot take */
  usual: { input: { method: string; dataset: string; onChip: boolean; set: Config }; answer: Config }
  configure: { input: { method: string; dataset: string; set: Config }; answer: { config: Config } }
  experiments: { input: null; answer: Experiment[] }
  /** an experiment's checks, of the test accuracies (percent) of its runs by seed */
  judge: {
    input: { name: string; accuracies: { [run: string]: number[] }; quick: boolean }
    answer: { checks: Judged[]; plots: Drawn[] }
  }
  /** refuses weights of another shape than the configuration and the data set ask for */
  fits: { input: { method: string; config: Config; dataset: string; checkpoint: Checkpoint }; answer: null }
  /** what a preset is; refuses unknown ones */
  preset: { input: { name: string }; answer: PresetInfo }
  /** targets with defaults; refuses unknown names and values out of range, and unknown routines */
  aim: {
    input: {
      targets: { [name: string]: number | number[] }
      routines: string[] | null
      /** lists drawn around the targets (core/calibration/detuned.ts) */
      detune: { share: number; seed: number; neurons: number } | null
    }
    /** of a list the median stands in `targets`; of one that is drawn, what it is drawn around */
    answer: {
      routines: string[] | null
      targets: { [name: string]: number }
      lists: { [name: string]: number[] }
      warnings: string[]
    }
  }
}
export type Question = keyof Questions

export interface Failure {
  code: 'bad-input' | 'damaged-file' | 'internal'
  message: string
  /** stack, for the diagnostics file */
  detail: string
}

/** `kill` ends a task's threads where they are; the others wait for a safe point */
export type Wish = 'run' | 'pause' | 'stop' | 'kill'

export type ToCompute =
  /** urgent: a person waits for every answer, or the work is timed, so this process keeps the priority it was started with */
  | { type: 'open'; kernels: string; resources: string; cache: string; threads: number; urgent: boolean }
  | { type: 'start'; task: string; kind: TaskKind; input: TaskInputs[TaskKind] }
  | { type: 'control'; task: string; what: Wish }
  | { type: 'ask'; id: number; question: Question; input: unknown }

export type FromCompute =
  | { type: 'report'; task: string; report: TaskReport }
  | { type: 'end'; task: string; end: TaskEnd }
  | { type: 'answer'; id: number; answer: unknown }
  | { type: 'refused'; id: number; failure: Failure }

export type TaskEnd =
  | { how: 'done'; result: TaskResults[TaskKind] }
  | { how: 'stopped' }
  | { how: 'killed' }
  | { how: 'failed'; failure: Failure }
