/**
 * The network being trained: float shadow weights in model units with their Adam moments, in blocks of hidden units,
 * and their image on the port's grid.
 *
 * On a chip, a hidden weight of one model unit is `weightPerUnit` codes. The output weights' scale is set anew each
 * step, so that the largest just fits, and at most `outputPerUnit` (Cramer, Billaudelle et al. 2022, code). `ideal` has
 * both scales 1 and no grid: the same code.
 */
import type { NetworkPort, NetworkShape } from '../../emulator/network-port'
import { ADAM, adamStart, adamStep, adamTick } from '../../kernels/adam'
import type { AdamArrays, AdamConstants } from '../../kernels/adam'
import type { Slab } from '../../kernels/arena'
import type { Kernels } from '../../kernels/module'
import { BLOCK, blocksOf, groupsOf, placeWeights } from '../../kernels/surrogate'
import { share } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import type { Conversion } from '../conversion'
import { blockedLength, blocksToRows, blocksToSquare, rowsToBlocks, squareToBlocks, transposed } from './layout'

interface Layer {
  weights: Slab<Float32Array>
  mean: Slab<Float32Array>
  square: Slab<Float32Array>
  rows: number
}

interface Loop extends Layer {
  port: Slab<Float32Array>
  heard: Slab<Float32Array>
}

/** plain rows: hidden [inputs][hidden], output [hidden][outputs], recurrent [hidden that fires][hidden that hears] */
export interface NetworkState {
  hidden: Float32Array
  output: Float32Array
  recurrent?: Float32Array
  moments?: {
    hiddenMean: Float32Array
    hiddenSquare: Float32Array
    outputMean: Float32Array
    outputSquare: Float32Array
    recurrentMean?: Float32Array
    recurrentSquare?: Float32Array
  }
  meanPower: number
  squarePower: number
}

/** what each weight adds to its own gradient, per unit of weight */
export interface Decay {
  hidden: number
  output: number
}

const padded = (n: number): number => Math.ceil(n / 4) * 4

export class TrainedNetwork {
  readonly blocks: number
  /** codes per model unit of the output weights on the port now */
  outputScale = 1
  readonly #hidden: Layer
  readonly #output: Layer
  readonly #recurrent: Loop | null
  readonly #portHidden: Slab<Float32Array>
  readonly #portOutput: Slab<Float32Array>
  readonly #largest: Slab<Float64Array>
  readonly #constants: AdamConstants = { learningRate: 0, ...ADAM }
  readonly #clock = adamStart()
  readonly #arrays: AdamArrays = { weights: 0, gradient: 0, mean: 0, square: 0 }

  /** @param limit weights of hidden units are clipped to ± this, model units */
  constructor(
    readonly kernels: Kernels,
    readonly team: Team,
    readonly shape: NetworkShape,
    readonly port: NetworkPort,
    readonly conversion: Conversion,
    readonly limit: number
  ) {
    const { arena } = kernels
    const { inputs, hidden, outputs } = shape
    const layer = (rows: number): Layer => {
      const slab = (): Slab<Float32Array> => arena.f32(blockedLength(rows, hidden))
      return { weights: slab(), mean: slab(), square: slab(), rows }
    }
    this.blocks = blocksOf(hidden)
    this.#hidden = layer(inputs)
    this.#output = layer(outputs)
    const rows = this.blocks * BLOCK
    this.#recurrent = shape.recurrent
      ? { ...layer(rows), port: arena.f32(hidden * padded(hidden)), heard: arena.f32(blockedLength(rows, hidden)) }
      : null
    this.#portHidden = arena.f32(inputs * padded(hidden))
    this.#portOutput = arena.f32(hidden * padded(outputs))
    this.#largest = arena.f64(team.size)
  }

  /** every member calls it; member 0 fills the shared arrays */
  load(state: NetworkState): void {
    const { hidden, outputs } = this.shape
    this.#clock.meanPower = state.meanPower
    this.#clock.squarePower = state.squarePower
    if (this.team.index === 0) {
      for (const layer of [this.#hidden, this.#output, ...(this.#recurrent ? [this.#recurrent] : [])]) {
        for (const slab of [layer.weights, layer.mean, layer.square]) slab.data.fill(0)
      }
      const put = (plain: Float32Array, layer: Layer, into: Slab<Float32Array>): void =>
        rowsToBlocks(layer === this.#output ? transposed(plain, hidden, outputs) : plain, layer.rows, hidden, into.data)
      put(state.hidden, this.#hidden, this.#hidden.weights)
      put(state.output, this.#output, this.#output.weights)
      if (this.#recurrent) {
        const { weights, mean, square } = this.#recurrent
        const { recurrentMean, recurrentSquare } = state.moments ?? {}
        const given = [
          [state.recurrent, weights],
          [recurrentMean, mean],
          [recurrentSquare, square]
        ] as const
        for (const [plain, slab] of given) if (plain) squareToBlocks(plain, hidden, slab.data)
        this.#recurrent.heard.data.fill(0)
      }
      if (state.moments) {
        put(state.moments.hiddenMean, this.#hidden, this.#hidden.mean)
        put(state.moments.hiddenSquare, this.#hidden, this.#hidden.square)
        put(state.moments.outputMean, this.#output, this.#output.mean)
        put(state.moments.outputSquare, this.#output, this.#output.square)
      }
    }
    this.team.barrier()
  }

  /** copies, in plain rows */
  state(): NetworkState & Required<Pick<NetworkState, 'moments'>> {
    const { hidden, outputs } = this.shape
    const plain = (layer: Layer, slab: Slab<Float32Array>): Float32Array => {
      const rows = blocksToRows(slab.data, layer.rows, hidden)
      return layer === this.#output ? transposed(rows, outputs, hidden) : rows
    }
    const loop = (slab: Slab<Float32Array>): Float32Array => blocksToSquare(slab.data, hidden)
    const own = this.#recurrent
    return {
      ...(own ? { recurrent: loop(own.weights) } : {}),
      hidden: plain(this.#hidden, this.#hidden.weights),
      output: plain(this.#output, this.#output.weights),
      moments: {
        hiddenMean: plain(this.#hidden, this.#hidden.mean),
        hiddenSquare: plain(this.#hidden, this.#hidden.square),
        outputMean: plain(this.#output, this.#output.mean),
        outputSquare: plain(this.#output, this.#output.square),
        ...(own ? { recurrentMean: loop(own.mean), recurrentSquare: loop(own.square) } : {})
      },
      ...this.#clock
    }
  }

  /** address f32 [outputs][16] of a block's output weights */
  outputBlock(block: number): number {
    return this.#output.weights.at + block * this.#output.rows * BLOCK * 4
  }

  /** address f32 [block][blocks · 16][16], row: the unit that hears, of the weights last written; 0: none hears another */
  get heard(): number {
    return this.#recurrent?.heard.at ?? 0
  }

  /** before the blocks of a step are updated */
  tick(learningRate: number): void {
    this.#constants.learningRate = learningRate
    adamTick(this.#clock, this.#constants)
  }

  /** Adam on one block; the gradients (addresses of the whole blocked arrays) are cleared */
  update(block: number, hiddenGradient: number, outputGradient: number, decay: Decay, recurrentGradient = 0): void {
    this.#step(block, this.#hidden, hiddenGradient, decay.hidden, this.limit)
    if (this.#recurrent) this.#step(block, this.#recurrent, recurrentGradient, 0, this.limit)
    this.#step(block, this.#output, outputGradient, decay.output, Infinity)
  }

  #step(block: number, layer: Layer, gradient: number, decay: number, limit: number): void {
    const length = layer.rows * BLOCK
    const offset = block * length * 4
    this.#arrays.weights = layer.weights.at + offset
    this.#arrays.gradient = gradient + offset
    this.#arrays.mean = layer.mean.at + offset
    this.#arrays.square = layer.square.at + offset
    adamStep(this.kernels, this.#arrays, length, this.#constants, this.#clock, decay, limit)
  }

  /**
   * Brings the weights to the port; every member calls it and does its blocks. Meets at barriers of its own: before, since
   * whoever was free has updated a block, and on the way.
   * @param silenced address of a mask, see NetworkPort.writeNetwork
   */
  write(silenced?: number): void {
    const { inputs, hidden, outputs } = this.shape
    const { weightLimit, weightStep } = this.port
    const grid = weightStep > 0
    const [from, to] = share(this.team, this.blocks)
    const shadow = this.#output.weights.data
    const perBlock = outputs * BLOCK

    this.team.barrier()
    const { outputPerUnit } = this.conversion
    // without a limit, nobody has to know the largest
    const fits = weightLimit === Infinity ? Infinity : weightLimit / this.#largestOutput(from * perBlock, to * perBlock)
    this.outputScale = Math.min(fits, outputPerUnit)

    const width = padded(hidden)
    const outputWidth = padded(outputs)
    const target = this.#portOutput.data
    for (let block = from; block < to; block++) {
      const groups = groupsOf(hidden, block)
      const source = this.#hidden.weights.at + block * inputs * BLOCK * 4
      const { weightPerUnit } = this.conversion
      placeWeights(
        this.kernels,
        source,
        this.#portHidden.at,
        inputs,
        block,
        groups,
        width,
        weightPerUnit,
        weightLimit,
        grid
      )
      if (this.#recurrent) this.#writeLoop(this.#recurrent, block)
      const last = Math.min(hidden, (block + 1) * BLOCK)
      for (let h = block * BLOCK; h < last; h++) {
        for (let o = 0; o < outputs; o++) {
          const scaled = shadow[block * perBlock + o * BLOCK + (h % BLOCK)] * this.outputScale
          target[h * outputWidth + o] = grid ? Math.round(scaled) : scaled
        }
      }
    }
    this.team.barrier()
    this.port.writeNetwork(this.#portHidden.at, this.#portOutput.at, silenced, this.#recurrent?.port.at)
  }

  /** of all output weights; every member looks at its part of them, and they meet */
  #largestOutput(from: number, to: number): number {
    const shadow = this.#output.weights.data
    let largest = 0
    for (let k = from; k < to; k++) largest = Math.max(largest, Math.abs(shadow[k]))
    this.#largest.data[this.team.index] = largest
    this.team.barrier()
    for (const one of this.#largest.data) largest = Math.max(largest, one)
    return largest
  }

  /** a block's columns for the port, and its rows for the backward pass: by the unit that hears */
  #writeLoop({ rows, weights, port, heard }: Loop, block: number): void {
    const { hidden } = this.shape
    const first = block * rows * BLOCK
    placeWeights(
      this.kernels,
      weights.at + first * 4,
      port.at,
      hidden,
      block,
      groupsOf(hidden, block),
      padded(hidden),
      this.conversion.weightPerUnit,
      this.port.weightLimit,
      this.port.weightStep > 0
    )
    for (let post = 0; post < hidden; post++) {
      const column = (post >> 4) * rows * BLOCK + (post & 15)
      for (let lane = 0; lane < BLOCK; lane++) {
        heard.data[first + post * BLOCK + lane] = weights.data[column + (block * BLOCK + lane) * BLOCK]
      }
    }
  }
}
