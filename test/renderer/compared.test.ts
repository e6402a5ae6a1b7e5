/** The columns of a comparison, and when one accuracy is told from another. */
import { describe, expect, it } from 'vitest'
import { deltaOf, medianError } from '../../src-main/contract/accuracy-delta'
import { Stream } from '../../src-main/core/random/stream'
import type { RunDetail } from '../../src-renderer/api/types'
import { columnsOf, differing, rowOf, settingRows } from '../../src-renderer/lib/runs/compared'
import { summed } from '../../src-renderer/lib/runs/confusion'
import { band, groupRuns, pieces } from '../../src-renderer/lib/runs/groups'
import { labelsOf } from '../../src-renderer/lib/runs/labels'
import { middleText, RESULTS } from '../../src-renderer/lib/runs/results'
import { runDetail, runs } from './harness/runs'

const list = runs(6, false).map(runDetail)
const with_ = (at: number, change: Partial<RunDetail>): RunDetail => ({ ...list[at], ...change })
const shares = (values: readonly number[], n = 1000): { testAccuracy: number; n: number }[] =>
  values.map((testAccuracy) => ({ testAccuracy, n }))

describe('an accuracy above the base', () => {
  it('of two runs is told by the binomial error of both, as in the two-proportion test', () => {
    const within = deltaOf(shares([0.761]), shares([0.743]), 0.3)
    // 2·√(p₁q₁/n + p₂q₂/n), n = 1000
    expect(within?.points).toBeCloseTo(-1.8, 9)
    expect(within?.twoSigma).toBeCloseTo(200 * Math.sqrt((0.761 * 0.239 + 0.743 * 0.257) / 1000), 1)
    expect(within?.told).toBe(false)
    expect(deltaOf(shares([0.761], 10_000), shares([0.743], 10_000), 0.3)?.told).toBe(true)
  })

  it('has an error also where every sample was right, and none is told below the tolerance', () => {
    expect(deltaOf(shares([1]), shares([1]), 0)?.twoSigma).toBeGreaterThan(0)
    expect(deltaOf(shares([0.9], 1e8), shares([0.901], 1e8), 0.3)?.told).toBe(false)
    expect(deltaOf(shares([0.9], 1e8), shares([0.904], 1e8), 0.3)?.told).toBe(true)
  })

  it('is not there without a test', () => {
    expect(deltaOf(shares([0.9]), [{ testAccuracy: null, n: 0 }], 0.3)).toBeNull()
  })

  it('of groups is told by the spread of their medians: that of drawn medians, and false alarms as rare as 2 σ has them', () => {
    const stream = new Stream('medians')
    const draw = (): number[] => Array.from({ length: 21 }, () => 0.9 + 0.01 * stream.normal())
    const trials = Array.from({ length: 4000 }, () => [draw(), draw()] as const)
    const medians = trials.map(([a]) => [...a].sort((x, y) => x - y)[10])
    const mean = medians.reduce((a, b) => a + b) / medians.length
    const sd = Math.sqrt(medians.reduce((sum, m) => sum + (m - mean) ** 2, 0) / medians.length)
    const said = trials.reduce((sum, [a]) => sum + medianError(a), 0) / trials.length
    expect(Math.abs(said / sd - 1)).toBeLessThan(0.06)
    const alarms = trials.filter(([a, b]) => deltaOf(shares(a), shares(b), 0)?.told).length / trials.length
    expect(alarms).toBeGreaterThan(0.02)
    expect(alarms).toBeLessThan(0.08)
  })
})

describe('columns', () => {
  const [a, b, c, d] = [
    with_(0, { id: 'r-1', chipName: 'A' }),
    with_(1, { id: 'r-2', chipName: 'A' }),
    with_(2, { id: 'r-3', chipName: 'B' }),
    with_(3, { id: 'r-4', chipName: 'C' })
  ]
  const golden = (run: RunDetail) => groupRuns([run], 'run')[0]
  const names = (columns: ReturnType<typeof columnsOf>) => columns.map(({ id }) => id)

  it('begin with the first, or with the group that holds the reference', () => {
    const groups = groupRuns([a, b, c], 'chip')
    expect(names(columnsOf(groups, null, false))).toEqual(['A', 'B'])
    const columns = columnsOf(groups, golden(c), false)
    expect(names(columns)).toEqual(['B', 'A'])
    expect(columns.map(({ base, outside }) => [base, outside])).toEqual([
      [true, false],
      [false, false]
    ])
  })

  it('have the reference in front when it was not chosen', () => {
    for (const [by, rest] of [
      ['run', ['r-1', 'r-2']],
      ['chip', ['A']]
    ] as const) {
      const columns = columnsOf(groupRuns([a, b], by), golden(d), by === 'run')
      expect(names(columns)).toEqual(['r-4', ...rest])
      expect(columns[0]).toMatchObject({ base: true, outside: true })
      expect(columns.filter(({ base }) => base)).toHaveLength(1)
    }
  })

  it('say what members share, else how many values there are; what reads the same is the same', () => {
    const told: RunDetail[] = [
      { ...a, config: { noise: null, rate: 0.1, seed: 1 } },
      { ...b, config: { noise: 'none', rate: 0.2, seed: 2 } },
      { ...c, config: { rate: 0.1, seed: 1 } }
    ]
    const rows = settingRows(columnsOf(groupRuns(told, 'chip'), null, false))
    expect(rows.map(({ key, differs, mixed }) => [key, differs, mixed])).toEqual([
      ['noise', false, false],
      ['rate', true, true],
      ['seed', true, true]
    ])
    expect(rows[1].cells.map(({ text }) => text)).toEqual(['2 values', '0.1'])
    expect(differing(rows[1])).toEqual([false, true])
  })

  it('the same values in another number of members are no difference of the groups', () => {
    const told = [a, b, { ...a, id: 'r-5' }, c, { ...c, id: 'r-6' }].map((run, k) => ({ ...run, seed: k % 2 }))
    const row = rowOf('seed', columnsOf(groupRuns(told, 'chip'), null, false), (run) => String(run.seed))
    expect([row.differs, row.mixed, differing(row)]).toEqual([false, true, [false, false]])
  })

  it('show the median of the members that have a figure, and its range', () => {
    const ended = [0.9, 0.8, null, 0.7].map((testAccuracy) => ({ ...a, metrics: { ...a.metrics, testAccuracy } }))
    expect(middleText(ended, RESULTS[0])).toEqual({ text: '80.00', range: '70.00 … 90.00', n: 3 })
  })

  it('are labelled by the fewest settings that tell them apart, seeds last', () => {
    const made = (k: number, chipName: string, rate: number, seed: number): RunDetail => ({
      ...list[k],
      ...{ chipName, seed, calibration: 'c-1', method: 'surrogate' },
      config: { rate, seed }
    })
    const label = (...told: RunDetail[]) => labelsOf(columnsOf(groupRuns(told, 'run'), null, true))
    expect(label(made(0, 'A', 0.1, 1), made(1, 'A', 0.2, 2))).toEqual(['rate 0.1', 'rate 0.2'])
    expect(label(made(0, 'A', 0.1, 1), made(1, 'A', 0.1, 2))).toEqual(['seed 1', 'seed 2'])
    expect(label(made(0, 'A', 0.1, 1), made(1, 'B', 0.1, 1), made(2, 'A', 0.2, 1))).toEqual([
      'A, rate 0.1',
      'B, rate 0.1',
      'A, rate 0.2'
    ])
    expect(label(made(0, 'A', 0.1, 1), made(1, 'A', 0.1, 1))).toEqual(['', ''])
  })
})

it('a median is one line only as long as it is of the same number of runs', () => {
  const curve = (from: number, to: number, y: number) =>
    Array.from({ length: to - from + 1 }, (_, k) => ({ x: from + k, y }))
  const parts = pieces(band([curve(1, 6, 10), curve(1, 4, 30), curve(1, 4, 20)]))
  // from epoch 5 on fewer than half are left
  expect(parts.map((part) => part.map(({ x, middle, n }) => [x, middle, n]))).toEqual([
    [1, 2, 3, 4].map((x) => [x, 20, 3])
  ])
  const half = pieces(band([curve(1, 3, 10), curve(1, 2, 30)]))
  expect(half.map((part) => part.map(({ x, n }) => [x, n]))).toEqual([
    [
      [1, 2],
      [2, 2]
    ],
    [[3, 1]]
  ])
})

it('confusion of a group is the sum of its members; those without one, or of other classes, are counted out', () => {
  const one = { confusion: Float64Array.of(3, 1, 0, 4), classes: 2 }
  const sum = summed([one, { confusion: null, classes: 2 }, one, { confusion: new Float64Array(9), classes: 3 }])
  expect([...(sum.counts ?? [])]).toEqual([6, 2, 0, 8])
  expect(sum).toMatchObject({ classes: 2, n: 2, of: 4 })
  expect(summed([{ confusion: null, classes: 10 }])).toMatchObject({ counts: null, n: 0, of: 1 })
})
