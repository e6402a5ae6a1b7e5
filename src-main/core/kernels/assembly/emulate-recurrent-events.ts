// Events of the hidden units of emulate-recurrent.ts: on their way to each other, to readouts and to the host.
import { E, I, STATE_BYTES } from './emulate-recurrent-layout'
import { fired } from './fired'
import { DELAY_SD, DELAY_US, KEY, LIST, NOISE, NOISE_MASK, ROW_DELAY, VECTORS } from './layout'
import { eventBits, eventKey } from './noise'

/** adds an event of one row of weights to the lines, at the step's beginning */
export function addRow(states: usize, vectors: i32, weights: usize): void {
  const zero = f32x4.splat(0)
  for (let j = 0; j < vectors; j++) {
    const w = v128.load(weights + ((<usize>j) << 4))
    const state: usize = states + <usize>j * STATE_BYTES
    v128.store(state, f32x4.add(v128.load(state, E), f32x4.pmax(zero, w)), E)
    v128.store(state, f32x4.add(v128.load(state, I), f32x4.pmin(zero, w)), I)
  }
}

/** when event k of the sample reaches the synapses that listen to it (readout.ts draws the same) */
function arrivalOf(block: usize, scratch: usize, k: i32): f32 {
  const mask = load<i32>(block, NOISE_MASK)
  const bits = eventBits(eventKey(load<i32>(scratch, KEY), ROW_DELAY), k) & ((mask << 2) | 3)
  const normal = load<f32>(load<usize>(block, NOISE) + ((<usize>bits) << 2))
  const late = load<f32>(block, DELAY_US) + load<f32>(block, DELAY_SD) * max<f32>(-4, min<f32>(4, normal))
  return load<f32>(scratch + load<usize>(block, LIST) + ((<usize>k) << 3)) + late
}

/**
 * Sends the events of a step, at its end: event outputs look at the units in their order, in whatever part of the step they
 * fired. None can have been missed, since the loop delay is longer than a step.
 * @param spikes where the host reads which units fired in this bin
 */
export function send(
  block: usize,
  scratch: usize,
  due: usize,
  dueBits: usize,
  arrivals: usize,
  spikes: usize,
  bin: i32,
  k: i32
): void {
  const words = (load<i32>(block, VECTORS) + 7) >> 3
  for (let n = 0; n < words; n++) {
    const word: usize = dueBits + ((<usize>n) << 2)
    let units = load<i32>(word)
    store<i32>(word, 0)
    while (units) {
      const unit = (n << 5) + ctz(units)
      const at: usize = (<usize>unit) << 2
      units &= units - 1
      const known = load<i32>(scratch)
      fired(block, scratch, unit, bin, k, load<f32>(due + at), spikes + at)
      if (load<i32>(scratch) == known) continue
      store<f32>(arrivals + ((<usize>known) << 2), arrivalOf(block, scratch, known))
    }
  }
}
