/**
 * `ideal`: the model network itself behind the interface of a chip. Membranes are in units of the model (rest 0,
 * threshold 1), weights are continuous and without limit, every unit has a column. Cramer, Billaudelle et al. 2022:
 *
 *   I[t+1] = α I[t] + Σ x[t] w,   V[t+1] = β V[t] + I[t+1] − S[t],   S = Θ(V − 1),   α = e^(−Δt/τ_syn), β = e^(−Δt/τ_mem)
 *
 * and the same without spikes for the readouts. Recurrent networks add Σ S[t] w_rec to I[t+1].
 */
import { blockRows, idealForward, idealLayout, PAIR_BYTES, pairedBlocks, STEP_ORDERS } from '../../kernels/ideal'
import type { IdealNetwork, StepOrder } from '../../kernels/ideal'
import { recurrentForward, recurrentScratch } from '../../kernels/recurrent'
import type { RecurrentNetwork } from '../../kernels/recurrent'
import type { Kernels } from '../../kernels/module'
import { BLOCK, blocksOf } from '../../kernels/surrogate'
import { dealRanges, share, solo } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { exp } from '../../numerics/functions'
import type { Measured, NetworkPort, NetworkShape, Stimulus, ToldSpikes } from '../network-port'
import type { Placement } from '../placement'
import { drawUnits } from './spread'
import type { Spread } from './spread'

export interface IdealNeurons {
  tauMemUs: number
  tauSynUs: number
  /** by default the one of this file's head */
  order?: StepOrder
  /** each unit has its own time constants and threshold; order C only */
  spread?: Spread
}

/** units of a recurrent network have their own decays and thresholds even where all are the same */
const ALIKE: Spread = { share: 0, seed: 0 }

const padded = (n: number): number => Math.ceil(n / 4) * 4

export class IdealPort implements NetworkPort {
  readonly weightLimit = Infinity
  readonly weightStep = 0
  readonly columns = Infinity
  #kernels!: Kernels
  #team: Team = solo
  #shape!: NetworkShape
  #placement!: Placement
  #network!: IdealNetwork
  /** of a network whose units hear each other or differ */
  #recurrent: RecurrentNetwork | null = null
  #measured!: Measured
  /** of a network whose membranes tell its spikes */
  #told: ToldSpikes | null = null

  constructor(readonly neurons: IdealNeurons) {}

  open(kernels: Kernels, team: Team, shape: NetworkShape, placement: Placement): Measured {
    const { arena } = kernels
    const blocks = blocksOf(shape.hidden)
    const outputWidth = padded(shape.outputs)
    const paired = pairedBlocks(shape.hidden)
    const hiddenWeights = arena.f32(paired * shape.inputs * BLOCK)
    const outputWeights = arena.f32(paired * BLOCK * outputWidth)
    this.#kernels = kernels
    this.#team = team
    this.#shape = shape
    this.#placement = placement
    this.#network = {
      bins: shape.bins,
      inputs: shape.inputs,
      blocks,
      outputWidth,
      alpha: exp(-shape.binUs / this.neurons.tauSynUs),
      beta: exp(-shape.binUs / this.neurons.tauMemUs),
      order: this.neurons.order ?? STEP_ORDERS.C,
      hiddenWeights: hiddenWeights.at,
      outputWeights: outputWeights.at,
      pair: arena.u8(PAIR_BYTES * team.size).at + PAIR_BYTES * team.index
    }
    const layout = idealLayout(shape)
    const membrane = arena.f32(shape.batch * layout.sample)
    const { spread } = this.neurons
    const spikes = spread || shape.recurrent ? arena.f32(shape.batch * layout.sample) : null
    this.#told = spikes ? null : this.#spikes(shape)
    this.#measured = {
      membrane: membrane.at,
      spikes: spikes?.at ?? 0,
      ...(this.#told ? { told: this.#told } : {}),
      ...layout
    }
    const recurrentWeights = shape.recurrent ? arena.f32(blocks * blocks * BLOCK * BLOCK) : null
    const bytes = recurrentScratch(blocks)
    this.#recurrent = spikes && {
      ...this.#network,
      ...this.#units(spread, blocks * BLOCK, outputWidth),
      recurrentWeights: recurrentWeights?.at ?? 0,
      scratch: arena.u8(bytes * team.size).at + bytes * team.index
    }
    // what no unit of the network is in stays 0
    if (team.index === 0) {
      for (const slab of [hiddenWeights, outputWeights, membrane, spikes, recurrentWeights]) slab?.data.fill(0)
    }
    team.barrier()
    return this.#measured
  }

  writeNetwork(hidden: number, output: number, silenced = 0, recurrent = 0): void {
    const { inputs, hidden: units, outputs } = this.#shape
    const { outputWidth, hiddenWeights, outputWeights } = this.#network
    const { buffer } = this.#kernels.arena.memory
    const mask = silenced === 0 ? null : new Uint8Array(buffer, silenced, units)
    const absent = (h: number): boolean => this.#placement.hidden[h] < 0 || (mask !== null && mask[h] === 1)

    const [from, to] = share(this.#team, inputs)
    blockRows(this.#kernels, hidden, padded(units), hiddenWeights, inputs, from, to)
    const mine = new Float32Array(buffer, hiddenWeights, blocksOf(units) * inputs * BLOCK)
    for (let h = 0; h < units; h++) {
      if (!absent(h)) continue
      const first = Math.floor(h / BLOCK) * inputs * BLOCK + (h % BLOCK)
      for (let n = from; n < to; n++) mine[first + n * BLOCK] = 0
    }

    if (this.#shape.recurrent) this.#writeRecurrent(this.#recurrent!.recurrentWeights, recurrent, absent)

    const [first, last] = share(this.#team, units)
    const givenOutput = new Float32Array(buffer, output, units * outputWidth)
    const mineOutput = new Float32Array(buffer, outputWeights, units * outputWidth)
    for (let h = first; h < last; h++) {
      const gone = absent(h)
      for (let o = 0; o < outputs; o++) {
        mineOutput[h * outputWidth + o] = gone || this.#placement.outputs[o] < 0 ? 0 : givenOutput[h * outputWidth + o]
      }
    }
    this.#team.barrier()
  }

  /** rows of those that fire, the member's share of them; 0 where one of the two is absent */
  #writeRecurrent(mine: number, given: number, absent: (h: number) => boolean): void {
    const { hidden: units } = this.#shape
    const { buffer } = this.#kernels.arena.memory
    const rows = blocksOf(units) * BLOCK
    const to = new Float32Array(buffer, mine, rows * rows)
    const width = padded(units)
    const from = given === 0 ? null : new Float32Array(buffer, given, units * width)
    const gone = Uint8Array.from({ length: units }, (_, h) => (absent(h) ? 1 : 0))
    const [first, last] = share(this.#team, units)
    for (let pre = first; pre < last; pre++) {
      for (let post = 0; post < units; post++) {
        const at = Math.floor(post / BLOCK) * rows * BLOCK + pre * BLOCK + (post % BLOCK)
        to[at] = from === null || gone[pre] || gone[post] ? 0 : from[pre * width + post]
      }
    }
  }

  present(stimulus: Stimulus, index: number, count: number): void {
    dealRanges(this.#team, count, (from, to) => this.presentRows(stimulus, index, from, to))
  }

  presentRows(stimulus: Stimulus, index: number, from: number, to: number): void {
    if (this.#recurrent) recurrentForward(this.#kernels, this.#recurrent, stimulus, index, from, to, this.#measured)
    if (this.#told) idealForward(this.#kernels, this.#network, stimulus, index, from, to, this.#measured, this.#told)
  }

  #spikes({ batch, bins, hidden }: NetworkShape): ToldSpikes {
    const { arena } = this.#kernels
    const blocks = blocksOf(hidden)
    return { counts: arena.f32(batch * blocks * BLOCK).at, fired: arena.i32(batch * blocks * (bins + 1)).at }
  }

  /** the drawn units, in memory that the team shares */
  #units(spread: Spread | undefined, hidden: number, outputs: number) {
    const { arena } = this.#kernels
    const { tauMemUs, tauSynUs } = this.neurons
    const drawn = (count: number, layer: 'hidden' | 'readout') => {
      const units = drawUnits(count, layer, spread ?? ALIKE, { memUs: tauMemUs, synUs: tauSynUs }, this.#shape.binUs)
      return [units.alpha, units.beta, units.threshold].map((values) => {
        const slab = arena.f32(count)
        if (this.#team.index === 0) slab.data.set(values)
        return slab.at
      })
    }
    const [alphas, betas, thresholds] = drawn(hidden, 'hidden')
    const [outputAlphas, outputBetas] = drawn(outputs, 'readout')
    return { alphas, betas, thresholds, outputAlphas, outputBetas }
  }
}
