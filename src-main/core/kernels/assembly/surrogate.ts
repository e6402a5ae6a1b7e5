// Surrogate-gradient training of the readout network (Cramer, Billaudelle et al. 2022), hot loops in f32.
// What they mean: training/surrogate/reference.ts (model C). No partial sums cross a block of hidden units, and samples
// are added in order, so that the result does not depend on how many threads share the blocks, nor on the pieces of a batch.
import { gatherRows } from './arrivals'

/**
 * Adjoint of one block of at most 16 hidden units over samples from … from + count, a piece of a batch, with measured
 * membranes and spikes in place. Adds to the gradients of the block; see kernels/surrogate.ts for shapes.
 *
 * A sample has three passes, each with its state in registers: what its spikes would change at the readouts
 * (`toReadouts`), what its currents would (`toCurrents`, over it in the same rows), and, when the piece is through, the
 * weights' gradient, input by input (`gatherRows`).
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
  from: i32,
  inputs: i32,
  ends: usize,
  rows: usize,
  hiddenGradient: usize,
  outputGradient: usize,
  adjoint: usize
): void {
  const currentRow: usize = (<usize>((outputs + 3) & ~3)) << 2
  for (let k = 0; k < count; k++) {
    const b = from + k
    const offset: usize = <usize>b * sampleBytes
    const currents: usize = outputCurrents + <usize>(b * bins) * currentRow
    const counts: usize = spikeCounts + <usize>b * countsRow
    const peaks: usize = outputPeaks + ((<usize>(b * (outputs + 1))) << 4)
    const result: usize = adjoint + ((<usize>(k * bins)) << 6)
    toReadouts(bins, alpha, beta, outputWeights, peaks, result)
    // two groups of 4 at a time; where the last has no partner, what it computes instead is never used
    for (let lane: usize = 0; lane < (<usize>groups) << 4; lane += 32) {
      toCurrents(
        bins,
        outputs,
        row,
        membrane + offset + lane,
        spikes == 0 ? 0 : spikes + offset + lane,
        slope * perUnit,
        alpha,
        beta,
        slope,
        atThreshold,
        lag,
        resets,
        burst,
        counts + lane,
        load<i32>(peaks),
        currents,
        currentRow,
        outputGradient + lane,
        result + lane
      )
    }
  }
  gatherRows(inputs, ends, rows, adjoint, hiddenGradient)
}

/**
 * dL/dS of a block's units, without the burst term, f32[bin][16]: output weights times the readouts' adjoint currents. Both
 * are linear, so the units' own sum of them runs backward in time with the readouts' two decays, fed where a readout has
 * its maximum (`peaks`): a few operations a step, whatever the number of readouts.
 */
function toReadouts(bins: i32, alpha: f32, beta: f32, w: usize, peak: usize, result: usize): void {
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  let v0 = f32x4.splat(0),
    v1 = f32x4.splat(0),
    v2 = f32x4.splat(0),
    v3 = f32x4.splat(0)
  let i0 = f32x4.splat(0),
    i1 = f32x4.splat(0),
    i2 = f32x4.splat(0),
    i3 = f32x4.splat(0)
  let to = result + ((<usize>(bins - 1)) << 6)
  let peakAt = load<i32>(peak)
  let t = bins - 1
  for (;;) {
    for (; t > peakAt; t--) {
      v128.store(to, i0)
      v128.store(to, i1, 16)
      v128.store(to, i2, 32)
      v128.store(to, i3, 48)
      v0 = f32x4.mul(vb, v0)
      v1 = f32x4.mul(vb, v1)
      v2 = f32x4.mul(vb, v2)
      v3 = f32x4.mul(vb, v3)
      i0 = f32x4.add(v0, f32x4.mul(va, i0))
      i1 = f32x4.add(v1, f32x4.mul(va, i1))
      i2 = f32x4.add(v2, f32x4.mul(va, i2))
      i3 = f32x4.add(v3, f32x4.mul(va, i3))
      to -= 64
    }
    if (t < 0) return
    v128.store(to, i0)
    v128.store(to, i1, 16)
    v128.store(to, i2, 32)
    v128.store(to, i3, 48)
    v0 = f32x4.mul(vb, v0)
    v1 = f32x4.mul(vb, v1)
    v2 = f32x4.mul(vb, v2)
    v3 = f32x4.mul(vb, v3)
    while (peakAt == t) {
      const at = w + <usize>load<i32>(peak, 4)
      const error = v128.load32_splat(peak, 8)
      v0 = f32x4.add(v0, f32x4.mul(v128.load(at), error))
      v1 = f32x4.add(v1, f32x4.mul(v128.load(at, 16), error))
      v2 = f32x4.add(v2, f32x4.mul(v128.load(at, 32), error))
      v3 = f32x4.add(v3, f32x4.mul(v128.load(at, 48), error))
      peak += 16
      peakAt = load<i32>(peak)
    }
    i0 = f32x4.add(v0, f32x4.mul(va, i0))
    i1 = f32x4.add(v1, f32x4.mul(va, i1))
    i2 = f32x4.add(v2, f32x4.mul(va, i2))
    i3 = f32x4.add(v3, f32x4.mul(va, i3))
    t--
    to -= 64
  }
}

/**
 * dL/d(current) of two groups of 4 units, f32[bin][16], in the place of their `toReadouts`.
 * @param latest bin of the readouts' last maximum
 */
function toCurrents(
  bins: i32,
  outputs: i32,
  row: usize,
  membrane: usize,
  spikes: usize,
  perMembrane: f32,
  alpha: f32,
  beta: f32,
  slope: f32,
  atThreshold: bool,
  lag: bool,
  resets: bool,
  burst: f32,
  counts: usize,
  latest: i32,
  currents: usize,
  currentRow: usize,
  outputGradient: usize,
  result: usize
): void {
  const one = f32x4.splat(1)
  const zero = f32x4.splat(0)
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  const vz = f32x4.splat(perMembrane)
  const vs = f32x4.splat(slope)
  const last = bins - 1
  const count0 = v128.load(counts)
  const count1 = v128.load(counts, 16)
  // slope (V − ϑ), ϑ = 1 = vz · measured − shift
  const shift0 = f32x4.add(f32x4.mul(vz, v128.load(membrane)), vs)
  const shift1 = f32x4.add(f32x4.mul(vz, v128.load(membrane, 16)), vs)
  let dV0 = zero
  let dI0 = zero
  let dV1 = zero
  let dI1 = zero
  let t = last
  let to = result + ((<usize>last) << 6)
  if (i32x4.bitmask(f32x4.gt(f32x4.add(count0, count1), zero)) == 0 && !lag) {
    // without spikes, nothing reaches a unit from after the last of the maxima
    for (; t > latest; t--) {
      v128.store(to, zero)
      v128.store(to, zero, 16)
      to -= 64
    }
    let v = membrane + <usize>t * row
    for (; t >= 0; t--) {
      const z0 = f32x4.sub(f32x4.mul(vz, v128.load(v)), shift0)
      const z1 = f32x4.sub(f32x4.mul(vz, v128.load(v, 16)), shift1)
      // SuperSpike: 1 / (slope |V − ϑ| + 1)²
      const x0 = f32x4.add(f32x4.abs(z0), one)
      const x1 = f32x4.add(f32x4.abs(z1), one)
      dV0 = f32x4.add(f32x4.div(v128.load(to), f32x4.mul(x0, x0)), f32x4.mul(vb, dV0))
      dV1 = f32x4.add(f32x4.div(v128.load(to, 16), f32x4.mul(x1, x1)), f32x4.mul(vb, dV1))
      dI0 = f32x4.add(dV0, f32x4.mul(va, dI0))
      dI1 = f32x4.add(dV1, f32x4.mul(va, dI1))
      v128.store(to, dI0)
      v128.store(to, dI1, 16)
      v -= row
      to -= 64
    }
    return
  }
  const burst0 = f32x4.mul(f32x4.splat(burst), count0)
  const burst1 = f32x4.mul(f32x4.splat(burst), count1)
  let later0 = zero
  let later1 = zero
  let v = membrane + <usize>last * row
  let s = spikes == 0 ? v : spikes + <usize>last * row
  const above = spikes == 0 ? one : zero
  for (; t >= 0; t--) {
    let z0 = f32x4.sub(f32x4.mul(vz, v128.load(v)), shift0)
    let z1 = f32x4.sub(f32x4.mul(vz, v128.load(v, 16)), shift1)
    let dS0 = v128.load(to)
    let dS1 = v128.load(to, 16)
    if (lag) {
      // what a spike does to a readout comes a bin later
      const now0 = dS0
      const now1 = dS1
      dS0 = later0
      dS1 = later1
      later0 = now0
      later1 = now1
    }
    dS0 = f32x4.add(dS0, burst0)
    dS1 = f32x4.add(dS1, burst1)
    const f0 = f32x4.gt(v128.load(s), above)
    const f1 = f32x4.gt(v128.load(s, 16), above)
    if (i32x4.bitmask(v128.or(f0, f1)) != 0) {
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
      if (t < last) addFired(outputs, f0, f1, currents + <usize>(t + 1) * currentRow, outputGradient)
    }
    const x0 = f32x4.add(f32x4.abs(z0), one)
    const x1 = f32x4.add(f32x4.abs(z1), one)
    const enters0 = dV0
    const enters1 = dV1
    dV0 = f32x4.add(f32x4.div(dS0, f32x4.mul(x0, x0)), f32x4.mul(vb, dV0))
    dV1 = f32x4.add(f32x4.div(dS1, f32x4.mul(x1, x1)), f32x4.mul(vb, dV1))
    dI0 = f32x4.add(lag ? enters0 : dV0, f32x4.mul(va, dI0))
    dI1 = f32x4.add(lag ? enters1 : dV1, f32x4.mul(va, dI1))
    v128.store(to, dI0)
    v128.store(to, dI1, 16)
    v -= row
    s -= row
    to -= 64
  }
}

/** adds the readouts' adjoint currents to the output gradient, f32[outputs][16], of units that fired (all bits set) */
function addFired(outputs: i32, f0: v128, f1: v128, current: usize, gradient: usize): void {
  for (let o = 0; o < outputs; o++) {
    const d = v128.load32_splat(current)
    v128.store(gradient, f32x4.add(v128.load(gradient), v128.and(f0, d)))
    v128.store(gradient, f32x4.add(v128.load(gradient, 16), v128.and(f1, d)), 16)
    gradient += 64
    current += 4
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
