/**
 * The fast door of a ChipPort for in-the-loop training: program a two-layer network, present batches of encoded
 * samples, get back what the chip's converters and event links deliver. `ideal` and every chip implement this same
 * interface; training cannot tell them apart except by what they measure.
 *
 * A network unit is a column of joined circuits: the top circuit (column c) takes the excitatory rows, its lower
 * partner (c + 256) the inhibitory rows, so that input i with signed weight w uses row i of both arrays
 * (6 bit and sign, hardware.md 1.3; "two circuits joined per neuron", Cramer et al. 2022). Hidden unit h drives row h of
 * both arrays under another label, to which only the readout columns listen. In a recurrent network the hidden columns
 * listen to it, too, and a synapse has one label: there hidden unit h drives row inputs + h (70 + 186 of the paper are the
 * 256 rows that there are).
 */
import type { FirstSpikePort } from './first-spike-port'
import type { Kernels } from '../kernels/module'
import type { Team } from '../kernels/team'
import type { Placement } from './placement'

export interface NetworkShape {
  inputs: number
  hidden: number
  outputs: number
  /** time bins a sample lasts; membranes are sampled at the end of each */
  bins: number
  binUs: number
  /** most samples that one `present` call takes */
  batch: number
  /** hidden units hear each other; default: they do not */
  recurrent?: boolean
}

/**
 * Encoded samples, in the team's shared memory: the input spikes of sample s are `input[start[s] … start[s + 1])`,
 * sorted by bin, and `binStart[s * (bins + 1) + t]` (relative to start[s]) is where bin t begins. An input spike of
 * bin t arrives at the beginning of bin t.
 */
export interface Stimulus {
  /** byte addresses in the shared memory */
  input: number // u8 (inputs <= 256) input index of each spike
  start: number // i32[samples + 1]
  binStart: number // u16[samples * (bins + 1)]
}

/**
 * Where `present` puts what was measured, in the shared memory: one value for sample b of the call, bin t and unit u, at
 * `hiddenCell` and `readoutCell`. A port chooses distances that suit it; 16 neighbouring hidden units always lie together.
 */
export interface Measured extends Layout {
  /**
   * f32 address: membrane samples. For a chip: CADC LSB. For `ideal`: units of the model. Bin t holds the sample at the
   * END of bin t − 1, i.e. index 0 is the resting state before the first input (model time of Cramer et al. 2022).
   */
  membrane: number
  /**
   * f32 address: 1 where the hidden unit spiked in the interval that ends at that sample, else 0. 0 instead of an
   * address: the membrane tells it, being sampled before the reset; there is a spike where it is above 1.
   */
  spikes: number
  /** what a port that leaves `spikes` to the membrane knows of them; without it they are looked for */
  told?: ToldSpikes
}

/** addresses of what is told of the hidden units' spikes, for as many blocks of 16 units as there are */
export interface ToldSpikes {
  /** f32[sample][blocks · 16]: how often each unit fired */
  counts: number
  /** i32[sample][block][1 + bins]: number of bins in which units of a block fired; each: bin | mask of the units << 16 */
  fired: number
}

/** distances, in values */
export interface Layout {
  /** from a sample to the next */
  sample: number
  /** from a bin to the next, among hidden units */
  stride: number
  /** from 16 hidden units to the next 16 */
  block: number
  /** from a sample's beginning to its first readout; from a bin to the next, among readouts */
  readout: number
  readoutStride: number
}

/** units of a sample in rows, one a bin: hidden units first, then readouts, padded to a multiple of 4 */
export function rowLayout({ bins, hidden, outputs }: Pick<NetworkShape, 'bins' | 'hidden' | 'outputs'>): Layout {
  const stride = Math.ceil((hidden + outputs) / 4) * 4
  return { sample: bins * stride, stride, block: 16, readout: hidden, readoutStride: stride }
}

export const hiddenCell = (of: Layout, b: number, t: number, unit: number): number =>
  b * of.sample + (unit >> 4) * of.block + t * of.stride + (unit & 15)

/** whether there was a spike at a cell, of views on `membrane` and `spikes` */
export const spikedAt = (membrane: Float32Array, spikes: Float32Array | null, cell: number): boolean =>
  spikes === null ? membrane[cell] > 1 : spikes[cell] > 0

export const readoutCell = (of: Layout, b: number, t: number, output: number): number =>
  b * of.sample + of.readout + t * of.readoutStride + output

/** step errors, counted; see emulator/network/step-error.ts */
export interface StepError {
  samples: number
  /** hidden spikes of the reference, and wrong ones of both */
  spikes: number
  wrongSpikes: number
  reads: number
  wrongReads: number
  /** those of them in samples whose spikes are all right: a wrong spike makes later reads of its unit and of readouts wrong */
  wrongReadsApart: number
}

/** what an emulation can tell of itself and no chip could: for benchmarks and tests, never for training */
export interface Emulation {
  /** what is emulated, in words */
  readonly effects: readonly string[]
  /** internal step, µs */
  stepUs(): number
  /** the first samples with the network as it was last written, noise off, against the float64 reference; one member calls it */
  stepError(stimulus: Stimulus, samples: number): StepError
}

export interface NetworkPort {
  readonly emulation?: Emulation
  /** largest weight in the port's units (63 on hicann-x, Infinity on ideal) */
  readonly weightLimit: number
  /** grid of the weights: 1 on hicann-x (whole codes), 0 on ideal (continuous) */
  readonly weightStep: number
  /** columns that exist; `ideal` has as many as asked for */
  readonly columns: number
  /** the door for spike times with exact inputs; `ideal` has none: its times are closed forms */
  readonly firstSpikes?: FirstSpikePort

  /** Called by every member of the team with the same arguments. Returns the buffers that `present` fills. */
  open(kernels: Kernels, team: Team, shape: NetworkShape, placement: Placement): Measured
  /**
   * Writes the weights (called by every member; each may read all of them, values already on the port's grid).
   * @param hidden f32[inputs][hidden padded to a multiple of 4] address: input to hidden, port units, signed
   * @param output f32[hidden][outputs padded to a multiple of 4] address: hidden to output
   * @param silenced optional u8[hidden] address: 1 = the unit's row and column are zeroed (dropout, dead-neuron study)
   * @param recurrent f32[hidden that fires][hidden padded to a multiple of 4] address, of a recurrent network: port units;
   *   without it none hears another
   */
  writeNetwork(hidden: number, output: number, silenced?: number, recurrent?: number): void
  /**
   * Presents samples `index[0 … count)` and fills the rows of `Measured`. Every member calls it; who computes which is not
   * said, so that it is read after a barrier.
   * @param index i32 address of sample numbers into the stimulus
   * @param trial number of this presentation: the trial noise of sample k is drawn from (run seed, trial, k), so it
   *   does not depend on threads, order or what was presented before
   */
  present(stimulus: Stimulus, index: number, count: number, trial: number): void
  /** The same for rows from … to alone, by the member that calls, which may read them at once. */
  presentRows(stimulus: Stimulus, index: number, from: number, to: number, trial: number): void
}
