// Every defective part by its address, once, on a chip that has one of each kind that a spiking calibration can find.
import { beforeAll, describe, expect, it } from 'vitest'
import { defectsOf } from '../../../src-main/core/calibration/defects'
import type { CalibrationResult } from '../../../src-main/core/calibration/types'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { inspect, inspectLatching } from '../../../src-main/core/emulator/inspector'
import { median } from '../../../src-main/core/statistics/summary'
import { calibrated, indices } from './calibrated'

// dead circuits, a stuck converter channel, a weak quadrant and a comparator that hangs
const port = openChip({ seed: 2, mismatch: 1, trialSeed: 1, quirks: true })
let result: CalibrationResult

beforeAll(() => {
  result = calibrated(port)
}, 240_000)

const found = (part: string): number[] => result.defects.filter((one) => one.part === part).map((one) => one.at)

describe('defective parts', () => {
  it('are those that were drawn', () => {
    const { draw } = inspect(port)
    const { dacGain } = draw.quadrant
    expect(found('neuron')).toEqual(indices(draw.circuit.dead))
    expect(found('converter channel')).toEqual(indices(draw.stuck.map((value) => (value >= 0 ? 1 : 0))))
    expect(found('comparator')).toEqual(indices(inspectLatching(port)))
    expect(found('quadrant')).toEqual(indices(dacGain.map((x) => (x < 0.6 * median(dacGain) ? 1 : 0))))
    for (const part of ['neuron', 'converter channel', 'comparator', 'quadrant']) expect(found(part).length).not.toBe(0)
    for (const part of ['driver', 'synapse', 'sensor channel']) expect(found(part)).toEqual([])
  })
  it('have addresses for people', () => {
    const [channel] = result.defects.filter((one) => one.part === 'converter channel')
    expect(channel).toMatchObject({ at: 348, address: 'bottom column 92' })
  })
  it('leave a neuron usable whose comparator only hangs until the next reset', () => {
    for (const n of found('comparator')) expect(result.usable[n]).toBe(1)
  })
  it('name a column of sensors once, and single ones one by one', () => {
    const failed = new Uint8Array(131_072)
    for (let row = 0; row < 256; row++) failed[65_536 + row * 256 + 7] = 1
    failed[3 * 256 + 9] = 1
    const finding = { name: 'correlation_amplitude', label: 'η', per: 'synapse' as const, before: null, after: null }
    expect(defectsOf([{ ...finding, failed }]).map(({ part, at, address }) => [part, at, address])).toEqual([
      ['synapse', 777, 'top row 3 column 9'],
      ['sensor channel', 263, 'bottom column 7']
    ])
  })
})
