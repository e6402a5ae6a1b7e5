/**
 * Gradient of a batch where hidden units hear each other, where readouts are summed over time, or where a sample's spikes
 * are limited: what gradient.ts leaves out of its faster path. Backward in time all units of a sample go together, so that
 * the adjoint is dealt to the team by samples (`losses`), and what it makes of the weights by blocks of hidden units, in
 * the order of the samples. Numbers do not depend on the size of the team.
 */
import type { Measured, NetworkShape, Stimulus } from '../../emulator/network-port'
import { readoutCell } from '../../emulator/network-port'
import type { Slab } from '../../kernels/arena'
import { spikeCounts } from '../../kernels/losses'
import type { Kernels } from '../../kernels/module'
import { recurrentAdjoint, recurrentGradient } from '../../kernels/recurrent-back'
import type { Adjoint } from '../../kernels/recurrent-back'
import { BLOCK } from '../../kernels/surrogate'
import type { Team } from '../../kernels/team'
import { BatchGradient, SLOTS } from './gradient'
import type { GradientConstants } from './gradient'
import { blockedLength } from './layout'
import { addAmplitude, crossEntropy, largest } from './loss'

export class LoopGradient extends BatchGradient {
  /** f32 [block][blocks · 16][16], row: the unit that fires; whoever uses it clears it */
  readonly recurrent: Slab<Float32Array> | null
  readonly #adjoint: Adjoint
  readonly #currents: Float32Array
  readonly #extra: Float32Array

  constructor(kernels: Kernels, team: Team, shape: NetworkShape, measured: Measured, constants: GradientConstants) {
    super(kernels, team, shape, measured, constants)
    const { arena } = kernels
    const rows = this.blocks * BLOCK
    this.recurrent = shape.recurrent ? arena.f32(blockedLength(rows, shape.hidden)) : null
    const extra = arena.f32(shape.batch)
    const { lanes } = this.saidShape
    this.#extra = extra.data
    this.#currents = new Float32Array(arena.memory.buffer, this.said.currents, shape.batch * shape.bins * lanes)
    this.#adjoint = {
      outputCurrents: this.said.currents,
      counts: this.said.counts,
      extra: extra.at,
      currents: arena.f32(shape.batch * shape.bins * rows).at,
      scratch: arena.f32(rows * team.size).at + rows * 4 * team.index
    }
    if (team.index === 0) this.recurrent?.data.fill(0)
    team.barrier()
  }

  override readings(from: number, to: number): void {
    if (this.constants.readout !== 'sum') return super.readings(from, to)
    spikeCounts(this.kernels, this.saidShape, this.measured, this.said, from, to)
    for (let b = from; b < to; b++) this.#tell(b, 1)
  }

  override losses(
    labels: Uint8Array,
    index: Int32Array,
    count: number,
    perUnit: number,
    gain: number,
    draw: number | null,
    first = 0,
    end = count
  ): void {
    if (this.constants.readout === 'sum') this.#sumLosses(labels, index, count, perUnit, gain, first, end)
    else super.losses(labels, index, count, perUnit, gain, draw, first, end)
    const { rate = 0, rateLimit = 0 } = this.constants
    for (let b = first; b < end; b++) {
      const excess = Math.max(0, this.spikesOf(b) - rateLimit)
      this.slots.data[SLOTS * b] += rate * excess * excess
      this.#extra[b] = (2 * rate * excess) / count
    }
  }

  /**
   * Phase 1 goes on, samples first … end, after their `losses`: dL/d(hidden currents).
   * @param outputWeights address f32 [block][outputs][16]
   * @param heard address f32 [block][blocks · 16][16], row: the unit that hears; 0: none does
   * @param perUnit model units per unit of a hidden unit's measured membrane
   */
  adjoint(count: number, outputWeights: number, heard: number, perUnit: number, first = 0, end = count): void {
    const { bins, outputs, hidden } = this.shape
    const { burst } = this.constants
    recurrentAdjoint(
      this.kernels,
      { bins, outputs, ...this.constants },
      this.measured,
      this.blocks,
      perUnit,
      (2 * burst) / (count * hidden),
      outputWeights,
      heard,
      this.#adjoint,
      first,
      end
    )
  }

  override get part(): number {
    return this.shape.batch
  }

  override inputs(): void {}

  override block(block: number, stimulus: Stimulus, index: number, count: number): void {
    const { inputs, bins, outputs } = this.shape
    const rows = this.blocks * BLOCK
    recurrentGradient(
      this.kernels,
      { bins, outputs, ...this.constants },
      this.measured,
      stimulus,
      index,
      count,
      block,
      this.blocks,
      this.#adjoint,
      this.hidden.at + block * inputs * BLOCK * 4,
      this.recurrent ? this.recurrent.at + block * rows * BLOCK * 4 : 0,
      this.output.at + block * outputs * BLOCK * 4
    )
    this.clearFilling(block)
    if (this.recurrent) this.#clearLoop(this.recurrent.data, block, rows)
  }

  /** rows and lanes that stand for no unit */
  #clearLoop(gradient: Float32Array, block: number, rows: number): void {
    const { hidden } = this.shape
    const first = block * rows * BLOCK
    gradient.fill(0, first + hidden * BLOCK, first + rows * BLOCK)
    for (let lane = hidden - block * BLOCK; lane < BLOCK; lane++) {
      for (let row = 0; row < hidden; row++) gradient[first + row * BLOCK + lane] = 0
    }
  }

  /** the sums of sample b's readouts above their first values, and what they are read as */
  #tell(b: number, perUnit: number): number {
    const { bins, outputs } = this.shape
    for (let o = 0; o < outputs; o++) {
      let sum = 0
      for (let t = 0; t < bins; t++) sum += this.membrane[readoutCell(this.measured, b, t, o)]
      this.maxima[o] = (sum - bins * this.membrane[readoutCell(this.measured, b, 0, o)]) * perUnit
    }
    const read = largest(this.maxima)
    this.slots.data[SLOTS * b + 2] = read
    return read
  }

  /** the loss of sums over time: its derivative is the same at each bin after the first */
  #sumLosses(
    labels: Uint8Array,
    index: Int32Array,
    count: number,
    perUnit: number,
    gain: number,
    first: number,
    end: number
  ): void {
    const { bins, outputs } = this.shape
    const { alpha, beta, readoutScale, amplitude = 0 } = this.constants
    const { lanes } = this.saidShape
    spikeCounts(this.kernels, this.saidShape, this.measured, this.said, first, end)
    for (let b = first; b < end; b++) {
      const label = labels[index[b]]
      this.slots.data[SLOTS * b + 1] = this.#tell(b, perUnit) === label ? 1 : 0
      let loss = crossEntropy(this.maxima, label, readoutScale, this.error)
      if (amplitude > 0) loss += addAmplitude(this.maxima, readoutScale, amplitude, this.error)
      this.slots.data[SLOTS * b] = loss
      for (let o = 0; o < outputs; o++) {
        const error = (gain * this.error[o]) / count
        let dV = 0
        let dI = 0
        for (let t = bins - 1; t >= 0; t--) {
          dV = t === 0 ? 0 : beta * dV + error
          dI = t === 0 ? 0 : alpha * dI + dV
          this.#currents[(b * bins + t) * lanes + o] = dI
        }
      }
    }
  }
}
