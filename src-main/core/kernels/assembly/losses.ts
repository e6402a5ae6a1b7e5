// What the readouts of presented samples say: their maxima over time, what follows from them backward in time, and how
// often each hidden unit fired. What it means: training/surrogate/loss.ts and reference.ts.

/**
 * First, largest value and its first bin of each readout, for samples from … to.
 * @param readouts address of the first readout of sample 0 (rows of `row` bytes); up to 3 values are read past the last
 * @param result a sample: f32[lanes] first values, f32[lanes] largest values, f32[lanes] free, i32[lanes] their bins
 */
export function readoutMaxima(
  readouts: usize,
  from: i32,
  to: i32,
  bins: i32,
  lanes: i32,
  sampleBytes: usize,
  row: usize,
  result: usize
): void {
  const bytes: usize = (<usize>lanes) << 2
  for (let b = from; b < to; b++) {
    for (let o: usize = 0; o < bytes; o += 16) {
      let v = readouts + <usize>b * sampleBytes + o
      const first = v128.load(v)
      let largest = first
      let bin = i32x4.splat(0)
      for (let t = 1; t < bins; t++) {
        v += row
        const value = v128.load(v)
        const above = f32x4.gt(value, largest)
        largest = v128.bitselect(value, largest, above)
        bin = v128.bitselect(i32x4.splat(t), bin, above)
      }
      const to = result + ((<usize>b * bytes) << 2) + o
      v128.store(to, first)
      v128.store(to + bytes, largest)
      v128.store(to + 3 * bytes, bin)
    }
  }
}

/**
 * What dL/d(maximum) becomes backward in time, for samples from … to: dV[t] = β dV[t + 1] + (t is the maximum's bin ?
 * error : 0), dI[t] = α dI[t + 1] + dV[t] (with `lag`, dV[t + 1]), and 0 at bin 0.
 * @param result of `readoutMaxima`, with the errors in its third row (0 in lanes that are no readout)
 * @param currents f32[sample][bin][lanes]: dI
 * @param peaks [sample][outputs + 1] of (i32 bin, i32 64 · readout, f32 error, free), latest bin first; then bin −1
 */
export function readoutAdjoint(
  result: usize,
  from: i32,
  to: i32,
  bins: i32,
  outputs: i32,
  lanes: i32,
  alpha: f32,
  beta: f32,
  lag: bool,
  currents: usize,
  peaks: usize
): void {
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  const zero = f32x4.splat(0)
  const bytes: usize = (<usize>lanes) << 2
  for (let b = from; b < to; b++) {
    const errors = result + <usize>((b << 2) + 2) * bytes
    const first = currents + <usize>(b * bins) * bytes
    for (let o: usize = 0; o < bytes; o += 16) {
      const error = v128.load(errors + o)
      const bin = v128.load(errors + bytes + o)
      let dV = zero
      let dI = zero
      for (let t = bins - 1; t > 0; t--) {
        const later = dV
        dV = f32x4.add(f32x4.mul(vb, dV), v128.and(error, i32x4.eq(bin, i32x4.splat(t))))
        dI = f32x4.add(f32x4.mul(va, dI), lag ? later : dV)
        v128.store(first + <usize>t * bytes + o, dI)
      }
      v128.store(first + o, zero)
    }
    const list = peaks + ((<usize>(b * (outputs + 1))) << 4)
    for (let o = 0; o < outputs; o++) {
      const bin = load<i32>(errors + bytes + ((<usize>o) << 2))
      let at = list + ((<usize>o) << 4)
      for (; at > list && load<i32>(at - 16) < bin; at -= 16) v128.store(at, v128.load(at - 16))
      store<i32>(at, bin)
      store<i32>(at, o << 6, 4)
      store<f32>(at, load<f32>(errors + ((<usize>o) << 2)), 8)
    }
    store<i32>(list + ((<usize>outputs) << 4), -1)
  }
}

/**
 * Which hidden units fired when (where `spikes` is 1, or, without `spikes`, the membrane above 1), for samples from … to:
 * how often each did, f32[sample][blocks · 16] (0 where there is no unit), Σ and Σ of squares of a sample's counts, f64[2],
 * and i32[sample][block][1 + bins]: number of bins in which units of a block fired, then each, bin | mask of the units << 16.
 */
export function spikeCounts(
  membrane: usize,
  spikes: usize,
  from: i32,
  to: i32,
  bins: i32,
  hidden: i32,
  sampleBytes: usize,
  blockBytes: usize,
  row: usize,
  counts: usize,
  sums: usize,
  fired: usize
): void {
  const zero = f32x4.splat(0)
  const above = f32x4.splat(spikes == 0 ? 1 : 0)
  const blocks = (hidden + 15) >> 4
  const lanes: usize = (<usize>blocks) << 6
  const firedBytes: usize = (<usize>(bins + 1)) << 2
  for (let b = from; b < to; b++) {
    const mine = counts + <usize>b * lanes
    for (let block: usize = 0; block < <usize>blocks; block++) {
      const units = mine + (block << 6)
      for (let g: usize = 0; g < 64; g += 16) v128.store(units + g, zero)
      const within = hidden - <i32>(block << 4)
      const exist = within < 16 ? (1 << within) - 1 : 0xffff
      const list = fired + (<usize>b * <usize>blocks + block) * firedBytes
      let event = list
      let at = (spikes == 0 ? membrane : spikes) + <usize>b * sampleBytes + block * blockBytes
      for (let t = 0; t < bins; t++) {
        const s0 = f32x4.gt(v128.load(at), above)
        const s1 = f32x4.gt(v128.load(at, 16), above)
        const s2 = f32x4.gt(v128.load(at, 32), above)
        const s3 = f32x4.gt(v128.load(at, 48), above)
        at += row
        if (i32x4.bitmask(v128.or(v128.or(s0, s1), v128.or(s2, s3))) == 0) continue
        let mask =
          (i32x4.bitmask(s0) | (i32x4.bitmask(s1) << 4) | (i32x4.bitmask(s2) << 8) | (i32x4.bitmask(s3) << 12)) & exist
        if (mask == 0) continue
        event += 4
        store<i32>(event, t | (mask << 16))
        for (; mask != 0; mask &= mask - 1) {
          const unit = units + ((<usize>ctz(mask)) << 2)
          store<f32>(unit, load<f32>(unit) + 1)
        }
      }
      store<i32>(list, <i32>((event - list) >> 2))
    }
  }
  spikeSums(from, to, hidden, counts, sums)
}

/** Σ and Σ of squares of a sample's counts, f64[2], for samples from … to */
export function spikeSums(from: i32, to: i32, hidden: i32, counts: usize, sums: usize): void {
  const zero = f32x4.splat(0)
  const lanes: usize = (<usize>((hidden + 15) >> 4)) << 6
  for (let b = from; b < to; b++) {
    const mine = counts + <usize>b * lanes
    let sum = zero
    let squares = zero
    for (let h: usize = 0; h < lanes; h += 16) {
      const n = v128.load(mine + h)
      sum = f32x4.add(sum, n)
      squares = f32x4.add(squares, f32x4.mul(n, n))
    }
    // counts are small whole numbers: these sums are exact in any order
    store<f64>(sums + ((<usize>b) << 4), addLanes(sum))
    store<f64>(sums + ((<usize>b) << 4), addLanes(squares), 8)
  }
}

function addLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3)
}
