import { describe, expect, it } from 'vitest'
import { inOrder, valueOf, wordOf } from '../../src-renderer/lib/runs/grouped'
import { hasTerm, toggleTerm, withTerm } from '../../src-renderer/lib/runs/filter-text'
import { runStyle } from '../../src-renderer/lib/runs/style'

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
    expect(withTerm('', 'calibration', valueOf(''))).toBe('calibration=none')
    expect(withTerm('sweep seed=1', 'seed', valueOf(2))).toBe('sweep seed=2')
    expect(withTerm('sweep seed=2', 'seed', valueOf(2))).toBe('sweep seed=2')
    expect(['HX-11', '', 'HX-2'].sort(inOrder)).toEqual(['HX-2', 'HX-11', ''])
    expect([10, 2].sort(inOrder)).toEqual([2, 10])
    expect([wordOf('status', 'cancelled'), wordOf('calibration', '')]).toEqual(['stopped', 'none'])
  })

  it('gives eight runs in a row eight colours, for life', () => {
    const tokens = Array.from({ length: 8 }, (_, k) => runStyle(`r-${k + 13}`).token)
    expect(new Set(tokens).size).toBe(8)
    expect(runStyle('r-13')).toEqual(runStyle('r-13'))
    expect(runStyle('r-13').dash).not.toEqual(runStyle('r-21').dash)
  })
})
