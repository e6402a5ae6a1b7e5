/** One sample as a person looks at it: spike times of all layers and the membranes of some neurons in the model. */
import { exp } from '../../numerics/functions'
import type { SampleView } from '../types'
import type { EncodedSet } from './encode'
import type { FirstSpikeLayer } from '../../kernels/first-spike'
import type { Session } from './session'

const SHOWN = 6
/** of the time axis, in τ_syn */
const BIN = 0.1
const BINS = 60

/** presents sample `index` of a split; every member calls it */
export function viewSample(session: Session, set: EncodedSet, index: number): SampleView {
  const { network, config, request } = session
  request.team.barrier()
  if (request.team.index === 0) network.index.data[0] = index
  session.present(set, 1, 0, 0xffff, true)
  const { labels, side, classes, pixels } = set.images
  const { hidden, output } = network
  const times = (layer: FirstSpikeLayer): Float64Array => layer.times.data.slice(0, layer.sizes.post)
  const hiddenTimes = times(hidden.kernel)
  const outputTimes = times(output.kernel)
  const arrivals = new Float64Array(network.shape.sources).fill(Infinity)
  const input: [number, number][] = []
  for (let k = set.start[index]; k < set.start[index + 1]; k++) {
    arrivals[set.inputs[k]] = set.times[k]
    if (set.inputs[k] % config.copies === 0) input.push([set.times[k] / BIN, set.inputs[k] / config.copies])
  }
  const fired: [number, number][] = []
  hiddenTimes.forEach((t, unit) => {
    if (t < Infinity) fired.push([t / BIN, unit])
  })
  fired.sort((p, q) => p[0] - q[0])
  const shown = fired.slice(0, SHOWN).map(([, unit]) => unit)
  const membranes = new Float32Array(shown.length * BINS)
  shown.forEach((unit, row) => membranes.set(membrane(hidden.kernel, unit, arrivals, hiddenTimes[unit]), row * BINS))
  const sources = new Float64Array(output.kernel.sizes.pre).fill(config.biasTime)
  sources.set(hiddenTimes)
  const readout = new Float32Array(classes * BINS)
  for (let n = 0; n < classes; n++) readout.set(membrane(output.kernel, n, sources, outputTimes[n]), n * BINS)
  const earliest = Math.min(...outputTimes)
  const weights = Array.from(outputTimes, (t) => (t < Infinity ? exp((earliest - t) / config.xi) : 0))
  const total = weights.reduce((sum, w) => sum + w, 0) || 1
  const read = network.result.data[1]
  request.team.barrier()
  return {
    index,
    label: labels[index],
    read,
    image: pixels.slice(index * side * side, (index + 1) * side * side),
    side,
    binUs: BIN * config.tauSynUs,
    bins: BINS,
    inputSpikes: events(input),
    hiddenSpikes: events(fired),
    shown,
    measured: membranes,
    modelled: membranes.slice(),
    readout,
    probabilities: weights.map((w) => w / total)
  }
}

/** in units of the threshold, up to the neuron's spike */
function membrane(layer: FirstSpikeLayer, neuron: number, times: Float64Array, spike: number): Float32Array {
  const { pre, post, ratio, delays } = layer.sizes
  const trace = new Float32Array(BINS)
  for (let t = 0; t < BINS && t * BIN <= spike; t++) {
    let v = 0
    for (let i = 0; i < pre; i++) {
      const delay = delays === 0 ? 0 : layer.delay.data[delays === 2 ? i * post + neuron : i]
      const s = t * BIN - times[i] - delay
      if (!(s > 0)) continue
      v += layer.weights.data[i * post + neuron] * (ratio === 1 ? s * exp(-s) : exp(-s / 2) - exp(-s))
    }
    trace[t] = v / layer.theta.data[neuron]
  }
  return trace
}

function events(list: readonly [number, number][]): { bin: Float32Array; unit: Uint16Array } {
  return { bin: Float32Array.from(list, ([bin]) => bin), unit: Uint16Array.from(list, ([, unit]) => unit) }
}
