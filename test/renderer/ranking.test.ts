import { describe, expect, it } from 'vitest'
import { ranked, rankOf, type Findable } from '../../src-renderer/lib/text/ranking'

const run = (id: string, name = 'surrogate', chip = 'HX-01'): Findable & { id: string } => ({
  id,
  group: 'Runs',
  label: name,
  names: [id],
  note: `${id}, ${chip}`
})
const report = { id: 'report-r-4,r-3', group: 'Do', label: 'Save a report of the comparison' }
const one = { id: 'report-r-4', group: 'Do', label: 'Save a report of r-4' }
const ids = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id)

describe('what a few words mean', () => {
  it('is not looked for in ids that nobody sees', () => {
    expect(ids(ranked([report, run('r-4')], 'r-4'))).toEqual(['r-4'])
    expect(rankOf(report, 'report-r')).toBeNull()
  })

  it('is first of all the very name, wherever its group stands, then what begins with it, then words', () => {
    const entries = [one, run('r-40'), run('r-14'), run('r-4'), run('r-5', 'after r-4')]
    expect(ids(ranked(entries, 'r-4'))).toEqual(['r-4', 'r-40', 'r-5', 'report-r-4'])
    expect(ids(ranked(entries, '  R-4 '))).toEqual(['r-4', 'r-40', 'r-5', 'report-r-4'])
    expect(ids(ranked(entries, 'report of'))).toEqual(['report-r-4'])
  })

  it('takes words in any order, of label, group and note, and all of them must be there', () => {
    expect(ids(ranked([one, report], 'comparison save'))).toEqual(['report-r-4,r-3'])
    expect(ids(ranked([run('r-1'), run('r-2', 'surrogate', 'HX-02')], 'runs hx-02'))).toEqual(['r-2'])
    expect(ranked([one], 'report xyz')).toEqual([])
  })

  it('for any entries and words: an exact name is never behind, nothing is lost or made up, groups stay together', () => {
    let state = 1
    const next = (n: number): number => (state = (state * 48271) % 2147483647) % n
    const words = ['r-1', 'r-12', 'save', 'chip', 'hx', 'a report', 'r-1 again', 'hx-01', '']
    const pick = (): string => words[next(words.length)]
    for (let k = 0; k < 2000; k++) {
      const entries = Array.from({ length: 1 + next(9) }, (_, id) => {
        return { id: String(id), group: pick(), label: pick(), note: pick(), names: [pick()] }
      })
      const typed = pick()
      const found = ranked(entries, typed)
      expect(ids(found).sort()).toEqual(ids(entries.filter((entry) => rankOf(entry, typed) !== null)).sort())
      const exact = entries.filter(({ label, names }) => typed !== '' && [label, ...names].includes(typed))
      if (exact.length > 0) expect(ids(exact)).toContain(found[0].id)
      const groups = found.map(({ group }) => group).filter((group, at, all) => group !== all[at - 1])
      expect(new Set(groups).size).toBe(groups.length)
    }
  })
})
