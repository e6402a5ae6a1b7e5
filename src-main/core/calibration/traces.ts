/** Traces of the fast converter and the decay time constants in them. */
import { MADC_INVALID_US, MADC_STEP_US } from '../emulator/chip-port'
import type { Program } from '../emulator/chip-port'
import { type ExponentialFit, fitExponential } from '../statistics/fits'
import type { Bench } from './bench'
import { NEURONS } from './settings'

/** beyond these MADC counts a sample may be clipped */
const CLIPPED = { low: 3, high: 1020 }
/** a decay of less than this, MADC LSB, is none (calix, hagen/neuron_synin.py) */
const LEAST_AMPLITUDE = 10

type Source = NonNullable<Program['trace']>['source']

/**
 * Records one decay of every neuron and fits it.
 * @param stimulus what makes the deflection that decays
 * @param fromUs the decay starts here, µs in the program, …
 * @param lengthUs … and is recorded for so long
 * @returns time constants, µs; Infinity where the trace is flat or clipped to its end
 */
export function decayTimes(
  bench: Bench,
  stimulus: Omit<Program, 'durationUs'>,
  source: Source,
  fromUs: number,
  lengthUs: number
): Float64Array {
  const { traces, traceSamples } = bench.port.run({
    ...stimulus,
    durationUs: fromUs + lengthUs,
    trace: { source, fromUs: fromUs - MADC_INVALID_US, toUs: fromUs + lengthUs }
  })
  return Float64Array.from({ length: NEURONS }, (_, n) => {
    const { fit } = fitDecay(traces.subarray(n * traceSamples, (n + 1) * traceSamples))
    return Math.abs(fit.amplitude) >= LEAST_AMPLITUDE ? fit.tau : Infinity
  })
}

/** the exponential in one trace of the fast converter, recorded from `MADC_INVALID_US` before the decay; `from`: first sample fitted */
export function fitDecay(trace: Uint16Array): { from: number; fit: ExponentialFit } {
  let from = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  // leave out the clipped beginning, with a margin so that noise at the clip does not bend the curve
  const start = from
  for (let k = start; k < trace.length; k++) if (trace[k] <= CLIPPED.low || trace[k] >= CLIPPED.high) from = k + 8
  return { from, fit: fitExponential(trace, from, trace.length, MADC_STEP_US) }
}

/** highest minus lowest block mean of every trace between two times, MADC LSB: the size of a deflection */
export function deflections(bench: Bench, program: Program, source: Source, fromUs: number): Float64Array {
  const { traces, traceSamples } = bench.port.run({
    ...program,
    trace: { source, fromUs: fromUs - MADC_INVALID_US, toUs: program.durationUs }
  })
  const start = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  return Float64Array.from({ length: NEURONS }, (_, n) => {
    let low = Infinity
    let high = -Infinity
    for (let k = start; k + BLOCK <= traceSamples; k += BLOCK) {
      let sum = 0
      for (let j = k; j < k + BLOCK; j++) sum += traces[n * traceSamples + j]
      low = Math.min(low, sum / BLOCK)
      high = Math.max(high, sum / BLOCK)
    }
    return high - low
  })
}

/** samples averaged for the size of a deflection: 0.3 µs */
const BLOCK = 8
