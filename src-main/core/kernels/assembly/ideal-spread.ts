// The ideal two-layer network (order C of training/surrogate/reference.ts) with units that each have their own decays and
// threshold, forward, f32; the float64 meaning is `spreadReference` in kernels/ideal-spread.ts. Layout as in ideal.ts, and
// spikes in an array of their own with the same distances, since a membrane alone does not tell its unit's threshold.

/** presents samples index[from … to); decays and thresholds are f32, one a unit: [blocks · 16] and [outputWidth] */
export function spreadForward(
  from: i32,
  to: i32,
  bins: i32,
  blocks: i32,
  inputs: i32,
  outputWidth: i32,
  hiddenWeights: usize,
  outputWeights: usize,
  alphas: usize,
  betas: usize,
  thresholds: usize,
  outputAlphas: usize,
  outputBetas: usize,
  input: usize,
  start: usize,
  binStart: usize,
  index: usize,
  sampleBytes: usize,
  membrane: usize,
  spikes: usize
): void {
  const outputRow: usize = (<usize>outputWidth) << 2
  const readouts: usize = (<usize>(blocks * bins)) << 6
  for (let b = from; b < to; b++) {
    const at = <usize>b * sampleBytes
    const sample = <usize>load<i32>(index + ((<usize>b) << 2))
    const stimulus = binStart + ((sample * <usize>(bins + 1)) << 1)
    const list = input + <usize>load<i32>(start + (sample << 2))
    const arrivals = membrane + at + readouts
    memory.fill(arrivals, 0, <usize>bins * outputRow)
    for (let group: usize = 0; group < (<usize>blocks) << 2; group++) {
      const block = group >> 2
      const lane = (group & 3) << 4
      const weights = hiddenWeights + ((block * <usize>inputs) << 6) + lane
      const ofGroup = outputWeights + (group << 2) * outputRow
      const alpha = v128.load(alphas + (group << 4))
      const beta = v128.load(betas + (group << 4))
      const threshold = v128.load(thresholds + (group << 4))
      const one = f32x4.splat(1)
      let v = membrane + at + ((block * <usize>bins) << 6) + lane
      let s = spikes + at + ((block * <usize>bins) << 6) + lane
      let current = f32x4.splat(0)
      let left = f32x4.splat(0)
      v128.store(v, left)
      v128.store(s, left)
      let bin = stimulus
      let row = arrivals
      let e = list + <usize>load<u16>(bin)
      for (let t = 1; t < bins; t++) {
        bin += 2
        v += 64
        s += 64
        row += outputRow
        const end = list + <usize>load<u16>(bin)
        for (; e < end; e++) current = f32x4.add(current, v128.load(weights + ((<usize>load<u8>(e)) << 6)))
        left = f32x4.add(left, current)
        current = f32x4.mul(current, alpha)
        v128.store(v, left)
        const fired = f32x4.gt(left, threshold)
        v128.store(s, v128.and(fired, one))
        left = f32x4.mul(beta, left)
        if (!v128.any_true(fired)) continue
        left = f32x4.sub(left, v128.and(fired, threshold))
        for (let unit: usize = 0; unit < 4; unit++) {
          if (load<f32>(s + (unit << 2)) == 0) continue
          const w = ofGroup + unit * outputRow
          for (let o: usize = 0; o < outputRow; o += 16) {
            v128.store(row + o, f32x4.add(v128.load(row + o), v128.load(w + o)))
          }
        }
      }
    }
    for (let o: usize = 0; o < outputRow; o += 16) {
      const alpha = v128.load(outputAlphas + o)
      const beta = v128.load(outputBetas + o)
      let row = arrivals + o
      let v = f32x4.splat(0)
      let current = f32x4.splat(0)
      for (let t = 0; t < bins; t++) {
        const arriving = v128.load(row)
        v128.store(row, v)
        const next = f32x4.add(current, arriving)
        v = f32x4.add(f32x4.mul(beta, v), next)
        current = f32x4.mul(alpha, next)
        row += outputRow
      }
    }
  }
}
