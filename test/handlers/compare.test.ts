/** Runs beside each other: each once, at most ten, each named; groups of them by what they share. */
import { expect, it } from 'vitest'
import { compared, distinct } from '../../src-main/handlers/runs/compared'
import { idealRun, newJob, temporaryStore } from '../store/fixtures'

function twelve() {
  const store = temporaryStore()
  const ids = Array.from({ length: 12 }, (_, k) => {
    const id = store.runs.create({ ...idealRun(newJob(store)), seed: k % 3, config: { rate: k % 2 ? 0.1 : 0.2 } })
    const epoch = { epoch: 1, loss: 1, trainAccuracy: 0.5, testAccuracy: 0.5 + k / 100, hiddenSpikesPerSample: k }
    store.runs.append(id, { ...epoch, samplesPerSecond: 1, seconds: 1 }, 100)
    return id
  })
  store.runs.rename(ids[1], 'lr sweep')
  return { store, ids }
}

it('takes each run once, and names it', () => {
  const { store, ids } = twelve()
  const { heads, settings, metrics } = compared({ store }, { runs: [ids[0], ids[1], ids[0]], by: 'run' })
  expect(heads.map(({ name }) => name)).toEqual(['r-1', 'r-2 lr sweep'])
  expect(settings).toEqual([{ key: 'rate', values: [0.2, 0.1] }])
  expect(metrics.find(({ key }) => key === 'testAccuracy')?.values).toEqual([0.5, 0.51])
})

it('refuses one run that is named twice, and more than ten, in one line', () => {
  const { store, ids } = twelve()
  expect(() => distinct(['r-1', 'r-1'])).toThrow('runs: r-1 r-1; allowed: two or more different runs')
  expect(() => compared({ store }, { runs: ids, by: 'run' })).toThrow('12 given; allowed: at most 10, or groups')
})

it('takes more than ten as groups: how many, their medians, and all values where they differ', () => {
  const { store, ids } = twelve()
  const { heads, settings, metrics } = compared({ store }, { runs: ids, by: 'seed' })
  expect(heads).toEqual([0, 1, 2].map((seed) => ({ name: `seed ${seed}`, runs: ids.filter((_, k) => k % 3 === seed) })))
  expect(settings).toEqual([{ key: 'rate', values: ['0.2, 0.1', '0.1, 0.2', '0.2, 0.1'] }])
  expect(metrics[0]).toEqual({ key: 'runs', values: [4, 4, 4] })
  expect(metrics.find(({ key }) => key === 'hiddenSpikesPerSample')?.values).toEqual([4.5, 5.5, 6.5])
})
