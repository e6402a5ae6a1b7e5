import { describe, expect, it } from 'vitest'
import { inOrder, ordered, valueOf, wordOf } from '../../src-renderer/lib/runs/grouped'
import { hasTerm, toggleTerm, withTerm } from '../../src-renderer/lib/runs/filter-text'
import { stylesOf } from '../../src-renderer/lib/runs/style'
import { styleOfNumber } from '../../src-main/store/runs/style'

describe('the list of runs', () => {
  it('facets put terms into the filter line and take them out', () => {
    expect(toggleTerm('', 'status', 'done')).toBe('status=done')
    expect(toggleTerm('sweep status=done', 'status', 'failed')).toBe('sweep status=failed')
    expect(toggleTerm('sweep status=done', 'status', 'done')).toBe('sweep')
    expect(toggleTerm('', 'chip', 'first light')).toBe('chip="first light"')
    expect(hasTerm('a chip="first light" b', 'chip', 'first light')).toBe(true)
    expect(hasTerm('chip=HX-071', 'chip', 'HX-07')).toBe(false)
    expect(toggleTerm('seed:1 OR seed:2', 'star', 'yes')).toBe('(seed:1 OR seed:2) star=yes')
  })

  it('a group is opened by its term in the filter line', () => {
    expect(withTerm('', 'calibration', valueOf('calibration', ''))).toBe('calibration=none')
    expect(withTerm('sweep seed=1', 'seed', valueOf('seed', 2))).toBe('sweep seed=2')
    expect(withTerm('sweep seed=2', 'seed', valueOf('seed', 2))).toBe('sweep seed=2')
    expect(['HX-11', '', 'HX-2'].sort(inOrder)).toEqual(['HX-2', 'HX-11', ''])
    expect([10, 2].sort(inOrder)).toEqual([2, 10])
    expect([wordOf('status', 'cancelled'), wordOf('calibration', '')]).toEqual(['stopped', 'none'])
  })

  it('sorts groups by what they have in common or by a figure; those without one come last', () => {
    const row = (value: string, median: number | null) => {
      return { value, group: { members: 2, n: 2, lowest: null, highest: null, median } }
    }
    const rows = [row('', 0.5), row('HX-11', 0.9), row('HX-2', null), row('HX-3', 0.9)]
    const names = (...by: [Parameters<typeof ordered>[1], boolean]) => ordered(rows, ...by).map(({ value }) => value)
    expect(names('value', false)).toEqual(['HX-2', 'HX-3', 'HX-11', ''])
    expect(names('value', true)).toEqual(['HX-11', 'HX-3', 'HX-2', ''])
    expect(names('median', true)).toEqual(['HX-3', 'HX-11', '', 'HX-2'])
    expect(names('median', false)).toEqual(['', 'HX-3', 'HX-11', 'HX-2'])
  })

  it('gives eight runs in a row eight colours, and the next eight another line', () => {
    const styles = Array.from({ length: 32 }, (_, k) => styleOfNumber(`r-${k + 13}`))
    expect(new Set(styles.slice(0, 8).map(({ colour }) => colour)).size).toBe(8)
    expect(new Set(styles.map(({ colour, line }) => `${colour} ${line}`)).size).toBe(32)
  })

  it('tells apart runs of one picture that are stored alike; the oldest and all others keep what they are', () => {
    const blue = (id: string, line: 'solid' | 'dashed' = 'solid') => ({ id, colour: 'blue' as const, line })
    const few = [blue('r-90'), blue('r-4', 'dashed'), blue('r-5')]
    expect(Object.fromEntries(stylesOf(few))).toMatchObject({
      'r-4': { token: '--run-1', dash: [6, 2], mark: 'none' },
      'r-5': { token: '--run-1', dash: [], mark: 'none' },
      'r-90': { token: '--run-1', dash: [2, 2], mark: 'none' }
    })
    expect(stylesOf(few.toReversed())).toEqual(new Map([...stylesOf(few)]))
    const ten = stylesOf(Array.from({ length: 10 }, (_, k) => blue(`r-${k}`)))
    expect(new Set([...ten.values()].map((style) => JSON.stringify(style))).size).toBe(10)
    expect([...ten.values()].every(({ token }) => token === '--run-1')).toBe(true)
  })
})
