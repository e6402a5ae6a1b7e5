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
  groups: i32,
  bins: i32,
  count: i32,
  outputs: i32,
  sampleBytes: usize,
  row: usize,
  membrane: usize,
  spikes: usize,
  perUnit: f32,
  alpha: f32,
  beta: f32,
  slope: f32,
  atThreshold: bool,
  lag: bool,
  resets: bool,
  burst: f32,
  outputWeights: usize,
  spikeCounts: usize,
  countsRow: usize,
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
  const currentRow: usize = (<usize>((outputs + 3) & ~3)) << 2
  const last = bins - 1
  for (let b = 0; b < count; b++) {
    const offset: usize = <usize>b * sampleBytes
    const currents: usize = outputCurrents + <usize>(b * bins) * currentRow
    const counts: usize = spikeCounts + <usize>b * countsRow
    const peaks: usize = outputPeaks + ((<usize>(b * (outputs + 1))) << 4)
    // two groups of 4 at a time; where the last has no partner, what it computes instead is never used
    for (let g = 0; g < groups; g += 2) {
      const lane: usize = (<usize>g) << 4
      const silent = !v128.any_true(v128.or(v128.load(counts + lane), v128.load(counts + lane, 16)))
      const v0 = membrane + offset + lane
      const w = outputWeights + lane
      // slope (V − ϑ), ϑ = 1 = vz · measured − shift
      const shift0 = f32x4.add(f32x4.mul(vz, v128.load(v0)), vs)
      const shift1 = f32x4.add(f32x4.mul(vz, v128.load(v0, 16)), vs)
      const burst0 = f32x4.mul(vr, v128.load(counts + lane))
      const burst1 = f32x4.mul(vr, v128.load(counts + lane, 16))
      let peak = peaks
      let peakAt = load<i32>(peak)
      let t = last
      let to = scratch + lane + ((<usize>last) << 6)
      // without spikes, nothing reaches a unit from after the last of the maxima
      if (silent) {
        for (; t > peakAt; t--) {
          v128.store(to, zero)
          v128.store(to, zero, 16)
          to -= 64
        }
      }
      let v = v0 + <usize>t * row
      let s = spikes + offset + lane + <usize>t * row
      let qV0 = zero
      let qI0 = zero
      let dV0 = zero
      let dI0 = zero
      let qV1 = zero
      let qI1 = zero
      let dV1 = zero
      let dI1 = zero
      // most units are silent in a sample: their bins without what spikes and the rarer orders ask for
      if (silent && !lag) {
        for (; t >= 0; t--) {
          const z0 = f32x4.sub(f32x4.mul(vz, v128.load(v)), shift0)
          const z1 = f32x4.sub(f32x4.mul(vz, v128.load(v, 16)), shift1)
          const x0 = f32x4.add(f32x4.abs(z0), one)
          const x1 = f32x4.add(f32x4.abs(z1), one)
          dV0 = f32x4.add(f32x4.div(qI0, f32x4.mul(x0, x0)), f32x4.mul(vb, dV0))
          dV1 = f32x4.add(f32x4.div(qI1, f32x4.mul(x1, x1)), f32x4.mul(vb, dV1))
          dI0 = f32x4.add(dV0, f32x4.mul(va, dI0))
          dI1 = f32x4.add(dV1, f32x4.mul(va, dI1))
          v128.store(to, dI0)
          v128.store(to, dI1, 16)
          qV0 = f32x4.mul(vb, qV0)
          qV1 = f32x4.mul(vb, qV1)
          while (peakAt == t) {
            const at = w + <usize>load<i32>(peak, 4)
            const error = v128.load32_splat(peak, 8)
            qV0 = f32x4.add(qV0, f32x4.mul(v128.load(at), error))
            qV1 = f32x4.add(qV1, f32x4.mul(v128.load(at, 16), error))
            peak += 16
            peakAt = load<i32>(peak)
          }
          qI0 = f32x4.add(qV0, f32x4.mul(va, qI0))
          qI1 = f32x4.add(qV1, f32x4.mul(va, qI1))
          v -= row
          to -= 64
        }
      }
      for (; t >= 0; t--) {
        const m0 = v128.load(v)
        const m1 = v128.load(v, 16)
        let z0 = f32x4.sub(f32x4.mul(vz, m0), shift0)
        let z1 = f32x4.sub(f32x4.mul(vz, m1), shift1)
        let dS0 = qI0
        let dS1 = qI1
        if (!silent) {
          dS0 = f32x4.add(dS0, burst0)
          dS1 = f32x4.add(dS1, burst1)
          const f0 = spikes == 0 ? f32x4.gt(m0, one) : f32x4.gt(v128.load(s), zero)
          const f1 = spikes == 0 ? f32x4.gt(m1, one) : f32x4.gt(v128.load(s, 16), zero)
          if (v128.any_true(v128.or(f0, f1))) {
            // a sample that follows its spike shows the reset; at the spike the membrane was at the threshold
            if (atThreshold) {
              z0 = v128.bitselect(f32x4.max(z0, zero), z0, f0)
              z1 = v128.bitselect(f32x4.max(z1, zero), z1, f1)
            }
            // the factor 1 − S that a reset to a value puts between this membrane and the next
            if (resets) {
              dV0 = v128.andnot(dV0, f0)
              dV1 = v128.andnot(dV1, f1)
            }
            if (t < last) {
              let gradient = outputGradient + lane
              let c = currents + <usize>(t + 1) * currentRow
              for (let o = 0; o < outputs; o++) {
                const current = v128.load32_splat(c)
                v128.store(gradient, f32x4.add(v128.load(gradient), v128.and(f0, current)))
                v128.store(gradient, f32x4.add(v128.load(gradient, 16), v128.and(f1, current)), 16)
                gradient += 64
                c += 4
              }
            }
          }
        }
        // SuperSpike: 1 / (slope |V − ϑ| + 1)²
        const x0 = f32x4.add(f32x4.abs(z0), one)
        const x1 = f32x4.add(f32x4.abs(z1), one)
        const later0 = dV0
        const later1 = dV1
        dV0 = f32x4.add(f32x4.div(dS0, f32x4.mul(x0, x0)), f32x4.mul(vb, dV0))
        dV1 = f32x4.add(f32x4.div(dS1, f32x4.mul(x1, x1)), f32x4.mul(vb, dV1))
        dI0 = f32x4.add(lag ? later0 : dV0, f32x4.mul(va, dI0))
        dI1 = f32x4.add(lag ? later1 : dV1, f32x4.mul(va, dI1))
        v128.store(to, dI0)
        v128.store(to, dI1, 16)
        const laterQ0 = qV0
        const laterQ1 = qV1
        qV0 = f32x4.mul(vb, qV0)
        qV1 = f32x4.mul(vb, qV1)
        while (peakAt == t) {
          const at = w + <usize>load<i32>(peak, 4)
          const error = v128.load32_splat(peak, 8)
          qV0 = f32x4.add(qV0, f32x4.mul(v128.load(at), error))
          qV1 = f32x4.add(qV1, f32x4.mul(v128.load(at, 16), error))
          peak += 16
          peakAt = load<i32>(peak)
        }
        qI0 = f32x4.add(lag ? laterQ0 : qV0, f32x4.mul(va, qI0))
        qI1 = f32x4.add(lag ? laterQ1 : qV1, f32x4.mul(va, qI1))
        v -= row
        s -= row
        to -= 64
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
