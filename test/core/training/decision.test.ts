// The time to a decision is the first label spike: said of the test set, it is what the plane says of the same points.
import { describe, expect, it } from 'vitest'
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import { solo } from '../../../src-main/core/kernels/team'
import { kernelsForTest } from '../kernels/load'
import { tinySpikes } from './tiny-spikes'

describe('time to a decision', () => {
  it('is that of the earliest label spike of each sample', () => {
    const cells = Int32Array.from({ length: 110 }, (_, k) => k)
    const plane = { side: 11, cells, points: yinYang(110, 2) }
    const { reports } = tinySpikes(kernelsForTest(), solo, { set: { noise: 'none' }, epochs: 1, plane })
    const report = reports.find((each) => each.kind === 'epoch')!
    const times = report.plane!.times!
    const first = Array.from(cells, (cell) => Math.min(...[0, 1, 2].map((label) => times[label * 121 + cell])))
    const decided = first.filter((t) => t < Infinity)
    expect(decided.length).toBeGreaterThan(50)
    const mean = decided.reduce((sum, t) => sum + t, 0) / decided.length
    expect(report.decision!.meanUs).toBeCloseTo(mean, 3)
    expect(report.decision!.latestUs).toBeCloseTo(Math.max(...decided), 3)
  })
})
