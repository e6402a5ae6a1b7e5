// Every defective part by its address, once, on a chip that has one of each kind that a spiking calibration can find.
import { beforeAll, describe, expect, it } from 'vitest'
import { defectsOf, lostNeurons } from '../../../src-main/core/calibration/defects'
import type { CalibrationResult } from '../../../src-main/core/calibration/types'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { inspect, inspectLatching } from '../../../src-main/core/emulator/inspector'
import { median } from '../../../src-main/core/statistics/summary'
import { calibrated, indices, routine } from './calibrated'

// dead circuits, a stuck converter channel, a weak quadrant and a comparator that hangs
const port = openChip({ seed: 2, mismatch: 1, trialSeed: 1, quirks: true })
let result: CalibrationResult

beforeAll(() => {
  result = calibrated(port)
}, 600_000)

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
  it('stay known to a calibration made on top, which need not meet them', () => {
    const { settings: from, defects: known } = result
    const above = calibrated(port, { routines: ['leak'], from, known })
    expect(above.defects).toEqual(known)
    expect(above.usable).toEqual(result.usable)
    // the routine that found them is not among those that ran
    expect(routine(above, 'leak').failed[found('neuron')[0]]).toBe(0)
  })
  it('are told anew by the routines that found them', () => {
    const [at, other] = [40, 60]
    const finding = { label: 'τ', per: 'neuron' as const, before: null, after: null }
    const failed = Uint8Array.from({ length: 512 }, (_, n) => (n === at ? 1 : 0))
    const known = defectsOf([{ ...finding, name: 'tau_mem', failed }])
    const again = Uint8Array.from({ length: 512 }, (_, n) => (n === other ? 1 : 0))
    expect(defectsOf([{ ...finding, name: 'leak', failed: again }], known).map((one) => one.at)).toEqual([at, other])
    expect(defectsOf([{ ...finding, name: 'tau_mem', failed: again }], known).map((one) => one.at)).toEqual([other])
  })
  it('do not count for their partner in a pair: it is the pair that cannot be used', () => {
    const finding = { label: 'τ', per: 'neuron' as const, before: null, after: null }
    const of = (...list: number[]): Uint8Array => Uint8Array.from({ length: 512 }, (_, n) => (list.includes(n) ? 1 : 0))
    const known = defectsOf([{ ...finding, name: 'tau_mem', failed: of(106) }])
    const pairs = [{ ...finding, name: 'inter_compartment', failed: of(106, 107, 31) }]
    const named = defectsOf(pairs, known)
    expect(named.map((one) => one.at)).toEqual([106, 31])
    expect(indices(lostNeurons(pairs, named))).toEqual([31, 106])
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
