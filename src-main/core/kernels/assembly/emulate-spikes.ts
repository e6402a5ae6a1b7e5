// First spikes of an emulated chip's network with exact input times, sample by sample: events from the host and from delay
// units into the hidden layer, its spikes into the outputs, and what the event link tells of them.
// Meaning: emulator/lif-reference.ts; memory: emulate-spikes-layout.ts.
import { layer } from './emulate-spikes-layer'
import {
  DELAY_US,
  HIDDEN,
  HIDDEN_DELAYED,
  HIDDEN_DELAYS,
  HIDDEN_ROW,
  HIDDEN_UNITS,
  HIDDEN_WEIGHTS,
  INPUTS,
  INPUT_DELAYED,
  INPUT_DELAYS,
  JITTER_US,
  NOISE,
  NOISE_MASK,
  OUTPUTS,
  OUTPUT_ROW,
  OUTPUT_UNITS,
  OUTPUT_WEIGHTS,
  ROW_JITTER,
  ROW_OUTPUT,
  ROW_START,
  SEED,
  STAMP_US
} from './emulate-spikes-layout'
import { noiseKey, noiseRow } from './noise'

/** keeps an event in its place by time */
function insert(events: usize, count: i32, time: f32, row: i32): void {
  let k = count
  while (k > 0 && load<f32>(events + ((<usize>(k - 1)) << 3)) > time) {
    store<u64>(events + ((<usize>k) << 3), load<u64>(events + ((<usize>(k - 1)) << 3)))
    k--
  }
  store<f32>(events + ((<usize>k) << 3), time)
  store<i32>(events + ((<usize>k) << 3), row, 4)
}

/** when the delay unit of source k fired; what the event link tells of it goes to `told` */
function delayUnit(t: f32, k: i32, delays: usize, noise: usize, jitter: f32, step: f64, told: usize): f32 {
  const at: usize = (<usize>k) << 2
  const fired = t + load<f32>(delays + at) + jitter * load<f32>(noise + at)
  store<f64>(told + (at << 1), Math.floor(<f64>fired / step) * step)
  return fired
}

function stamp(times: usize, units: i32, step: f64, to: usize): void {
  for (let u = 0; u < units; u++) {
    const t = <f64>load<f32>(times + ((<usize>u) << 2))
    store<f64>(to + ((<usize>u) << 3), t == Infinity ? t : Math.floor(t / step) * step)
  }
}

/**
 * Samples index[from … to) of a presentation. Inputs as first-spike.ts has them, `unitUs` is their unit of time.
 * @param hiddenTimes, outputTimes f64 [batch][units], µs: what the chip's event link delivered, Infinity: nothing
 * @param list scratch for events, 8 bytes each @param exact f32 scratch of a layer's units
 */
export function emulateSpikes(
  block: usize,
  start: usize,
  times: usize,
  inputs: usize,
  unitUs: f64,
  index: usize,
  from: i32,
  to: i32,
  trial: i32,
  hiddenTimes: usize,
  outputTimes: usize,
  list: usize,
  exact: usize,
  scratch: usize
): void {
  const hidden = load<i32>(block, HIDDEN)
  const outputs = load<i32>(block, OUTPUTS)
  const step = <f64>load<f32>(block, STAMP_US)
  const delay = load<f32>(block, DELAY_US)
  const noise: usize = load<usize>(block, NOISE)
  const mask = load<i32>(block, NOISE_MASK)
  const inputDelays: usize = load<usize>(block, INPUT_DELAYS)
  const hiddenDelays: usize = load<usize>(block, HIDDEN_DELAYS)
  const jitter = load<f32>(block, JITTER_US)
  const sources = load<i32>(block, INPUTS)
  for (let b = from; b < to; b++) {
    const sample = load<i32>(index + ((<usize>b) << 2))
    const key = noiseKey(load<i32>(block, SEED), trial, sample)
    const jitterIn: usize = noise + <usize>noiseRow(key, ROW_JITTER, mask)
    const jitterHidden: usize = noise + <usize>noiseRow(key, ROW_JITTER + 1, mask)
    const first = load<i32>(start + ((<usize>sample) << 2))
    const last = load<i32>(start + ((<usize>sample) << 2), 4)
    let count = 0
    const inputTold: usize = <usize>load<usize>(block, INPUT_DELAYED) + ((<usize>(b * sources)) << 3)
    const hiddenTold: usize = <usize>load<usize>(block, HIDDEN_DELAYED) + ((<usize>(b * hidden)) << 3)
    if (inputDelays) {
      for (let i = 0; i < sources; i++) store<f64>(inputTold + ((<usize>i) << 3), Infinity)
      for (let h = 0; h < hidden; h++) store<f64>(hiddenTold + ((<usize>h) << 3), Infinity)
    }
    for (let k = first; k < last; k++) {
      const i = load<i32>(inputs + ((<usize>k) << 2))
      let t = <f32>(Math.floor((load<f64>(times + ((<usize>k) << 3)) * unitUs) / step + 0.5) * step)
      // the delay unit's spike takes its way through the crossbar, too
      if (inputDelays) t = delayUnit(t, i, inputDelays, jitterIn, jitter, step, inputTold) + delay
      insert(list, count++, t, i)
    }
    layer(
      block,
      hidden,
      load<usize>(block, HIDDEN_UNITS),
      load<usize>(block, HIDDEN_WEIGHTS),
      load<usize>(block, HIDDEN_ROW),
      list,
      count,
      key,
      ROW_START,
      exact,
      scratch
    )
    stamp(exact, hidden, step, hiddenTimes + ((<usize>(b * hidden)) << 3))
    count = 0
    for (let h = 0; h < hidden; h++) {
      let t = load<f32>(exact + ((<usize>h) << 2))
      if (t == Infinity) continue
      if (hiddenDelays) t = delayUnit(t, h, hiddenDelays, jitterHidden, jitter, step, hiddenTold)
      insert(list, count++, t + delay, h)
    }
    layer(
      block,
      outputs,
      load<usize>(block, OUTPUT_UNITS),
      load<usize>(block, OUTPUT_WEIGHTS),
      load<usize>(block, OUTPUT_ROW),
      list,
      count,
      key,
      ROW_OUTPUT,
      exact,
      scratch
    )
    stamp(exact, outputs, step, outputTimes + ((<usize>(b * outputs)) << 3))
  }
}
