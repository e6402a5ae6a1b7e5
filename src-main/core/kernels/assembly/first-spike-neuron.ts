// One neuron of first-spike.ts: when it first fires, and how that time depends on its inputs. Normalised: synaptic time
// constant 1, membrane voltage v(t) = Σ w K(t − t_i) in units in which the threshold is Θ;
//   ratio 1 (tau_m = tau_s):   K(s) = s e^−s              v = e^−t (a1 t − b)
//   ratio 2 (tau_m = 2 tau_s): K(s) = e^(−s/2) − e^−s     v = e^(−t/2) a2 − e^−t a1
// with a1 = Σ w e^t_i, b = Σ w t_i e^t_i, a2 = Σ w e^(t_i/2) over the inputs so far.

/** answers: time (Infinity: never), e^time, and the denominator D of the derivatives (slope at the threshold · e^T) */
export let spikeTime: f64 = Infinity
export let spikeExp: f64 = Infinity
export let spikeDen: f64 = 0

export function silent(): void {
  spikeTime = Infinity
  spikeExp = Infinity
  spikeDen = 0
}

/**
 * The smaller root u of Θ e^u = P + Q u: −W0(−(Θ/Q) e^(−P/Q)) − P/Q. From a point before it to the root of the local
 * parabola, again and again: the third derivative is positive, so no step goes too far, and errors shrink to their third
 * power. NaN: there is none.
 */
function root(p: f64, q: f64, theta: f64): f64 {
  let u: f64 = 0
  let e = theta
  if (p >= theta) {
    u = -p / q
    e = theta * Math.exp(u)
  }
  for (let n = 0; n < 60; n++) {
    const f = e - p - q * u
    if (f <= 0) return u
    const slope = q - e
    const square = slope * slope - 2 * f * e
    if (!(square >= 0) || slope <= 0) return NaN
    const step = (2 * f) / (slope + Math.sqrt(square))
    u += step
    // what is left is about step³ e / (6 slope)
    if (step * step * step * e < 1e-15 * slope) return u
    e = theta * Math.exp(u)
  }
  return u
}

/** accepts the crossing of the prefix whose last input came at (t, e) */
export function accept(ratio: i32, t: f64, e: f64, a: f64, b: f64, theta: f64): bool {
  if (ratio == 1) {
    const u = root((a * t - b) / e, a / e, theta)
    if (u != u) return false
    spikeTime = t + u
    spikeExp = (a * spikeTime - b) / theta
    spikeDen = a - theta * spikeExp
    return true
  }
  // the smaller root of Θ H² − a2 H + a1 = 0, H = e^(T/2)
  const square = b * b - 4 * a * theta
  if (!(square >= 0) || a <= 0) return false
  const h = (2 * a) / (b + Math.sqrt(square))
  spikeTime = 2 * Math.log(h)
  spikeExp = h * h
  spikeDen = a - 0.5 * b * h
  return true
}

/** does the membrane cross after the input at (t, e) and before the one at (next, nextExp)? */
export function crosses(ratio: i32, t: f64, e: f64, next: f64, nextExp: f64, a: f64, b: f64, theta: f64): bool {
  if (a <= 0) return false
  if (ratio == 1) {
    if (next < Infinity && a * next - b >= theta * nextExp) return true
    if (a < theta * e) return false
    const peak = b / a + 1
    return peak > t && peak < next && a >= theta * Math.exp(peak)
  }
  if (next < Infinity) {
    if (b * Math.sqrt(nextExp) - a >= theta * nextExp) return true
  }
  if (b <= 0 || b * b < 4 * a * theta) return false
  const peak = ((2 * a) / b) * ((2 * a) / b)
  return peak > e && peak < nextExp
}

/**
 * First spike with inputs sorted by time: t, E f64 and index i32, each `span` bytes apart; weights `step` numbers apart.
 * Ratio 2 keeps a2 where ratio 1 keeps b.
 */
export function firstCrossing(
  ratio: i32,
  count: i32,
  arrivals: usize,
  span: usize,
  weights: usize,
  step: i32,
  theta: f64
): void {
  let a: f64 = 0
  let b: f64 = 0
  if (count > 0) {
    let t = load<f64>(arrivals)
    let e = load<f64>(arrivals + span)
    for (let k = 0; k < count; k++) {
      const w = load<f64>(weights + ((<usize>(step * load<i32>(arrivals + 2 * span + ((<usize>k) << 2)))) << 3))
      a += w * e
      b += ratio == 1 ? w * t * e : w * Math.sqrt(e)
      let next: f64 = Infinity
      let nextExp: f64 = Infinity
      if (k + 1 < count) {
        next = load<f64>(arrivals + ((<usize>(k + 1)) << 3))
        nextExp = load<f64>(arrivals + span + ((<usize>(k + 1)) << 3))
      }
      if (crosses(ratio, t, e, next, nextExp, a, b, theta) && accept(ratio, t, e, a, b, theta)) return
      t = next
      e = nextExp
    }
  }
  silent()
}

/**
 * For a spike that was recorded at `time`: the inputs before it are its causes, the denominator is the model's for them;
 * 0 where the model would not fire, and then nothing is learnt from it.
 */
export function givenCrossing(
  ratio: i32,
  count: i32,
  arrivals: usize,
  span: usize,
  weights: usize,
  step: i32,
  theta: f64,
  time: f64
): void {
  silent()
  if (time == Infinity) return
  let a: f64 = 0
  let b: f64 = 0
  let t: f64 = 0
  let e: f64 = 1
  for (let k = 0; k < count; k++) {
    const arrival = load<f64>(arrivals + ((<usize>k) << 3))
    if (!(arrival < time)) break
    t = arrival
    e = load<f64>(arrivals + span + ((<usize>k) << 3))
    const w = load<f64>(weights + ((<usize>(step * load<i32>(arrivals + 2 * span + ((<usize>k) << 2)))) << 3))
    a += w * e
    b += ratio == 1 ? w * t * e : w * Math.sqrt(e)
  }
  // the model with all these causes may have crossed before the last of them: its slope is taken there
  if (a > 0 && !accept(ratio, t, e, a, b, theta)) spikeDen = 0
  if (!(spikeDen > 0)) spikeDen = 0
  spikeTime = time
  spikeExp = Math.exp(time)
}

/**
 * factor · D · dT/dw of every cause into scratch, and factor · D · dT/dt / w one span on; @returns the largest |first|
 */
export function causal(
  ratio: i32,
  count: i32,
  arrivals: usize,
  span: usize,
  time: f64,
  exp: f64,
  factor: f64,
  scratch: usize
): f64 {
  let largest: f64 = 0
  const h = ratio == 1 ? 0 : Math.sqrt(exp)
  for (let k = 0; k < count; k++) {
    const k8: usize = (<usize>k) << 3
    const t = load<f64>(arrivals + k8)
    if (!(t < time)) break
    const e = load<f64>(arrivals + span + k8)
    let dw: f64, dt: f64
    if (ratio == 1) {
      const s = time - t
      dw = -factor * s * e
      dt = factor * (1 - s) * e
    } else {
      const half = Math.sqrt(e) * h
      dw = -factor * (half - e)
      dt = factor * (e - 0.5 * half)
    }
    store<f64>(scratch + k8, dw)
    store<f64>(scratch + span + k8, dt)
    largest = Math.max(largest, Math.abs(dw))
  }
  return largest
}
