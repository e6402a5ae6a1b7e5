/** Runs beside each other: each once, at most ten, each named; groups of them by what they share. */
import { expect, it } from 'vitest'
import { compared, distinct } from '../../src-main/handlers/runs/compared'
import { rightBits } from '../../src-main/core/training/right'
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
  const { heads, settings, metrics } = compared(
    { store },
    { runs: [ids[0], ids[1], ids[0]], by: 'run', tolerance: 0.3 }
  )
  expect(heads.map(({ name }) => name)).toEqual(['r-1', 'r-2 lr sweep'])
  expect(settings).toEqual([{ key: 'rate', values: [0.2, 0.1] }])
  expect(metrics.find(({ key }) => key === 'testAccuracy')?.values).toEqual([0.5, 0.51])
})

it('refuses one run that is named twice, and more than ten, in one line', () => {
  const { store, ids } = twelve()
  expect(() => distinct(['r-1', 'r-1'])).toThrow('runs: r-1 r-1; allowed: two or more different runs')
  expect(() => compared({ store }, { runs: ids, by: 'run', tolerance: 0.3 })).toThrow(
    '12 given; allowed: at most 10, or groups'
  )
})

it('reads one run against the reference, or the base that is asked for, when that is another', () => {
  const { store, ids } = twelve()
  const alone = (base?: string) =>
    compared({ store }, { runs: [ids[5]], by: 'chip', tolerance: 0.3, ...(base ? { base } : {}) })
  expect(() => alone()).toThrow('runs: r-6; allowed: two or more different runs, or one beside a reference')
  store.preferences.set('golden', ids[2])
  const { heads, settings, base, deltas } = alone()
  expect(heads.map(({ name }) => name)).toEqual([ids[2], ids[5]])
  expect(settings).toEqual([{ key: 'rate', values: [0.2, 0.1] }])
  expect(base).toMatchObject({ name: ids[2], reference: true })
  expect(deltas).toEqual([null, expect.objectContaining({ points: expect.closeTo(3, 9) as number })])
  expect(alone(ids[3]).heads.map(({ name }) => name)).toEqual([ids[3], ids[5]])
  store.preferences.set('golden', ids[5])
  expect(() => alone()).toThrow('or one beside a reference that is another')
})

it('takes more than ten as groups: how many, their medians, and all values where they differ', () => {
  const { store, ids } = twelve()
  const { heads, settings, metrics } = compared({ store }, { runs: ids, by: 'seed', tolerance: 0.3 })
  expect(heads).toEqual([0, 1, 2].map((seed) => ({ name: `seed ${seed}`, runs: ids.filter((_, k) => k % 3 === seed) })))
  expect(settings).toEqual([{ key: 'rate', values: ['0.2, 0.1', '0.1, 0.2', '0.2, 0.1'] }])
  expect(metrics[0]).toEqual({ key: 'runs', values: [4, 4, 4] })
  expect(metrics.find(({ key }) => key === 'hiddenSpikesPerSample')?.values).toEqual([4.5, 5.5, 6.5])
})

it('reads accuracies against a run that is asked for, else the reference, else the first, whether it is compared or not', () => {
  const { store, ids } = twelve()
  const asked = (base?: string) =>
    compared({ store }, { runs: [ids[2], ids[3]], by: 'run', tolerance: 0.3, ...(base ? { base } : {}) })
  expect(asked().base).toMatchObject({ name: ids[2], testAccuracy: 0.52, reference: false })
  store.preferences.set('golden', ids[11])
  const { base, heads, deltas } = asked()
  expect(base).toMatchObject({ name: ids[11], testAccuracy: 0.61, reference: true })
  expect(heads).toHaveLength(2)
  expect(deltas.map((delta) => delta?.points)).toEqual([expect.closeTo(-9, 9), expect.closeTo(-8, 9)])
  // n = 100: 2·√(0.52·0.48 + 0.61·0.39)/10, Wilson's a little less
  expect(deltas[0]?.twoSigma).toBeGreaterThan(13)
  expect(deltas[0]).toMatchObject({ told: false })
  expect(asked(ids[3]).deltas).toEqual([expect.objectContaining({ told: false }), null])
  store.preferences.set('golden', 'r-99')
  expect(asked().base.name).toBe(ids[2])
  expect(() => asked('r-99')).toThrow('r-99')
})

it('of groups the base is the one that holds the run', () => {
  const { store, ids } = twelve()
  const { base, deltas } = compared({ store }, { runs: ids, by: 'seed', tolerance: 0.3, base: ids[4] })
  expect(base.name).toBe('seed 1')
  expect(deltas.map((delta) => delta && Math.round(delta.points))).toEqual([-1, null, 1])
})

it('takes nothing, and the text that says so, for the same', () => {
  const store = temporaryStore()
  const [a, b] = [{ noise: null }, { noise: 'none' }].map((config) =>
    store.runs.create({ ...idealRun(newJob(store)), seed: 1, config })
  )
  expect(compared({ store }, { runs: [a, b], by: 'run', tolerance: 0.3 }).settings).toEqual([])
})

it('pairs two runs where it is kept which test samples each read right, and says so', () => {
  const store = temporaryStore()
  const made = (right: number[] | null, limitTest: number | null = null): string => {
    const id = store.runs.create({ ...idealRun(newJob(store)), config: { limitTest } })
    const testAccuracy = (right ?? [1, 1, 1, 1, 0, 0, 0, 0]).filter(Boolean).length / 8
    const epoch = { epoch: 1, loss: 1, trainAccuracy: 0.5, testAccuracy, hiddenSpikesPerSample: 1 }
    store.runs.append(id, { ...epoch, samplesPerSecond: 1, seconds: 1 }, 8)
    const kept = { confusion: null, classes: 10, weights: null, sample: null }
    store.runArrays.saveDashboard(id, right ? { ...kept, right: rightBits(right) } : kept)
    return id
  }
  const base = made([1, 1, 1, 1, 1, 0, 0, 0])
  const others = [made([1, 1, 1, 0, 0, 1, 1, 1]), made(null), made([1, 1, 1, 1, 0, 0, 0, 0], 8)]
  const { deltas } = compared({ store }, { runs: [base, ...others], by: 'run', tolerance: 0.3 })
  expect(deltas.map((delta) => delta?.paired)).toEqual([undefined, true, false, false])
  // b = 3, c = 2 of n = 8: 12.5 ± 2·√(5 − 1/8)/8
  expect(deltas[1]).toMatchObject({ points: 12.5, told: false })
  expect(deltas[1]?.twoSigma).toBeCloseTo((200 * Math.sqrt(5 - 1 / 8)) / 8, 9)
})
