// A layer of first-spike.ts in which every pair of neurons has a delay of its own: arrivals differ from neuron to neuron.
import {
  arrive,
  MODEL_THETA,
  MODEL_WEIGHTS,
  POST,
  PRE,
  RATIO,
  RECORDED,
  THETA,
  TIMES,
  WEIGHTS
} from './first-spike-arrivals'
import { causal, firstCrossing, givenCrossing, spikeDen, spikeExp, spikeTime } from './first-spike-neuron'

/** spike times, e^T and denominators of a layer for one sample, neuron by neuron; @returns how many neurons did not spike */
export function forwardEach(
  layer: usize,
  row: i32,
  count: i32,
  source: usize,
  span: usize,
  arrivals: usize,
  exps: usize,
  dens: usize
): i32 {
  const post = load<i32>(layer, POST)
  const ratio = load<i32>(layer, RATIO)
  const weights: usize = load<usize>(layer, WEIGHTS)
  const theta: usize = load<usize>(layer, THETA)
  const at: usize = (<usize>(row * post)) << 3
  const times: usize = <usize>load<usize>(layer, TIMES) + at
  const recorded: usize = load<usize>(layer, RECORDED)
  const model: usize = load<usize>(layer, MODEL_THETA)
  const modelWeights: usize = load<usize>(layer, MODEL_WEIGHTS)
  let silent = 0
  for (let j = 0; j < post; j++) {
    const j8: usize = (<usize>j) << 3
    arrive(layer, row, j, count, source, span, arrivals)
    const w = weights + j8
    const level = load<f64>(theta + j8)
    if (recorded)
      givenCrossing(ratio, count, arrivals, span, modelWeights + j8, post, level, load<f64>(recorded + at + j8))
    else {
      firstCrossing(ratio, count, arrivals, span, w, post, level)
      if (model) givenCrossing(ratio, count, arrivals, span, modelWeights + j8, post, load<f64>(model + j8), spikeTime)
    }
    store<f64>(times + j8, spikeTime)
    store<f64>(exps + j8, spikeExp)
    store<f64>(dens + j8, spikeDen)
    if (spikeTime == Infinity) silent++
  }
  return silent
}

/**
 * Adds the gradient of one sample to `gradient`: weights [pre][post], then delays [pre], [post], [pre][post].
 * @param arrivals scratch for them
 * @param errors dL/dT f64 [post] @param upstream dL/dt f64 [pre], is added to; or 0
 */
export function backwardEach(
  layer: usize,
  row: i32,
  count: i32,
  source: usize,
  span: usize,
  arrivals: usize,
  exps: usize,
  dens: usize,
  errors: usize,
  guard: f64,
  upstream: usize,
  gradient: usize,
  scratch: usize
): void {
  const pre = load<i32>(layer, PRE)
  const post = load<i32>(layer, POST)
  const ratio = load<i32>(layer, RATIO)
  const times: usize = <usize>load<usize>(layer, TIMES) + ((<usize>(row * post)) << 3)
  const axonal: usize = gradient + ((<usize>(post * pre)) << 3)
  const dendritic: usize = axonal + ((<usize>pre) << 3)
  const synaptic: usize = dendritic + ((<usize>post) << 3)
  for (let j = 0; j < post; j++) {
    const j8: usize = (<usize>j) << 3
    const error = load<f64>(errors + j8)
    const den = load<f64>(dens + j8)
    if (error == 0 || den == 0) continue
    arrive(layer, row, j, count, source, span, arrivals)
    const weights: usize = load<usize>(layer, MODEL_WEIGHTS)
    const t = load<f64>(times + j8)
    const largest = causal(ratio, count, arrivals, span, t, load<f64>(exps + j8), error / den, scratch)
    const keep = largest <= guard
    let sum: f64 = 0
    for (let k = 0; k < count; k++) {
      const k8: usize = (<usize>k) << 3
      if (!(load<f64>(arrivals + k8) < t)) break
      const i = load<i32>(arrivals + 2 * span + ((<usize>k) << 2))
      const i8at: usize = (<usize>i) << 3
      const pair: usize = (<usize>(i * post + j)) << 3
      if (keep) {
        const g = gradient + pair
        store<f64>(g, load<f64>(g) + load<f64>(scratch + k8))
      }
      const d = load<f64>(weights + pair) * load<f64>(scratch + span + k8)
      if (upstream) store<f64>(upstream + i8at, load<f64>(upstream + i8at) + d)
      sum += d
      store<f64>(axonal + i8at, load<f64>(axonal + i8at) + d)
      store<f64>(synaptic + pair, load<f64>(synaptic + pair) + d)
    }
    store<f64>(dendritic + j8, load<f64>(dendritic + j8) + sum)
  }
}
