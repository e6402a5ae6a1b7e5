/**
 * Loss and gradient of one presented batch, from what the port measured: the hot part of a training step.
 * Two phases with a barrier between them: `losses` is dealt to the team by samples, `block` by hidden units. Every
 * number is computed by one member from the same operands in the same order, whatever the size of the team.
 * A batch goes through both part by part, in the order of its samples: gradients and sums are the same as in one go.
 */
import { readoutCell } from '../../emulator/network-port'
import type { Measured, NetworkShape, Stimulus } from '../../emulator/network-port'
import type { Slab } from '../../kernels/arena'
import { Arrivals } from '../../kernels/arrivals'
import type { Kernels } from '../../kernels/module'
import { readoutAdjoint, readoutMaxima, spikeCounts, toldOf } from '../../kernels/losses'
import type { Said, SaidShape } from '../../kernels/losses'
import { backwardRows, BLOCK, blocksOf, surrogateBackward } from '../../kernels/surrogate'
import type { BackwardConstants } from '../../kernels/surrogate'
import type { Team } from '../../kernels/team'
import { hash } from '../../random/stream'
import { blockedLength } from './layout'
import { addAmplitude, breakTies, crossEntropy, largest } from './loss'

export const SLOTS = 3

/** most that is measured of a part of a batch: it comes back from a processor's cache while it is still there */
const PART_BYTES = 1.75 * 2 ** 20
/** most samples times bins of a part: each is a row of the backward pass, numbered with 16 bits */
const PART_ROWS = 2560

export interface GradientConstants {
  alpha: number
  beta: number
  slope: number
  atThreshold: boolean
  readoutScale: number
  burst: number
  /** factor of the mean squared scaled maximum in the loss; default 0 */
  amplitude?: number
  /** what enters the softmax: the readouts' maxima over time (default), or their sums */
  readout?: 'max' | 'sum'
  /** factor of the mean of max(0, hidden spikes of a sample − rateLimit)² in the loss; default 0 */
  rate?: number
  rateLimit?: number
  /** see BackwardConstants; by default those of order C, which training has */
  lag?: boolean
  resets?: boolean
}

/** sums over a batch */
export interface BatchSums {
  /** with the term of the amplitudes */
  crossEntropy: number
  correct: number
  spikes: number
  /** Σ of squared spike counts */
  squares: number
}

export class BatchGradient {
  /** f32 [block][inputs][16] and [block][outputs][16]; whoever uses a gradient clears it */
  readonly hidden: Slab<Float32Array>
  readonly output: Slab<Float32Array>
  readonly blocks: number
  protected readonly said: Said
  protected readonly saidShape: SaidShape
  /** `maxima` of Said, as numbers and as bins */
  protected readonly found: Float32Array
  protected readonly peakBins: Int32Array
  protected readonly membrane: Float32Array
  readonly #arrivals: Arrivals
  readonly #scratch: number
  readonly #backward: BackwardConstants
  /** cross-entropy, was it right, class that was read */
  protected readonly slots: Slab<Float64Array>
  protected readonly counts: Float64Array
  protected readonly maxima: Float64Array
  protected readonly error: Float64Array
  readonly #sums: BatchSums = { crossEntropy: 0, correct: 0, spikes: 0, squares: 0 }

  constructor(
    readonly kernels: Kernels,
    readonly team: Team,
    readonly shape: NetworkShape,
    readonly measured: Measured,
    readonly constants: GradientConstants
  ) {
    const { arena } = kernels
    const { batch, bins, outputs, inputs, hidden } = shape
    this.blocks = blocksOf(hidden)
    const { alpha, beta, slope, atThreshold, lag = false, resets = false } = constants
    this.#backward = { bins, outputs, alpha, beta, slope, atThreshold, lag, resets }
    this.hidden = arena.f32(blockedLength(inputs, hidden))
    this.output = arena.f32(blockedLength(outputs, hidden))
    const lanes = Math.ceil(outputs / 4) * 4
    this.saidShape = { bins, hidden, outputs, lanes }
    const maxima = arena.f32(batch * 4 * lanes)
    const sums = arena.f64(2 * batch)
    const { counts, fired } = toldOf(measured) ?? {
      counts: arena.f32(batch * this.blocks * BLOCK).at,
      fired: arena.i32(batch * this.blocks * (bins + 1)).at
    }
    this.said = {
      maxima: maxima.at,
      currents: arena.f32(batch * bins * lanes).at,
      peaks: arena.f32(batch * (outputs + 1) * 4).at,
      counts,
      fired,
      sums: sums.at
    }
    this.found = maxima.data
    this.peakBins = new Int32Array(arena.memory.buffer, maxima.at, maxima.data.length)
    this.counts = sums.data
    this.slots = arena.f64(SLOTS * batch)
    const bytes = measured.sample * (measured.spikes === 0 ? 4 : 8)
    const most = Math.max(1, Math.min(Math.floor(PART_BYTES / bytes), Math.floor(PART_ROWS / bins)))
    this.#arrivals = new Arrivals(kernels, team, bins, inputs, batch, Math.ceil(batch / Math.ceil(batch / most)))
    const rows = backwardRows(outputs, this.#arrivals.samples * bins) * BLOCK
    const scratch = arena.f32(rows * team.size)
    this.#scratch = scratch.at + rows * 4 * team.index
    this.membrane = new Float32Array(arena.memory.buffer, measured.membrane, batch * measured.sample)
    this.maxima = new Float64Array(outputs)
    this.error = new Float64Array(outputs)
    if (team.index === 0) {
      this.hidden.data.fill(0)
      this.output.data.fill(0)
    }
    team.barrier()
  }

  /** samples of a part of a batch, the last one aside */
  get part(): number {
    return this.#arrivals.samples
  }

  /** Where nothing is to be learnt: what samples from … to are read as, and their spikes; by the member that calls. */
  readings(from: number, to: number): void {
    const { outputs } = this.shape
    const { lanes } = this.saidShape
    readoutMaxima(this.kernels, this.saidShape, this.measured, this.said, from, to)
    spikeCounts(this.kernels, this.saidShape, this.measured, this.said, from, to)
    for (let b = from; b < to; b++) {
      const first = 4 * b * lanes
      for (let o = 0; o < outputs; o++) this.maxima[o] = this.found[first + lanes + o] - this.found[first + o]
      this.slots.data[SLOTS * b + 2] = largest(this.maxima)
    }
  }

  /**
   * Phase 1, samples first … end of a batch of `count`, by the member that calls: loss, and what the second phase needs of
   * the readouts.
   * @param index sample numbers, labels[index[b]] is the label of sample b
   * @param perUnit model units of a readout per unit of its measured membrane; its first value is its rest
   * @param gain what one unit of output weight makes of a spike at the readout, model units
   * @param draw number of the presentation, from which ties are broken; null: the first maximum is taken
   */
  losses(
    labels: Uint8Array,
    index: Int32Array,
    count: number,
    perUnit: number,
    gain: number,
    draw: number | null,
    first = 0,
    end = count
  ): void {
    const { bins, outputs } = this.shape
    const { alpha, beta, readoutScale, amplitude = 0 } = this.constants
    const { lanes } = this.saidShape
    const slots = this.slots.data
    readoutMaxima(this.kernels, this.saidShape, this.measured, this.said, first, end)
    spikeCounts(this.kernels, this.saidShape, this.measured, this.said, first, end)
    for (let b = first; b < end; b++) {
      const label = labels[index[b]]
      const at = 4 * b * lanes
      const peaks = this.peakBins.subarray(at + 3 * lanes, at + 3 * lanes + outputs)
      for (let o = 0; o < outputs; o++) this.maxima[o] = this.found[at + lanes + o]
      if (draw !== null) {
        const cell = readoutCell(this.measured, b, 0, 0)
        breakTies(this.membrane, cell, this.measured.readoutStride, bins, this.maxima, peaks, hash(draw, index[b]))
      }
      for (let o = 0; o < outputs; o++) this.maxima[o] = (this.maxima[o] - this.found[at + o]) * perUnit
      slots[SLOTS * b] = crossEntropy(this.maxima, label, readoutScale, this.error)
      if (amplitude > 0) slots[SLOTS * b] += addAmplitude(this.maxima, readoutScale, amplitude, this.error)
      const read = largest(this.maxima)
      slots[SLOTS * b + 1] = read === label ? 1 : 0
      slots[SLOTS * b + 2] = read
      const errors = at + 2 * lanes
      for (let o = 0; o < lanes; o++) this.found[errors + o] = o < outputs ? (gain * this.error[o]) / count : 0
    }
    readoutAdjoint(this.kernels, this.saidShape, this.said, alpha, beta, this.#backward.lag, first, end)
  }

  /** Phase 1 goes on, this member's part: what `block` needs of the input. */
  inputs(stimulus: Stimulus, index: number, count: number): void {
    this.#arrivals.take(stimulus, index, count)
  }

  /** sums of samples 0 … count, in their order, on top of `before`; valid after the barrier that follows `losses` */
  sums(count: number, before?: BatchSums): BatchSums {
    const sums = this.#sums
    if (before === undefined) sums.crossEntropy = sums.correct = sums.spikes = sums.squares = 0
    for (let b = 0; b < count; b++) {
      sums.crossEntropy += this.slots.data[SLOTS * b]
      sums.correct += this.slots.data[SLOTS * b + 1]
      sums.spikes += this.counts[2 * b]
      sums.squares += this.counts[2 * b + 1]
    }
    return sums
  }

  /** hidden spikes of sample b of the batch */
  spikesOf(b: number): number {
    return this.counts[2 * b]
  }

  /** the class that sample b of the batch was read as */
  read(b: number): number {
    return this.slots.data[SLOTS * b + 2]
  }

  /**
   * Phase 2: adds the gradient of one block of hidden units (without the weight regulariser).
   * @param stimulus @param index @param count as of `inputs`
   * @param outputWeights address f32 [outputs][16] of the block
   * @param perUnit model units per unit of a hidden unit's measured membrane
   * @param first of the one part that was presented, in rows 0 …; without it, the whole batch was
   */
  block(
    block: number,
    _stimulus: Stimulus,
    _index: number,
    count: number,
    outputWeights: number,
    perUnit: number,
    first?: number
  ): void {
    const { inputs, outputs, hidden } = this.shape
    for (let from = first ?? 0; from < (first === undefined ? count : first + 1); from += this.part) {
      surrogateBackward(
        this.kernels,
        this.#backward,
        this.measured,
        this.#arrivals,
        from / this.part,
        first === undefined ? from : 0,
        Math.min(this.part, count - from),
        block,
        this.blocks,
        perUnit,
        (2 * this.constants.burst) / (count * hidden),
        outputWeights,
        this.said,
        this.hidden.at + block * inputs * BLOCK * 4,
        this.output.at + block * outputs * BLOCK * 4,
        this.#scratch
      )
    }
    this.clearFilling(block)
  }

  /** lanes of the last block that stand for no unit got the gradient of whatever lies behind the hidden units */
  protected clearFilling(block: number): void {
    const filled = this.shape.hidden - block * BLOCK
    if (filled >= BLOCK) return
    const { inputs, outputs } = this.shape
    for (let lane = filled; lane < BLOCK; lane++) {
      for (let n = 0; n < inputs; n++) this.hidden.data[(block * inputs + n) * BLOCK + lane] = 0
      for (let o = 0; o < outputs; o++) this.output.data[(block * outputs + o) * BLOCK + lane] = 0
    }
  }
}
