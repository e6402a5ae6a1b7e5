/**
 * What training and evaluating share: the port opened for a network, the conversion to its units, encoded images, and
 * the presentation of a split with what was read.
 */
import { EventEncoder } from '../../datasets/events'
import { encodeLatency } from '../../datasets/latency'
import type { LatencyCode } from '../../datasets/latency'
import { InputError } from '../../errors/input-error'
import type { Measured, NetworkPort, NetworkShape, Stimulus } from '../../emulator/network-port'
import type { Slab } from '../../kernels/arena'
import type { Kernels } from '../../kernels/module'
import { share, solo } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { exp } from '../../numerics/functions'
import type { Conversion } from '../conversion'
import { place } from '../placement'
import type { Opened } from '../probe'
import type { Placed } from '../placement'
import { emptyPlane, setPoint } from '../plane'
import { rightBits } from '../right'
import type { Evaluation, ImageSet, Plane, PlaneGrid } from '../types'
import { BatchGradient } from './gradient'
import { LoopGradient } from './loop-gradient'
import type { SurrogateConfig } from './settings'
import { TrainedNetwork } from './network'

/** the stimulus numbers its inputs with a byte */
export const MOST_INPUTS = 256
/** the largest weight of the paper's chip in model units: 63 codes, 240 codes a unit */
const PAPER_LIMIT = 63 / 240
/** samples that a member takes at once when a split is read: what it measures of them stays in its own cache */
const PIECE = 16

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
  readonly #tallies: Slab<Float64Array>
  /** 1: the sample was read right */
  readonly #right: Slab<Uint8Array>

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
    const { hidden, bins, binUs, recurrent } = config
    this.shape = { inputs, hidden, outputs: classes, bins, binUs, batch, ...(recurrent ? { recurrent } : {}) }
    this.placement = place(port, request.usable, config.hidden, classes)
    this.measured = port.open(kernels, team, this.shape, this.placement)
    this.alpha = exp(-config.binUs / config.tauSynUs)
    this.beta = exp(-config.binUs / config.tauMemUs)
    this.index = kernels.arena.i32(samples)
    this.#tallies = kernels.arena.f64(team.size * (classes * classes + 1))
    this.#right = kernels.arena.u8(samples)
    const loop = recurrent || config.readout === 'sum' || config.rate > 0
    const Gradient = loop ? LoopGradient : BatchGradient
    this.gradient = new Gradient(kernels, team, this.shape, this.measured, {
      alpha: this.alpha,
      beta: this.beta,
      slope: config.slope,
      atThreshold: config.spikeMembrane === 'threshold',
      readoutScale: config.readoutScale,
      burst: config.burst,
      amplitude: config.amplitude,
      readout: config.readout,
      rate: config.rate,
      rateLimit: config.rateLimit
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
    const { kernels, team, config } = this.request
    const { events, labels } = images
    const stimulus = events
      ? new EventEncoder(events, labels.length, kernels.arena, team, config).encode()
      : encodeLatency(images, kernels.arena, team, this.code)
    return { images, stimulus }
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
   * Reads a whole split with the network as it is on the port. Members take piece by piece and meet only at the end: what is
   * added up are whole numbers, in any order the same.
   * @param trial trial number of the first batch
   */
  evaluate(split: Split, trial: number): Evaluation {
    const samples = this.#begin(split)
    this.#read(split, 0, samples, trial)
    return this.#sum(split, samples)
  }

  /** the same, batch by batch: each tells of all samples so far */
  *readings(split: Split, trial: number): Generator<Evaluation, void, void> {
    const { batch } = this.request
    const samples = this.#begin(split)
    for (let from = 0, k = 0; from < samples; from += batch, k++) {
      const to = Math.min(samples, from + batch)
      this.#read(split, from, to, trial + k)
      yield this.#sum(split, to)
    }
  }

  #begin(split: Split): number {
    const samples = split.images.labels.length
    this.#tally(this.request.team.index, split).fill(0)
    this.#inOrder(samples)
    return samples
  }

  /** counts samples first … end, batch by batch; every member has rows of `Measured` to itself and takes what fits there */
  #read(split: Split, first: number, end: number, trial: number): void {
    const { port, team, batch } = this.request
    const { classes, labels } = split.images
    const fair = Math.floor(batch / team.size)
    // a batch that has not a row for each of them is read by one
    if (fair === 0 && team.index > 0) return
    const length = Math.min(PIECE, Math.max(1, fair))
    const row = team.index * length
    const tally = this.#tally(team.index, split)
    const pieces = Math.ceil(batch / length)
    const crew = fair === 0 ? solo : team
    crew.deal(Math.ceil((end - first) / batch) * pieces, (piece) => {
      const k = Math.floor(piece / pieces)
      const from = first + k * batch + (piece % pieces) * length
      const count = Math.min(length, first + (k + 1) * batch - from, end - from)
      if (count <= 0) return
      port.presentRows(split.stimulus, this.index.at + (from - row) * 4, row, row + count, trial + k)
      this.gradient.readings(row, row + count)
      for (let b = 0; b < count; b++) {
        const [label, read] = [labels[this.index.data[from + b]], this.gradient.read(row + b)]
        tally[label * classes + read]++
        this.#right.data[from + b] = read === label ? 1 : 0
        tally[classes * classes] += this.gradient.spikesOf(row + b)
      }
    })
  }

  /** what all members have counted of n samples */
  #sum(split: Split, n: number): Evaluation {
    const { team } = this.request
    const { classes } = split.images
    const confusion = new Float64Array(classes * classes)
    let spikes = 0
    team.barrier()
    for (let member = 0; member < team.size; member++) {
      const part = this.#tally(member, split)
      for (let k = 0; k < confusion.length; k++) confusion[k] += part[k]
      spikes += part[confusion.length]
    }
    const right = n === split.images.labels.length ? rightBits(this.#right.data.subarray(0, n)) : null
    team.barrier()
    let correct = 0
    for (let k = 0; k < classes; k++) correct += confusion[k * classes + k]
    const told = { testAccuracy: correct / n, n, hiddenSpikesPerSample: spikes / n, confusion }
    return right ? { ...told, right } : told
  }

  /** a member's part of the confusion matrix, then its hidden spikes */
  #tally(member: number, { images: { classes } }: Split): Float64Array {
    const length = classes * classes + 1
    return this.#tallies.data.subarray(member * length, (member + 1) * length)
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
      this.gradient.readings(...share(team, count))
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
