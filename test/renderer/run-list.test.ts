import { describe, expect, it } from 'vitest'
import { filterRuns, sortRuns } from '../../src-renderer/lib/run-filter'
import { runStyle } from '../../src-renderer/lib/run-style'
import { runs } from './harness/runs'

const list = runs(40, false)

describe('the list of runs', () => {
  it('finds words anywhere, keys in their column, and leaves out what has a minus', () => {
    expect(filterRuns(list, 'HX-07 sweep').every((run) => run.chipName === 'HX-07' && run.name.includes('sweep'))).toBe(
      true
    )
    expect(filterRuns(list, 'status:failed')).toHaveLength(1)
    expect(
      filterRuns(list, '-status:done')
        .map((run) => run.status)
        .sort()
    ).toEqual(['cancelled', 'failed', 'interrupted'])
    expect(filterRuns(list, 'star:yes').every((run) => run.star)).toBe(true)
    expect(filterRuns(list, '')).toHaveLength(40)
  })

  it('sorts by any column, newest first among equals', () => {
    const sorted = sortRuns(list, 'accuracy', true)
    const values = sorted.map((run) => run.metrics.testAccuracy ?? -1)
    expect(values).toEqual([...values].sort((a, b) => b - a))
    const same = sortRuns(list, 'method', false).map((run) => run.createdAt)
    expect(same).toEqual([...same].sort().reverse())
  })

  it('gives eight runs in a row eight colours, for life', () => {
    const tokens = Array.from({ length: 8 }, (_, k) => runStyle(`r-${k + 13}`).token)
    expect(new Set(tokens).size).toBe(8)
    expect(runStyle('r-13')).toEqual(runStyle('r-13'))
    expect(runStyle('r-13').dash).not.toEqual(runStyle('r-21').dash)
  })
})
