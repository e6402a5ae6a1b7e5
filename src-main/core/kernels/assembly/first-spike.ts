// First-spike times of two layers of leaky neurons, their loss and exact gradient (Göltz, Kriener et al. 2021; delays:
// Göltz, Weber, Kriener et al. 2025), sample by sample in f64. Meaning: training/first-spike/reference.ts.
// Layouts: ../first-spike.ts. Times in synaptic time constants; E stands for e^t, so that nothing is exponentiated twice.
import { BIAS, DELAYS, POST, PRE, sort, sources, TIMES } from './first-spike-arrivals'
import { forwardLanes } from './first-spike-lanes'
import { backwardLanes } from './first-spike-lanes-back'
import { causal, firstCrossing, spikeDen, spikeExp, spikeTime } from './first-spike-neuron'
import { backwardEach, forwardEach } from './first-spike-pairs'
import { lossGradient } from './first-spike-loss'

/**
 * Samples index[from … to) of a batch (rows from … to of what is per batch).
 * @param stimulus start i32 [samples + 1]; times, e^times f64 and inputs i32 of all spikes, of a sample sorted by time
 * @param loss parameters, see first-spike-loss.ts; 0: no gradient
 * @param result f64 [batch][4]: loss, class read (−1: none), hidden neurons and outputs that did not spike
 * @param hiddenGradient see `backwardEach`; is added to
 * @param scratch 22 rows of `span` bytes, span ≥ 8 · most sources or neurons of a layer
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
  const atOutput = work + 4 * span
  const pairs = load<i32>(hidden, DELAYS) == 2
  for (let row = from; row < to; row++) {
    const sample = load<i32>(index + ((<usize>row) << 2))
    const first = load<i32>(start + ((<usize>sample) << 2))
    const count = load<i32>(start + ((<usize>sample) << 2), 4) - first
    memory.copy(input, spikeTimes + ((<usize>first) << 3), (<usize>count) << 3)
    memory.copy(input + span, spikeExps + ((<usize>first) << 3), (<usize>count) << 3)
    memory.copy(input + 2 * span, spikeInputs + ((<usize>first) << 2), (<usize>count) << 2)
    const silentHidden = pairs
      ? forwardEach(hidden, row, count, input, span, arrivals, hiddenExps, hiddenDens)
      : forwardLanes(hidden, row, count, input, span, arrivals, hiddenExps, hiddenDens, work)
    const hiddenTimes: usize = <usize>load<usize>(hidden, TIMES) + ((<usize>(row * units)) << 3)
    let active = sources(units, hiddenTimes, hiddenExps, middle, span)
    if (load<i32>(output, PRE) > units) {
      const at = (<usize>active) << 3
      store<f64>(middle + at, load<f64>(output, BIAS))
      store<f64>(middle + span + at, Math.exp(load<f64>(output, BIAS)))
      store<i32>(middle + 2 * span + ((<usize>active) << 2), units)
      active++
    }
    const silentOutput = pairs
      ? forwardEach(output, row, active, middle, span, atOutput, outputExps, outputDens)
      : forwardLanes(output, row, active, middle, span, atOutput, outputExps, outputDens, work)
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
    if (pairs) {
      backwardEach(
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
      backwardEach(
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
      continue
    }
    backwardLanes(
      output,
      row,
      active,
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
    backwardLanes(hidden, row, count, span, arrivals, hiddenExps, hiddenDens, upstream, guard, 0, hiddenGradient, work)
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
  firstCrossing(ratio, count, arrivals, span, weights, 1, theta)
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
