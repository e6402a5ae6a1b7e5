// The readout of the in-the-loop network. Meaning: emulator/network/reference.ts.
import { convert } from './converter'
import {
  ROW_READOUT_START,
  ROW_READOUT,
  ROW_READOUT_READ,
  HIDDEN,
  OUTPUTS,
  READOUT_VECTORS,
  BINS,
  STRIDE,
  READOUTS,
  OUTPUT_WEIGHTS,
  NOISE,
  NOISE_MASK,
  RESPONSES,
  ARRIVALS,
  LIST,
  BIN_US,
  DELAY_US,
  DELAY_SD,
  GRID,
  PM,
  NOISE_SD,
  R_PE,
  R_PI,
  R_KE,
  R_KI,
  R_NOISE_SD,
  READOUT_BYTES,
  R_RANGE_E,
  R_RANGE_I,
  ARRIVAL_BYTES,
  ROW_DELAY,
  READS
} from './layout'
import { eventBits, eventKey, noiseRow } from './noise'
import { passed } from './stage'

/**
 * The readout units through one sample. They do not fire, so only the ends of bins matter: each hidden spike adds, at
 * the end of the bin in which it arrives, what its current and membrane response are by then (table over the time left).
 * Of all that reaches the membrane in a bin, the input stages pass the share for the mean of their lines at its ends.
 */
export function readoutLayer(block: usize, scratch: usize, key: i32, membrane: usize): void {
  const vectors = load<i32>(block, READOUT_VECTORS),
    outputs = load<i32>(block, OUTPUTS)
  const last = load<i32>(block, BINS) - 1
  const noise: usize = load<usize>(block, NOISE),
    mask = load<i32>(block, NOISE_MASK)
  const arrivals: usize = scratch + load<usize>(block, ARRIVALS),
    responses: usize = load<usize>(block, RESPONSES)
  const zero = f32x4.splat(0),
    half = f32x4.splat(0.5)
  const bytes: usize = <usize>vectors * ARRIVAL_BYTES
  memory.fill(arrivals, 0, <usize>last * bytes)

  const grid = load<i32>(block, GRID),
    binUs = load<f32>(block, BIN_US),
    delay = load<f32>(block, DELAY_US),
    delaySd = load<f32>(block, DELAY_SD)
  const list: usize = scratch + load<usize>(block, LIST),
    count = load<i32>(scratch)
  const weights: usize = load<usize>(block, OUTPUT_WEIGHTS)
  for (let k = 0; k < count; k++) {
    const entry: usize = list + ((<usize>k) << 3)
    const normal = load<f32>(noise + ((<usize>(eventBits(eventKey(key, ROW_DELAY), k) & ((mask << 2) | 3))) << 2))
    const late = delay + delaySd * max<f32>(-4, min<f32>(4, normal))
    const arrival: f32 = (load<f32>(entry) + late) / binUs
    const bin = <i32>arrival
    if (bin >= last) continue
    const left: f32 = (<f32>(bin + 1) - arrival) * <f32>grid
    const cell = min(<i32>left, grid - 1)
    const part = f32x4.splat(left - <f32>cell)
    let to: usize = arrivals + <usize>bin * bytes
    let response: usize = responses + ((<usize>(cell * vectors)) << 6)
    let weight: usize = weights + ((<usize>((load<i32>(entry, 4) & 0x7fffffff) * vectors)) << 4)
    const next: usize = (<usize>vectors) << 6
    for (let r = 0; r < vectors; r++) {
      const w = v128.load(weight)
      const exc = f32x4.pmax(zero, w),
        inh = f32x4.pmin(zero, w)
      const above: usize = response + next
      let a = v128.load(response),
        b = v128.load(response, 16),
        c = v128.load(response, 32),
        d = v128.load(response, 48)
      a = f32x4.add(a, f32x4.mul(part, f32x4.sub(v128.load(above), a)))
      b = f32x4.add(b, f32x4.mul(part, f32x4.sub(v128.load(above, 16), b)))
      c = f32x4.add(c, f32x4.mul(part, f32x4.sub(v128.load(above, 32), c)))
      d = f32x4.add(d, f32x4.mul(part, f32x4.sub(v128.load(above, 48), d)))
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(exc, a)))
      v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(exc, b)), 16)
      v128.store(to, f32x4.add(v128.load(to, 32), f32x4.mul(inh, c)), 32)
      v128.store(to, f32x4.add(v128.load(to, 48), f32x4.mul(inh, d)), 48)
      to += ARRIVAL_BYTES
      response += 64
      weight += 16
    }
  }

  const stride: usize = load<usize>(block, STRIDE)
  const first: usize = (<usize>load<i32>(block, HIDDEN)) << 2
  for (let r = 0; r < vectors; r++) {
    const unit: usize = load<usize>(block, READOUTS) + <usize>r * READOUT_BYTES
    const offset: usize = (<usize>r) << 4
    const lanes = min(4, outputs - (r << 2))
    let v = f32x4.mul(
      v128.load(noise + <usize>noiseRow(key, ROW_READOUT_START, mask) + offset),
      v128.load(unit, R_NOISE_SD)
    )
    let e = zero,
      i = zero
    for (let t = 0; t <= last; t++) {
      if (t > 0) {
        const n = v128.load(noise + <usize>noiseRow(key, ROW_READOUT + t, mask) + offset)
        const from: usize = arrivals + <usize>(t - 1) * bytes + <usize>r * ARRIVAL_BYTES
        const e1 = f32x4.add(f32x4.mul(e, v128.load(unit, R_PE)), v128.load(from, 16))
        const i1 = f32x4.add(f32x4.mul(i, v128.load(unit, R_PI)), v128.load(from, 48))
        const exc = f32x4.add(f32x4.mul(e, v128.load(unit, R_KE)), v128.load(from))
        const inh = f32x4.add(f32x4.mul(i, v128.load(unit, R_KI)), v128.load(from, 32))
        const passedExc = f32x4.mul(
          exc,
          passed(f32x4.mul(f32x4.mul(half, f32x4.add(e, e1)), v128.load(unit, R_RANGE_E)))
        )
        const passedInh = f32x4.mul(
          inh,
          passed(f32x4.mul(f32x4.mul(half, f32x4.add(i, i1)), v128.load(unit, R_RANGE_I)))
        )
        v = f32x4.add(f32x4.mul(v, v128.load(unit, PM)), f32x4.add(passedExc, passedInh))
        v = f32x4.add(v, f32x4.mul(n, v128.load(unit, NOISE_SD)))
        e = e1
        i = i1
      }
      // lane by lane: the next row begins right after the last output
      v128.store(
        scratch,
        convert(v, unit, v128.load(noise + <usize>noiseRow(key, ROW_READOUT_READ + t, mask) + offset)),
        READS
      )
      const to: usize = <usize>t * stride + first + offset
      for (let lane = 0; lane < lanes; lane++) {
        store<f32>(membrane + to + ((<usize>lane) << 2), load<f32>(scratch + ((<usize>lane) << 2), READS))
      }
    }
  }
}
