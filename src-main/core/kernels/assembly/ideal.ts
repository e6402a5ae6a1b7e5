// The ideal two-layer network, forward, f32. What it means: training/surrogate/reference.ts, model C.

/**
 * Presents samples index[from … to) and writes their membranes and spikes, rows of `stride` units.
 * @param state scratch of this thread: f32[width] currents, f32[outputs] currents, i32[hidden] units that just fired
 */
export function idealForward(
  from: i32,
  to: i32,
  bins: i32,
  hidden: i32,
  outputs: i32,
  width: i32,
  outputWidth: i32,
  stride: i32,
  hiddenWeights: usize,
  outputWeights: usize,
  alpha: f32,
  beta: f32,
  input: usize,
  start: usize,
  binStart: usize,
  index: usize,
  membrane: usize,
  spikes: usize,
  state: usize
): void {
  const one = f32x4.splat(1)
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  const bytes: usize = (<usize>width) << 2
  const row: usize = (<usize>stride) << 2
  const readouts: usize = (<usize>hidden) << 2
  const outputCurrent = state + bytes
  const fired = outputCurrent + ((<usize>outputs) << 2)
  for (let b = from; b < to; b++) {
    let v = membrane + <usize>(b * bins) * row
    let s = spikes + <usize>(b * bins) * row
    memory.fill(v, 0, row)
    memory.fill(s, 0, row)
    memory.fill(state, 0, bytes + ((<usize>outputs) << 2))
    let firing = 0
    const sample = <usize>load<i32>(index + ((<usize>b) << 2))
    const bin = binStart + ((sample * <usize>(bins + 1)) << 1)
    const list = input + <usize>load<i32>(start + (sample << 2))
    let e = <usize>load<u16>(bin)
    for (let t = 0; t < bins - 1; t++) {
      const end = <usize>load<u16>(bin + ((<usize>(t + 1)) << 1))
      for (; e < end; e++) {
        const w = hiddenWeights + <usize>load<u8>(list + e) * bytes
        for (let h: usize = 0; h < bytes; h += 16) {
          v128.store(state + h, f32x4.add(v128.load(state + h), v128.load(w + h)))
        }
      }
      for (let k = 0; k < firing; k++) {
        const w = outputWeights + <usize>(load<i32>(fired + ((<usize>k) << 2)) * outputWidth) * 4
        for (let o: usize = 0; o < (<usize>outputs) << 2; o += 4) {
          store<f32>(outputCurrent + o, load<f32>(outputCurrent + o) + load<f32>(w + o))
        }
      }
      firing = 0
      const v1 = v + row
      const s1 = s + row
      // The last group may reach past the hidden units: the readouts and zeros are written over it below.
      for (let h: usize = 0; h < bytes; h += 16) {
        const current = v128.load(state + h)
        v128.store(state + h, f32x4.mul(va, current))
        const next = f32x4.sub(f32x4.add(f32x4.mul(vb, v128.load(v + h)), current), v128.load(s + h))
        v128.store(v1 + h, next)
        const above = f32x4.gt(next, one)
        v128.store(s1 + h, v128.and(above, one))
        if (v128.any_true(above)) {
          const mask = i32x4.bitmask(above)
          for (let lane = 0; lane < 4; lane++) {
            const unit = <i32>(h >> 2) + lane
            if ((mask & (1 << lane)) != 0 && unit < hidden) {
              store<i32>(fired + ((<usize>firing) << 2), unit)
              firing++
            }
          }
        }
      }
      for (let o: usize = 0; o < (<usize>outputs) << 2; o += 4) {
        const current = load<f32>(outputCurrent + o)
        store<f32>(outputCurrent + o, alpha * current)
        store<f32>(v1 + readouts + o, beta * load<f32>(v + readouts + o) + current)
        store<f32>(s1 + readouts + o, 0)
      }
      for (let u = readouts + ((<usize>outputs) << 2); u < row; u += 4) {
        store<f32>(v1 + u, 0)
        store<f32>(s1 + u, 0)
      }
      v = v1
      s = s1
    }
  }
}
