/** Whatever is typed into the filter line either is understood or is refused in one line that says what is allowed. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { StoreError } from '../../src-main/store/errors'
import type { Store } from '../../src-main/store/index'
import { runFilter } from '../../src-main/store/runs/filter'
import { idealRun, newJob, temporaryStore } from './fixtures'

const ask = (store: Store, filter: string): number =>
  store.runList.page({ filter, deleted: false, sort: 'started', descending: true, offset: 0, limit: 10 }).total

/** the refusal; null: it was understood */
function refusal(store: Store, filter: string): string | null {
  try {
    ask(store, filter)
    return null
  } catch (error) {
    if (error instanceof StoreError && error.code === 'bad-input') return error.message
    throw error
  }
}

it.each([
  ['accuracy>>1', /">>1" is no sign; allowed: one of : = != > >= < <=/],
  ['accuracy==0.9', /"==0.9" is no sign; allowed: one of/],
  ['accuracy=>0.9', /"=>0.9" is no sign; allowed: one of/],
  ['name==b', /"==b" is no sign; allowed: .* or the value in quotes/],
  ['accuracy≥0.9', /"accuracy≥0.9" has no sign after accuracy; allowed: one of/],
  ['accuracy~0.9', /has no sign after accuracy; allowed/],
  ['accuracy > 0.9', /">" has no field before >; allowed: no space between them/],
  ['accuracy>= 0.9', /has no value after >=; "" is an empty one; allowed: no space/],
  ['>=0.9', /">=0.9" has no field before >=; allowed/],
  ['accuracy>0.9.1', /"0.9.1" is no number; allowed: a share, as 0.965 or 96.5%/],
  ['accuracy>much', /"much" is no number; allowed: a share/],
  ['seed:Infinity', /"Infinity" is no number; allowed: a number/],
  ['took<1.2.3s', /"1.2.3s" is no number; allowed: a time, as 90s, 1.5min or 2h/],
  ['constructor=1', /"constructor" is no field; allowed: id, name/],
  ['config.=1', /"config." is no field; allowed: .*config.KEY/],
  ['config=slope', /allowed: `=` or `!=` and the eight digits of a group of settings/],
  ['config>#0a1b2c3d', /the eight digits of a group of settings/],
  ['star>yes', /allowed: yes, no/],
  ['tag>night', /text has no order; allowed: `:` for a part/],
  ['started>2026-13-01', /allowed: a day or time of your clock/],
  ['((seed:1', /a bracket is not closed; allowed: a \) for each \(/],
  ['()', /"\)" stands where a word or field:value should/],
  ['AND seed:1', /"AND" stands where/],
  ['NOT', /the end stands where/],
  ['"open\nline', /a quote is not closed in "open line; allowed: "words"/],
  ['a '.repeat(101), /101 words given; allowed: at most 100/],
  ['NOT '.repeat(40) + 'a', /allowed: at most 20 deep/],
  ['('.repeat(40) + 'a' + ')'.repeat(40), /allowed: at most 20 deep/]
])('%s', (filter, words) => {
  expect(() => runFilter(filter)).toThrow(words)
})

it('what only looks odd is looked for as it stands', () => {
  const store = temporaryStore()
  for (const name of ['a=b', '>>1', '12:30', "note's", 'chip-3', 'über~2', 'a'])
    store.runs.create({ ...idealRun(newJob(store)), name })
  for (const filter of ['name="a=b"', 'name=">>1"', '">>1"', '12:30', "note's", 'chip-3', 'über~2'])
    expect(ask(store, filter), filter).toBe(1)
  expect(ask(store, Array.from({ length: 50 }, () => '"a=b"').join(' OR '))).toBe(1)
})

it('any text is understood by SQLite or refused in one line', () => {
  const store = temporaryStore()
  store.runs.create({ ...idealRun(newJob(store)), name: 'one' })
  const piece = fc.oneof(
    fc.constantFrom(...['accuracy', 'seed', 'config', 'config.slope', 'tag', 'started', 'took', 'constructor', 'x']),
    fc.constantFrom(
      ...[':', '=', '!=', '>', '>=', '<', '<=', '>>', '~', '≥', '-', '(', ')', '"', '\\', ' ', '\n', '%', '#']
    ),
    fc.constantFrom(...['AND', 'OR', 'NOT', '0.9', '96%', '2026-01', 'yes', '0a1b2c3d']),
    fc.string({ maxLength: 6 })
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const said = refusal(store, pieces.join(''))
      if (said !== null) expect(said).toMatch(/^filter: .*(allowed|no order)/)
    }),
    { numRuns: 400 }
  )
})
