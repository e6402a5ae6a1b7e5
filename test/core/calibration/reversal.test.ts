// Where a conductance-based input vanishes after its calibration: known from inside the emulated chip, not from the
// routine's own measure. A response of 30 LSB moves the membrane, and what it does not tell of the strength must not end in
// the codes (chip 5, neuron 21, asked for a code beyond its range that way). Few neurons, so that it is quick.
import { describe, expect, it } from 'vitest'
import { Bench } from '../../../src-main/core/calibration/bench'
import { peakTime, responseAt, shareWhileRising } from '../../../src-main/core/calibration/response'
import { type Routine, settle } from '../../../src-main/core/calibration/routine'
import {
  cobaGainExc,
  cobaGainInh,
  cobaReferenceExc,
  cobaReferenceInh
} from '../../../src-main/core/calibration/routines/coba'
import { applySettings, defaultSettings } from '../../../src-main/core/calibration/settings'
import { resolveTargets } from '../../../src-main/core/calibration/targets'
import { inspectConductances } from '../../../src-main/core/emulator/inspector'
import { mean } from '../../../src-main/core/statistics/summary'
import { chip } from './calibrated'
import { onlyConductances } from './only-conductances'

const NEURONS = [5, 140, 300, 420]

describe.each([
  ['exc', [cobaGainExc, cobaReferenceExc], 300],
  ['inh', [cobaGainInh, cobaReferenceInh], 30]
] as const)('a conductance-based input, %s', (kind, routines: readonly Routine[], reversal) => {
  it('vanishes at the reversal that was asked for, and is as strong as without at the reference', () => {
    const silicon = chip(5, 0)
    const port = onlyConductances(silicon, NEURONS)
    const targets = resolveTargets()
    const settings = defaultSettings(targets)
    applySettings(port, settings)
    const bench = new Bench(port, targets, settings.converterOffsets)
    bench.look()
    bench.setAll({ threshold: 0, inputExc: 1, inputInh: 1 })
    for (const routine of routines) settle(bench, routine.search(bench))
    const truth = inspectConductances(silicon, kind)
    const of = (values: Float64Array): number => mean(NEURONS.map((n) => values[n]))
    // one search leaves 3 % of the gain and 1 % of the strength, which is 2 LSB of the reference
    expect(Math.abs(of(truth.reference) - targets.coba_reference)).toBeLessThan(4)
    const distance = reversal - targets.coba_reference
    expect(Math.abs(of(truth.reversal) - of(truth.reference) - distance)).toBeLessThan(0.06 * Math.abs(distance))
  })
})

it.each([
  [10, 10],
  [20, 5],
  [2, 10]
])('what a response says of a strength that changes on its way (τ %f and %f µs)', (tauMem, tauSyn) => {
  // C dV/dt = −V / τ + I (1 − k V) in small steps, against 1 / (1 + k · share · height)
  const peak = peakTime(tauMem, tauSyn)
  const change = 1e-4
  const steps = 40_000
  let v = 0
  for (let k = 0; k < steps; k++) {
    const t = ((k + 0.5) * peak) / steps
    v += (-v / tauMem + Math.exp(-t / tauSyn) * (1 - change * v)) * (peak / steps)
  }
  const height = responseAt(peak, tauMem, tauSyn)
  expect((height / v - 1) / (change * height)).toBeCloseTo(shareWhileRising(tauMem, tauSyn), 1)
})
