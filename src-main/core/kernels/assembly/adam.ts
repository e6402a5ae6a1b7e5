// Adam (Kingma and Ba 2015, algorithm 1) on `length` f32 parameters (a multiple of 4); clears the gradient it has used.
// What it means: kernels/adam.ts.
export function adam(
  weights: usize,
  gradient: usize,
  mean: usize,
  square: usize,
  length: i32,
  rate: f32,
  squareScale: f32,
  keepMean: f32,
  keepSquare: f32,
  epsilon: f32,
  decay: f32,
  limit: f32
): void {
  const zero = f32x4.splat(0)
  const k1 = f32x4.splat(keepMean)
  const n1 = f32x4.splat(1 - keepMean)
  const k2 = f32x4.splat(keepSquare)
  const n2 = f32x4.splat(1 - keepSquare)
  const vr = f32x4.splat(rate)
  const vs = f32x4.splat(squareScale)
  const ve = f32x4.splat(epsilon)
  const vd = f32x4.splat(decay)
  const high = f32x4.splat(limit)
  const low = f32x4.splat(-limit)
  for (let k: usize = 0; k < (<usize>length) << 2; k += 16) {
    let w = v128.load(weights + k)
    const g = f32x4.add(v128.load(gradient + k), f32x4.mul(vd, w))
    const m = f32x4.add(f32x4.mul(k1, v128.load(mean + k)), f32x4.mul(n1, g))
    const v = f32x4.add(f32x4.mul(k2, v128.load(square + k)), f32x4.mul(n2, f32x4.mul(g, g)))
    w = f32x4.sub(w, f32x4.div(f32x4.mul(vr, m), f32x4.add(f32x4.mul(f32x4.sqrt(v), vs), ve)))
    // in this order what is no number stays none; `min` and `max` would take ten operations
    v128.store(weights + k, f32x4.pmin(f32x4.pmax(w, low), high))
    v128.store(mean + k, m)
    v128.store(square + k, v)
    v128.store(gradient + k, zero)
  }
}
