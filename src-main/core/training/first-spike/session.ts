/**
 * What training and evaluating share: encoded data, the network, the substrate that it runs on (the model itself, or a
 * chip that records spike times), and the reading of a whole split.
 */
import { emptyPlane, setPoint } from '../plane'
import { lastOf } from '../readings'
import { rightBits } from '../right'
import type { Decision, Evaluation, ImageSet, Plane, PlaneGrid } from '../types'
import { encodeSpikes, sourcesOf, taskOf } from './encode'
import type { EncodedSet } from './encode'
import { SpikingNetwork } from './network'
import { completed } from './presets'
import type { FirstSpikeConfig } from './presets'
import { openSubstrate } from './substrate'
import type { SessionRequest, Substrate } from './types'

/** first batch of samples that were set aside: no test set has so many */
const ASIDE = 0x8000

export class Session {
  readonly config: FirstSpikeConfig
  readonly network: SpikingNetwork
  readonly substrate: Substrate

  constructor(
    readonly request: SessionRequest,
    images: ImageSet
  ) {
    const { kernels, team, batch, port } = request
    const chip = port.weightStep > 0
    this.config = completed(request.method, request.config, taskOf(images), chip, request.madeForChip)
    const sources = sourcesOf(this.config, images.side * images.side)
    const { hidden } = this.config
    const shape = { sources, hidden, classes: images.classes, batch, most: sources }
    this.substrate = openSubstrate(request, this.config, shape)
    this.network = new SpikingNetwork(kernels, team, this.config, shape, chip)
  }

  encode(images: ImageSet): EncodedSet {
    const { kernels, team } = this.request
    return encodeSpikes(kernels, team, this.config, images)
  }

  /**
   * Presents the samples in the network's `index` and computes loss and gradient; every member calls it.
   * @param epoch 0: not training @param written true: the weights are on the substrate already
   */
  present(set: EncodedSet, count: number, epoch: number, batch: number, written = false): void {
    const { network, substrate, request } = this
    const of = { seed: request.seed, epoch, batch }
    if (!written) network.write(substrate.grid, of)
    else if (request.team.index === 0) network.noise(of)
    network.writeInputNoise(set, count, of)
    request.team.barrier()
    substrate.present(network, set, count, epoch, batch, !written)
    network.run(set, count, epoch > 0)
    request.team.barrier()
  }

  /** reads a whole split, in order, with the weights as they are; @param which these of its samples alone */
  evaluate(set: EncodedSet, which?: Int32Array): Evaluation {
    return lastOf(this.readings(set, which))
  }

  /** the same, batch by batch: each tells of all samples so far */
  *readings(set: EncodedSet, which?: Int32Array): Generator<Evaluation, void, void> {
    const { network, request } = this
    const { labels, classes } = set.images
    const samples = which?.length ?? labels.length
    // noise of its own
    const firstBatch = which ? ASIDE : 0
    const confusion = new Float64Array(classes * classes)
    const flags = new Uint8Array(samples)
    let silent = 0
    let correct = 0
    const decisions = new Decisions(this.config.tauSynUs)
    for (let from = 0, k = 0; from < samples; from += request.batch, k++) {
      const count = Math.min(request.batch, samples - from)
      request.team.barrier()
      if (request.team.index === 0) {
        for (let b = 0; b < count; b++) network.index.data[b] = which ? which[from + b] : from + b
      }
      this.present(set, count, 0, firstBatch + k, k > 0)
      const sums = network.sums(labels, count)
      silent += sums.silentHidden
      correct += sums.correct
      for (let b = 0; b < count; b++) {
        const read = network.result.data[4 * b + 1]
        decisions.hear(network.output.kernel.times.data, b * classes, classes)
        const label = labels[network.index.data[b]]
        if (read >= 0) confusion[label * classes + read]++
        flags[from + b] = read === label ? 1 : 0
      }
      request.team.barrier()
      const n = from + count
      const hiddenSpikesPerSample = this.config.hidden - silent / n
      const right = n === samples ? { right: rightBits(flags) } : {}
      yield { testAccuracy: correct / n, n, hiddenSpikesPerSample, confusion, ...right, ...decisions.told }
    }
  }

  /** reads the points of a grid, with the weights as they are on the substrate; every member calls it */
  plane(grid: PlaneGrid, set: EncodedSet): Plane {
    const { network, request, config } = this
    const { classes } = set.images
    const plane = emptyPlane(grid, true)
    for (let from = 0, k = 0; from < grid.cells.length; from += request.batch, k++) {
      const count = Math.min(request.batch, grid.cells.length - from)
      request.team.barrier()
      if (request.team.index === 0) for (let b = 0; b < count; b++) network.index.data[b] = from + b
      this.present(set, count, 0, k, true)
      for (let b = 0; b < count; b++) {
        const times = network.output.kernel.times.data.subarray(b * classes, (b + 1) * classes)
        setPoint(plane, grid.cells[from + b], network.result.data[4 * b + 1], scaled(times, config.tauSynUs))
      }
      request.team.barrier()
    }
    return plane
  }
}

function scaled(times: Float64Array, unit: number): Float64Array {
  return times.map((t) => t * unit)
}

/** first label spikes of the samples that have one */
class Decisions {
  #sum = 0
  #n = 0
  #latest = 0

  /** @param unit of the times, µs */
  constructor(readonly unit: number) {}

  hear(times: Float64Array, from: number, labels: number): void {
    let first = Infinity
    for (let o = 0; o < labels; o++) first = Math.min(first, times[from + o])
    if (first === Infinity) return
    this.#sum += first
    this.#n++
    this.#latest = Math.max(this.#latest, first)
  }

  get told(): { decision?: Decision } {
    if (this.#n === 0) return {}
    return { decision: { meanUs: (this.unit * this.#sum) / this.#n, latestUs: this.unit * this.#latest } }
  }
}
