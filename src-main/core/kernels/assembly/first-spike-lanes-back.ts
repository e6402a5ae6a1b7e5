// The gradient of a layer of first-spike.ts whose neurons see the same arrivals, two neurons in a vector.
import { before, DELAYS, MODEL_WEIGHTS, POST, PRE, RATIO, TIMES } from './first-spike-arrivals'

/** the largest D · |dT/dw| of a neuron's causes: it rises with the arrival's time up to a point, and falls after it */
function steepest(ratio: i32, count: i32, arrivals: usize, span: usize, time: f64, h: f64): f64 {
  let largest: f64 = 0
  // T − 1, or T − 2 ln 2
  const k = before(count, arrivals, time - (ratio == 1 ? 1 : 1.3862943611198906))
  for (let n = max(0, k - 1); n <= k && n < count; n++) {
    const t = load<f64>(arrivals + ((<usize>n) << 3))
    if (!(t < time)) break
    const e = load<f64>(arrivals + span + ((<usize>n) << 3))
    largest = Math.max(largest, ratio == 1 ? (time - t) * e : Math.sqrt(e) * h - e)
  }
  return largest
}

/**
 * Adds the gradient of one sample to `gradient`: weights [pre][post], then axonal delays [pre].
 * @param arrivals, exps, dens as `forwardLanes` left them
 * @param errors dL/dT f64 [post] @param upstream dL/dt f64 [pre], is added to; or 0 @param work 4 rows
 */
export function backwardLanes(
  layer: usize,
  row: i32,
  count: i32,
  span: usize,
  arrivals: usize,
  exps: usize,
  dens: usize,
  errors: usize,
  guard: f64,
  upstream: usize,
  gradient: usize,
  work: usize
): void {
  const pre = load<i32>(layer, PRE)
  const post = load<i32>(layer, POST)
  const ratio = load<i32>(layer, RATIO)
  const delays = load<i32>(layer, DELAYS)
  const weights: usize = load<usize>(layer, MODEL_WEIGHTS)
  const bytes = (<usize>post) << 3
  const times: usize = <usize>load<usize>(layer, TIMES) + <usize>row * bytes
  const axonal: usize = gradient + <usize>pre * bytes
  // factor of every neuron; the same where its weights may learn, else 0; when it spikes, −Infinity: never; e^(T/2)
  const kept = work + span
  const ends = work + 2 * span
  const halves = work + 3 * span
  let latest = -Infinity
  for (let j = 0; j <= post; j++) {
    const j8: usize = (<usize>j) << 3
    store<f64>(work + j8, 0)
    store<f64>(kept + j8, 0)
    store<f64>(ends + j8, -Infinity)
    store<f64>(halves + j8, 0)
    if (j == post) break
    const error = load<f64>(errors + j8)
    const den = load<f64>(dens + j8)
    if (error == 0 || den == 0) continue
    const time = load<f64>(times + j8)
    const factor = error / den
    const h = ratio == 1 ? 0 : Math.sqrt(load<f64>(exps + j8))
    store<f64>(work + j8, factor)
    store<f64>(ends + j8, time)
    store<f64>(halves + j8, h)
    if (Math.abs(factor) * steepest(ratio, count, arrivals, span, time, h) <= guard) store<f64>(kept + j8, factor)
    latest = Math.max(latest, time)
  }
  const through = upstream != 0 || delays != 0
  const one = f64x2.splat(1)
  const half = f64x2.splat(0.5)
  for (let k = 0; k < count; k++) {
    const k8: usize = (<usize>k) << 3
    const t = load<f64>(arrivals + k8)
    if (!(t < latest)) break
    const e = load<f64>(arrivals + span + k8)
    const i = <usize>load<i32>(arrivals + 2 * span + ((<usize>k) << 2))
    const now = f64x2.splat(t)
    const exp = f64x2.splat(e)
    const root = f64x2.splat(Math.sqrt(e))
    let sum = f64x2.splat(0)
    for (let at: usize = 0; at < bytes; at += 16) {
      const end = v128.load(ends + at)
      const caused = f64x2.lt(now, end)
      if (!v128.any_true(caused)) continue
      // D · dT/dw and D · dT/dt / w, but for their signs
      let dw: v128, dt: v128
      if (ratio == 1) {
        const s = f64x2.sub(end, now)
        dw = f64x2.mul(s, exp)
        dt = f64x2.mul(f64x2.sub(one, s), exp)
      } else {
        const both = f64x2.mul(root, v128.load(halves + at))
        dw = f64x2.sub(both, exp)
        dt = f64x2.sub(exp, f64x2.mul(half, both))
      }
      const to = gradient + i * bytes + at
      dw = v128.and(caused, f64x2.mul(v128.load(kept + at), dw))
      v128.store(to, f64x2.sub(v128.load(to), dw))
      if (!through) continue
      dt = f64x2.mul(f64x2.mul(v128.load(work + at), dt), v128.load(weights + i * bytes + at))
      sum = f64x2.add(sum, v128.and(caused, dt))
    }
    if (!through) continue
    const d = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
    if (upstream) store<f64>(upstream + (i << 3), load<f64>(upstream + (i << 3)) + d)
    if (delays) store<f64>(axonal + (i << 3), load<f64>(axonal + (i << 3)) + d)
  }
}
