/**
 * `ideal`: the model network itself behind the interface of a chip. Membranes are in units of the model (rest 0,
 * threshold 1), weights are continuous and without limit, every unit has a column. Cramer, Billaudelle et al. 2022:
 *
 *   I[t+1] = α I[t] + Σ x[t] w,   V[t+1] = β V[t] + I[t+1] − S[t],   S = Θ(V − 1),   α = e^(−Δt/τ_syn), β = e^(−Δt/τ_mem)
 *
 * and the same without spikes for the readouts.
 */
import { idealForward, idealScratch } from '../../kernels/ideal'
import type { IdealNetwork } from '../../kernels/ideal'
import type { Kernels } from '../../kernels/module'
import { share, solo } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { exp } from '../../numerics/functions'
import type { Measured, NetworkPort, NetworkShape, Placement, Stimulus } from '../network-port'

export interface IdealNeurons {
  tauMemUs: number
  tauSynUs: number
}

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
  #measured!: Measured
  #scratch = 0

  constructor(readonly neurons: IdealNeurons) {}

  open(kernels: Kernels, team: Team, shape: NetworkShape, placement: Placement): Measured {
    const { arena } = kernels
    const width = padded(shape.hidden)
    const outputWidth = padded(shape.outputs)
    this.#kernels = kernels
    this.#team = team
    this.#shape = shape
    this.#placement = placement
    this.#network = {
      bins: shape.bins,
      hidden: shape.hidden,
      outputs: shape.outputs,
      width,
      outputWidth,
      alpha: exp(-shape.binUs / this.neurons.tauSynUs),
      beta: exp(-shape.binUs / this.neurons.tauMemUs),
      hiddenWeights: arena.f32(shape.inputs * width).at,
      outputWeights: arena.f32(shape.hidden * outputWidth).at
    }
    const stride = padded(shape.hidden + shape.outputs)
    const cells = shape.batch * shape.bins * stride
    this.#measured = { membrane: arena.f32(cells).at, spikes: arena.f32(cells).at, stride }
    const bytes = Math.ceil(idealScratch(width, shape.outputs, shape.hidden) / 64) * 64
    this.#scratch = arena.u8(bytes * team.size).at + bytes * team.index
    return this.#measured
  }

  writeNetwork(hidden: number, output: number, silenced = 0): void {
    const { inputs, hidden: units, outputs } = this.#shape
    const { width, outputWidth, hiddenWeights, outputWeights } = this.#network
    const { buffer } = this.#kernels.arena.memory
    const mask = silenced === 0 ? null : new Uint8Array(buffer, silenced, units)
    const absent = (h: number): boolean => this.#placement.hidden[h] < 0 || (mask !== null && mask[h] === 1)

    const [from, to] = share(this.#team, inputs)
    const given = new Float32Array(buffer, hidden, inputs * width)
    const mine = new Float32Array(buffer, hiddenWeights, inputs * width)
    mine.set(given.subarray(from * width, to * width), from * width)
    for (let h = 0; h < units; h++) {
      if (absent(h)) for (let n = from; n < to; n++) mine[n * width + h] = 0
    }

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

  present(stimulus: Stimulus, index: number, count: number): void {
    const [from, to] = share(this.#team, count)
    idealForward(this.#kernels, this.#network, stimulus, index, from, to, this.#measured, this.#scratch)
  }
}
