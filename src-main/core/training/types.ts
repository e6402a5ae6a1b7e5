/**
 * What a training method takes and gives; every method of training/ has the same face, so that the loop, the store
 * and the dashboards know one shape.
 */
import type { EventSet } from '../datasets/events'
import type { NetworkPort } from '../emulator/network-port'
import type { Kernels } from '../kernels/module'
import type { Team } from '../kernels/team'

/** resolved settings, plain JSON: hashed, stored, shown */
export type Config = Readonly<Record<string, number | string | boolean | null>>

/** one `--set` key of a method */
export interface Setting {
  key: string
  type: 'number' | 'integer' | 'boolean' | 'string'
  default: number | string | boolean | null
  unit: string
  /** allowed range or values, for people and for validation */
  min?: number
  max?: number
  choices?: readonly string[]
  help: string
}

/** images with labels, as the data-set file holds them; may lie in shared memory */
export interface ImageSet {
  side: number
  classes: number
  /** u8 [sample][side × side] */
  pixels: Uint8Array
  labels: Uint8Array
  /** the same, 0 … 1 and exact, of data that were not pictures: f64 [sample][side × side] */
  values?: Float64Array
  /** recordings of spikes instead of pictures: then `side` is 0 and there are no pixels */
  events?: EventSet
}

/** what a method has to know of a data set before it is read */
export interface Shape {
  /** pixels a side; 0: recordings of spikes */
  side: number
  classes: number
  /** of recordings */
  channels?: number
  /** its samples are points of a plane */
  points?: boolean
}

export interface TrainRequest {
  config: Config
  epochs: number
  batch: number
  seed: number
  train: ImageSet
  test: ImageSet
  port: NetworkPort
  /** usable columns of the chip: 1 = a unit may be placed there (both circuits calibrated and not excluded); null: any */
  usable: Uint8Array | null
  kernels: Kernels
  team: Team
  /** continue from here, bit-identically */
  resume?: Checkpoint
  /** points of a plane that the network is read at after some epochs */
  plane?: PlaneGrid
}

/** points on a square grid, and the data that stand for them */
export interface PlaneGrid {
  /** cells a side */
  side: number
  /** cell of each sample, row by row from the lowest y */
  cells: Int32Array
  points: ImageSet
}

/** what a network makes of every point of a grid */
export interface Plane {
  side: number
  /** class read in each cell; -1: none (all label neurons silent), -2: outside */
  read: Int8Array
  /** µs, [class][cell]: first spike of each label neuron, Infinity if silent, NaN outside; null: this method has no spike times */
  times: Float32Array | null
}

/** delays that a network has learnt, µs */
export interface DelayGroup {
  name: string
  values: Float32Array
}

/** everything that the next epoch needs: plain arrays, can be stored */
export interface Checkpoint {
  epoch: number
  arrays: Record<string, Float32Array | Float64Array | Int32Array>
  numbers: Record<string, number>
}

export interface BatchReport {
  kind: 'batch'
  /** fractional epoch */
  epoch: number
  batch: number
  batches: number
  loss: number
  accuracy: number
  hiddenSpikesPerSample: number
}

/** one presented sample, in model units (rest 0, threshold 1) */
export interface SampleView {
  index: number
  label: number
  read: number
  /** u8 [side × side] */
  image: Uint8Array
  /** 0: a recording of spikes, of so many inputs */
  side: number
  inputs?: number
  binUs: number
  bins: number
  inputSpikes: { bin: Float32Array; unit: Uint16Array }
  hiddenSpikes: { bin: Float32Array; unit: Uint16Array }
  /** hidden units whose membranes are given, [unit][bin]: measured, and of the ideal network with the same weights */
  shown: number[]
  measured: Float32Array
  modelled: Float32Array
  /** [output][bin] */
  readout: Float32Array
  probabilities: number[]
}

export interface EpochReport {
  kind: 'epoch'
  epoch: number
  loss: number
  trainAccuracy: number
  testAccuracy: number
  /** of the training samples that were set aside, if any were */
  validationAccuracy?: number
  testSamples: number
  hiddenSpikesPerSample: number
  /** [label][read] counts on the test set */
  confusion: Float64Array
  /** which test samples were read right (right.ts) */
  right: Uint8Array
  /** a test sample, another one each epoch */
  sample: SampleView
  checkpoint: Checkpoint
  /** after some epochs of a run that has a plane */
  plane?: Plane
  delays?: DelayGroup[]
  decision?: Decision
}

/** conversion from model units to chip units, as measured through the port before training */
export interface ConversionReport {
  kind: 'conversion'
  conversion: Config
}

export type TrainReport = BatchReport | EpochReport | ConversionReport

/** Every member of the team runs it; the reports of member 0 count. `stop` is asked at each report. */
export type TrainRun = Generator<TrainReport, Checkpoint, void>

/** when a network that computes with first spikes has decided: the first label spike, µs since the sample began */
export interface Decision {
  /** over the samples that were decided */
  meanUs: number
  /** the last of them */
  latestUs: number
}

export interface Evaluation {
  testAccuracy: number
  n: number
  hiddenSpikesPerSample: number
  confusion: Float64Array
  /** of a reading of all samples: which were read right (right.ts) */
  right?: Uint8Array
  decision?: Decision
}
