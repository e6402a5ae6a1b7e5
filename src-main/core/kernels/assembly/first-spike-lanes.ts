// A layer of first-spike.ts whose neurons see the same arrivals: two neurons in a vector, arrival by arrival, so that rows
// of weights and gradients are read as they lie. What one neuron does stands in first-spike-neuron.ts.
import { arrive, before, MODEL_THETA, MODEL_WEIGHTS, POST, RATIO, RECORDED } from './first-spike-arrivals'
import { THETA, TIMES, WEIGHTS } from './first-spike-arrivals'
import { accept, crosses, silent, spikeDen, spikeExp, spikeTime } from './first-spike-neuron'

/** a number for every neuron; the padding of an odd last one takes `last` */
function pad(to: usize, post: i32, last: f64): void {
  if (post & 1) store<f64>(to + ((<usize>post) << 3), last)
}

/** first spikes: times, e^T, denominators; `work` is 3 rows */
function crossings(
  ratio: i32,
  post: i32,
  count: i32,
  arrivals: usize,
  span: usize,
  weights: usize,
  theta: usize,
  times: usize,
  exps: usize,
  dens: usize,
  work: usize
): void {
  const bytes = (<usize>post) << 3
  const levels = work + 2 * span
  memory.fill(work, 0, bytes + 8)
  memory.fill(work + span, 0, bytes + 8)
  memory.copy(levels, theta, bytes)
  pad(levels, post, Infinity)
  for (let j = 0; j < post; j++) {
    const j8: usize = (<usize>j) << 3
    store<f64>(times + j8, Infinity)
    store<f64>(exps + j8, Infinity)
    store<f64>(dens + j8, 0)
  }
  const none = f64x2.splat(0)
  let left = post
  for (let k = 0; k < count && left > 0; k++) {
    const k8: usize = (<usize>k) << 3
    const t = load<f64>(arrivals + k8)
    const e = load<f64>(arrivals + span + k8)
    const last = k + 1 == count
    const next = last ? Infinity : load<f64>(arrivals + k8, 8)
    const nextExp = last ? Infinity : load<f64>(arrivals + span + k8, 8)
    const row = weights + <usize>load<i32>(arrivals + 2 * span + ((<usize>k) << 2)) * bytes
    const half = Math.sqrt(e)
    const exp = f64x2.splat(e)
    const second = f64x2.splat(ratio == 1 ? t * e : half)
    // after the last arrival there is no next one to be above the threshold at
    const end = f64x2.splat(last ? NaN : nextExp)
    const from = f64x2.splat(ratio == 1 ? t : half)
    const to = f64x2.splat(ratio == 1 ? next : Math.sqrt(nextExp))
    for (let at: usize = 0; at < bytes; at += 16) {
      const w = v128.load(row + at)
      const a = f64x2.add(v128.load(work + at), f64x2.mul(w, exp))
      const b = f64x2.add(v128.load(work + span + at), f64x2.mul(w, second))
      v128.store(work + at, a)
      v128.store(work + span + at, b)
      const level = v128.load(levels + at)
      let above: v128, peak: v128
      if (ratio == 1) {
        above = f64x2.ge(f64x2.sub(f64x2.mul(a, to), b), f64x2.mul(level, end))
        const both = f64x2.add(a, b)
        peak = v128.and(f64x2.gt(both, f64x2.mul(a, from)), f64x2.lt(both, f64x2.mul(a, to)))
        peak = v128.and(peak, f64x2.ge(a, f64x2.mul(level, exp)))
      } else {
        above = f64x2.ge(f64x2.sub(f64x2.mul(b, to), a), f64x2.mul(level, end))
        const twice = f64x2.add(a, a)
        peak = v128.and(f64x2.gt(twice, f64x2.mul(b, from)), f64x2.lt(twice, f64x2.mul(b, to)))
        peak = v128.and(peak, f64x2.ge(f64x2.mul(b, b), f64x2.mul(f64x2.add(twice, twice), level)))
      }
      const may = v128.and(v128.or(above, peak), f64x2.gt(a, none))
      if (!v128.any_true(may)) continue
      let lanes = i64x2.bitmask(may)
      while (lanes) {
        const j8: usize = at + ((<usize>ctz(lanes)) << 3)
        lanes &= lanes - 1
        const level = load<f64>(levels + j8)
        const ownA = load<f64>(work + j8)
        const ownB = load<f64>(work + span + j8)
        if (!crosses(ratio, t, e, next, nextExp, ownA, ownB, level)) continue
        if (!accept(ratio, t, e, ownA, ownB, level)) continue
        store<f64>(times + j8, spikeTime)
        store<f64>(exps + j8, spikeExp)
        store<f64>(dens + j8, spikeDen)
        store<f64>(levels + j8, Infinity)
        left--
      }
    }
  }
}

/** for spikes at given times: e^T and the denominators of a model that has the arrivals before them as causes */
function causes(
  ratio: i32,
  post: i32,
  count: i32,
  arrivals: usize,
  span: usize,
  weights: usize,
  theta: usize,
  times: usize,
  exps: usize,
  dens: usize,
  work: usize
): void {
  const bytes = (<usize>post) << 3
  const ends = work + 2 * span
  memory.fill(work, 0, bytes + 8)
  memory.fill(work + span, 0, bytes + 8)
  let latest = -Infinity
  for (let j = 0; j < post; j++) {
    const time = load<f64>(times + ((<usize>j) << 3))
    const end = time == Infinity ? -Infinity : time
    store<f64>(ends + ((<usize>j) << 3), end)
    latest = Math.max(latest, end)
  }
  pad(ends, post, -Infinity)
  for (let k = 0; k < count; k++) {
    const k8: usize = (<usize>k) << 3
    const t = load<f64>(arrivals + k8)
    if (!(t < latest)) break
    const e = load<f64>(arrivals + span + k8)
    const row = weights + <usize>load<i32>(arrivals + 2 * span + ((<usize>k) << 2)) * bytes
    const exp = f64x2.splat(e)
    const second = f64x2.splat(ratio == 1 ? t * e : Math.sqrt(e))
    const now = f64x2.splat(t)
    for (let at: usize = 0; at < bytes; at += 16) {
      const w = v128.and(v128.load(row + at), f64x2.lt(now, v128.load(ends + at)))
      v128.store(work + at, f64x2.add(v128.load(work + at), f64x2.mul(w, exp)))
      v128.store(work + span + at, f64x2.add(v128.load(work + span + at), f64x2.mul(w, second)))
    }
  }
  for (let j = 0; j < post; j++) {
    const j8: usize = (<usize>j) << 3
    const time = load<f64>(ends + j8)
    const a = load<f64>(work + j8)
    const k = before(count, arrivals, time) - 1
    silent()
    // the model with all these causes may have crossed before the last of them: its slope is taken there
    if (k >= 0 && a > 0) {
      const k8: usize = (<usize>k) << 3
      const b = load<f64>(work + span + j8)
      accept(ratio, load<f64>(arrivals + k8), load<f64>(arrivals + span + k8), a, b, load<f64>(theta + j8))
    }
    store<f64>(dens + j8, spikeDen > 0 ? spikeDen : 0)
    store<f64>(exps + j8, time == -Infinity ? Infinity : Math.exp(time))
  }
}

/** spike times, e^T and denominators of a layer for one sample; `work` is 3 rows; @returns how many did not spike */
export function forwardLanes(
  layer: usize,
  row: i32,
  count: i32,
  source: usize,
  span: usize,
  arrivals: usize,
  exps: usize,
  dens: usize,
  work: usize
): i32 {
  const post = load<i32>(layer, POST)
  const ratio = load<i32>(layer, RATIO)
  const theta: usize = load<usize>(layer, THETA)
  const at: usize = (<usize>(row * post)) << 3
  const times: usize = <usize>load<usize>(layer, TIMES) + at
  const recorded: usize = load<usize>(layer, RECORDED)
  const model: usize = load<usize>(layer, MODEL_THETA)
  arrive(layer, row, 0, count, source, span, arrivals)
  if (recorded) memory.copy(times, recorded + at, (<usize>post) << 3)
  else {
    const weights: usize = load<usize>(layer, WEIGHTS)
    crossings(ratio, post, count, arrivals, span, weights, theta, times, exps, dens, work)
  }
  if (recorded || model) {
    const weights: usize = load<usize>(layer, MODEL_WEIGHTS)
    causes(ratio, post, count, arrivals, span, weights, model ? model : theta, times, exps, dens, work)
  }
  let quiet = 0
  for (let j = 0; j < post; j++) if (load<f64>(times + ((<usize>j) << 3)) == Infinity) quiet++
  return quiet
}
