// Surrogate-gradient training of the readout network (Cramer, Billaudelle et al. 2022), hot loops in f32.
// What they mean: training/surrogate/reference.ts (model C). No partial sums cross a block of hidden units, and samples
// are added in order, so that the result does not depend on how many threads share the blocks.

/**
 * Adjoint of one block of at most 16 hidden units over a batch, with measured membranes and spikes in place.
 * Adds to the gradients of the block; see kernels/surrogate.ts for shapes.
 *
 * dL/dS of a unit is its output weights times the readouts' adjoint currents. Both are linear, so the units' own sum of
 * them runs backward in time with the readouts' two decays, fed where a readout has its maximum (`peaks`): a few
 * operations a step, whatever the number of readouts.
 */
export function surrogateBackward(
  first: i32,
  groups: i32,
  bins: i32,
  count: i32,
  outputs: i32,
  stride: i32,
  membrane: usize,
  spikes: usize,
  perUnit: f32,
  alpha: f32,
  beta: f32,
  slope: f32,
  atThreshold: bool,
  burst: f32,
  outputWeights: usize,
  spikeCounts: usize,
  outputPeaks: usize,
  outputCurrents: usize,
  input: usize,
  start: usize,
  binStart: usize,
  index: usize,
  hiddenGradient: usize,
  outputGradient: usize,
  scratch: usize
): void {
  const one = f32x4.splat(1)
  const zero = f32x4.splat(0)
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  const vr = f32x4.splat(burst)
  const vz = f32x4.splat(slope * perUnit)
  const vs = f32x4.splat(slope)
  const row: usize = (<usize>stride) << 2
  const currentRow: usize = (<usize>((outputs + 3) & ~3)) << 2
  const last = bins - 1
  for (let b = 0; b < count; b++) {
    const offset: usize = <usize>(b * bins) * row + ((<usize>first) << 2)
    const currents: usize = outputCurrents + <usize>(b * bins) * currentRow
    const counts: usize = spikeCounts + <usize>b * row + ((<usize>first) << 2)
    const peaks: usize = outputPeaks + ((<usize>(b * (outputs + 1))) << 4)
    for (let g = 0; g < groups; g++) {
      const lane: usize = (<usize>g) << 4
      const v0 = membrane + offset + lane
      const s0 = spikes + offset + lane
      const w = outputWeights + lane
      const burstTerm = f32x4.mul(vr, v128.load(counts + lane))
      // slope (V − ϑ), ϑ = 1 = vz · measured − shift
      const shift = f32x4.add(f32x4.mul(vz, v128.load(v0)), vs)
      let peak = peaks
      let peakAt = load<i32>(peak)
      let qV = zero
      let qI = zero
      let dV = zero
      let dI = zero
      for (let t = last; t >= 0; t--) {
        let z = f32x4.sub(f32x4.mul(vz, v128.load(v0 + <usize>t * row)), shift)
        const s = v128.load(s0 + <usize>t * row)
        if (v128.any_true(s)) {
          // a sample that follows its spike shows the reset; at the spike the membrane was at the threshold
          if (atThreshold) z = v128.bitselect(f32x4.max(z, zero), z, f32x4.gt(s, zero))
          if (t < last) {
            let gradient = outputGradient + lane
            let c = currents + <usize>(t + 1) * currentRow
            for (let o = 0; o < outputs; o++) {
              v128.store(gradient, f32x4.add(v128.load(gradient), f32x4.mul(s, v128.load32_splat(c))))
              gradient += 64
              c += 4
            }
          }
        }
        // SuperSpike: 1 / (slope |V − ϑ| + 1)²
        const x = f32x4.add(f32x4.abs(z), one)
        dV = f32x4.add(f32x4.div(f32x4.add(burstTerm, qI), f32x4.mul(x, x)), f32x4.mul(vb, dV))
        dI = f32x4.add(dV, f32x4.mul(va, dI))
        v128.store(scratch + ((<usize>t) << 6) + lane, dI)
        qV = f32x4.mul(vb, qV)
        while (peakAt == t) {
          qV = f32x4.add(qV, f32x4.mul(v128.load(w + load<usize>(peak, 4)), v128.load32_splat(peak, 8)))
          peak += 16
          peakAt = load<i32>(peak)
        }
        qI = f32x4.add(qV, f32x4.mul(va, qI))
      }
    }
    // an input spike of bin t enters the current of sample t + 1
    const sample = <usize>load<i32>(index + ((<usize>b) << 2))
    const bin = binStart + ((sample * <usize>(bins + 1)) << 1)
    const list = input + <usize>load<i32>(start + (sample << 2))
    let e = <usize>load<u16>(bin)
    for (let t = 0; t < last; t++) {
      const end = <usize>load<u16>(bin + ((<usize>(t + 1)) << 1))
      if (e == end) continue
      const d = scratch + ((<usize>(t + 1)) << 6)
      const d0 = v128.load(d)
      const d1 = v128.load(d, 16)
      const d2 = v128.load(d, 32)
      const d3 = v128.load(d, 48)
      for (; e < end; e++) {
        const h = hiddenGradient + ((<usize>load<u8>(list + e)) << 6)
        v128.store(h, f32x4.add(v128.load(h), d0))
        v128.store(h, f32x4.add(v128.load(h, 16), d1), 16)
        v128.store(h, f32x4.add(v128.load(h, 32), d2), 32)
        v128.store(h, f32x4.add(v128.load(h, 48), d3), 48)
      }
    }
  }
}

/** one block's hidden weights f32[inputs][16], times scale, clipped, on the grid (round half to even), into rows of `width` */
export function placeWeights(
  from: usize,
  to: usize,
  inputs: i32,
  first: i32,
  groups: i32,
  width: i32,
  scale: f32,
  limit: f32,
  grid: bool
): void {
  const vs = f32x4.splat(scale)
  const high = f32x4.splat(limit)
  const low = f32x4.splat(-limit)
  for (let n = 0; n < inputs; n++) {
    const source = from + ((<usize>n) << 6)
    const target = to + ((<usize>(n * width + first)) << 2)
    for (let g: usize = 0; g < (<usize>groups) << 4; g += 16) {
      let w = f32x4.mul(v128.load(source + g), vs)
      w = f32x4.min(high, f32x4.max(low, w))
      if (grid) w = f32x4.nearest(w)
      v128.store(target + g, w)
    }
  }
}
