/** Which neurons a calibration leaves out, and in which calibration each of them failed. */
import { expect, it } from 'vitest'
import { derivedExclusions } from '../../src-main/handlers/chips/exclusions'
import type { Store } from '../../src-main/store/index'
import { newChip, newJob, record, temporaryStore } from '../store/fixtures'

const NEURONS = 512

interface Made {
  from?: string
  /** of each routine, what it failed for */
  failed: { [routine: string]: number[] }
  unusable: number[]
  excluded?: number[]
}

function calibrate(store: Store, chip: string, { from, failed, unusable, excluded = [] }: Made): string {
  const id = store.calibrations.create({
    ...record,
    config: { ...record.config, ...(from === undefined ? {} : { from }) },
    chip,
    job: newJob(store, 'calibrate'),
    targets: {},
    seed: 1,
    chipSerial: 'HX-0001',
    chipSeed: 1,
    ageDays: 0,
    temperature: 30,
    excluded,
    neurons: NEURONS
  })
  const routines = Object.entries(failed).map(([name, neurons]) => ({
    ...{ name, label: name, symbol: name, quantity: name, unit: 'LSB', target: 80, limit: null, spreadRatio: null },
    ...{ reads: 1, before: null, after: null, passed: true, failed: neurons, seconds: 1 }
  }))
  const usable = Uint8Array.from({ length: NEURONS }, (_, n) => (unusable.includes(n) || excluded.includes(n) ? 0 : 1))
  const arrays = { usable, 'drivers/map': { per: 'driver' } }
  const counted = usable.reduce((sum, ok) => sum + ok, 0)
  store.calibrations.finish(id, {
    ...{ complete: true, usable: counted, seconds: 9, hardwareMs: 90, targets: {}, routines, arrays }
  })
  return id
}

it('names the calibration that a neuron failed in, also where a later one kept its settings', () => {
  const store = temporaryStore()
  const chip = newChip(store)
  const first = calibrate(store, chip, { failed: { leak: [7], threshold: [7, 40], drivers: [9] }, unusable: [7, 40] })
  expect(derivedExclusions(store, first)).toEqual([
    { neuron: 7, reason: 'failed: leak, threshold', by: first },
    { neuron: 40, reason: 'failed: threshold', by: first }
  ])
  // leak again: 7 is well there now, its threshold is not; 300 fails
  const second = calibrate(store, chip, { from: first, failed: { leak: [300] }, unusable: [7, 40, 300] })
  expect(derivedExclusions(store, second)).toEqual([
    { neuron: 7, reason: 'failed: threshold', by: first },
    { neuron: 40, reason: 'failed: threshold', by: first },
    { neuron: 300, reason: 'failed: leak', by: second }
  ])
  // threshold again, and every neuron reaches it: only what still fails is left out
  const third = calibrate(store, chip, { from: second, failed: { threshold: [] }, unusable: [300] })
  expect(derivedExclusions(store, third)).toEqual([{ neuron: 300, reason: 'failed: leak', by: second }])
})

it('keeps what a person excluded apart, and says it where no routine failed', () => {
  const store = temporaryStore()
  const chip = newChip(store)
  const made = calibrate(store, chip, { failed: { leak: [] }, unusable: [5], excluded: [12] })
  expect(derivedExclusions(store, made)).toEqual([{ neuron: 5, reason: 'a part that it needs is defective', by: made }])
})
