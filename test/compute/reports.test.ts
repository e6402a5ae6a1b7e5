import { describe, expect, it } from 'vitest'
import { dashboardOf } from '../../src-main/compute/dashboard'
import { toFailure } from '../../src-main/compute/failure'
import type { TaskReport } from '../../src-main/compute/protocol'
import { throttled } from '../../src-main/compute/throttle'
import { InputError } from '../../src-main/core/errors/input-error'
import type { EpochReport } from '../../src-main/core/training/types'

describe('reports', () => {
  it('leave at most ten times a second of a kind, but none is lost that must be kept', () => {
    let now = 0
    const sent: TaskReport[] = []
    const report = throttled(
      (r) => sent.push(r),
      () => now
    )
    for (; now < 1000; now += 10) {
      report({ kind: 'progress', share: now / 1000, text: '' })
      report({ kind: 'batch', epoch: 0, loss: 0, accuracy: 0, hiddenSpikesPerSample: 0, samplesPerSecond: 0 })
      report({ kind: 'conversion', values: {} })
    }
    const count = (kind: string): number => sent.filter((r) => r.kind === kind).length
    expect([count('progress'), count('batch'), count('conversion')]).toEqual([10, 10, 100])
  })
})

describe('failures', () => {
  it('that a person can mend keep their code and line; others are ours', () => {
    expect(toFailure(new InputError('damaged-file', 'file x'))).toMatchObject({
      code: 'damaged-file',
      message: 'file x'
    })
    expect(toFailure(new TypeError('x is undefined'))).toMatchObject({ code: 'internal' })
    expect(toFailure('odd')).toMatchObject({ code: 'internal', message: 'odd' })
  })
})

describe('the dashboard of an epoch', () => {
  const hidden = Float32Array.of(0.1, -0.2, 0.3, 2)
  const report = {
    checkpoint: { epoch: 1, arrays: { hidden }, numbers: { weightPerUnit: 100 } },
    confusion: new Float64Array(100),
    sample: { side: 1 }
  } as unknown as EpochReport

  it('counts every weight once, in chip units, and says how many are at the limit', () => {
    const { weights, classes } = dashboardOf(report, 63)
    expect(classes).toBe(10)
    expect(weights.counts.reduce((sum, n) => sum + n, 0)).toBe(4)
    expect([weights.edges[0], weights.edges[weights.edges.length - 1]]).toEqual([-63, 63])
    const bin = (code: number): number => weights.edges.findIndex((edge) => edge > code) - 1
    for (const code of [10, -20, 30]) expect(weights.counts[bin(code)]).toBe(1)
    expect(weights.clippedShare).toBe(0.25)
  })

  it('has no limit on ideal, and receptive fields in model units', () => {
    const { weights } = dashboardOf(report, Infinity)
    expect(weights.clippedShare).toBe(0)
    expect(weights.counts.reduce((sum, n) => sum + n, 0)).toBe(4)
    expect([weights.units, ...weights.fields]).toEqual([4, ...hidden])
  })
})
