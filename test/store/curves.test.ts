/** Curves of many runs at once: few points each, first asked first, the last epoch always among them. */
import { expect, it } from 'vitest'
import { CURVE_POINTS } from '../../src-main/store/runs/curves'
import { idealRun, newJob, temporaryStore } from './fixtures'

const epoch = { loss: 1, trainAccuracy: 0.5, hiddenSpikesPerSample: 30, samplesPerSecond: 100, seconds: 2 }

function trained(epochs: number): { store: ReturnType<typeof temporaryStore>; ids: string[] } {
  const store = temporaryStore()
  const ids = [1, epochs].map((done) => {
    const id = store.runs.create({ ...idealRun(newJob(store)), epochs: 1000 })
    for (let e = 1; e <= done; e++) store.runs.append(id, { ...epoch, epoch: e, testAccuracy: e / 1000 }, 100)
    return id
  })
  return { store, ids }
}

it.each([1, 2, 31, 32, 33, 62, 63, 300, 1000])('%i epochs', (epochs) => {
  const { store, ids } = trained(epochs)
  const [long, short] = store.runCurves.of([ids[1], ids[0]])
  expect([long.run, short.run]).toEqual([ids[1], ids[0]])
  expect(short).toEqual({ run: ids[0], epoch: [1], testAccuracy: [0.001] })
  expect(long.epoch.at(-1)).toBe(epochs)
  expect(long.testAccuracy).toEqual(long.epoch.map((e) => e / 1000))
  expect(long.epoch.length).toBeLessThanOrEqual(CURVE_POINTS)
  expect(long.epoch.length).toBeGreaterThan(Math.min(epochs, CURVE_POINTS / 2) - 1)
})

it('a run without an epoch, and one that is not there, have none', () => {
  const store = temporaryStore()
  expect(store.runCurves.of([store.runs.create(idealRun(newJob(store))), 'r-99'])).toEqual([])
})
