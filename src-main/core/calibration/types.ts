/**
 * What a calibration takes and gives. Shapes follow calix: targets (what the user wants), options (how), result
 * (settings per instance + success), hardware.md 4.
 */
import type {
  DynamicsCell,
  DynamicsSwitches,
  NeuronCell,
  NeuronSwitches,
  QuadrantCell,
  RefractoryClocks
} from '../emulator/chip-port'
import type { DriverSettings, PlasticityCell } from '../emulator/routing-port'

/** Targets by name; units in `TARGETS` of targets.ts (leak, reset, threshold: CADC LSB; time constants: µs; …). */
export type Targets = Readonly<Record<string, number>>

/** Targets of their own for neurons, 512 values each, beside the median that `Targets` has. */
export type TargetLists = Readonly<Record<string, Float64Array>>

/**
 * Everything that has to be written to a chip to put it into the calibrated state. Plain data, can be stored. The
 * further parts are there only where a calibration used them: a chip keeps its state at power-up in what is absent, and
 * calibrations stored before they existed read as they are.
 */
export interface ChipSettings {
  neuron: Record<NeuronCell, Uint16Array>
  quadrant: Record<QuadrantCell, Uint16Array>
  switches: NeuronSwitches
  converterOffsets: Int8Array
  dynamics?: DynamicsSettings
  drivers?: DriverBank
  correlation?: CorrelationSettings
}

/** adaptation, exponential term, conductance-based inputs, compartments, hold-off and the two refractory clocks */
export interface DynamicsSettings {
  cells: Record<DynamicsCell, Uint16Array>
  switches: DynamicsSwitches
  clocks: RefractoryClocks
}

/** the synapse drivers of both arrays (short-term plasticity, rate mode, their trims) and the voltages they share */
export interface DriverBank {
  top: DriverSettings
  bottom: DriverSettings
  /** one code a quadrant */
  voltages: Record<PlasticityCell, Uint16Array>
}

/** biases of the correlation sensors (one code a quadrant), trims of each synapse, offsets of their second converters */
export interface CorrelationSettings {
  ramp: Uint16Array
  store: Uint16Array
  top: CorrelationTrims
  bottom: CorrelationTrims
  acausalOffsets: Int8Array
}

/** 2 bits a synapse, [row][column] */
export interface CorrelationTrims {
  time: Uint8Array
  amplitude: Uint8Array
}

/** parts of the settings that a calibration may or may not hold */
export type FurtherPart = 'dynamics' | 'drivers' | 'correlation'

/** how one instance (neuron, channel or quadrant) got its setting */
export interface Search {
  /** [step][instance] */
  codes: Int16Array
  observed: Float32Array
  steps: number
  instances: number
  /** 0 inside, −1 ended at the low bound, +1 at the high bound */
  bound: Int8Array
}

/** what an entry of a result's arrays belongs to */
export type Instance = 'neuron' | 'driver' | 'synapse'

/** how a measured quantity depends on another in a group of instances, for pictures: percentiles at each `at` */
export interface Curve {
  /** the group, e.g. "quadrant 0, causal" */
  name: string
  /** what is swept and what is measured, with units */
  x: string
  y: string
  at: Float64Array
  p10: Float64Array
  p50: Float64Array
  p90: Float64Array
}

export interface RoutineResult {
  name: string
  /**
   * neuron: 512 entries, also where a quadrant shares the setting. driver: 256, [array][driver]. synapse: 131072,
   * [array][row][column].
   */
  per: Instance
  label: string
  symbol: string
  quantity: string
  unit: string
  target: number | null
  /** limit on the spread ratio (limits.ts), null where there is none or the chip was even without calibration */
  limit: number | null
  /**
   * Measured per instance, mean of `reads` reads; "before" = the median calibrated code written to all.
   */
  before: Float64Array | null
  after: Float64Array | null
  /** sd of single reads after */
  sigma: Float64Array | null
  /** the code found */
  setting: Float64Array
  /** 1 = ended at or beyond a bound, or could not be measured */
  failed: Uint8Array
  spreadRatio: number | null
  passed: boolean
  reads: number
  /** hardware time of the searches */
  seconds: number
  /** of the last search; its instances are neurons, quadrants, drivers or, for trims of synapses, columns */
  search: Search | null
  curves: Curve[]
}

export type DefectivePart =
  'converter channel' | 'sensor channel' | 'neuron' | 'comparator' | 'quadrant' | 'driver' | 'synapse'

/** a part of the chip that does not work as it should (defects.ts) */
export interface Defect {
  part: DefectivePart
  /** neuron or channel 0 … 511, quadrant 0 … 3, driver 0 … 255 [array][driver], synapse [array][row][column] */
  at: number
  /** for people */
  address: string
  why: string
  /** the routines that found it; not told by calibrations from before defects were carried on */
  by?: string[]
}

export interface CalibrationResult {
  targets: Targets
  lists?: TargetLists
  settings: ChipSettings
  routines: RoutineResult[]
  /**
   * 1 = every routine of neurons succeeded for this one, and it was not known as defective (excluded ones count as not
   * usable)
   */
  usable: Uint8Array
  defects: readonly Defect[]
  /** hardware time, ms (what the real chip would have taken for the same reads and writes) */
  hardwareMs: number
}

export interface CalibrationProgress {
  routine: string
  label: string
  index: number
  of: number
  step: number
  steps: number
  /** 0 … 1 over the whole request */
  share: number
}

/** Yields between steps so that a caller can report and stop; returns the result. */
export type CalibrationRun = Generator<CalibrationProgress, CalibrationResult, void>

export interface Check {
  name: string
  value: number | null
  limit: number | null
  unit: string
  /** how value and limit are compared; '<' where it is not said */
  relation?: '<' | '>='
  /** true: the limit means nothing on this chip, another check decides; passed is true then */
  notApplicable?: boolean
  passed: boolean
}
