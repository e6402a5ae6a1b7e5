/** What calibrations a method takes: every method has a preset that it would take, and says so when it refuses another. */
import { describe, expect, it } from 'vitest'
import { METHODS, methodNamed } from '../../src-main/compute/methods'
import { presetNamed } from '../../src-main/core/calibration/presets'
import { resolveTargets } from '../../src-main/core/calibration/targets'
import { checkTargets, type Placement } from '../../src-main/handlers/chips/placement'
import type { Store } from '../../src-main/store/index'

const targetsOf = (preset: string): { [name: string]: number } => resolveTargets(presetNamed(preset).targets)

/** a training by this method on a chip whose calibration was made with this preset */
function begin(method: string, preset: string): void {
  const store = { calibrations: { get: () => ({ id: 'c-1', targets: targetsOf(preset) }) } } as unknown as Store
  const placed = { chip: 'hx-1', calibration: 'c-1', calibrationUse: 'calibrated' } as Placement
  checkTargets(store, placed, methodNamed(method))
}

describe('a working point', () => {
  it('is one that the method takes', () => {
    for (const { name, preset } of METHODS) expect(() => begin(name, preset), name).not.toThrow()
  })

  it('of first-spike times has stronger synapses, and how strong they are is measured: both are taken', () => {
    expect(targetsOf('first-spike')).toEqual({ ...targetsOf('spiking2'), synaptic_response: 1.6 })
    for (const method of ['first-spike', 'delgrad'])
      for (const preset of ['spiking2', 'first-spike']) expect(() => begin(method, preset)).not.toThrow()
  })

  it('is named, with what is wrong and what to do, where another is refused', () => {
    expect(() => begin('surrogate', 'first-spike')).toThrow(
      'calibration: c-1 of chip hx-1 aims at synaptic_response 1.6 (needs 0.9); surrogate needs its own working point, ' +
        'preset spiking2: `inloop calibrate hx-1 --preset spiking2`'
    )
    expect(() => begin('first-spike', 'nightly')).toThrow('`inloop calibrate hx-1 --preset first-spike`')
  })
})
