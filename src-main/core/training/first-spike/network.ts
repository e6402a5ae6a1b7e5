/**
 * The network that is trained: parameters of two layers, what the kernels are given of them in a batch (on the grid of
 * the weights, with this batch's noise), and the step: Adam, or weight bumping where too many spikes are missing
 * (Göltz, Kriener et al. 2021: a neuron that never fires has no gradient).
 *
 * A batch is cut into parts whose gradients are added in order, so that results do not depend on the number of threads.
 */
import { DELAYS, firstSpikeLayer, firstSpikes, gradientParts } from '../../kernels/first-spike'
import { scratchLength, scratchSpan, writeLoss } from '../../kernels/first-spike'
import type { FirstSpikeCall, FirstSpikeLayer } from '../../kernels/first-spike'
import type { Slab } from '../../kernels/arena'
import type { Kernels } from '../../kernels/module'
import { share } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { exp } from '../../numerics/functions'
import type { EncodedSet } from './encode'
import { writeInputNoise, writeNoise } from './noise'
import type { BatchOf } from './noise'
import { Parameters } from './parameters'
import type { AdamClock } from './parameters'
import type { FirstSpikeConfig } from './presets'
import type { Grid } from './unit-codes'

/** parts of a batch: fewer where the gradient is large */
const PARTS = 16
const LARGE = 50_000

export interface NetworkShape {
  /** inputs and bias, with copies */
  sources: number
  hidden: number
  classes: number
  batch: number
  /** most spikes of a sample */
  most: number
}

export interface Layer {
  kernel: FirstSpikeLayer
  weights: Parameters
  delays: Parameters | null
}

export interface Rates {
  weights: number
  delays: number
  bump: number
}

export interface BatchSums {
  loss: number
  correct: number
  silentHidden: number
  silentOutput: number
}

export class SpikingNetwork {
  readonly hidden: Layer
  readonly output: Layer
  readonly clock: AdamClock = { meanPower: 1, squarePower: 1 }
  /** weight bumping: what is added, and the layer that needed it last (0: none) */
  bump = 0
  bumped = 0
  /** how often weights were bumped in place of a step */
  bumps = 0
  readonly index: Slab<Int32Array>
  readonly result: Slab<Float64Array>
  readonly #parts: number
  readonly #gradient: Slab<Float64Array>
  readonly #perPart: number
  readonly #loss: number
  readonly #scratch: number
  readonly #span: number

  /** @param recorded spike times come from a chip */
  constructor(
    readonly kernels: Kernels,
    readonly team: Team,
    readonly config: FirstSpikeConfig,
    readonly shape: NetworkShape,
    recorded: boolean
  ) {
    const { arena } = kernels
    const { sources, hidden, classes, batch } = shape
    const { copies, tauRatio: ratio, delays: kind } = config
    const delays = kind === 'none' ? DELAYS.none : kind === 'axonal' ? DELAYS.source : DELAYS.pair
    const make = (name: string, pre: number, post: number, group: number, offset: number, bias?: number): Layer => {
      const jitter = config.jitter > 0 || (name === 'hidden' && config.inputNoise > 0)
      const noisy = config.thresholdSd > 0 || config.thresholdTrialSd > 0 || config.thresholdShift !== 0
      const arrived = recorded && kind === 'axonal'
      const weights = new Parameters(kernels, `${name}Weights`, { pre, post }, offset, 1, false)
      // float weights, as the papers' code has it; what is on the substrate is on its grid
      const model = recorded || noisy ? { modelWeights: weights.values.at } : {}
      const from = { recorded, arrived, noisy, jitter, ...model, ...(bias === undefined ? {} : { bias }) }
      const sizes = { pre, post, batch, ratio, delays, ...from }
      const at = gradientParts(sizes)
      const raw = (shape: { pre: number; post: number }, first: number, of: number, width?: number): Parameters =>
        new Parameters(kernels, `${name}Delays`, shape, offset + first, of, true, width)
      return {
        kernel: firstSpikeLayer(kernels, sizes),
        weights,
        delays:
          kind === 'axonal'
            ? raw({ pre: pre / group, post: 1 }, at.axonal, group, config.mixedCopies ? pre / group : 1)
            : kind === 'dendritic'
              ? raw({ pre: 1, post }, at.dendritic, 1)
              : kind === 'synaptic'
                ? raw({ pre: pre / group, post }, at.synaptic, group)
                : null
      }
    }
    this.hidden = make('hidden', sources, hidden, copies, 0)
    const before = gradientParts(this.hidden.kernel.sizes).length
    const outputPre = hidden + (config.biasOutput ? 1 : 0)
    this.output = make('output', outputPre, classes, 1, before, config.biasOutput ? config.biasTime : undefined)
    this.#perPart = before + gradientParts(this.output.kernel.sizes).length
    this.#parts = this.#perPart > LARGE ? PARTS / 4 : PARTS
    this.#gradient = arena.f64(this.#perPart * this.#parts)
    this.index = arena.i32(batch)
    this.result = arena.f64(batch * 4)
    this.#loss = arena.f64(5).at
    const most = Math.max(shape.most, sources, outputPre, classes)
    this.#span = scratchSpan(most)
    this.#scratch = arena.f64(scratchLength(most) * team.size).at + scratchLength(most) * 8 * team.index
    this.bump = config.bump
  }

  get groups(): Parameters[] {
    const { hidden, output } = this
    return [hidden.weights, output.weights, hidden.delays, output.delays].filter((each) => each !== null)
  }

  /** largest number of parameters that are learnt */
  get parameters(): number {
    return this.groups.reduce((sum, { length }) => sum + length, 0)
  }

  /**
   * What the kernels read: weights on their grid, delays, thresholds. Every member calls it, a barrier follows.
   * @param grid to the weights as they are on the substrate
   */
  write(grid: Grid, of: BatchOf): void {
    for (const [l, layer] of [this.hidden, this.output].entries()) {
      const { kernel, weights } = layer
      const [from, to] = share(this.team, weights.length)
      for (let k = from; k < to; k++) kernel.weights.data[k] = grid(weights.values.data[k], l, k % kernel.sizes.post)
      this.#writeDelays(layer)
      if (this.team.index === 0) writeNoise(layer.kernel, l, this.config, of)
    }
  }

  /** noise on the input times of the batch in `index`; every member calls it */
  writeInputNoise(set: EncodedSet, count: number, of: BatchOf): void {
    writeInputNoise(this.hidden.kernel, this.config, this.team, this.index.data, set, count, of)
  }

  /** draws this batch's noise alone; by one member */
  noise(of: BatchOf): void {
    for (const [l, layer] of [this.hidden, this.output].entries()) writeNoise(layer.kernel, l, this.config, of)
  }

  #writeDelays({ kernel, delays }: Layer): void {
    if (!delays) return
    const { delays: kind, delayShift, delayScale } = this.config
    const { pre, post } = kernel.sizes
    const put = (at: number, d: number): void => {
      kernel.delay.data[at] = d
      kernel.delayExp.data[at] = exp(d)
    }
    const [from, to] = share(this.team, delays.length)
    for (let k = from; k < to; k++) {
      const d = delays.delay(k, delayShift, delayScale)
      if (kind === 'dendritic') for (let i = 0; i < pre; i++) put(i * post + k, d)
      else for (let m = 0; m < delays.group; m++) put(delays.place(k, m), d)
    }
  }

  /** the samples in `index`: forward, loss, and the gradient if wanted; every member does its share, a barrier follows */
  run(set: EncodedSet, count: number, learn: boolean): void {
    const { kernels, team, config } = this
    const scale = 1 / count
    if (team.index === 0) {
      writeLoss(
        kernels,
        this.#loss,
        config.loss === 'shift'
          ? { kind: 'shift', delta: config.margin, scale }
          : { kind: 'first', xi: config.xi, alpha: config.alpha, beta: config.beta, scale }
      )
    }
    team.barrier()
    const call: FirstSpikeCall = {
      hidden: this.hidden.kernel,
      output: this.output.kernel,
      list: set.list,
      index: this.index.at,
      labels: set.labels,
      loss: this.#loss,
      guard: config.guard,
      result: this.result.at,
      scratch: this.#scratch,
      span: this.#span
    }
    const [from, to] = share(team, this.#parts)
    const outputAt = gradientParts(this.hidden.kernel.sizes).length * 8
    for (let part = from; part < to; part++) {
      const first = Math.floor((count * part) / this.#parts)
      const last = Math.floor((count * (part + 1)) / this.#parts)
      const at = this.#gradient.at + part * this.#perPart * 8
      if (learn) this.#gradient.data.fill(0, part * this.#perPart, (part + 1) * this.#perPart)
      firstSpikes(kernels, call, first, last, learn ? at : 0, learn ? at + outputAt : 0)
    }
  }

  /** of the batch that was run, in order */
  sums(labels: Uint8Array, count: number): BatchSums {
    const sums = { loss: 0, correct: 0, silentHidden: 0, silentOutput: 0 }
    const { data } = this.result
    for (let b = 0; b < count; b++) {
      sums.loss += data[4 * b]
      if (data[4 * b + 1] === labels[this.index.data[b]]) sums.correct++
      sums.silentHidden += data[4 * b + 2]
      sums.silentOutput += data[4 * b + 3]
    }
    return sums
  }

  /**
   * Learns from the batch that was run: every member calls it with the same sums.
   * @param rates of Adam; `bump`: share of what is bumped
   * @param limit largest weight that the substrate can have; float weights stay within it, too
   */
  learn(sums: BatchSums, count: number, rates: Rates, limit: number): void {
    const { missHidden, missOutput, bump } = this.config
    const { hidden, classes } = this.shape
    const missing =
      sums.silentHidden > missHidden * hidden * count ? 1 : sums.silentOutput > missOutput * classes * count ? 2 : 0
    if (missing > 0) {
      this.bump = missing === this.bumped ? 2 * this.bump : bump
      this.bumps++
      if (this.team.index === 0)
        this.#bumpSilent(missing === 1 ? this.hidden : this.output, count, rates.bump * this.bump)
      this.team.barrier()
    } else {
      this.clock.meanPower *= 0.9
      this.clock.squarePower *= 0.999
      for (const group of this.groups) {
        const rate = group.isDelay ? rates.delays : rates.weights
        group.step(this.team, this.#gradient.at, this.#parts, this.#perPart * 8, rate, this.clock)
      }
    }
    this.bumped = missing
    if (limit < Infinity) for (const { weights } of [this.hidden, this.output]) weights.clip(this.team, limit)
  }

  /** adds to all weights of the neurons that were silent in any sample */
  #bumpSilent({ kernel, weights }: Layer, count: number, by: number): void {
    const { pre, post } = kernel.sizes
    for (let j = 0; j < post; j++) {
      let silent = false
      for (let b = 0; b < count && !silent; b++) silent = kernel.times.data[b * post + j] === Infinity
      if (silent) for (let i = 0; i < pre; i++) weights.values.data[i * post + j] += by
    }
  }
}
