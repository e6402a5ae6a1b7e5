import { describe, expect, it } from 'vitest'
import { partsOf } from '../../../src-main/core/calibration/further-settings'
import {
  applySettings,
  defaultSettings,
  medianSettings,
  readSettings
} from '../../../src-main/core/calibration/settings'
import type { ChipSettings } from '../../../src-main/core/calibration/types'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { pack, unpack } from '../../../src-main/store/pack'

const open = (trialSeed = 1) => openChip({ seed: 3, mismatch: 1, trialSeed })
const ALL = ['dynamics', 'drivers', 'correlation'] as const

/** power-up settings with a different value in something of every part */
function changed(): ChipSettings {
  const settings = readSettings(open(), new Int8Array(512), ALL)
  const { dynamics, drivers, correlation } = settings
  dynamics!.cells.cobaGainExc.forEach((_, n, codes) => (codes[n] = 300 + (n % 7)))
  dynamics!.switches.cobaExc.fill(1)
  dynamics!.switches.holdOff.fill(4)
  dynamics!.switches.fastClock[9] = 1
  dynamics!.clocks = { slowScale: 6, fastScale: 2 }
  drivers!.top.offset.forEach((_, d, codes) => (codes[d] = d % 16))
  drivers!.bottom.plastic.fill(1)
  drivers!.voltages.charge1.set([300, 310, 320, 330])
  correlation!.ramp.set([70, 75, 80, 85])
  correlation!.bottom.time[5 * 256 + 7] = 3
  correlation!.top.amplitude.fill(2)
  correlation!.acausalOffsets[3] = -9
  return settings
}

describe('the further parts of chip settings', () => {
  it('are written to a chip and read back as they were', () => {
    const settings = changed()
    const port = open()
    applySettings(port, settings)
    expect(readSettings(port, settings.converterOffsets, ALL, settings.correlation!.acausalOffsets)).toEqual(settings)
  })

  it('survive being stored', () => {
    expect(unpack<ChipSettings>(pack(changed()))).toEqual(changed())
  })

  it('are absent from older calibrations, which leave them at power-up at no cost of time', () => {
    const old = unpack<ChipSettings>(pack(defaultSettings()))
    expect(partsOf(old)).toEqual([])
    expect(partsOf(medianSettings(old))).toEqual([])
    const [port, fresh] = [open(), open()]
    const before = readSettings(fresh, old.converterOffsets, ALL)
    applySettings(port, old)
    const { dynamics, drivers, correlation } = readSettings(port, old.converterOffsets, ALL)
    expect({ dynamics, drivers, correlation }).toEqual({
      dynamics: before.dynamics,
      drivers: before.drivers,
      correlation: before.correlation
    })
    // 12 neuron cells and 3 quadrant cells, 20 ms each
    expect(port.elapsedMs).toBe(300)
  })

  it('have medians, too: one value for all, quadrants and clocks as they were', () => {
    const flat = medianSettings(changed())
    expect(new Set(flat.dynamics!.cells.cobaGainExc)).toEqual(new Set([303]))
    expect(flat.dynamics!.switches.fastClock[9]).toBe(0)
    expect(flat.dynamics!.clocks).toEqual({ slowScale: 6, fastScale: 2 })
    expect(new Set(flat.drivers!.top.offset).size).toBe(1)
    expect(flat.drivers!.voltages.charge1).toEqual(Uint16Array.of(300, 310, 320, 330))
    expect(flat.correlation!.bottom.time[5 * 256 + 7]).toBe(0)
    expect(flat.correlation!.acausalOffsets[3]).toBe(-9)
  })
})
