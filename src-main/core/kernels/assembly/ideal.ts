// The ideal two-layer network, forward, f32. What it means: training/surrogate/reference.ts, in any of its orders: a unit
// that fires goes on from keep · membrane + shift, and, with `lag`, a current enters the membrane one bin later.
//
// A block of 16 hidden units runs through all bins of a sample with its state in registers, and one block's weights
// (16 KB) serve all samples before the next block's turn. A spike is work for the readouts only where there is one.

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
 * readouts, f32[bin][outputWidth]; samples are `sampleBytes` apart.
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
  membrane: usize
): void {
  const blockBytes: usize = (<usize>bins) << BLOCK_SHIFT
  const readouts: usize = <usize>blocks * blockBytes
  const outputRow: usize = (<usize>outputWidth) << 2
  for (let b = from; b < to; b++) memory.fill(membrane + <usize>b * sampleBytes + readouts, 0, <usize>bins * outputRow)
  for (let block: usize = 0; block < <usize>blocks; block++) {
    const weights = hiddenWeights + ((block * <usize>inputs) << BLOCK_SHIFT)
    const ofBlock = outputWeights + (block << 4) * outputRow
    for (let b = from; b < to; b++) {
      const at = <usize>b * sampleBytes
      const sample = <usize>load<i32>(index + ((<usize>b) << 2))
      const stimulus = binStart + ((sample * <usize>(bins + 1)) << 1)
      const list = input + <usize>load<i32>(start + (sample << 2))
      const v = membrane + at + block * blockBytes
      idealBlock(
        bins,
        weights,
        ofBlock,
        outputRow,
        alpha,
        beta,
        lag,
        keep,
        shift,
        list,
        stimulus,
        v,
        membrane + at + readouts
      )
    }
  }
  for (let b = from; b < to; b++) {
    idealReadout(membrane + <usize>b * sampleBytes + readouts, bins, outputRow, alpha, beta, lag)
  }
}

/** one block of one sample; adds the output weights of what fires in a bin to that bin's row at `arrivals` */
function idealBlock(
  bins: i32,
  weights: usize,
  outputWeights: usize,
  outputRow: usize,
  alpha: f32,
  beta: f32,
  lag: bool,
  keep: f32,
  shift: f32,
  list: usize,
  stimulus: usize,
  v: usize,
  arrivals: usize
): void {
  const one = f32x4.splat(1)
  const va = f32x4.splat(alpha)
  const vb = f32x4.splat(beta)
  const zero = f32x4.splat(0)
  let i0 = zero,
    i1 = zero,
    i2 = zero,
    i3 = zero
  // what is left of the membrane for the next bin: β V, or after a spike keep · β V + shift
  let p0 = zero,
    p1 = zero,
    p2 = zero,
    p3 = zero
  v128.store(v, zero)
  v128.store(v, zero, 16)
  v128.store(v, zero, 32)
  v128.store(v, zero, 48)
  let e = list + <usize>load<u16>(stimulus)
  for (let t = 1; t < bins; t++) {
    stimulus += 2
    v += 64
    arrivals += outputRow
    const end = list + <usize>load<u16>(stimulus)
    if (lag) {
      p0 = f32x4.add(p0, i0)
      p1 = f32x4.add(p1, i1)
      p2 = f32x4.add(p2, i2)
      p3 = f32x4.add(p3, i3)
      i0 = f32x4.mul(i0, va)
      i1 = f32x4.mul(i1, va)
      i2 = f32x4.mul(i2, va)
      i3 = f32x4.mul(i3, va)
    }
    for (; e < end; e++) {
      const w = weights + ((<usize>load<u8>(e)) << BLOCK_SHIFT)
      i0 = f32x4.add(i0, v128.load(w))
      i1 = f32x4.add(i1, v128.load(w, 16))
      i2 = f32x4.add(i2, v128.load(w, 32))
      i3 = f32x4.add(i3, v128.load(w, 48))
    }
    if (!lag) {
      p0 = f32x4.add(p0, i0)
      p1 = f32x4.add(p1, i1)
      p2 = f32x4.add(p2, i2)
      p3 = f32x4.add(p3, i3)
      i0 = f32x4.mul(i0, va)
      i1 = f32x4.mul(i1, va)
      i2 = f32x4.mul(i2, va)
      i3 = f32x4.mul(i3, va)
    }
    v128.store(v, p0)
    v128.store(v, p1, 16)
    v128.store(v, p2, 32)
    v128.store(v, p3, 48)
    const s0 = f32x4.gt(p0, one)
    const s1 = f32x4.gt(p1, one)
    const s2 = f32x4.gt(p2, one)
    const s3 = f32x4.gt(p3, one)
    p0 = f32x4.mul(vb, p0)
    p1 = f32x4.mul(vb, p1)
    p2 = f32x4.mul(vb, p2)
    p3 = f32x4.mul(vb, p3)
    if (v128.any_true(v128.or(v128.or(s0, s1), v128.or(s2, s3)))) {
      // with a lag, the current that is to enter next is reset too (order A multiplies it by 1 − S)
      p0 = v128.bitselect(afterSpike(p0, i0, lag, keep, shift), p0, s0)
      p1 = v128.bitselect(afterSpike(p1, i1, lag, keep, shift), p1, s1)
      p2 = v128.bitselect(afterSpike(p2, i2, lag, keep, shift), p2, s2)
      p3 = v128.bitselect(afterSpike(p3, i3, lag, keep, shift), p3, s3)
      for (let unit: usize = 0; unit < 16; unit++) {
        if (load<f32>(v + (unit << 2)) <= 1) continue
        const w = outputWeights + unit * outputRow
        for (let o: usize = 0; o < outputRow; o += 16) {
          v128.store(arrivals + o, f32x4.add(v128.load(arrivals + o), v128.load(w + o)))
        }
      }
    }
  }
}

function afterSpike(p: v128, entering: v128, lag: bool, keep: f32, shift: f32): v128 {
  const left = f32x4.add(f32x4.mul(f32x4.splat(keep), p), f32x4.splat(shift))
  return lag ? f32x4.sub(left, entering) : left
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
