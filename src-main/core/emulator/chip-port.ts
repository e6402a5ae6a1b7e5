/**
 * ChipPort: everything that can be written to and read from a chip, and nothing else.
 *
 * Calibration and training know the chip only through this interface, as they would know a real one. What the chip
 * draws from its seed (its mismatch) stays behind it. Units here are the hardware's: DAC codes (10 bit), converter
 * counts (CADC LSB, 8 bit; MADC LSB, 10 bit), hardware microseconds.
 *
 * Neuron circuits are numbered 0 … 511: 0 … 255 top row, 256 … 511 bottom row; quadrants 0 top-left, 1 top-right,
 * 2 bottom-left, 3 bottom-right (halco v3 numbering, hardware.md 1). Synapse rows are numbered 0 … 255 in each array;
 * the top array serves circuits 0 … 255, the bottom array circuits 256 … 511.
 */

import type { CorrelationPort } from './correlation-port'
import type { HostEvents, LabelledEvent, RoutingPort } from './routing-port'

/** analog parameters that each neuron circuit has its own memory cell for (hardware.md 1.1) */
export type NeuronCell =
  | 'leak'
  | 'reset'
  | 'threshold'
  | 'leakBias'
  | 'resetBias'
  | 'synapticTauExc'
  | 'synapticTauInh'
  | 'synapticReferenceExc'
  | 'synapticReferenceInh'
  | 'synapticGainExc'
  | 'synapticGainInh'
  | 'offsetCurrent'

/** analog parameters that a quadrant's circuits share */
export type QuadrantCell = 'converterRampOffset' | 'converterRampSlope' | 'synapseDacBias'

/** digital settings of each neuron circuit, 512 values each (hardware.md 1.2) */
export interface NeuronSwitches {
  /** membrane capacitance, 0 … 63 */
  capacitance: Uint8Array
  /** leak conductance: 0 as it is, 1 divided by 8, 2 multiplied by 8 */
  leakRange: Uint8Array
  /** 1: the synaptic input is connected to the membrane */
  inputExc: Uint8Array
  inputInh: Uint8Array
  /** 1: long time constants (high-resistance mode), 0: about 8 times shorter */
  highResistanceExc: Uint8Array
  highResistanceInh: Uint8Array
  /** 1: the threshold comparator fires */
  threshold: Uint8Array
  /** 1: the constant offset current flows into the membrane (its size: cell `offsetCurrent`), 2: out of it */
  offsetCurrent: Uint8Array
  /** refractory period in cycles of the circuit's clock (`REFRACTORY_CLOCK_MHZ`); clamped to reset but for a hold-off */
  refractory: Uint8Array
  /** 1: this top circuit's membrane is joined with the circuit below it (same column, bottom row) */
  joined: Uint8Array
}

/**
 * Analog parameters of the circuits' further parts (hardware.md 1.1): adaptation and exponential term (Brette and
 * Gerstner 2005), conductance-based inputs, coupling of compartments. The conductance-based cells are those of the stage
 * that modulates an input's strength: its reference, where the strength is as without, and its gain.
 */
export type DynamicsCell =
  | 'adaptationLeak'
  | 'adaptationReference'
  | 'adaptationTau'
  | 'adaptationA'
  | 'adaptationB'
  | 'exponentialThreshold'
  | 'exponentialSlope'
  | 'cobaReferenceExc'
  | 'cobaReferenceInh'
  | 'cobaGainExc'
  | 'cobaGainInh'
  | 'interCompartment'

/** digital settings of these parts, 512 values each; all off on a fresh chip. Programs have them, networks have not. */
export interface DynamicsSwitches {
  /** 1: the adaptation current flows; 1 in `invertA`, `invertB`: a, b are negative */
  adaptation: Uint8Array
  invertA: Uint8Array
  invertB: Uint8Array
  /** 1: the exponential current flows */
  exponential: Uint8Array
  /** 1: the input is conductance based */
  cobaExc: Uint8Array
  cobaInh: Uint8Array
  /** reset conductance: 0 as it is, 1 divided by 8, 2 multiplied by 8 */
  resetRange: Uint8Array
  /** 1: the refractory counter takes the fast clock */
  fastClock: Uint8Array
  /**
   * hold-off register, 0 … 15: the reset switch opens 31 − 2 · register cycles before the refractory period ends. The
   * shortest, one cycle, is not resolved: it counts as part of the reset.
   */
  holdOff: Uint8Array
  /** 1: the membrane is connected to the circuit's piece of soma line */
  somaLine: Uint8Array
  /** 1: the same through the inter-compartment conductance, as it is (0), divided by 4 (1) or multiplied by 4 (2) */
  conductance: Uint8Array
  conductanceRange: Uint8Array
  /** 1: the piece of soma line, the membrane is connected to that of the right neighbour */
  somaRight: Uint8Array
  directRight: Uint8Array
  /** 1: the membranes of the column's two circuits are connected (either circuit's switch does it) */
  vertical: Uint8Array
}

/** how circuits fire and where their spikes go, 512 values each. No calibration sets them; programs have them, networks not */
export interface SpikeSwitches {
  /**
   * 1: each event on the input makes the circuit fire, outside its refractory period and without its comparator, and
   * does nothing else; not on joined columns, but for the excitatory input of the upper circuit
   */
  bypassExc: Uint8Array
  bypassInh: Uint8Array
  /** 1 (at power-up): spikes leave for crossbar and host; 0: only the circuit's own counter and sensors see them */
  eventOutput: Uint8Array
}

/** scales of the two refractory clocks, 0 … 15: 250 MHz / 2^(scale + 1) (hardware.md 1.2) */
export interface RefractoryClocks {
  slowScale: number
  fastScale: number
}

/** slow refractory clock with the default divider: 250 MHz / 2^6 (hardware.md 1.2); 255 cycles are 65 µs */
export const REFRACTORY_CLOCK_MHZ = 250 / 64

/** an event on one synapse row: every synapse of the row with this label reacts */
export interface RowEvent {
  timeUs: number
  array: 'top' | 'bottom' | 'both'
  row: number
}

/** One playback program: what happens on the chip, and what is recorded. Repeats start from the settled state. */
export interface Program {
  durationUs: number
  repeats?: number
  events?: readonly RowEvent[]
  /** the offset current of neurons whose switch is on flows in this interval only (default: all the time) */
  offsetCurrent?: { fromUs: number; toUs: number }
  /** all membranes are forced to reset from … to */
  forcedReset?: { fromUs: number; toUs: number }
  /** times at which the column converter samples all 512 membranes */
  columnReads?: readonly number[]
  /**
   * The fast converter, on each neuron in turn (each in a repetition of its own, 34 ns a sample, 17 cycles of 500 MHz).
   * `live`: on one membrane, in the program's only repetition itself, so that the spikes recorded are those in the trace.
   */
  trace?: {
    source: 'membrane' | 'lineExc' | 'lineInh'
    fromUs: number
    toUs: number
    neurons?: readonly number[]
    live?: boolean
  }
  /** record the chip's spikes */
  spikes?: boolean
  /** events from the host that take their way through the router (routing-port.ts) */
  labelled?: readonly LabelledEvent[]
  /**
   * times of artificial pre-synaptic pulses on every row that is on, as drivers send them that take any address: the
   * correlation sensors see them, membranes do not (calix measures with all weights 0)
   */
  prePulses?: readonly number[]
  /** times of artificial post-synaptic pulses, which the correlation sensors of all columns see; membranes do not */
  postPulses?: readonly number[]
}

export interface Recording {
  /** CADC LSB, [repeat][read][neuron] */
  columnReads: Uint8Array
  /** MADC LSB, [neuron of the request][sample]; first samples after switching on may be invalid (see `traceInvalidUs`) */
  traces: Uint16Array
  traceSamples: number
  /** µs between two samples of the trace */
  traceStepUs: number
  /** spikes of all repeats, by time within their repeat */
  spikes: { repeat: Uint16Array; timeUs: Float64Array; neuron: Uint16Array }
  /** what the crossbar passed on to the host, where the program used the router */
  hostEvents?: HostEvents
}

/** fast converter: 500 MHz / 17 (hardware.md 1.5) */
export const MADC_STEP_US = 17 / 500
/** the fast converter's first samples may be garbage (issue 4008 in hardware.md 1.5): record from earlier, drop them */
export const MADC_INVALID_US = 8

export interface ChipIdentity {
  readonly model: 'hicann-x' | 'ideal'
  /** the chip's own serial number, as read from the board: the same for the same physical (or emulated) chip */
  readonly serial: string
  readonly neurons: number
}

export interface Housekeeping {
  temperature: number
  rails: { name: string; nominal: number; volts: number }[]
  milliwatts: number
}

/** which emulated chip to open: what it was made of, and what has become of it. Plain data; a port does not show it */
export interface Silicon {
  /** all its fixed deviations are drawn from it */
  seed: number
  /** scales every spread and every probability of a defect: 1 as measured on silicon, 0 ideal */
  mismatch: number
  /** which published chip the spreads follow: A "cube 66" (default), B neuromorphic-bistability */
  recipe?: 'A' | 'B'
  /** age, and temperature in °C; default: new, at the usual temperature (chip/hicann-x/drift.ts) */
  ageDays?: number
  temperature?: number
  /** with the oddities of hicann-x/written/quirks.ts; default: none of them */
  quirks?: boolean
}

export interface ChipPort {
  readonly identity: ChipIdentity

  // ---- write. Analog cells need 20 ms to settle after a write; the port's clock (`elapsedMs`) accounts for it.
  writeNeuron(cell: NeuronCell | DynamicsCell, codes: Uint16Array): void
  writeQuadrant(cell: QuadrantCell, codes: Uint16Array): void
  writeSwitches(switches: Partial<NeuronSwitches>): void
  writeDynamics(switches: Partial<DynamicsSwitches>): void
  writeRefractoryClocks(clocks: RefractoryClocks): void
  writeSpikeSwitches(switches: Partial<SpikeSwitches>): void
  /** digital offset of each column converter channel (512 channels: the one that samples neuron n), −128 … 127 */
  writeConverterOffsets(offsets: Int8Array): void
  /** sign of each synapse row: +1 excitatory, −1 inhibitory, 0 off; 256 values an array */
  writeRowSigns(array: 'top' | 'bottom', signs: Int8Array): void
  /** 6-bit weights of one row, 256 values */
  writeWeights(array: 'top' | 'bottom', row: number, weights: Uint8Array): void

  // ---- read back what was written (a real chip's memory can be read)
  readNeuron(cell: NeuronCell | DynamicsCell): Uint16Array
  readQuadrant(cell: QuadrantCell): Uint16Array
  readSwitches(): NeuronSwitches
  readDynamics(): DynamicsSwitches
  readRefractoryClocks(): RefractoryClocks
  readSpikeSwitches(): SpikeSwitches

  // ---- measure
  /**
   * Connects the debug line, driven by one analog cell at `code` (0.417 CADC LSB per code, hardware.md 3.3), to all
   * column converters and samples them. CADC LSB, [read][channel]. A column has two channels (hardware.md 1.5): the causal
   * one, which samples membranes too, and the acausal one, which only correlation sensors use.
   */
  readDebugLine(code: number, reads: number, side?: 'causal' | 'acausal'): Uint8Array
  /** the board's own monitors: temperature (°C), supply rails (V), power (mW) */
  readHousekeeping(): Housekeeping
  /** runs a program and records */
  run(program: Program): Recording

  /** hardware time that all of the above took, ms (20 ms a settled write, converter and trace slots; hardware.md 7.1) */
  readonly elapsedMs: number

  /** event router, drivers and labels */
  readonly routing: RoutingPort
  /** correlation sensors */
  readonly correlation: CorrelationPort

  /** the chip as a trained network sees it (network-port.ts) */
  readonly network: import('./network-port').NetworkPort
}
