// First-spike times of two layers of leaky neurons, their loss and exact gradient (Göltz, Kriener et al. 2021; delays:
// Göltz, Weber, Kriener et al. 2025), sample by sample in f64. Meaning: training/first-spike/reference.ts.
// Layouts: ../first-spike.ts. Times in synaptic time constants; E stands for e^t, so that nothing is exponentiated twice.
import { causal, firstCrossing, givenCrossing, spikeDen, spikeExp, spikeTime } from './first-spike-neuron'
import { lossGradient } from './first-spike-loss'

// a layer's block
const PRE = 0,
  POST = 4,
  RATIO = 8,
  /** 0: none, 1: one delay a source, 2: one a pair */
  DELAYS = 12,
  /** f64 [post][pre] */
  WEIGHTS = 16,
  /** f64 [post]: leak conductance times threshold */
  THETA = 20,
  /** f64 [pre] or [post][pre] and e to the power of them */
  DELAY = 24,
  DELAY_EXP = 28,
  /** f64 [batch][pre] added to arrivals, or 0 */
  JITTER = 32,
  /** f64 [batch][post]: what a chip recorded, or 0 */
  RECORDED = 36,
  /** f64 [batch][post]: spike times */
  TIMES = 40,
  /** f64 [post]: what derivatives take for THETA where the neurons are noisier than their model, or 0 */
  MODEL_THETA = 44,
  /** f64: when the source after the last neuron of the layer before spikes, if there is one source more */
  BIAS = 48,
  /** f64 [batch][pre]: arrivals that a chip recorded (of its delay units), or 0 */
  ARRIVED = 56

/** sorts arrivals by time: t, E f64, index i32; Shell's method with Ciura's gaps */
function sort(count: i32, t: usize, e: usize, at: usize): void {
  let gap = count > 132 ? 132 : count > 57 ? 57 : count > 23 ? 23 : count > 10 ? 10 : count > 4 ? 4 : 1
  for (;;) {
    for (let k = gap; k < count; k++) {
      const tk = load<f64>(t + ((<usize>k) << 3))
      const ek = load<f64>(e + ((<usize>k) << 3))
      const ik = load<i32>(at + ((<usize>k) << 2))
      let j = k
      while (j >= gap) {
        const before = <usize>(j - gap)
        const tj = load<f64>(t + (before << 3))
        if (tj <= tk) break
        store<f64>(t + ((<usize>j) << 3), tj)
        store<f64>(e + ((<usize>j) << 3), load<f64>(e + (before << 3)))
        store<i32>(at + ((<usize>j) << 2), load<i32>(at + (before << 2)))
        j -= gap
      }
      store<f64>(t + ((<usize>j) << 3), tk)
      store<f64>(e + ((<usize>j) << 3), ek)
      store<i32>(at + ((<usize>j) << 2), ik)
    }
    if (gap == 1) return
    gap = gap == 132 ? 57 : gap == 57 ? 23 : gap == 23 ? 10 : gap == 10 ? 4 : 1
  }
}

/**
 * Arrivals of `count` sources at neuron `post` (any neuron if the delays are not one a pair), sorted.
 * @param source t, E f64 and index i32 of the sources that spike
 * @param to the same, of the arrivals
 */
function arrive(layer: usize, row: i32, post: i32, count: i32, source: usize, span: usize, to: usize): void {
  const pre = load<i32>(layer, PRE)
  const delays = load<i32>(layer, DELAYS)
  const first: usize = delays == 2 ? (<usize>(post * pre)) << 3 : 0
  const delay: usize = <usize>load<usize>(layer, DELAY) + first
  const delayExp: usize = <usize>load<usize>(layer, DELAY_EXP) + first
  let jitter: usize = <usize>load<usize>(layer, JITTER)
  if (jitter) jitter += (<usize>(row * pre)) << 3
  const arrived: usize = load<usize>(layer, ARRIVED)
  const given: usize = arrived + ((<usize>(row * pre)) << 3)
  for (let k = 0; k < count; k++) {
    const k8: usize = (<usize>k) << 3
    const i = load<i32>(source + 2 * span + ((<usize>k) << 2))
    const i8at: usize = (<usize>i) << 3
    let t = load<f64>(source + k8)
    let e = load<f64>(source + span + k8)
    if (arrived) {
      t = load<f64>(given + i8at)
      e = Math.exp(t)
    } else if (delays) {
      t += load<f64>(delay + i8at)
      e *= load<f64>(delayExp + i8at)
    }
    if (jitter) {
      const noise = load<f64>(jitter + i8at)
      t += noise
      e *= Math.exp(noise)
    }
    store<f64>(to + k8, t)
    store<f64>(to + span + k8, e)
    store<i32>(to + 2 * span + ((<usize>k) << 2), i)
  }
  sort(count, to, to + span, to + 2 * span)
}

/** spike times, e^T and denominators of a layer for one sample; @returns how many neurons did not spike */
function forward(
  layer: usize,
  row: i32,
  count: i32,
  source: usize,
  span: usize,
  arrivals: usize,
  exps: usize,
  dens: usize
): i32 {
  const pre = load<i32>(layer, PRE)
  const post = load<i32>(layer, POST)
  const ratio = load<i32>(layer, RATIO)
  const pairs = load<i32>(layer, DELAYS) == 2
  const weights: usize = load<usize>(layer, WEIGHTS)
  const theta: usize = load<usize>(layer, THETA)
  const at: usize = (<usize>(row * post)) << 3
  const times: usize = <usize>load<usize>(layer, TIMES) + at
  const recorded: usize = load<usize>(layer, RECORDED)
  const model: usize = load<usize>(layer, MODEL_THETA)
  let silent = 0
  if (!pairs) arrive(layer, row, 0, count, source, span, arrivals)
  for (let j = 0; j < post; j++) {
    const j8: usize = (<usize>j) << 3
    if (pairs) arrive(layer, row, j, count, source, span, arrivals)
    const w = weights + ((<usize>(j * pre)) << 3)
    const level = load<f64>(theta + j8)
    if (recorded) givenCrossing(ratio, count, arrivals, span, w, level, load<f64>(recorded + at + j8))
    else {
      firstCrossing(ratio, count, arrivals, span, w, level)
      if (model) givenCrossing(ratio, count, arrivals, span, w, load<f64>(model + j8), spikeTime)
    }
    store<f64>(times + j8, spikeTime)
    store<f64>(exps + j8, spikeExp)
    store<f64>(dens + j8, spikeDen)
    if (spikeTime == Infinity) silent++
  }
  return silent
}

/**
 * Adds the gradient of one sample to `gradient`: weights [post][pre], then delays [pre], [post], [post][pre].
 * @param arrivals as `forward` left them, unless every pair has its own
 * @param errors dL/dT f64 [post] @param upstream dL/dt f64 [pre], is added to; or 0
 */
function backward(
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
  const delays = load<i32>(layer, DELAYS)
  const times: usize = <usize>load<usize>(layer, TIMES) + ((<usize>(row * post)) << 3)
  const axonal: usize = gradient + ((<usize>(post * pre)) << 3)
  const dendritic: usize = axonal + ((<usize>pre) << 3)
  const synaptic: usize = dendritic + ((<usize>post) << 3)
  for (let j = 0; j < post; j++) {
    const j8: usize = (<usize>j) << 3
    const error = load<f64>(errors + j8)
    const den = load<f64>(dens + j8)
    if (error == 0 || den == 0) continue
    if (delays == 2) arrive(layer, row, j, count, source, span, arrivals)
    const rowAt: usize = (<usize>(j * pre)) << 3
    const weights: usize = <usize>load<usize>(layer, WEIGHTS) + rowAt
    const t = load<f64>(times + j8)
    const largest = causal(ratio, count, arrivals, span, t, load<f64>(exps + j8), error / den, scratch)
    const keep = largest <= guard
    let sum: f64 = 0
    for (let k = 0; k < count; k++) {
      const k8: usize = (<usize>k) << 3
      if (!(load<f64>(arrivals + k8) < t)) break
      const i8at: usize = (<usize>load<i32>(arrivals + 2 * span + ((<usize>k) << 2))) << 3
      if (keep) {
        const g = gradient + rowAt + i8at
        store<f64>(g, load<f64>(g) + load<f64>(scratch + k8))
      }
      const d = load<f64>(weights + i8at) * load<f64>(scratch + span + k8)
      if (upstream) store<f64>(upstream + i8at, load<f64>(upstream + i8at) + d)
      if (delays) {
        sum += d
        store<f64>(axonal + i8at, load<f64>(axonal + i8at) + d)
        if (delays == 2) store<f64>(synaptic + rowAt + i8at, load<f64>(synaptic + rowAt + i8at) + d)
      }
    }
    if (delays) store<f64>(dendritic + j8, load<f64>(dendritic + j8) + sum)
  }
}

/** the spikes of a layer as sources of the next */
function sources(count: i32, times: usize, exps: usize, to: usize, span: usize): i32 {
  let n = 0
  for (let i = 0; i < count; i++) {
    const t = load<f64>(times + ((<usize>i) << 3))
    if (t == Infinity) continue
    store<f64>(to + ((<usize>n) << 3), t)
    store<f64>(to + span + ((<usize>n) << 3), load<f64>(exps + ((<usize>i) << 3)))
    store<i32>(to + 2 * span + ((<usize>n) << 2), i)
    n++
  }
  return n
}

/**
 * Samples index[from … to) of a batch (rows from … to of what is per batch).
 * @param stimulus start i32 [samples + 1]; times, e^times f64 and inputs i32 of all spikes, of a sample sorted by time
 * @param loss parameters, see first-spike-loss.ts; 0: no gradient
 * @param result f64 [batch][4]: loss, class read (−1: none), hidden neurons and outputs that did not spike
 * @param hiddenGradient see `backward`; is added to
 * @param scratch 20 rows of `span` bytes, span ≥ 8 · most sources or neurons of a layer
 */
export function firstSpikes(
  hidden: usize,
  output: usize,
  start: usize,
  spikeTimes: usize,
  spikeExps: usize,
  spikeInputs: usize,
  index: usize,
  from: i32,
  to: i32,
  labels: usize,
  loss: usize,
  guard: f64,
  result: usize,
  hiddenGradient: usize,
  outputGradient: usize,
  scratch: usize,
  span: usize
): void {
  const units = load<i32>(hidden, POST)
  const classes = load<i32>(output, POST)
  const input = scratch
  const middle = scratch + 3 * span
  const arrivals = scratch + 6 * span
  const hiddenExps = scratch + 9 * span
  const hiddenDens = hiddenExps + span
  const outputExps = hiddenDens + span
  const outputDens = outputExps + span
  const errors = outputDens + span
  const upstream = errors + span
  const work = upstream + span
  const atOutput = work + 2 * span
  for (let row = from; row < to; row++) {
    const sample = load<i32>(index + ((<usize>row) << 2))
    const first = load<i32>(start + ((<usize>sample) << 2))
    const count = load<i32>(start + ((<usize>sample) << 2), 4) - first
    memory.copy(input, spikeTimes + ((<usize>first) << 3), (<usize>count) << 3)
    memory.copy(input + span, spikeExps + ((<usize>first) << 3), (<usize>count) << 3)
    memory.copy(input + 2 * span, spikeInputs + ((<usize>first) << 2), (<usize>count) << 2)
    const silentHidden = forward(hidden, row, count, input, span, arrivals, hiddenExps, hiddenDens)
    const hiddenTimes: usize = <usize>load<usize>(hidden, TIMES) + ((<usize>(row * units)) << 3)
    let active = sources(units, hiddenTimes, hiddenExps, middle, span)
    if (load<i32>(output, PRE) > units) {
      const at = (<usize>active) << 3
      store<f64>(middle + at, load<f64>(output, BIAS))
      store<f64>(middle + span + at, Math.exp(load<f64>(output, BIAS)))
      store<i32>(middle + 2 * span + ((<usize>active) << 2), units)
      active++
    }
    const silentOutput = forward(output, row, active, middle, span, atOutput, outputExps, outputDens)
    const times: usize = <usize>load<usize>(output, TIMES) + ((<usize>(row * classes)) << 3)
    let read = -1
    let earliest = Infinity
    for (let n = 0; n < classes; n++) {
      const t = load<f64>(times + ((<usize>n) << 3))
      if (t < earliest) {
        earliest = t
        read = n
      }
    }
    const told = result + ((<usize>row) << 5)
    store<f64>(told, <f64>read, 8)
    store<f64>(told, <f64>silentHidden, 16)
    store<f64>(told, <f64>silentOutput, 24)
    if (loss == 0) continue
    store<f64>(told, lossGradient(loss, classes, <i32>load<u8>(labels + <usize>sample), times, errors))
    if (hiddenGradient == 0) continue
    memory.fill(upstream, 0, (<usize>load<i32>(output, PRE)) << 3)
    backward(
      output,
      row,
      active,
      middle,
      span,
      atOutput,
      outputExps,
      outputDens,
      errors,
      guard,
      upstream,
      outputGradient,
      work
    )
    backward(
      hidden,
      row,
      count,
      input,
      span,
      arrivals,
      hiddenExps,
      hiddenDens,
      upstream,
      guard,
      0,
      hiddenGradient,
      work
    )
  }
}

/**
 * One neuron: its time, and the derivatives of it. Inputs as `firstCrossing` takes them, sorted here.
 * @param result f64: time, then dT/dw and dT/dt of the inputs in their own order, each 1 row of `span` bytes on
 * @param scratch 2 rows
 */
export function firstSpike(
  ratio: i32,
  count: i32,
  arrivals: usize,
  span: usize,
  weights: usize,
  theta: f64,
  result: usize,
  scratch: usize
): void {
  sort(count, arrivals, arrivals + span, arrivals + 2 * span)
  firstCrossing(ratio, count, arrivals, span, weights, theta)
  store<f64>(result, spikeTime)
  memory.fill(result + span, 0, 2 * span)
  if (spikeTime == Infinity) return
  causal(ratio, count, arrivals, span, spikeTime, spikeExp, 1 / spikeDen, scratch)
  for (let k = 0; k < count; k++) {
    const k8: usize = (<usize>k) << 3
    if (!(load<f64>(arrivals + k8) < spikeTime)) break
    const at = (<usize>load<i32>(arrivals + 2 * span + ((<usize>k) << 2))) << 3
    store<f64>(result + span + at, load<f64>(scratch + k8))
    store<f64>(result + 2 * span + at, load<f64>(weights + at) * load<f64>(scratch + span + k8))
  }
}
