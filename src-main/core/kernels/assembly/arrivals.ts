// Input spikes by the input that they come from: what a block's weight gradient is gathered by.
//
// A piece of a batch has rows, one a sample and bin: row b · bins + t. An input spike of bin t enters the current of the
// sample's row t + 1. Here an input's rows lie together, in the order of the samples and of time, so that its gradient is
// summed in registers, and in that order.

/**
 * How many rows lie before those of each piece of `samples` samples.
 * @param first i32[pieces]
 * @returns how many there are in all
 */
export function arrivalPieces(count: i32, samples: i32, bins: i32, binStart: usize, index: usize, first: usize): i32 {
  let total = 0
  for (let b = 0; b < count; b++) {
    if (b % samples == 0) store<i32>(first + ((<usize>(b / samples)) << 2), total)
    const bin = binStart + ((<usize>load<i32>(index + ((<usize>b) << 2)) * <usize>(bins + 1)) << 1)
    total += <i32>load<u16>(bin + ((<usize>(bins - 1)) << 1)) - <i32>load<u16>(bin)
  }
  return total
}

/**
 * Samples from … to as one piece.
 * @param ends i32[inputs]: where an input's rows end in `rows`; the next one's begin there
 * @param rows u16: row of each spike, counted from the piece's first
 */
export function arrivalRows(
  from: i32,
  to: i32,
  bins: i32,
  inputs: i32,
  input: usize,
  start: usize,
  binStart: usize,
  index: usize,
  ends: usize,
  rows: usize
): void {
  const last: usize = (<usize>(bins - 1)) << 1
  memory.fill(ends, 0, (<usize>inputs) << 2)
  for (let b = from; b < to; b++) {
    const sample = <usize>load<i32>(index + ((<usize>b) << 2))
    const bin = binStart + ((sample * <usize>(bins + 1)) << 1)
    const list = input + <usize>load<i32>(start + (sample << 2))
    const end = list + <usize>load<u16>(bin + last)
    for (let e = list + <usize>load<u16>(bin); e < end; e++) {
      const at = ends + ((<usize>load<u8>(e)) << 2)
      store<i32>(at, load<i32>(at) + 1)
    }
  }
  let total = 0
  for (let n = 0; n < inputs; n++) {
    const at = ends + ((<usize>n) << 2)
    const count = load<i32>(at)
    store<i32>(at, total)
    total += count
  }
  for (let b = from; b < to; b++) {
    const sample = <usize>load<i32>(index + ((<usize>b) << 2))
    const bin = binStart + ((sample * <usize>(bins + 1)) << 1)
    const list = input + <usize>load<i32>(start + (sample << 2))
    let row = (b - from) * bins
    let e = list + <usize>load<u16>(bin)
    for (let t: usize = 2; t <= last; t += 2) {
      row++
      const end = list + <usize>load<u16>(bin + t)
      for (; e < end; e++) {
        const at = ends + ((<usize>load<u8>(e)) << 2)
        const place = load<i32>(at)
        store<i32>(at, place + 1)
        store<u16>(rows + ((<usize>place) << 1), <u16>row)
      }
    }
  }
}

/** adds the rows f32[row][16] of each input, in their order, to its gradient f32[inputs][16] */
export function gatherRows(inputs: i32, ends: usize, rows: usize, adjoint: usize, gradient: usize): void {
  let at = rows
  for (let n = 0; n < inputs; n++) {
    const end = rows + ((<usize>load<i32>(ends)) << 1)
    ends += 4
    if (at < end) {
      let g0 = v128.load(gradient),
        g1 = v128.load(gradient, 16),
        g2 = v128.load(gradient, 32),
        g3 = v128.load(gradient, 48)
      for (; at + 2 < end; at += 4) {
        const d = adjoint + ((<usize>load<u16>(at)) << 6)
        const e = adjoint + ((<usize>load<u16>(at, 2)) << 6)
        g0 = f32x4.add(f32x4.add(g0, v128.load(d)), v128.load(e))
        g1 = f32x4.add(f32x4.add(g1, v128.load(d, 16)), v128.load(e, 16))
        g2 = f32x4.add(f32x4.add(g2, v128.load(d, 32)), v128.load(e, 32))
        g3 = f32x4.add(f32x4.add(g3, v128.load(d, 48)), v128.load(e, 48))
      }
      if (at < end) {
        const d = adjoint + ((<usize>load<u16>(at)) << 6)
        g0 = f32x4.add(g0, v128.load(d))
        g1 = f32x4.add(g1, v128.load(d, 16))
        g2 = f32x4.add(g2, v128.load(d, 32))
        g3 = f32x4.add(g3, v128.load(d, 48))
        at += 2
      }
      v128.store(gradient, g0)
      v128.store(gradient, g1, 16)
      v128.store(gradient, g2, 32)
      v128.store(gradient, g3, 48)
    }
    gradient += 64
  }
}
