/**
 * What training and evaluating share: the port opened for a network, the conversion to its units, encoded images, and
 * the presentation of a split with what was read.
 */
import { encodeLatency } from '../../datasets/latency'
import type { LatencyCode } from '../../datasets/latency'
import { InputError } from '../../errors/input-error'
import type { Measured, NetworkPort, NetworkShape, Stimulus } from '../../emulator/network-port'
import type { Slab } from '../../kernels/arena'
import type { Kernels } from '../../kernels/module'
import type { Team } from '../../kernels/team'
import { exp } from '../../numerics/functions'
import type { Conversion, Opened } from '../conversion'
import { place } from '../placement'
import type { Placed } from '../placement'
import { emptyPlane, setPoint } from '../plane'
import { lastOf } from '../readings'
import type { Evaluation, ImageSet, Plane, PlaneGrid } from '../types'
import { BatchGradient } from './gradient'
import type { SurrogateConfig } from './settings'
import { TrainedNetwork } from './network'

/** the stimulus numbers its inputs with a byte */
export const MOST_INPUTS = 256
/** the largest weight of the paper's chip in model units: 63 codes, 240 codes a unit */
const PAPER_LIMIT = 63 / 240

export interface Split {
  images: ImageSet
  stimulus: Stimulus
}

export interface SessionRequest {
  config: SurrogateConfig
  batch: number
  classes: number
  inputs: number
  port: NetworkPort
  usable: Uint8Array | null
  kernels: Kernels
  team: Team
}

export class Session {
  readonly shape: NetworkShape
  readonly placement: Placed
  readonly measured: Measured
  readonly gradient: BatchGradient
  readonly alpha: number
  readonly beta: number
  network!: TrainedNetwork
  conversion!: Conversion
  /** sample numbers of the presentation under way */
  readonly index: Slab<Int32Array>

  /** @param samples most samples of a split */
  constructor(
    readonly request: SessionRequest,
    samples: number
  ) {
    const { config, port, kernels, team, batch, inputs, classes } = request
    if (inputs > MOST_INPUTS) {
      throw new InputError(
        'bad-input',
        `images of ${inputs} pixels; surrogate training takes at most ${MOST_INPUTS} (mnist16)`
      )
    }
    this.shape = { inputs, hidden: config.hidden, outputs: classes, bins: config.bins, binUs: config.binUs, batch }
    this.placement = place(port, request.usable, config.hidden, classes)
    this.measured = port.open(kernels, team, this.shape, this.placement)
    this.alpha = exp(-config.binUs / config.tauSynUs)
    this.beta = exp(-config.binUs / config.tauMemUs)
    this.index = kernels.arena.i32(samples)
    this.gradient = new BatchGradient(kernels, team, this.shape, this.measured, {
      alpha: this.alpha,
      beta: this.beta,
      slope: config.slope,
      atThreshold: config.spikeMembrane === 'threshold',
      readoutScale: config.readoutScale,
      burst: config.burst,
      amplitude: config.amplitude
    })
  }

  /** for the conversion's measurement */
  get opened(): Opened {
    const { port, kernels, team } = this.request
    return { port, kernels, team, shape: this.shape, measured: this.measured, alpha: this.alpha, beta: this.beta }
  }

  /** must be called before the network is written */
  convert(conversion: Conversion): void {
    const { config, port, kernels, team } = this.request
    this.conversion = conversion
    const fromPort = port.weightLimit / conversion.weightPerUnit
    const limit = Math.min(config.weightLimit ?? (fromPort === Infinity ? PAPER_LIMIT : Infinity), fromPort)
    this.network = new TrainedNetwork(kernels, team, this.shape, port, conversion, limit)
  }

  encode(images: ImageSet): Split {
    const { kernels, team } = this.request
    return { images, stimulus: encodeLatency(images, kernels.arena, team, this.code) }
  }

  get code(): LatencyCode {
    const { config } = this.request
    return { tauUs: config.inputTauUs, threshold: config.inputThreshold, bins: config.bins, binUs: config.binUs }
  }

  /** model units of a readout per unit of its measured membrane */
  get readoutPerUnit(): number {
    return 1 / this.conversion.membranePerUnit
  }

  /**
   * What the port makes of one model unit of output weight, model units: the scale of the output weights moves with the
   * largest of them. The measured readout is taken as it is, as the authors take it; to divide it by this factor would
   * blow up the converter's noise as the weights grow. The gradient knows the factor.
   */
  get outputGain(): number {
    return this.network.outputScale / this.conversion.weightPerUnit
  }

  /**
   * Reads a whole split with the network as it is on the port, in order.
   * @param trial trial number of the first batch
   */
  evaluate(split: Split, trial: number): Evaluation {
    return lastOf(this.readings(split, trial))
  }

  /** the same, batch by batch: each tells of all samples so far */
  *readings(split: Split, trial: number): Generator<Evaluation, void, void> {
    const { port, team, batch } = this.request
    const { classes, labels } = split.images
    const samples = labels.length
    const confusion = new Float64Array(classes * classes)
    this.#inOrder(samples)
    let spikes = 0
    let correct = 0
    for (let from = 0, k = 0; from < samples; from += batch, k++) {
      const count = Math.min(batch, samples - from)
      port.present(split.stimulus, this.index.at + from * 4, count, trial + k)
      team.barrier()
      const index = this.index.data.subarray(from, from + count)
      this.gradient.readings(labels, index, count)
      team.barrier()
      const sums = this.gradient.sums(count)
      spikes += sums.spikes
      correct += sums.correct
      for (let b = 0; b < count; b++) {
        confusion[labels[index[b]] * classes + this.gradient.read(b)]++
      }
      team.barrier()
      const n = from + count
      yield { testAccuracy: correct / n, n, hiddenSpikesPerSample: spikes / n, confusion }
    }
  }

  /** reads the points of a grid with the network as it is on the port; every member calls it */
  plane(grid: PlaneGrid, split: Split, trial: number): Plane {
    const { port, team, batch } = this.request
    const plane = emptyPlane(grid, false)
    const samples = grid.cells.length
    this.#inOrder(samples)
    for (let from = 0, k = 0; from < samples; from += batch, k++) {
      const count = Math.min(batch, samples - from)
      port.present(split.stimulus, this.index.at + from * 4, count, trial + k)
      team.barrier()
      this.gradient.readings(split.images.labels, this.index.data.subarray(from, from + count), count)
      team.barrier()
      for (let b = 0; b < count; b++) setPoint(plane, grid.cells[from + b], this.gradient.read(b))
      team.barrier()
    }
    return plane
  }

  #inOrder(samples: number): void {
    this.request.team.barrier()
    if (this.request.team.index === 0) for (let s = 0; s < samples; s++) this.index.data[s] = s
    this.request.team.barrier()
  }
}
