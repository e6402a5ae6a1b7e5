// Input spikes on their way to the hidden units' lines.
import { KEY_INPUT, LOSS, STATE_BYTES, WEIGHTS, WEIGHT_ROW, X, Y } from './layout'
import { eventBits } from './noise'

/** adds the bin's input spikes to the lines, 16 units at a time in registers */
function addInput(states: usize, groups: i32, weights: usize, row: usize, from: usize, to: usize): void {
  const zero = f32x4.splat(0)
  for (let g = 0; g < groups; g++) {
    const state: usize = states + <usize>g * (4 * STATE_BYTES)
    const column: usize = weights + ((<usize>g) << 6)
    let x0 = v128.load(state, X),
      x1 = v128.load(state, 48 + X),
      x2 = v128.load(state, 96 + X),
      x3 = v128.load(state, 144 + X)
    let y0 = v128.load(state, Y),
      y1 = v128.load(state, 48 + Y),
      y2 = v128.load(state, 96 + Y),
      y3 = v128.load(state, 144 + Y)
    for (let p = from; p < to; p++) {
      const w: usize = column + <usize>load<u8>(p) * row
      const w0 = v128.load(w),
        w1 = v128.load(w, 16),
        w2 = v128.load(w, 32),
        w3 = v128.load(w, 48)
      x0 = f32x4.add(x0, f32x4.pmax(zero, w0))
      y0 = f32x4.add(y0, f32x4.pmin(zero, w0))
      x1 = f32x4.add(x1, f32x4.pmax(zero, w1))
      y1 = f32x4.add(y1, f32x4.pmin(zero, w1))
      x2 = f32x4.add(x2, f32x4.pmax(zero, w2))
      y2 = f32x4.add(y2, f32x4.pmin(zero, w2))
      x3 = f32x4.add(x3, f32x4.pmax(zero, w3))
      y3 = f32x4.add(y3, f32x4.pmin(zero, w3))
    }
    v128.store(state, x0, X)
    v128.store(state, x1, 48 + X)
    v128.store(state, x2, 96 + X)
    v128.store(state, x3, 144 + X)
    v128.store(state, y0, Y)
    v128.store(state, y1, 48 + Y)
    v128.store(state, y2, 96 + Y)
    v128.store(state, y3, 144 + Y)
  }
}

/** the input spikes from … to of the sample's list, without those that the link to the chip loses */
export function takeInput(
  block: usize,
  scratch: usize,
  states: usize,
  groups: i32,
  list: usize,
  from: usize,
  to: usize
): void {
  const weights: usize = load<usize>(block, WEIGHTS),
    row: usize = load<usize>(block, WEIGHT_ROW)
  let first = from
  for (let p = from; p < to; p++) {
    // read each time: the engine would compute it anew in each turn
    if (<u32>eventBits(load<i32>(scratch, KEY_INPUT), <i32>(p - list)) >= load<u32>(block, LOSS)) continue
    if (p > first) addInput(states, groups, weights, row, first, p)
    first = p + 1
  }
  if (to > first) addInput(states, groups, weights, row, first, to)
}
