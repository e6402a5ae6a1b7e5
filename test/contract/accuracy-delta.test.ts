/** Two runs over the same test samples: by the samples on which they differ; all others as if they were independent. */
import { describe, expect, it } from 'vitest'
import { deltaOf, pairedError, pairOf, type Readings } from '../../src-main/contract/accuracy-delta'
import { Stream } from '../../src-main/core/random/stream'
import { rightBits } from '../../src-main/core/training/right'

const DATA = 'a'.repeat(64)

function read(flags: readonly number[], more: Partial<Readings> = {}): Readings {
  const n = flags.length
  return {
    testAccuracy: flags.filter(Boolean).length / n,
    n,
    data: DATA,
    limit: null,
    right: rightBits(flags),
    ...more
  }
}

describe('a pair of runs', () => {
  // the base reads samples 0 … 6 right, the other 0 … 4 and 7 … 9
  const base = read([1, 1, 1, 1, 1, 1, 1, 0, 0, 0])
  const other = read([1, 1, 1, 1, 1, 0, 0, 1, 1, 1])

  it('counts the samples that one of them alone read right', () => {
    expect(pairOf(base, other)).toEqual({ n: 10, gained: 3, lost: 2 })
    expect(pairOf(other, base)).toEqual({ n: 10, gained: 2, lost: 3 })
    expect(pairOf(base, base)).toEqual({ n: 10, gained: 0, lost: 0 })
  })

  it('has the error of its discordant samples alone: √(b + c − (b − c)²/n)/n', () => {
    expect(pairedError({ n: 10, gained: 3, lost: 2 })).toBeCloseTo(Math.sqrt(5 - 0.1) / 10, 12)
    const delta = deltaOf([base], [other], 0, pairOf(base, other))
    expect(delta).toMatchObject({ paired: true, told: false })
    expect(delta?.points).toBeCloseTo(10, 12)
    expect(delta?.twoSigma).toBeCloseTo((200 * Math.sqrt(4.9)) / 10, 12)
  })

  it('is none where the samples are others, or it is not known what each made of them', () => {
    for (const change of [
      { data: 'b'.repeat(64) },
      { limit: 10 },
      { right: null },
      { right: new Uint8Array(1) },
      { testAccuracy: null },
      // the bits are of another reading than the accuracy
      { testAccuracy: 0.7 }
    ])
      expect(pairOf(base, { ...other, ...change }), JSON.stringify(change)).toBeNull()
    expect(deltaOf([base], [other], 0)?.paired).toBe(false)
    // a run that went on since
    expect(deltaOf([base], [{ ...other, testAccuracy: 0.9 }], 0, { n: 10, gained: 3, lost: 2 })?.paired).toBe(false)
    // medians of groups
    expect(deltaOf([base, base], [other], 0, { n: 10, gained: 3, lost: 2 })?.paired).toBe(false)
  })
})

it('drawn pairs that are as good as each other are told apart as rarely as 2 σ has it, whatever they have in common', () => {
  const [n, p, trials] = [500, 0.9, 1500]
  for (const common of [0, 0.5, 0.9]) {
    const stream = new Stream(`common ${common}`)
    // a share of the samples is as hard for both: their readings have that correlation
    const draw = (): [number[], number[]] => {
      const pairs = Array.from({ length: n }, () => {
        const first = stream.uniform() < p ? 1 : 0
        return [first, stream.uniform() < common ? first : stream.uniform() < p ? 1 : 0] as const
      })
      return [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
    }
    const deltas = Array.from({ length: trials }, () => {
      const [a, b] = draw().map((flags) => read(flags))
      return { paired: deltaOf([a], [b], 0, pairOf(a, b))!, apart: deltaOf([a], [b], 0)! }
    })
    const sd = Math.sqrt(deltas.reduce((sum, { paired }) => sum + paired.points ** 2, 0) / trials)
    // √(2 p q (1 − ρ)/n): the sd of a difference of two shares with correlation ρ, points
    expect(sd / (100 * Math.sqrt((2 * p * (1 - p) * (1 - common)) / n))).toBeGreaterThan(0.93)
    expect(sd / (100 * Math.sqrt((2 * p * (1 - p) * (1 - common)) / n))).toBeLessThan(1.07)
    const said = deltas.reduce((sum, { paired }) => sum + paired.twoSigma / 2, 0) / trials
    expect(said / sd).toBeGreaterThan(0.93)
    expect(said / sd).toBeLessThan(1.07)
    const alarms = (of: 'paired' | 'apart'): number => deltas.filter((delta) => delta[of].told).length / trials
    expect(alarms('paired')).toBeGreaterThan(0.025)
    expect(alarms('paired')).toBeLessThan(0.075)
    // as if they were independent the error is too wide: hardly any alarm is left
    if (common >= 0.5) expect(alarms('apart')).toBeLessThan(0.02)
  }
})
