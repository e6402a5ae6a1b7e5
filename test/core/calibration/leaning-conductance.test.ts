// A neuron whose two inputs lean on each other, made conductance-based: offset currents of both inputs then grow and shrink
// with its membrane, which rests elsewhere and follows its leak more steeply. Few neurons, so that it is quick.
import { expect, it } from 'vitest'
import { Bench } from '../../../src-main/core/calibration/bench'
import { missed } from '../../../src-main/core/calibration/limits'
import { takeReading } from '../../../src-main/core/calibration/reading'
import { settle } from '../../../src-main/core/calibration/routine'
import { cobaGainInh } from '../../../src-main/core/calibration/routines/coba'
import { INH, referenceTask } from '../../../src-main/core/calibration/routines/input-reference'
import { applySettings, defaultSettings } from '../../../src-main/core/calibration/settings'
import { resolveTargets } from '../../../src-main/core/calibration/targets'
import { inspect } from '../../../src-main/core/emulator/inspector'
import { chip } from './calibrated'
import { onlyConductances } from './only-conductances'

const [PLAIN, LEANING, BROKEN] = [5, 7, 9]
/** codes by which the excitatory reference of the leaning neuron is off, which the inhibitory one makes good */
const OFF = 250

it('a leaning neuron gets its conductance and rests where it did; a stage that does nothing is found out', () => {
  const port = onlyConductances(chip(5, 0), [PLAIN, LEANING])
  const targets = resolveTargets()
  const settings = defaultSettings(targets)
  settings.neuron.synapticReferenceExc[LEANING] += OFF
  applySettings(port, settings)
  const bench = new Bench(port, targets, settings.converterOffsets)
  bench.look()
  bench.setAll({ threshold: 0, inputExc: 0, inputInh: 0 })
  const rest = bench.rest(16)
  bench.setAll({ inputExc: 1, inputInh: 1 })
  settle(bench, referenceTask(bench, INH, rest))
  // what each input sends, LSB of rest: with the stage on, this times the distance from its reference over 85
  const { inputOffsetInh, capacitance, tauMem } = inspect(port).circuits
  expect((inputOffsetInh[LEANING] / capacitance[LEANING]) * tauMem[LEANING]).toBeLessThan(-30)

  const { search } = settle(bench, cobaGainInh.search(bench))
  const now = bench.rest(16)
  expect(Math.abs(now[LEANING] - rest[LEANING])).toBeLessThan(5)
  expect(search.bound[BROKEN]).toBe(1)
  const { mean } = takeReading(bench, cobaGainInh.check, 2)
  const off = missed('coba_gain_inh', cobaGainInh.target(targets), mean)
  expect([off[PLAIN], off[LEANING], off[BROKEN]]).toEqual([0, 0, 1])
})
