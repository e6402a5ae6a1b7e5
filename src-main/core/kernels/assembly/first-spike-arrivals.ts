// A layer of first-spike.ts as it lies in memory, and when spikes arrive at its neurons: delayed, jittered, or as a chip
// recorded them, sorted by time.

// a layer's block
export const PRE = 0,
  POST = 4,
  RATIO = 8,
  /** 0: none, 1: one delay a source, 2: one a pair */
  DELAYS = 12,
  /** f64 [pre][post], one number of padding behind them */
  WEIGHTS = 16,
  /** f64 [post], one number of padding: leak conductance times threshold */
  THETA = 20,
  /** f64 [pre] or [pre][post] and e to the power of them */
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
  ARRIVED = 56,
  /** f64 [pre][post] and padding: what derivatives take for WEIGHTS (before they are put on a grid), or WEIGHTS again */
  MODEL_WEIGHTS = 60

/** sorts arrivals by time: t, E f64, index i32; Shell's method with Ciura's gaps */
export function sort(count: i32, t: usize, e: usize, at: usize): void {
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
export function arrive(layer: usize, row: i32, post: i32, count: i32, source: usize, span: usize, to: usize): void {
  const pre = load<i32>(layer, PRE)
  const delays = load<i32>(layer, DELAYS)
  const first: usize = delays == 2 ? (<usize>post) << 3 : 0
  const step = delays == 2 ? load<i32>(layer, POST) : 1
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
      const at: usize = (<usize>(i * step)) << 3
      t += load<f64>(delay + at)
      e *= load<f64>(delayExp + at)
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

/** the spikes of a layer as sources of the next */
export function sources(count: i32, times: usize, exps: usize, to: usize, span: usize): i32 {
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

/** how many of the sorted arrivals come before `time` */
export function before(count: i32, arrivals: usize, time: f64): i32 {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (load<f64>(arrivals + ((<usize>middle) << 3)) < time) low = middle + 1
    else high = middle
  }
  return low
}
