// Rate mode on an emulated chip: the whole preset, every row of acceptance, and its negative control.
import { beforeAll, describe, expect, it } from 'vitest'
import { inBlock } from '../../../src-main/core/calibration/drivers'
import { presetNamed } from '../../../src-main/core/calibration/presets'
import { applySettings } from '../../../src-main/core/calibration/settings'
import type { CalibrationResult } from '../../../src-main/core/calibration/types'
import type { ChipPort } from '../../../src-main/core/emulator/chip-port'
import { mean, median, sd } from '../../../src-main/core/statistics/summary'
import { inspect } from '../../../src-main/core/emulator/inspector'
import { accepted, calibrated, chip, indices, routine } from './calibrated'

describe('a chip calibrated for rate mode', () => {
  let port: ChipPort
  let result: CalibrationResult

  beforeAll(() => {
    const { targets, routines } = presetNamed('hagen')
    port = chip(1)
    result = calibrated(port, { targets, routines: routines.map(({ name }) => name) })
  }, 600_000)

  it('passes every routine, and keeps rate mode and silent comparators in its settings', () => {
    for (const r of result.routines) expect(r.passed, r.name).toBe(true)
    const dead = indices(inspect(port).draw.circuit.dead)
    // none missed, and none invented: not either the neuron that reaches its time constant in the other mode alone
    expect(result.defects.map(({ part, at }) => `${part} ${at}`)).toEqual(dead.map((at) => `neuron ${at}`))
    const { drivers, switches } = result.settings
    for (const array of ['top', 'bottom'] as const) expect(drivers?.[array].rate.every((x) => x === 1)).toBe(true)
    expect(switches.threshold.every((x) => x === 0)).toBe(true)
    // calix asks for 60 % (test_neuron_integration.py)
    expect(mean(result.usable)).toBeGreaterThan(0.95)
  })

  it('makes blocks and drivers alike', () => {
    const ramp = routine(result, 'hagen_ramp')
    const blocks = (values: Float64Array): number[] => [0, 1, 2, 3].map((block) => median(inBlock(values, block)))
    expect(sd(blocks(ramp.before!)) / median(ramp.before!)).toBeGreaterThan(0.03)
    // the drivers' trims, set after the ramps and at activation 29, move the blocks by a per cent here at 15
    expect(sd(blocks(ramp.after!)) / median(ramp.after!)).toBeLessThan(0.02)
    const offset = routine(result, 'hagen_offset')
    expect(sd(offset.before!) / mean(offset.before!)).toBeGreaterThan(0.04)
    // a trim step is 0.1 of 29 activations, and responses are read to 0.1 LSB of 27
    expect(sd(offset.after!) / mean(offset.after!)).toBeLessThan(0.012)
    expect(routine(result, 'hagen_offset').search).toMatchObject({ steps: 8, instances: 256 })
    const [{ at, p50 }] = offset.curves
    expect(p50[at.length - 1]).toBeGreaterThan(20)
  })

  it('is accepted, and is not after neurons and drivers were overwritten', () => {
    const failing = (): string[] =>
      accepted(port, result)
        .checks.filter(({ passed }) => !passed)
        .map(({ name }) => name)
    // as calix overwrites (test_neuron_integration.py, test_hagen_input.py)
    const all = (code: number): Uint16Array => new Uint16Array(512).fill(code)
    port.writeNeuron('leak', all(600))
    port.writeNeuron('synapticReferenceExc', all(310))
    port.writeNeuron('synapticReferenceInh', all(310))
    port.writeNeuron('synapticGainExc', all(0))
    port.routing.writePlasticityVoltage('ramp', new Uint16Array(4).fill(400))
    expect(failing()).toEqual(
      expect.arrayContaining(['Rate mode: response, 10 % of a quadrant', 'Leak potential: median off target'])
    )
    applySettings(port, result.settings)
    expect(failing()).toEqual([])
  }, 600_000)
})
