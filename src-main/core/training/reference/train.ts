/**
 * Ordinary networks to read the spiking ones against: an artificial network, one whose hidden layer is not trained, and
 * one without a hidden layer (Kriener, Göltz, Petrovici 2022: 97.6 ± 1.5, 85.5 ± 5.8, 63.8 ± 1.0 % on Yin-Yang, with 30
 * hidden units, batches of 20 and 300 epochs). Cross-entropy, Adam, float64, without any chip.
 *
 * These networks are small: member 0 computes alone, the others keep step with it.
 */
import { InputError } from '../../errors/input-error'
import { exp, log } from '../../numerics/functions'
import { Stream } from '../../random/stream'
import { rightBits } from '../right'
import type { Checkpoint, Config, Evaluation, ImageSet, Plane, PlaneGrid } from '../types'
import type { SampleView, TrainRequest, TrainRun } from '../types'
import { emptyPlane, planeEpoch, setPoint } from '../plane'
import { DenseLayer } from './layer'
import { referenceConfig } from './settings'
import type { ReferenceConfig } from './settings'

const REPORT_EVERY = 50

class ReferenceNetwork {
  readonly layers: DenseLayer[]
  readonly #x: Float64Array
  readonly #hidden: Float64Array
  readonly #back: Float64Array
  readonly #out: Float64Array

  constructor(
    readonly config: ReferenceConfig,
    inputs: number,
    classes: number
  ) {
    const { network, hidden } = config
    this.layers =
      network === 'shallow'
        ? [new DenseLayer(inputs, classes)]
        : [new DenseLayer(inputs, hidden), new DenseLayer(hidden, classes)]
    this.#x = new Float64Array(inputs)
    this.#hidden = new Float64Array(hidden)
    this.#back = new Float64Array(hidden)
    this.#out = new Float64Array(classes)
  }

  /** one sample; adds its gradient times `scale` if that is not 0 */
  sample(set: ImageSet, index: number, scale: number): { loss: number; read: number; active: number } {
    const [x, out] = [this.#x, this.#out]
    const inputs = x.length
    for (let i = 0; i < inputs; i++) {
      x[i] = set.values ? set.values[index * inputs + i] : set.pixels[index * inputs + i] / 255
    }
    const last = this.layers[this.layers.length - 1]
    let active = 0
    let from = x
    if (this.layers.length === 2) {
      from = this.#hidden
      this.layers[0].forward(x, 0, from)
      for (let h = 0; h < from.length; h++) {
        if (from[h] > 0) active++
        else from[h] = 0
      }
    }
    last.forward(from, 0, out)
    let read = 0
    for (let o = 1; o < out.length; o++) if (out[o] > out[read]) read = o
    const top = out[read]
    let sum = 0
    for (let o = 0; o < out.length; o++) sum += exp(out[o] - top)
    const label = set.labels[index]
    const loss = log(sum) + top - out[label]
    if (scale > 0) {
      for (let o = 0; o < out.length; o++) out[o] = scale * (exp(out[o] - top) / sum - (o === label ? 1 : 0))
      const learnsHidden = this.config.network === 'ann'
      last.backward(from, 0, out, learnsHidden ? this.#back : null)
      if (learnsHidden) {
        for (let h = 0; h < from.length; h++) if (from[h] === 0) this.#back[h] = 0
        this.layers[0].backward(x, 0, this.#back, null)
      }
    }
    return { loss, read, active }
  }

  step(): void {
    const { network, learningRate } = this.config
    for (const layer of network === 'frozen' ? this.layers.slice(1) : this.layers) layer.step(learningRate)
  }

  evaluate(set: ImageSet): Evaluation & { right: Uint8Array } {
    const { classes, labels } = set
    const confusion = new Float64Array(classes * classes)
    const right = new Uint8Array(labels.length)
    let [correct, active] = [0, 0]
    for (let s = 0; s < labels.length; s++) {
      const told = this.sample(set, s, 0)
      right[s] = told.read === labels[s] ? 1 : 0
      correct += right[s]
      active += told.active
      confusion[labels[s] * classes + told.read]++
    }
    const n = labels.length
    return { testAccuracy: correct / n, n, hiddenSpikesPerSample: active / n, confusion, right: rightBits(right) }
  }

  checkpoint(epoch: number): Checkpoint {
    const arrays: Checkpoint['arrays'] = {}
    const numbers: Checkpoint['numbers'] = {}
    this.layers.forEach((layer, l) => {
      arrays[`layer${l}`] = layer.weights.slice()
      arrays[`layer${l}.mean`] = layer.mean.slice()
      arrays[`layer${l}.square`] = layer.square.slice()
      numbers[`layer${l}.meanPower`] = layer.clock.meanPower
      numbers[`layer${l}.squarePower`] = layer.clock.squarePower
    })
    const [first] = this.layers
    const { inputs, outputs, weights } = first
    // as dashboards read it: [input][unit]
    arrays['hidden'] = Float32Array.from(
      { length: inputs * outputs },
      (_, k) => weights[(k % outputs) * (inputs + 1) + Math.floor(k / outputs)]
    )
    return { epoch, arrays, numbers }
  }

  restore({ arrays, numbers }: Checkpoint): void {
    this.layers.forEach((layer, l) => {
      const given = arrays[`layer${l}`]?.length ?? 0
      if (given !== layer.weights.length) {
        throw new InputError('bad-input', `layer ${l} has ${given} weights, the network needs ${layer.weights.length}`)
      }
      layer.weights.set(arrays[`layer${l}`])
      layer.mean.set(arrays[`layer${l}.mean`])
      layer.square.set(arrays[`layer${l}.square`])
      layer.clock.meanPower = numbers[`layer${l}.meanPower`]
      layer.clock.squarePower = numbers[`layer${l}.squarePower`]
    })
  }
}

export function* trainReference(request: TrainRequest): TrainRun {
  const { team, seed, train, test, resume, epochs } = request
  if (request.port.weightStep > 0) {
    throw new InputError('bad-input', 'chip: the reference networks know no chip; allowed is `ideal`')
  }
  const config = referenceConfig(request.config)
  const network = new ReferenceNetwork(config, train.side * train.side, train.classes)
  const works = team.index === 0
  network.layers.forEach((layer, l) => layer.initialise(seed, `layer ${l}`))
  if (resume) network.restore(resume)
  yield { kind: 'conversion', conversion: {} }
  const samples = train.labels.length
  const batches = Math.ceil(samples / request.batch)
  let last = network.checkpoint(resume?.epoch ?? 0)
  for (let epoch = last.epoch + 1; epoch <= epochs; epoch++) {
    const order = new Stream(seed, 'shuffle', epoch).permutation(samples)
    const sums = { loss: 0, correct: 0, active: 0, seen: 0 }
    for (let batch = 0; batch < batches; batch++) {
      const from = batch * request.batch
      const count = Math.min(request.batch, samples - from)
      if (works) {
        for (let b = from; b < from + count; b++) {
          const told = network.sample(train, order[b], 1 / count)
          sums.loss += told.loss
          sums.active += told.active
          if (told.read === train.labels[order[b]]) sums.correct++
        }
        network.step()
      }
      sums.seen += count
      if (batch % REPORT_EVERY === REPORT_EVERY - 1 || batch === batches - 1) {
        const n = sums.seen
        const [loss, accuracy, hiddenSpikesPerSample] = [sums.loss / n, sums.correct / n, sums.active / n]
        const done = epoch - 1 + (batch + 1) / batches
        yield { kind: 'batch', epoch: done, batch: batch + 1, batches, loss, accuracy, hiddenSpikesPerSample }
      }
    }
    const reading = network.evaluate(test)
    last = network.checkpoint(epoch)
    yield {
      kind: 'epoch',
      epoch,
      loss: sums.loss / samples,
      trainAccuracy: sums.correct / samples,
      testAccuracy: reading.testAccuracy,
      testSamples: reading.n,
      hiddenSpikesPerSample: reading.hiddenSpikesPerSample,
      confusion: reading.confusion,
      right: reading.right,
      sample: view(network, test, (epoch - 1) % test.labels.length),
      checkpoint: last,
      ...(request.plane && planeEpoch(epoch, epochs) ? { plane: planeOf(network, request.plane) } : {})
    }
  }
  return last
}

/** @throws InputError if the weights have another shape than the configuration says */
export function evaluateReference(request: { config: Config; test: ImageSet; checkpoint: Checkpoint }): Evaluation {
  const { test, checkpoint } = request
  const network = new ReferenceNetwork(referenceConfig(request.config), test.side * test.side, test.classes)
  network.restore(checkpoint)
  return network.evaluate(test)
}

function planeOf(network: ReferenceNetwork, grid: PlaneGrid): Plane {
  const plane = emptyPlane(grid, false)
  grid.cells.forEach((cell, k) => setPoint(plane, cell, network.sample(grid.points, k, 0).read))
  return plane
}

/** these networks have no time: there is nothing to see but the answer */
function view(network: ReferenceNetwork, set: ImageSet, index: number): SampleView {
  const { side, classes, pixels, labels } = set
  const { read } = network.sample(set, index, 0)
  const none = { bin: new Float32Array(0), unit: new Uint16Array(0) }
  return {
    index,
    label: labels[index],
    read,
    image: pixels.slice(index * side * side, (index + 1) * side * side),
    side,
    binUs: 1,
    bins: 2,
    inputSpikes: none,
    hiddenSpikes: none,
    shown: [],
    measured: new Float32Array(0),
    modelled: new Float32Array(0),
    readout: new Float32Array(classes * 2),
    probabilities: Array.from({ length: classes }, (_, o) => (o === read ? 1 : 0))
  }
}
