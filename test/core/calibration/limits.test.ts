import { describe, expect, it } from 'vitest'
import { judge, missed } from '../../../src-main/core/calibration/limits'
import { Stream } from '../../../src-main/core/random/stream'

const normal = (centre: number, sd: number, name: string): Float64Array => {
  const stream = new Stream('limits', name)
  return Float64Array.from({ length: 512 }, () => centre + sd * stream.normal())
}

const all = new Uint8Array(512).fill(1)
const leak = { name: 'leak', label: 'Leak', unit: 'LSB', target: 80, sigma: new Float64Array(512).fill(1.1), reads: 10 }

describe('acceptance limits', () => {
  it('divides trimmed spreads, so that a few wild neurons do not decide', () => {
    const before = normal(80, 10, 'before')
    const after = normal(80, 2, 'after')
    for (let k = 0; k < 10; k++) after[k * 50] = 250
    const verdict = judge({ ...leak, before, after }, all)
    expect(verdict.spreadRatio).toBeGreaterThan(0.18)
    expect(verdict.spreadRatio).toBeLessThan(0.24)
    expect(verdict.passed).toBe(true)
    expect(verdict.limit).toBe(0.3)
  })

  it('fails at a spread ratio above the limit', () => {
    const verdict = judge({ ...leak, before: normal(80, 10, 'a'), after: normal(80, 4, 'b') }, all)
    expect(verdict.checks.filter((c) => !c.passed).map((c) => c.name)).toEqual(['Leak: spread ratio'])
  })

  it('an even chip is held to the spread itself, not to a ratio of noises', () => {
    const fine = judge({ ...leak, before: normal(80, 0.5, 'a'), after: normal(80, 0.6, 'b') }, all)
    expect(fine.passed).toBe(true)
    expect(fine.limit).toBeNull()
    const noisy = judge(
      { ...leak, sigma: leak.sigma.map(() => 20), before: normal(80, 3, 'a'), after: normal(80, 2, 'b') },
      all
    )
    expect(noisy.checks[0]).toMatchObject({ name: 'Leak: spread ratio', notApplicable: true, passed: true })
    expect(noisy.checks[1]).toMatchObject({ name: 'Leak: spread', limit: 1, passed: false })
    expect(noisy.passed).toBe(false)
  })

  it('an even spread at the wrong place fails', () => {
    const verdict = judge({ ...leak, before: normal(80, 10, 'a'), after: normal(84, 0.5, 'b') }, all)
    expect(verdict.checks.filter((c) => !c.passed).map((c) => c.name)).toEqual(['Leak: median off target'])
  })

  it('leaves out neurons that do not count', () => {
    const after = normal(80, 0.5, 'b')
    after.fill(0, 0, 256)
    const half = all.map((_, n) => (n < 256 ? 0 : 1))
    expect(judge({ ...leak, before: normal(80, 10, 'a'), after }, all).passed).toBe(false)
    expect(judge({ ...leak, before: normal(80, 10, 'a'), after }, half).passed).toBe(true)
  })

  it('nothing measured is a failure', () => {
    const nothing = new Float64Array(512).fill(NaN)
    expect(judge({ ...leak, before: nothing, after: nothing }, all).passed).toBe(false)
  })

  it('a neuron far off, endless or not measured has failed', () => {
    expect(Array.from(missed('leak', 80, Float64Array.of(80, 87, 73, 89, NaN)))).toEqual([0, 0, 0, 1, 1])
    expect(Array.from(missed('tau_mem', 6, Float64Array.of(6, 7.4, Infinity, 4.4)))).toEqual([0, 0, 1, 1])
    expect(Array.from(missed('gain_exc', null, Float64Array.of(0.2, 0.25, 0.2, 0)))).toEqual([0, 0, 0, 1])
  })
})
