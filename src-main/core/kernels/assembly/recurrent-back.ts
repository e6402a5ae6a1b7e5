// Adjoint of a hidden layer whose units hear each other, and of readouts whose loss is no maximum; f32. What it means:
// training/surrogate/reference.ts (order C). First the adjoint of whole samples, all units of a bin at once; then, block by
// block of hidden units and in the order of the samples, what it makes of the weights' gradients.

/**
 * dL/d(hidden current) of samples from … to, f32[sample][bin][blocks · 16]: backward in time,
 *   dS[t] = Σ_o w_out dI_out[t+1] + Σ_j w_rec[u][j] dI[t+1][j] + burst · count + extra
 *   dV[t] = dS[t] / (slope |V[t] − 1| + 1)² + β dV[t+1],   dI[t] = dV[t] + α dI[t+1].
 * @param outputWeights f32 [block][outputs][16] @param recurrentWeights f32 [block][blocks · 16][16], row: the unit that
 *   hears, lanes: units that fire; 0: none hears another
 * @param extra f32 [sample]: what each spike of a sample adds to the loss
 * @param scratch this thread's own: f32 [blocks · 16]
 */
export function recurrentAdjoint(
  from: i32,
  to: i32,
  blocks: i32,
  bins: i32,
  outputs: i32,
  sampleBytes: usize,
  row: usize,
  blockBytes: usize,
  membrane: usize,
  spikes: usize,
  perUnit: f32,
  alpha: f32,
  beta: f32,
  slope: f32,
  atThreshold: bool,
  burst: f32,
  extra: usize,
  outputWeights: usize,
  recurrentWeights: usize,
  spikeCounts: usize,
  outputCurrents: usize,
  result: usize,
  scratch: usize
): void {
  const one = f32x4.splat(1)
  const zero = f32x4.splat(0)
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  const vr = f32x4.splat(burst)
  const vz = f32x4.splat(slope * perUnit)
  const vs = f32x4.splat(slope)
  const units: usize = (<usize>blocks) << 4
  const unitBytes: usize = units << 2
  const currentRow: usize = (<usize>((outputs + 3) & ~3)) << 2
  const last = bins - 1
  for (let b = from; b < to; b++) {
    const offset: usize = <usize>b * sampleBytes
    const counts: usize = spikeCounts + <usize>b * unitBytes
    const dIs: usize = result + <usize>(b * bins) * unitBytes
    const more = v128.load32_splat(extra + ((<usize>b) << 2))
    memory.fill(scratch, 0, unitBytes)
    for (let t = last; t >= 0; t--) {
      const later: usize = dIs + <usize>(t + 1) * unitBytes
      const here: usize = dIs + <usize>t * unitBytes
      const currents: usize = outputCurrents + <usize>(b * bins + t + 1) * currentRow
      for (let block: usize = 0; block < <usize>blocks; block++) {
        const lanes = block << 6
        let d0 = f32x4.add(more, f32x4.mul(vr, v128.load(counts + lanes)))
        let d1 = f32x4.add(more, f32x4.mul(vr, v128.load(counts + lanes, 16)))
        let d2 = f32x4.add(more, f32x4.mul(vr, v128.load(counts + lanes, 32)))
        let d3 = f32x4.add(more, f32x4.mul(vr, v128.load(counts + lanes, 48)))
        if (t < last) {
          let w = outputWeights + ((block * <usize>outputs) << 6)
          for (let o: usize = 0; o < (<usize>outputs) << 2; o += 4) {
            const c = v128.load32_splat(currents + o)
            d0 = f32x4.add(d0, f32x4.mul(v128.load(w), c))
            d1 = f32x4.add(d1, f32x4.mul(v128.load(w, 16), c))
            d2 = f32x4.add(d2, f32x4.mul(v128.load(w, 32), c))
            d3 = f32x4.add(d3, f32x4.mul(v128.load(w, 48), c))
            w += 64
          }
          if (recurrentWeights != 0) {
            w = recurrentWeights + block * (unitBytes << 4)
            for (let j: usize = 0; j < unitBytes; j += 4) {
              const c = v128.load32_splat(later + j)
              d0 = f32x4.add(d0, f32x4.mul(v128.load(w), c))
              d1 = f32x4.add(d1, f32x4.mul(v128.load(w, 16), c))
              d2 = f32x4.add(d2, f32x4.mul(v128.load(w, 32), c))
              d3 = f32x4.add(d3, f32x4.mul(v128.load(w, 48), c))
              w += 64
            }
          }
        }
        const v0 = membrane + offset + block * blockBytes
        const v = v0 + <usize>t * row
        const s = spikes + offset + block * blockBytes + <usize>t * row
        for (let lane: usize = 0; lane < 64; lane += 16) {
          const m = v128.load(v + lane)
          let z = f32x4.sub(f32x4.mul(vz, m), f32x4.add(f32x4.mul(vz, v128.load(v0 + lane)), vs))
          if (atThreshold) {
            const fired = spikes == 0 ? f32x4.gt(m, one) : f32x4.gt(v128.load(s + lane), zero)
            z = v128.bitselect(f32x4.max(z, zero), z, fired)
          }
          const x = f32x4.add(f32x4.abs(z), one)
          const dS = lane == 0 ? d0 : lane == 16 ? d1 : lane == 32 ? d2 : d3
          const state = scratch + lanes + lane
          const dV = f32x4.add(f32x4.div(dS, f32x4.mul(x, x)), f32x4.mul(vb, v128.load(state)))
          v128.store(state, dV)
          const next = t < last ? v128.load(later + lanes + lane) : zero
          v128.store(here + lanes + lane, f32x4.add(dV, f32x4.mul(va, next)))
        }
      }
    }
  }
}

/** adds a block's share of the samples' adjoints to its gradients: f32 [inputs][16], [blocks · 16][16], [outputs][16] */
export function recurrentGradient(
  block: i32,
  blocks: i32,
  bins: i32,
  count: i32,
  outputs: i32,
  sampleBytes: usize,
  row: usize,
  blockBytes: usize,
  membrane: usize,
  spikes: usize,
  outputCurrents: usize,
  adjoint: usize,
  input: usize,
  start: usize,
  binStart: usize,
  index: usize,
  hiddenGradient: usize,
  recurrentGradient: usize,
  outputGradient: usize
): void {
  const unitBytes: usize = (<usize>blocks) << 6
  const currentRow: usize = (<usize>((outputs + 3) & ~3)) << 2
  const level = f32x4.splat(spikes == 0 ? 1 : 0)
  const fires = spikes == 0 ? membrane : spikes
  for (let b = 0; b < count; b++) {
    const sample = <usize>load<i32>(index + ((<usize>b) << 2))
    const bin = binStart + ((sample * <usize>(bins + 1)) << 1)
    const list = input + <usize>load<i32>(start + (sample << 2))
    let e = <usize>load<u16>(bin)
    for (let t = 0; t < bins - 1; t++) {
      const d = adjoint + <usize>(b * bins + t + 1) * unitBytes + ((<usize>block) << 6)
      const d0 = v128.load(d)
      const d1 = v128.load(d, 16)
      const d2 = v128.load(d, 32)
      const d3 = v128.load(d, 48)
      const end = <usize>load<u16>(bin + ((<usize>(t + 1)) << 1))
      for (; e < end; e++) {
        const h = hiddenGradient + ((<usize>load<u8>(list + e)) << 6)
        v128.store(h, f32x4.add(v128.load(h), d0))
        v128.store(h, f32x4.add(v128.load(h, 16), d1), 16)
        v128.store(h, f32x4.add(v128.load(h, 32), d2), 32)
        v128.store(h, f32x4.add(v128.load(h, 48), d3), 48)
      }
      const fire = fires + <usize>b * sampleBytes + <usize>t * row
      if (recurrentGradient != 0) {
        for (let group: usize = 0; group < (<usize>blocks) << 2; group++) {
          let lanes = i32x4.bitmask(f32x4.gt(v128.load(fire + (group >> 2) * blockBytes + ((group & 3) << 4)), level))
          while (lanes) {
            const g = recurrentGradient + (((group << 2) + <usize>ctz(lanes)) << 6)
            lanes &= lanes - 1
            v128.store(g, f32x4.add(v128.load(g), d0))
            v128.store(g, f32x4.add(v128.load(g, 16), d1), 16)
            v128.store(g, f32x4.add(v128.load(g, 32), d2), 32)
            v128.store(g, f32x4.add(v128.load(g, 48), d3), 48)
          }
        }
      }
      const own = fire + <usize>block * blockBytes
      const f0 = f32x4.gt(v128.load(own), level)
      const f1 = f32x4.gt(v128.load(own, 16), level)
      const f2 = f32x4.gt(v128.load(own, 32), level)
      const f3 = f32x4.gt(v128.load(own, 48), level)
      if (!v128.any_true(v128.or(v128.or(f0, f1), v128.or(f2, f3)))) continue
      let g = outputGradient
      const currents = outputCurrents + <usize>(b * bins + t + 1) * currentRow
      for (let o: usize = 0; o < (<usize>outputs) << 2; o += 4) {
        const c = v128.load32_splat(currents + o)
        v128.store(g, f32x4.add(v128.load(g), v128.and(f0, c)))
        v128.store(g, f32x4.add(v128.load(g, 16), v128.and(f1, c)), 16)
        v128.store(g, f32x4.add(v128.load(g, 32), v128.and(f2, c)), 32)
        v128.store(g, f32x4.add(v128.load(g, 48), v128.and(f3, c)), 48)
        g += 64
      }
    }
  }
}
