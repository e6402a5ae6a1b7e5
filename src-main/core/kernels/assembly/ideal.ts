// The ideal two-layer network, forward, f32. What it means: training/surrogate/reference.ts, in any of its orders: a unit
// that fires goes on from keep · membrane + shift, and, with `lag`, a current enters the membrane one bin later.
//
// Two blocks of 16 hidden units run through all bins of a sample with their currents in registers, so that eight sums are
// under way at once, and two blocks' weights (32 KB) serve all samples before the next ones' turn. A spike is work only where
// there is one. The rare order of a step that lets a current enter one bin later has a loop of its own (ideal-lagged.ts).
import { laggedBlock } from './ideal-lagged'
import { fired } from './ideal-spikes'

const BLOCK_SHIFT: usize = 6

/** puts rows of weights f32[inputs][width] into blocks, f32[block][inputs][16]: rows from … to of blocks of 4 groups */
export function blockRows(rows: usize, width: i32, blocks: usize, inputs: i32, from: i32, to: i32): void {
  const row: usize = (<usize>width) << 2
  const block: usize = (<usize>inputs) << BLOCK_SHIFT
  for (let n = from; n < to; n++) {
    const source = rows + <usize>n * row
    const target = blocks + ((<usize>n) << BLOCK_SHIFT)
    for (let h: usize = 0; h < row; h += 16) {
      v128.store(target + (h >> BLOCK_SHIFT) * block + (h & 63), v128.load(source + h))
    }
  }
}

/**
 * Presents samples index[from … to) and writes their membranes: hidden units in blocks, f32[block][bin][16], then the
 * readouts, f32[bin][outputWidth]; samples are `sampleBytes` apart. Tells the spikes as `spikeCounts` (losses.ts) does.
 * @param blocks of hidden units; weights and membranes have an even number of them
 * @param scratch this thread's own: f32[32]
 */
export function idealForward(
  from: i32,
  to: i32,
  bins: i32,
  blocks: i32,
  inputs: i32,
  outputWidth: i32,
  hiddenWeights: usize,
  outputWeights: usize,
  alpha: f32,
  beta: f32,
  lag: bool,
  keep: f32,
  shift: f32,
  input: usize,
  start: usize,
  binStart: usize,
  index: usize,
  sampleBytes: usize,
  membrane: usize,
  spikeCounts: usize,
  spikeLists: usize,
  scratch: usize
): void {
  const blockBytes: usize = (<usize>bins) << BLOCK_SHIFT
  const readouts: usize = <usize>((blocks + 1) & ~1) * blockBytes
  const outputRow: usize = (<usize>outputWidth) << 2
  const countsRow: usize = (<usize>blocks) << BLOCK_SHIFT
  const listBytes: usize = (<usize>(bins + 1)) << 2
  for (let b = from; b < to; b++) {
    memory.fill(membrane + <usize>b * sampleBytes + readouts, 0, <usize>bins * outputRow)
    memory.fill(spikeCounts + <usize>b * countsRow, 0, countsRow)
  }
  for (let block: usize = 0; block < <usize>blocks; block += 2) {
    const weights = hiddenWeights + ((block * <usize>inputs) << BLOCK_SHIFT)
    const ofBlock = outputWeights + (block << 4) * outputRow
    for (let b = from; b < to; b++) {
      const at = membrane + <usize>b * sampleBytes
      const sample = <usize>load<i32>(index + ((<usize>b) << 2))
      const stimulus = binStart + ((sample * <usize>(bins + 1)) << 1)
      const list = input + <usize>load<i32>(start + (sample << 2))
      const v = at + block * blockBytes
      const counts = spikeCounts + <usize>b * countsRow + (block << BLOCK_SHIFT)
      const told = spikeLists + (<usize>b * <usize>blocks + block) * listBytes
      const arrivals = at + readouts
      store<i32>(told, 0)
      if (block + 1 < <usize>blocks) store<i32>(told + listBytes, 0)
      if (!lag) {
        idealPair(
          bins,
          weights,
          weights + ((<usize>inputs) << BLOCK_SHIFT),
          ofBlock,
          outputRow,
          alpha,
          beta,
          keep,
          shift,
          list,
          stimulus,
          v,
          blockBytes,
          arrivals,
          counts,
          told,
          listBytes,
          scratch
        )
        continue
      }
      for (let k: usize = 0; k < 2 && block + k < <usize>blocks; k++) {
        laggedBlock(
          bins,
          weights + ((k * <usize>inputs) << BLOCK_SHIFT),
          ofBlock + (k << 4) * outputRow,
          outputRow,
          alpha,
          beta,
          keep,
          shift,
          list,
          stimulus,
          v + k * blockBytes,
          arrivals,
          counts + (k << BLOCK_SHIFT),
          told + k * listBytes
        )
      }
    }
  }
  for (let b = from; b < to; b++) {
    idealReadout(membrane + <usize>b * sampleBytes + readouts, bins, outputRow, alpha, beta, lag)
  }
}

/**
 * Two blocks of one sample; adds the output weights of what fires in a bin to that bin's row at `arrivals`.
 * @param scratch f32[32]: what is left of the membranes for the next bin, β V, or after a spike keep · β V + shift
 */
function idealPair(
  bins: i32,
  weights: usize,
  otherWeights: usize,
  outputWeights: usize,
  outputRow: usize,
  alpha: f32,
  beta: f32,
  keep: f32,
  shift: f32,
  list: usize,
  stimulus: usize,
  v: usize,
  blockBytes: usize,
  arrivals: usize,
  counts: usize,
  told: usize,
  listBytes: usize,
  scratch: usize
): void {
  const one = f32x4.splat(1)
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  const zero = f32x4.splat(0)
  const other = otherWeights - weights
  let u = v + blockBytes
  for (let k: usize = 0; k < 64; k += 16) {
    v128.store(v + k, zero)
    v128.store(u + k, zero)
    v128.store(scratch + k, zero)
    v128.store(scratch + k, zero, 64)
  }
  let i0 = zero,
    i1 = zero,
    i2 = zero,
    i3 = zero,
    i4 = zero,
    i5 = zero,
    i6 = zero,
    i7 = zero
  let e = list + <usize>load<u16>(stimulus)
  for (let t = 1; t < bins; t++) {
    stimulus += 2
    v += 64
    u += 64
    const end = list + <usize>load<u16>(stimulus)
    for (; e < end; e++) {
      const w = weights + ((<usize>load<u8>(e)) << BLOCK_SHIFT)
      i0 = f32x4.add(i0, v128.load(w))
      i1 = f32x4.add(i1, v128.load(w, 16))
      i2 = f32x4.add(i2, v128.load(w, 32))
      i3 = f32x4.add(i3, v128.load(w, 48))
      const x = w + other
      i4 = f32x4.add(i4, v128.load(x))
      i5 = f32x4.add(i5, v128.load(x, 16))
      i6 = f32x4.add(i6, v128.load(x, 32))
      i7 = f32x4.add(i7, v128.load(x, 48))
    }
    const v0 = f32x4.add(v128.load(scratch), i0)
    v128.store(v, v0)
    v128.store(scratch, f32x4.mul(vb, v0))
    i0 = f32x4.mul(va, i0)
    let most = v0
    const v1 = f32x4.add(v128.load(scratch, 16), i1)
    v128.store(v, v1, 16)
    v128.store(scratch, f32x4.mul(vb, v1), 16)
    i1 = f32x4.mul(va, i1)
    most = f32x4.pmax(most, v1)
    const v2 = f32x4.add(v128.load(scratch, 32), i2)
    v128.store(v, v2, 32)
    v128.store(scratch, f32x4.mul(vb, v2), 32)
    i2 = f32x4.mul(va, i2)
    most = f32x4.pmax(most, v2)
    const v3 = f32x4.add(v128.load(scratch, 48), i3)
    v128.store(v, v3, 48)
    v128.store(scratch, f32x4.mul(vb, v3), 48)
    i3 = f32x4.mul(va, i3)
    most = f32x4.pmax(most, v3)
    const v4 = f32x4.add(v128.load(scratch, 64), i4)
    v128.store(u, v4)
    v128.store(scratch, f32x4.mul(vb, v4), 64)
    i4 = f32x4.mul(va, i4)
    most = f32x4.pmax(most, v4)
    const v5 = f32x4.add(v128.load(scratch, 80), i5)
    v128.store(u, v5, 16)
    v128.store(scratch, f32x4.mul(vb, v5), 80)
    i5 = f32x4.mul(va, i5)
    most = f32x4.pmax(most, v5)
    const v6 = f32x4.add(v128.load(scratch, 96), i6)
    v128.store(u, v6, 32)
    v128.store(scratch, f32x4.mul(vb, v6), 96)
    i6 = f32x4.mul(va, i6)
    most = f32x4.pmax(most, v6)
    const v7 = f32x4.add(v128.load(scratch, 112), i7)
    v128.store(u, v7, 48)
    v128.store(scratch, f32x4.mul(vb, v7), 112)
    i7 = f32x4.mul(va, i7)
    most = f32x4.pmax(most, v7)
    if (i32x4.bitmask(f32x4.gt(most, one)) != 0) {
      const row = arrivals + <usize>t * outputRow
      fired(t, v, scratch, keep, shift, outputWeights, outputRow, row, counts, told)
      const otherUnits = outputWeights + (outputRow << 4)
      fired(t, u, scratch + 64, keep, shift, otherUnits, outputRow, row, counts + 64, told + listBytes)
    }
  }
}

/** turns what arrives at the readouts in each bin into their membranes, in place */
function idealReadout(readouts: usize, bins: i32, outputRow: usize, alpha: f32, beta: f32, lag: bool): void {
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  for (let o: usize = 0; o < outputRow; o += 16) {
    let row = readouts + o
    let v = f32x4.splat(0)
    let current = f32x4.splat(0)
    for (let t = 0; t < bins; t++) {
      const arriving = v128.load(row)
      v128.store(row, v)
      const next = f32x4.add(current, arriving)
      v = f32x4.add(f32x4.mul(vb, v), lag ? current : next)
      current = lag ? f32x4.add(f32x4.mul(va, current), arriving) : f32x4.mul(va, next)
      row += outputRow
    }
  }
}
