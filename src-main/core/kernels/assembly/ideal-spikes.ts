// Spikes of the ideal network, of a block of 16 hidden units in one bin.

/** resets those of a block's units at `v` that are above 1: what is left of them (f32[16] at `left`) becomes keep · it + shift */
export function fired(
  t: i32,
  v: usize,
  left: usize,
  keep: f32,
  shift: f32,
  outputWeights: usize,
  outputRow: usize,
  arrivals: usize,
  counts: usize,
  list: usize
): void {
  const one = f32x4.splat(1)
  let units = 0
  for (let g: usize = 0; g < 64; g += 16) {
    const s = f32x4.gt(v128.load(v + g), one)
    const mask = i32x4.bitmask(s)
    if (mask == 0) continue
    units |= mask << ((<i32>g) >> 2)
    const p = v128.load(left + g)
    const after = f32x4.add(f32x4.mul(f32x4.splat(keep), p), f32x4.splat(shift))
    v128.store(left + g, v128.bitselect(after, p, s))
  }
  if (units != 0) tell(t, units, outputWeights, outputRow, arrivals, counts, list)
}

/**
 * Adds the spikes of bin t to the list (number of entries, then bin | mask of the units << 16) and to the units' counts,
 * and what they make of the readouts to the bin's row of arrivals.
 */
export function tell(
  t: i32,
  units: i32,
  outputWeights: usize,
  outputRow: usize,
  arrivals: usize,
  counts: usize,
  list: usize
): void {
  const length = load<i32>(list) + 1
  store<i32>(list, length)
  store<i32>(list + ((<usize>length) << 2), t | (units << 16))
  for (; units != 0; units &= units - 1) {
    const unit = <usize>ctz(units)
    const count = counts + (unit << 2)
    store<f32>(count, load<f32>(count) + 1)
    const w = outputWeights + unit * outputRow
    for (let o: usize = 0; o < outputRow; o += 16) {
      v128.store(arrivals + o, f32x4.add(v128.load(arrivals + o), v128.load(w + o)))
    }
  }
}
