import { describe, expect, it } from 'vitest'
import { confusionDifference } from '../../src-renderer/lib/runs/confusion'
import { band, errorCurve, groupRuns } from '../../src-renderer/lib/runs/groups'
import { runDetail, runs } from './harness/runs'

const list = runs(12, false).map(runDetail)

describe('groups of runs', () => {
  it('every run is in one group, under the name of what they share', () => {
    const groups = groupRuns(list, 'chip')
    expect(groups.flatMap((group) => group.runs)).toHaveLength(list.length)
    for (const group of groups) expect(group.runs.every((run) => run.chipName === group.name)).toBe(true)
    expect(groupRuns(list, 'run')).toHaveLength(list.length)
  })

  it('the band is median and quartiles of the members that got so far, where at least half did', () => {
    const curves = [
      [
        { x: 1, y: 10 },
        { x: 2, y: 4 }
      ],
      [
        { x: 1, y: 20 },
        { x: 2, y: 8 }
      ],
      [{ x: 1, y: 30 }],
      [
        { x: 1, y: 40 },
        { x: 3, y: 1 }
      ]
    ]
    expect(band(curves)).toEqual([
      { x: 1, low: 17.5, middle: 25, high: 32.5, n: 4 },
      { x: 2, low: 5, middle: 6, high: 7, n: 2 }
    ])
  })

  it('errors are 100 minus the accuracy, epochs without a test left out', () => {
    const [run] = list
    const history = [
      { ...run.history[0], epoch: 1, testAccuracy: 0.9 },
      { ...run.history[0], epoch: 2, testAccuracy: null }
    ]
    expect(errorCurve({ ...run, history })).toEqual([{ x: 1, y: expect.closeTo(10, 12) as number }])
  })
})

it('a difference of confusion counts images of 1000 of each class', () => {
  const base = Float64Array.of(90, 10, 0, 50)
  const other = Float64Array.of(40, 10, 5, 45)
  expect([...confusionDifference(base, other, 2)].map(Math.round)).toEqual([-100, 100, 100, -100])
})
