/** `full` of suite `surrogate`: the size that is trained, from weights and inputs of a small generator. */
import { referenceBackward, referenceForward } from '../training/surrogate/reference'
import type { Entry } from './document'
import { type Errors, FAR, largestOf } from './errors'
import type { VerifyTools } from './tools'
import { shapeOf, spikingModel } from './surrogate-case'
import { verifyKernels } from './surrogate-kernels'

/** x' = 1664525 x + 1013904223 mod 2^32 (Numerical Recipes' quick generator), as a number in [0, 1) */
function generator(seed: number): () => number {
  let x = seed >>> 0
  return () => (x = (Math.imul(1664525, x) + 1013904223) >>> 0) / 4294967296
}

export function verifyFull(entry: Entry, errors: Errors, tools: VerifyTools): void {
  const model = spikingModel(entry)
  const shape = shapeOf(entry)
  const { inputs, hidden, outputs, bins, batch } = shape
  const draw = generator(entry.get('lcg_seed').integer(0, 0xffffffff))
  const gain = entry.get('gain').number()
  const w1 = Float64Array.from({ length: inputs * hidden }, () => gain * (0.001 + 0.12 * (draw() - 0.5)))
  const w2 = Float64Array.from({ length: hidden * outputs }, () => gain * (0.002 + 0.06 * (draw() - 0.5)))
  const x = new Uint8Array(bins * batch * inputs)
  for (let b = 0; b < batch; b++) {
    for (let n = 0; n < inputs; n++) {
      if (draw() < 0.75) x[(Math.floor(draw() * bins * 0.6) * batch + b) * inputs + n] = 1
    }
  }
  const labels = Int32Array.from({ length: batch }, (_, b) => b % 10)

  const trace = referenceForward(model, shape, x, w1, w2)
  const gradient = referenceBackward(model, shape, x, w1, w2, labels, trace)
  errors.add('loss', gradient.loss - entry.get('loss').number(), 'loss_abs')
  verifyKernels(model, { shape, x, w1, w2, labels }, trace, null, gradient, errors, tools.kernels)

  const count = (spikes: ArrayLike<number>): number => Array.from(spikes).reduce((sum, s) => sum + s, 0)
  errors.add('spikes', count(x) - entry.get('n_input_spikes').number(), 'spikes')
  errors.add('spikes', count(trace.spikes) - entry.get('n_hidden_spikes').number(), 'spikes')
  const perSample = new Float64Array(batch)
  trace.spikes.forEach((s, k) => (perSample[Math.floor(k / hidden) % batch] += s))
  errors.arrays('spikes', perSample, entry.get('hidden_spikes_per_sample').array(batch), 'spikes')
  const same = tools.sha256(Uint8Array.from(trace.spikes)) === entry.get('spike_sha256').text()
  errors.add('spikes', same ? 0 : FAR, 'spikes')

  errors.arrays('trace', gradient.maxima, entry.get('max_over_time').array(batch, outputs), 'trace_abs')
  errors.arrays('time of the maximum', gradient.peaks, entry.get('argmax_time').array(batch, outputs), 'spikes')

  const sums = entry.get('checksum')
  checksum('w1', w1, sums, 'trace_abs', errors)
  checksum('w2', w2, sums, 'trace_abs', errors)
  checksum('hidden_mem', trace.recorded, sums, 'trace_abs', errors)
  checksum('readout_mem', trace.readout, sums, 'trace_abs', errors)
  checksum('grad_w1', gradient.hidden, sums, 'full.grad_rel_to_max', errors)
  checksum('grad_w2', gradient.output, sums, 'full.grad_rel_to_max', errors)

  const largest = largestOf(gradient.hidden)
  const limit = 'full.grad_rel_to_max'
  const name = 'gradient, full size'
  errors.arrays(name, gradient.hidden.subarray(0, hidden), entry.get('grad_w1_first_row').array(hidden), limit, largest)
  const column = Float64Array.from({ length: inputs }, (_, n) => gradient.hidden[n * hidden])
  errors.arrays(name, column, entry.get('grad_w1_col0').array(inputs), limit, largest)
  errors.relative(name, gradient.output, entry.get('grad_w2').array(hidden, outputs), limit)
}

/** sum, Σ of squares, Σ of sizes, and Σ weighted with a ramp, each relative to what its terms could add up to */
function checksum(key: string, values: Float64Array, file: Entry, limit: string, errors: Errors): void {
  let sum = 0
  let squares = 0
  let sizes = 0
  let ramp = 0
  values.forEach((value, k) => {
    sum += value
    squares += value * value
    sizes += Math.abs(value)
    ramp += value * ((k % 97) - 48)
  })
  const given = file.get(key)
  const name = limit === 'trace_abs' ? 'checksum of traces and weights' : 'checksum of gradients'
  errors.add(name, (sum - given.get('sum').number()) / sizes, limit)
  errors.add(name, (squares - given.get('sumsq').number()) / squares, limit)
  errors.add(name, (sizes - given.get('sumabs').number()) / sizes, limit)
  errors.add(name, (ramp - given.get('ramp').number()) / (48 * sizes), limit)
}
