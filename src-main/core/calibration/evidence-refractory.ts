/**
 * The refractory time, for the eye. The routine computes registers and reads them back; here the neuron is made to fire by
 * a leak above its threshold, and the fast converter's trace between two spikes is split where the membrane is let go: an
 * approach to the reset before, one to the leak after (least squares over the place of the split).
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../emulator/chip-port'
import { exp } from '../numerics/functions'
import { type ExponentialFit, fitExponential } from '../statistics/fits'
import type { Bench } from './bench'
import { residualSd, type Evidence } from './evidence-fit'
import { HIGHEST_CODE } from './settings'

/** codes added to the leak: about 120 CADC LSB */
const LEAK_SHIFT = 450
/** the next spike is waited for so long, membrane time constants on top of two refractory times */
const WAIT = 12
/** samples that a part needs for its curve */
const LEAST = 12
const COARSE = 60

/** @returns a trace without a fit where the neuron does not fire twice */
export function refractoryEvidence(bench: Bench, neuron: number): Evidence {
  const { port } = bench
  const restore = bench.hold({ cells: ['leak'] })
  const leak = port.readNeuron('leak').slice()
  leak[neuron] = Math.min(HIGHEST_CODE, leak[neuron] + LEAK_SHIFT)
  bench.write('leak', leak)
  const span = 2 * bench.longest('refractory_time') + WAIT * bench.longest('tau_mem')
  const durationUs = MADC_INVALID_US + 2 * span
  const recording = port.run({
    durationUs,
    spikes: true,
    trace: { source: 'membrane', fromUs: 0, toUs: durationUs, neurons: [neuron], live: true }
  })
  restore()
  const { timeUs, neuron: who } = recording.spikes
  const own = Array.from(timeUs).filter((t, k) => who[k] === neuron && t >= MADC_INVALID_US)
  const trace = recording.traces.slice(0, recording.traceSamples)
  const none = { stepUs: MADC_STEP_US, fitted: 0, fit: null, residualSd: NaN }
  if (own.length < 2) return { ...none, samples: trace.slice(Math.ceil(MADC_INVALID_US / MADC_STEP_US)) }
  const first = Math.ceil(own[0] / MADC_STEP_US)
  const samples = trace.slice(first, Math.floor(own[1] / MADC_STEP_US))
  if (samples.length < 4 * LEAST) return { ...none, samples }
  const split = bestSplit(samples)
  const curve = parts(samples, split).curve
  const value = (first + split) * MADC_STEP_US - own[0]
  return {
    samples,
    stepUs: MADC_STEP_US,
    fitted: 0,
    fit: { quantity: 'refractory time', value, unit: 'µs', curve },
    residualSd: residualSd(samples, curve, 0, 7)
  }
}

function bestSplit(samples: Uint16Array): number {
  const error = (split: number): number => parts(samples, split).error
  const last = samples.length - 2 * LEAST
  const pace = Math.max(1, Math.floor(last / COARSE))
  const least = (list: number[]): number => list.reduce((best, at) => (error(at) < error(best) ? at : best))
  const coarse = least(Array.from({ length: Math.floor(last / pace) }, (_, k) => 2 + k * pace))
  const near = Array.from({ length: 2 * pace + 1 }, (_, k) => coarse - pace + k)
  return least(near.filter((at) => at >= 2 && at <= last))
}

/** both curves, joined, and the squares that they leave */
function parts(samples: Uint16Array, split: number): { curve: Float64Array; error: number } {
  const curve = new Float64Array(samples.length)
  write(curve, samples, 0, split)
  write(curve, samples, split, samples.length)
  let error = 0
  for (let k = 0; k < samples.length; k++) error += (samples[k] - curve[k]) ** 2
  return { curve, error }
}

/** an exponential through these samples, or their mean where they are too few or do not bend */
function write(curve: Float64Array, samples: Uint16Array, from: number, to: number): void {
  const fit: ExponentialFit | null = to - from < LEAST ? null : fitExponential(samples, from, to, MADC_STEP_US)
  if (fit && Number.isFinite(fit.tau)) {
    for (let k = from; k < to; k++) curve[k] = fit.offset + fit.amplitude * exp((-(k - from) * MADC_STEP_US) / fit.tau)
    return
  }
  let sum = 0
  for (let k = from; k < to; k++) sum += samples[k]
  curve.fill(sum / (to - from), from, to)
}
