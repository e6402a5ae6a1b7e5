/**
 * A batch's input spikes by the input that they come from, piece by piece of the batch: what the weights' gradient is
 * gathered by (assembly/arrivals.ts). Sums and their order are those of adding sample by sample.
 */
import type { Stimulus } from '../emulator/network-port'
import type { Slab } from './arena'
import type { Kernels } from './module'
import type { Team } from './team'

export class Arrivals {
  readonly #ends: number
  readonly #first: Slab<Int32Array>
  #rows: Slab<Uint16Array>

  /**
   * @param batch most samples of a batch
   * @param samples of a piece, the last one aside; times `bins` at most 65,536
   */
  constructor(
    readonly kernels: Kernels,
    readonly team: Team,
    readonly bins: number,
    readonly inputs: number,
    batch: number,
    readonly samples: number
  ) {
    const { arena } = kernels
    const pieces = Math.ceil(batch / samples)
    this.#ends = arena.i32(pieces * inputs).at
    const first = arena.i32(pieces * team.size)
    this.#first = {
      at: first.at + pieces * team.index * 4,
      data: first.data.subarray(pieces * team.index, pieces * (team.index + 1))
    }
    // enough where an input spikes once
    this.#rows = arena.u16(batch * inputs)
  }

  /** Every member calls it and does its share of the pieces; they are read after a barrier. */
  take(stimulus: Stimulus, index: number, count: number): void {
    const { kernels, team, bins, inputs, samples } = this
    const { run, arena } = kernels
    const { input, start, binStart } = stimulus
    const total = run['arrivalPieces'](count, samples, bins, binStart, index, this.#first.at)
    if (total > this.#rows.data.length) this.#rows = arena.u16(2 * total)
    for (let k = team.index; k * samples < count; k += team.size) {
      const from = k * samples
      const to = Math.min(count, from + samples)
      run['arrivalRows'](from, to, bins, inputs, input, start, binStart, index, this.ends(k), this.rows(k))
    }
  }

  /** address i32 [inputs] of piece k: where an input's rows end */
  ends(piece: number): number {
    return this.#ends + piece * this.inputs * 4
  }

  /** address u16 of piece k's rows */
  rows(piece: number): number {
    return this.#rows.at + this.#first.data[piece] * 2
  }
}
