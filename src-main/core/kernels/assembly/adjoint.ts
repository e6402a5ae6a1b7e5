// What the spikes of a block of hidden units change in the loss, one sample backward in time. What it means:
// training/surrogate/reference.ts.
//
// The engine keeps few vectors in registers, so that each loop is a small function of its own; and it makes a constant anew
// in each turn of a loop, so that they are read from memory, once. All 16 units of a block go together: what bounds a loop
// is how long a sum and a product take one after the other, in which four groups fit.

export const ALPHA: usize = 0,
  BETA: usize = 16,
  PER_MEMBRANE: usize = 32,
  ONE: usize = 48,
  /** all bits but a number's sign */
  SIZE: usize = 64,
  /** of each of the 16 units: slope (V − ϑ), ϑ = 1, is the scaled measurement less this */
  SHIFT: usize = 128,
  /** what the burst term adds to dL/dS */
  BURST: usize = 192
export const CONSTANT_BYTES: usize = 256

export function storeConstants(to: usize, alpha: f32, beta: f32, perMembrane: f32): void {
  v128.store(to, f32x4.splat(alpha), ALPHA)
  v128.store(to, f32x4.splat(beta), BETA)
  v128.store(to, f32x4.splat(perMembrane), PER_MEMBRANE)
  v128.store(to, f32x4.splat(1), ONE)
  v128.store(to, i32x4.splat(0x7fffffff), SIZE)
}

/**
 * dL/dS of a block's units, f32[bin][16]: what the burst term adds (BURST of `units`), and output weights times the readouts' adjoint currents. Both
 * are linear, so the units' own sum of them runs backward in time with the readouts' two decays, fed where a readout has
 * its maximum (`peaks`): a few operations a step, whatever the number of readouts.
 */
export function toReadouts(bins: i32, w: usize, peak: usize, units: usize, result: usize): void {
  const va = v128.load(units, ALPHA)
  const vb = v128.load(units, BETA)
  const b0 = v128.load(units, BURST)
  const b1 = v128.load(units, BURST + 16)
  const b2 = v128.load(units, BURST + 32)
  const b3 = v128.load(units, BURST + 48)
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
      v128.store(to, f32x4.add(i0, b0))
      v128.store(to, f32x4.add(i1, b1), 16)
      v128.store(to, f32x4.add(i2, b2), 32)
      v128.store(to, f32x4.add(i3, b3), 48)
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
    v128.store(to, f32x4.add(i0, b0))
    v128.store(to, f32x4.add(i1, b1), 16)
    v128.store(to, f32x4.add(i2, b2), 32)
    v128.store(to, f32x4.add(i3, b3), 48)
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
 * What the passes over a sample have to know of the block's units: SHIFT and BURST of `units`.
 * @returns whether no unit fired
 */
export function ofSample(row0: usize, slope: f32, burst: f32, counts: usize, units: usize): bool {
  let any = f32x4.splat(0)
  for (let g: usize = 0; g < 64; g += 16) {
    const count = v128.load(counts + g)
    any = v128.or(any, count)
    v128.store(units + g, f32x4.mul(f32x4.splat(burst), count), BURST)
    const rest = f32x4.mul(v128.load(units, PER_MEMBRANE), v128.load(row0 + g))
    v128.store(units + g, f32x4.add(rest, f32x4.splat(slope)), SHIFT)
  }
  return !v128.any_true(any)
}

/**
 * Adds what the readouts' adjoint currents make of a sample's spikes to the output gradient, latest spike first.
 * @param fired number of bins in which units of the block fired, then i32 each: bin | mask of its 16 units << 16
 * @param gradient f32[16][readouts padded to a multiple of 4]
 */
export function addFired(bins: i32, fired: usize, currents: usize, currentRow: usize, gradient: usize): void {
  for (let event = fired + ((<usize>load<i32>(fired)) << 2); event > fired; event -= 4) {
    const t: usize = load<u16>(event)
    // what the last bin's spikes do comes after the end
    if (<i32>t == bins - 1) continue
    const current = currents + (t + 1) * currentRow
    for (let mask: i32 = load<u16>(event, 2); mask != 0; mask &= mask - 1) {
      const unit = gradient + <usize>ctz(mask) * currentRow
      for (let o: usize = 0; o < currentRow; o += 16) {
        v128.store(unit + o, f32x4.add(v128.load(unit + o), v128.load(current + o)))
      }
    }
  }
}
