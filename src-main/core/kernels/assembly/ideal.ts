// The ideal two-layer network, forward, f32. What it means: training/surrogate/reference.ts, in any of its orders: a unit
// that fires goes on from keep · membrane + shift, and, with `lag`, a current enters the membrane one bin later.
//
// Two blocks of 16 hidden units run through all bins of a sample with their currents in registers, so that eight sums are
// under way at once, and two blocks' weights (32 KB) serve all samples before the next ones' turn. A spike is work only where
// there is one. The rare order of a step that lets a current enter one bin later has a loop of its own (ideal-lagged.ts).
import { laggedBlock } from './ideal-lagged'
import { fired } from './ideal-spikes'

const BLOCK_SHIFT: usize = 6

// a pair's state; its constants lie with it, since the engine has no registers left for them
const CURRENTS: usize = 128,
  CONSTANTS: usize = 256
const ALPHA: usize = 256,
  BETA: usize = 272,
  ONE: usize = 288

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
 * @param scratch this thread's own: PAIR_BYTES (kernels/ideal.ts)
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
  v128.store(scratch, f32x4.splat(alpha), ALPHA)
  v128.store(scratch, f32x4.splat(beta), BETA)
  v128.store(scratch, f32x4.splat(1), ONE)
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
 * @param state of the two blocks: what is left of the membranes for the next bin (β V, or after
 *   a spike keep · β V + shift) and the currents
 */
function idealPair(
  bins: i32,
  weights: usize,
  otherWeights: usize,
  outputWeights: usize,
  outputRow: usize,
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
  state: usize
): void {
  const zero = f32x4.splat(0)
  for (let k: usize = 0; k < 64; k += 16) {
    v128.store(v + k, zero)
    v128.store(v + blockBytes + k, zero)
  }
  memory.fill(state, 0, CONSTANTS)
  const otherUnits = outputWeights + (outputRow << 4)
  let t = 0
  for (;;) {
    t = stretch(t + 1, bins, weights, otherWeights - weights, list, stimulus, v, blockBytes, state)
    if (t == bins) return
    const at = v + ((<usize>t) << BLOCK_SHIFT)
    const row = arrivals + <usize>t * outputRow
    fired(t, at, state, keep, shift, outputWeights, outputRow, row, counts, told)
    fired(t, at + blockBytes, state + 64, keep, shift, otherUnits, outputRow, row, counts + 64, told + listBytes)
  }
}

/**
 * Bins from t on until one in which a unit fires.
 * @returns that bin, or `bins`
 */
function stretch(
  t: i32,
  bins: i32,
  weights: usize,
  other: usize,
  list: usize,
  stimulus: usize,
  membrane: usize,
  blockBytes: usize,
  state: usize
): i32 {
  let i0 = v128.load(state, CURRENTS + 0),
    i1 = v128.load(state, CURRENTS + 16),
    i2 = v128.load(state, CURRENTS + 32),
    i3 = v128.load(state, CURRENTS + 48),
    i4 = v128.load(state, CURRENTS + 64),
    i5 = v128.load(state, CURRENTS + 80),
    i6 = v128.load(state, CURRENTS + 96),
    i7 = v128.load(state, CURRENTS + 112)
  let v = membrane + ((<usize>t) << BLOCK_SHIFT)
  let ends = stimulus + ((<usize>t) << 1)
  let e = list + <usize>load<u16>(ends - 2)
  for (; t < bins; t++) {
    const end = list + <usize>load<u16>(ends)
    for (; e < end; e++) {
      const w = weights + ((<usize>load<u8>(e)) << BLOCK_SHIFT)
      const x = w + other
      // the engine adds as late as it can; what is stored is added at once, or a sum would have no register left
      i7 = f32x4.add(i7, v128.load(x, 48))
      v128.store(state, i7, CURRENTS + 112)
      i0 = f32x4.add(i0, v128.load(w))
      i1 = f32x4.add(i1, v128.load(w, 16))
      i2 = f32x4.add(i2, v128.load(w, 32))
      i3 = f32x4.add(i3, v128.load(w, 48))
      i4 = f32x4.add(i4, v128.load(x))
      i5 = f32x4.add(i5, v128.load(x, 16))
      i6 = f32x4.add(i6, v128.load(x, 32))
    }
    const va = v128.load(state, ALPHA)
    const vb = v128.load(state, BETA)
    const u = v + blockBytes
    const v0 = f32x4.add(v128.load(state), i0)
    v128.store(v, v0)
    v128.store(state, f32x4.mul(vb, v0))
    i0 = f32x4.mul(va, i0)
    let most = v0
    const v1 = f32x4.add(v128.load(state, 16), i1)
    v128.store(v, v1, 16)
    v128.store(state, f32x4.mul(vb, v1), 16)
    i1 = f32x4.mul(va, i1)
    most = f32x4.pmax(most, v1)
    const v2 = f32x4.add(v128.load(state, 32), i2)
    v128.store(v, v2, 32)
    v128.store(state, f32x4.mul(vb, v2), 32)
    i2 = f32x4.mul(va, i2)
    most = f32x4.pmax(most, v2)
    const v3 = f32x4.add(v128.load(state, 48), i3)
    v128.store(v, v3, 48)
    v128.store(state, f32x4.mul(vb, v3), 48)
    i3 = f32x4.mul(va, i3)
    most = f32x4.pmax(most, v3)
    const v4 = f32x4.add(v128.load(state, 64), i4)
    v128.store(u, v4)
    v128.store(state, f32x4.mul(vb, v4), 64)
    i4 = f32x4.mul(va, i4)
    most = f32x4.pmax(most, v4)
    const v5 = f32x4.add(v128.load(state, 80), i5)
    v128.store(u, v5, 16)
    v128.store(state, f32x4.mul(vb, v5), 80)
    i5 = f32x4.mul(va, i5)
    most = f32x4.pmax(most, v5)
    const v6 = f32x4.add(v128.load(state, 96), i6)
    v128.store(u, v6, 32)
    v128.store(state, f32x4.mul(vb, v6), 96)
    i6 = f32x4.mul(va, i6)
    most = f32x4.pmax(most, v6)
    const v7 = f32x4.add(v128.load(state, 112), i7)
    v128.store(u, v7, 48)
    v128.store(state, f32x4.mul(vb, v7), 112)
    i7 = f32x4.mul(va, i7)
    most = f32x4.pmax(most, v7)
    if (i32x4.bitmask(f32x4.gt(most, v128.load(state, ONE))) != 0) break
    v += 64
    ends += 2
  }
  v128.store(state, i0, CURRENTS + 0)
  v128.store(state, i1, CURRENTS + 16)
  v128.store(state, i2, CURRENTS + 32)
  v128.store(state, i3, CURRENTS + 48)
  v128.store(state, i4, CURRENTS + 64)
  v128.store(state, i5, CURRENTS + 80)
  v128.store(state, i6, CURRENTS + 96)
  v128.store(state, i7, CURRENTS + 112)
  return t
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
