// The two losses on first-spike times, and Adam in f64. Meaning: training/first-spike/loss.ts.

const KIND = 0,
  /** factor on the gradient: 1 / samples of the batch */
  SCALE = 8,
  A = 16,
  B = 24,
  C = 32
/** what a label that does not spike costs; it has no gradient */
const SILENT: f64 = 100

/** dL/dT into errors f64 [classes], times the scale; @returns L */
export function lossGradient(loss: usize, classes: i32, label: i32, times: usize, errors: usize): f64 {
  const scale = load<f64>(loss, SCALE)
  const own = load<f64>(times + ((<usize>label) << 3))
  memory.fill(errors, 0, (<usize>classes) << 3)
  if (own == Infinity) return SILENT
  if (load<i32>(loss, KIND) == 1) {
    // ½ Σ (t_n − t_label − Δ [n ≠ label])²
    const delta = load<f64>(loss, A)
    for (let n = 0; n < classes; n++) if (load<f64>(times + ((<usize>n) << 3)) == Infinity) return SILENT
    let sum: f64 = 0
    let back: f64 = 0
    for (let n = 0; n < classes; n++) {
      const t = load<f64>(times + ((<usize>n) << 3))
      if (n == label) continue
      const off = t - own - delta
      sum += 0.5 * off * off
      back += off
      store<f64>(errors + ((<usize>n) << 3), scale * off)
    }
    store<f64>(errors + ((<usize>label) << 3), -scale * back)
    return sum
  }
  // log Σ exp(−(t_n − t_label) / ξ) + α exp(t_label / β)
  const xi = load<f64>(loss, A)
  const late = load<f64>(loss, B) * Math.exp(own / load<f64>(loss, C))
  let first = Infinity
  for (let n = 0; n < classes; n++) first = Math.min(first, load<f64>(times + ((<usize>n) << 3)))
  let sum: f64 = 0
  for (let n = 0; n < classes; n++) {
    const p = Math.exp((first - load<f64>(times + ((<usize>n) << 3))) / xi)
    store<f64>(errors + ((<usize>n) << 3), p)
    sum += p
  }
  for (let n = 0; n < classes; n++) {
    const at = errors + ((<usize>n) << 3)
    let error = -load<f64>(at) / (sum * xi)
    if (n == label) error += 1 / xi + late / load<f64>(loss, C)
    store<f64>(at, scale * error)
  }
  return Math.log(sum) + (own - first) / xi + late
}

/**
 * Adam on parameters from … to; the gradient is the sum of `parts` arrays `stride` bytes apart, in this order whoever
 * computed them. With group > 1, a parameter takes the sum of that many gradients, `width` numbers apart.
 */
export function adamParts(
  values: usize,
  mean: usize,
  square: usize,
  gradient: usize,
  parts: i32,
  stride: usize,
  group: i32,
  width: i32,
  chain: usize,
  from: i32,
  to: i32,
  rate: f64,
  squareScale: f64
): void {
  let k = from
  if (group == 1 && !chain) {
    // two at once: every lane has the same bits as alone
    for (; k + 1 < to; k += 2) {
      const k8: usize = (<usize>k) << 3
      let g = f64x2.splat(0)
      for (let c = 0; c < parts; c++) g = f64x2.add(g, v128.load(gradient + <usize>c * stride + k8))
      const m = f64x2.add(f64x2.mul(f64x2.splat(0.9), v128.load(mean + k8)), f64x2.mul(f64x2.splat(1 - 0.9), g))
      const v = f64x2.add(
        f64x2.mul(f64x2.splat(0.999), v128.load(square + k8)),
        f64x2.mul(f64x2.mul(f64x2.splat(1 - 0.999), g), g)
      )
      v128.store(mean + k8, m)
      v128.store(square + k8, v)
      const size = f64x2.add(f64x2.mul(f64x2.sqrt(v), f64x2.splat(squareScale)), f64x2.splat(1e-8))
      const step = f64x2.div(f64x2.mul(f64x2.splat(rate), m), size)
      v128.store(values + k8, f64x2.sub(v128.load(values + k8), step))
    }
  }
  for (; k < to; k++) {
    const k8: usize = (<usize>k) << 3
    const first: usize = (<usize>((k / width) * group * width + (k % width))) << 3
    let g: f64 = 0
    for (let c = 0; c < parts; c++) {
      const at = gradient + <usize>c * stride + first
      for (let m = 0; m < group; m++) g += load<f64>(at + ((<usize>(m * width)) << 3))
    }
    if (chain) g *= load<f64>(chain + k8)
    const m = 0.9 * load<f64>(mean + k8) + (1 - 0.9) * g
    const v = 0.999 * load<f64>(square + k8) + (1 - 0.999) * g * g
    store<f64>(mean + k8, m)
    store<f64>(square + k8, v)
    store<f64>(values + k8, load<f64>(values + k8) - (rate * m) / (Math.sqrt(v) * squareScale + 1e-8))
  }
}
