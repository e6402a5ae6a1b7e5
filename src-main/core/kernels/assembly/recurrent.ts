// The ideal network whose hidden units hear each other or differ (order C of training/surrogate/reference.ts), forward, f32:
//   I[t+1] = α_u I[t] + Σ x[t] w + Σ S[t] w_rec,   V[t+1] = β_u V[t] + I[t+1] − ϑ_u S[t],   S = Θ(V − ϑ_u)
// Each unit has its own decays and threshold. Bins are outermost: what a unit does in a bin depends on what all did in the
// bin before. Layout as in ideal.ts; spikes have an array of their own, since a membrane does not tell its threshold.

/**
 * Presents samples index[from … to).
 * @param hiddenWeights f32 [block][inputs][16] @param recurrentWeights f32 [block][blocks · 16][16], row: the unit that fires; 0: none hears another
 * @param outputWeights f32 [blocks · 16][outputWidth] @param alphas … outputBetas f32, one a unit
 * @param scratch this thread's own, 16-byte aligned: f32 [2][blocks · 16], i32 [2][blocks · 16]
 */
export function recurrentForward(
  from: i32,
  to: i32,
  bins: i32,
  blocks: i32,
  inputs: i32,
  outputWidth: i32,
  hiddenWeights: usize,
  recurrentWeights: usize,
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
  spikes: usize,
  scratch: usize
): void {
  const outputRow: usize = (<usize>outputWidth) << 2
  const unitBytes: usize = (<usize>blocks) << 6
  const blockBytes: usize = (<usize>bins) << 6
  const readouts: usize = <usize>((blocks + 1) & ~1) * blockBytes
  const left = scratch + unitBytes
  const one = f32x4.splat(1)
  for (let b = from; b < to; b++) {
    const at = <usize>b * sampleBytes
    const sample = <usize>load<i32>(index + ((<usize>b) << 2))
    let bin = binStart + ((sample * <usize>(bins + 1)) << 1)
    const list = input + <usize>load<i32>(start + (sample << 2))
    let row = membrane + at + readouts
    memory.fill(row, 0, <usize>bins * outputRow)
    memory.fill(scratch, 0, unitBytes << 1)
    // who fired in the bin before, and who fires in this one: offsets of their rows of weights
    let before = left + unitBytes
    let now = before + unitBytes
    let heard = 0
    for (let block: usize = 0; block < <usize>blocks; block++) {
      memory.fill(membrane + at + block * blockBytes, 0, 64)
      memory.fill(spikes + at + block * blockBytes, 0, 64)
    }
    let e = list + <usize>load<u16>(bin)
    for (let t = 1; t < bins; t++) {
      bin += 2
      row += outputRow
      const end = list + <usize>load<u16>(bin)
      let fired = 0
      for (let group: usize = 0; group < (<usize>blocks) << 2; group++) {
        const block = group >> 2
        const lane = (group & 3) << 4
        const offset = group << 4
        const w = hiddenWeights + ((block * <usize>inputs) << 6) + lane
        const r = recurrentWeights + block * (unitBytes << 4) + lane
        let current = v128.load(scratch + offset)
        for (let p = e; p < end; p++) current = f32x4.add(current, v128.load(w + ((<usize>load<u8>(p)) << 6)))
        for (let k = 0; k < heard; k++) {
          current = f32x4.add(current, v128.load(r + <usize>load<i32>(before + ((<usize>k) << 2))))
        }
        const v = f32x4.add(v128.load(left + offset), current)
        v128.store(scratch + offset, f32x4.mul(current, v128.load(alphas + offset)))
        const threshold = v128.load(thresholds + offset)
        const above = f32x4.gt(v, threshold)
        const cell = at + block * blockBytes + ((<usize>t) << 6) + lane
        v128.store(membrane + cell, v)
        v128.store(spikes + cell, v128.and(above, one))
        v128.store(left + offset, f32x4.sub(f32x4.mul(v128.load(betas + offset), v), v128.and(above, threshold)))
        let lanes = i32x4.bitmask(above)
        while (lanes) {
          const unit = (group << 2) + <usize>ctz(lanes)
          lanes &= lanes - 1
          store<i32>(now + ((<usize>fired) << 2), <i32>(unit << 6))
          fired++
          const out = outputWeights + unit * outputRow
          for (let o: usize = 0; o < outputRow; o += 16) {
            v128.store(row + o, f32x4.add(v128.load(row + o), v128.load(out + o)))
          }
        }
      }
      e = end
      if (recurrentWeights != 0) heard = fired
      const swap = before
      before = now
      now = swap
    }
    for (let o: usize = 0; o < outputRow; o += 16) {
      const alpha = v128.load(outputAlphas + o)
      const beta = v128.load(outputBetas + o)
      let at = membrane + <usize>b * sampleBytes + readouts + o
      let v = f32x4.splat(0)
      let current = f32x4.splat(0)
      for (let t = 0; t < bins; t++) {
        const arriving = v128.load(at)
        v128.store(at, v)
        const next = f32x4.add(current, arriving)
        v = f32x4.add(f32x4.mul(beta, v), next)
        current = f32x4.mul(alpha, next)
        at += outputRow
      }
    }
  }
}
