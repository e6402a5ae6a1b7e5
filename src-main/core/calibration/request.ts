/** What a calibration is asked for. */
import type { Journal } from './journal'
import type { ChipSettings, Defect, TargetLists, Targets } from './types'

export interface CalibrationRequest {
  targets: Targets
  /** targets neuron by neuron; they replace those of `targets` */
  lists?: TargetLists
  /** names of routines to run; others keep the settings of `from` */
  routines?: readonly string[]
  /** start from these settings instead of the defaults */
  from?: ChipSettings
  /** what the calibration that they are of found defective: it stays so, unless the routines that found it run again */
  known?: readonly Defect[]
  /** neurons that an operator excluded: calibrated like all, left out of statistics */
  excluded: Uint8Array
  /** column reads averaged before and after */
  reads: number
  /** keeps what is done, so that it need not be done again */
  journal?: Journal
}
