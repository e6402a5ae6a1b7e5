/** The language of the run list, against a plain filter over the same rows. */
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../src-main/store/index'
import { runFilter } from '../../src-main/store/runs/filter'
import { hasTerm, toggleTerm } from '../../src-renderer/lib/runs/filter-text'
import { idealRun, newJob } from './fixtures'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openStore } from '../../src-main/store/index'

interface Row {
  id: string
  name: string
  seed: number
  accuracy: number
  seconds: number
  tags: string[]
  star: boolean
  rate: number
  day: number
}

let store: Store
const rows: Row[] = []

beforeAll(() => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-test-'))
  store = openStore(path.join(folder, 'inloop.db'))
  for (let k = 0; k < 60; k++) {
    const row = {
      name: ['sweep fast', 'baseline', '100% "odd"_name'][k % 3],
      seed: k % 4,
      accuracy: 0.9 + k / 1000,
      seconds: k * 10,
      tags: k % 5 === 0 ? ['night', 'long tag'] : [],
      star: k % 6 === 0,
      rate: k / 1000,
      day: 1 + (k % 28)
    }
    const createdAt = `2026-11-${String(row.day).padStart(2, '0')}T08:15:00.000Z`
    const run = {
      ...idealRun(newJob(store)),
      name: row.name,
      seed: row.seed,
      config: { learningRate: row.rate },
      createdAt
    }
    const id = store.runs.create(run)
    const { accuracy, seconds } = row
    const epoch = { epoch: 1, loss: 1, trainAccuracy: accuracy, testAccuracy: accuracy, seconds }
    store.runs.append(id, { ...epoch, hiddenSpikesPerSample: k, samplesPerSecond: 1000 }, 100)
    store.runs.tag(id, row.tags)
    store.runs.star(id, row.star)
    rows.push({ id, ...row })
  }
  return () => {
    store.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

const kept = (filter: string): string[] => {
  const query = { filter, deleted: false, sort: 'started', descending: true, offset: 0, limit: 1000 } as const
  return store.runList
    .page(query)
    .runs.map((run) => run.id)
    .sort()
}
const where = (of: (row: Row) => boolean): string[] =>
  rows
    .filter(of)
    .map((row) => row.id)
    .sort()

describe('what a filter keeps', () => {
  it.each<[string, (row: Row) => boolean]>([
    ['', () => true],
    ['sweep', (r) => r.name.includes('sweep')],
    ['SWEEP Fast', (r) => r.name.includes('sweep')],
    ['"sweep fast"', (r) => r.name.includes('sweep')],
    ['name:"sweep fast"', (r) => r.name.includes('sweep')],
    ['100%', (r) => r.name.includes('100%')],
    ['_name', (r) => r.name.includes('_name')],
    ['name=baseline', (r) => r.name === 'baseline'],
    ['name!=baseline', (r) => r.name !== 'baseline'],
    ['-name:base', (r) => r.name !== 'baseline'],
    ['NOT name:base', (r) => r.name !== 'baseline'],
    ['seed:2', (r) => r.seed === 2],
    ['seed>1 seed<=3', (r) => r.seed > 1],
    ['accuracy>=0.95', (r) => r.accuracy >= 0.95],
    ['accuracy>=95%', (r) => r.accuracy >= 0.95],
    ['accuracy<91.5', (r) => r.accuracy < 0.915],
    ['took<1.5m', (r) => r.seconds < 90],
    ['took>=90s', (r) => r.seconds >= 90],
    ['tag:night', (r) => r.tags.length > 0],
    ['tag="long tag"', (r) => r.tags.length > 0],
    ['tag!=night', (r) => r.tags.length === 0],
    ['-tag:night star:yes', (r) => r.tags.length === 0 && r.star],
    ['star!=yes', (r) => !r.star],
    ['config.learningRate>0.03', (r) => r.rate > 0.03],
    ['started:2026-11-07', (r) => r.day === 7],
    ['started>2026-11-07', (r) => r.day > 7],
    ['started<=2026-11-07', (r) => r.day <= 7],
    ['chip:ideal', () => true],
    ['chip!=ideal', () => false],
    ['seed:1 OR seed:2 star:yes', (r) => r.seed === 1 || (r.seed === 2 && r.star)],
    ['(seed:1 OR seed:2) AND star:yes', (r) => (r.seed === 1 || r.seed === 2) && r.star],
    ['NOT (seed:1 OR tag:night)', (r) => !(r.seed === 1 || r.tags.length > 0)],
    ['not (seed:1 or tag:night) and star:yes', (r) => !(r.seed === 1 || r.tags.length > 0) && r.star],
    ['"or"', () => false],
    ['name:"\\"odd\\""', (r) => r.name.includes('"odd"')],
    ['-name:"\\"odd\\""', (r) => !r.name.includes('"odd"')]
  ])('%s', (filter, of) => {
    expect(kept(filter)).toEqual(where(of))
  })
})

it.each([
  ['colour:red', '"colour" is no field; allowed: id, name'],
  ['accuracy>much', 'accuracy>much: "much" is no number; allowed: a share'],
  ['name>b', 'text has no order'],
  ['started>yesterday', 'allowed: a day or time'],
  ['star:maybe', 'allowed: yes, no'],
  ['(seed:1', 'a bracket is not closed'],
  ['seed:1)', '")" closes no bracket'],
  ['seed:1 OR', 'the end stands where'],
  ['"open', 'a quote is not closed'],
  ['seed:', 'has no value after :']
])('%s is refused in one line', (filter, words) => {
  expect(() => runFilter(filter)).toThrow(words)
})

describe('a facet writes a filter that keeps what it counted', () => {
  const tag = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'a "()\\\\-=:ORnot'), minLength: 1, maxLength: 12 }),
    fc.string({ minLength: 1, maxLength: 40 })
  )
  const oneRun = (tags: string[]): string => {
    const { id } = rows[0]
    store.runs.tag(id, tags)
    return id
  }
  afterEach(() => oneRun(rows[0].tags))

  it('whatever a tag holds', () => {
    fc.assert(
      fc.property(
        tag.filter((text) => text.trim() === text),
        tag,
        (own, other) => {
          const id = oneRun([own, other])
          const filter = toggleTerm('', 'tag', own)
          expect(kept(filter)).toContain(id)
          expect(hasTerm(filter, 'tag', own)).toBe(true)
          expect(toggleTerm(filter, 'tag', own)).toBe('')
          oneRun([`${own}x`])
          expect(kept(filter)).not.toContain(id)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('in whatever line it is put, and out of it again', () => {
    const term = fc.constantFrom(
      'seed:1',
      'star=yes',
      '-tag:night',
      '"two  words"',
      'sweep',
      'NOT seed>2',
      '(seed:1 or tag=night)'
    )
    const line = fc
      .array(fc.tuple(term, fc.constantFrom(' ', ' AND ', ' or ')), { maxLength: 4 })
      .map((parts) => parts.map(([word, joint], k) => (k ? joint : '') + word).join(''))
    fc.assert(
      fc.property(line, (text) => {
        const narrowed = toggleTerm(text, 'tag', 'long tag')
        const before = kept(text)
        expect(kept(narrowed)).toEqual(before.filter((id) => kept('tag="long tag"').includes(id)))
        expect(kept(toggleTerm(narrowed, 'tag', 'long tag'))).toEqual(before)
      }),
      { numRuns: 20 }
    )
  })
})

it('groups say how many, which and how well', () => {
  const groups = store.runList.groups('star:yes', ['seed'])
  expect(groups.map((g) => g.key.seed).sort()).toEqual([0, 2])
  const zero = groups.find((g) => g.key.seed === 0)
  expect(zero?.runs.sort()).toEqual(where((r) => r.star && r.seed === 0))
  expect(zero?.accuracies).toEqual([...(zero?.accuracies ?? [])].sort())
})

it('facets count what the filter keeps', () => {
  const facets = store.runList.facets('seed:1', false)
  const of = (field: string) => facets.find((f) => f.field === field)?.values
  expect(of('star')).toEqual([{ value: 'no', runs: 15 }])
  expect(of('tag')).toEqual(
    expect.arrayContaining([{ value: 'night', runs: where((r) => r.seed === 1 && r.tags.length > 0).length }])
  )
})

it('counts all that a filter keeps, on whatever page', () => {
  const page = (filter: string, offset: number, deleted = false) =>
    store.runList.page({ filter, deleted, sort: 'accuracy', descending: true, offset, limit: 10 })
  for (const offset of [0, 10, 15, 1000]) expect(page('seed:1', offset).total).toBe(15)
  expect(page('seed:1', 10).runs.map(({ seed }) => seed)).toEqual([1, 1, 1, 1, 1])
  expect([page('', 0).total, page('', 100).total, page('', 0, true).total]).toEqual([60, 60, 0])
  const best = [...rows].sort((a, b) => b.accuracy - a.accuracy)
  expect(page('', 20).runs.map(({ id }) => id)).toEqual(best.slice(20, 30).map(({ id }) => id))
})
