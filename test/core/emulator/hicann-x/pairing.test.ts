// Pairing against a walk over single pulses, and what a whole array stores against the law for one synapse.
import { describe, expect, it } from 'vitest'
import { pairingOf, POST, PRE, REPEATED } from '../../../../src-main/core/emulator/hicann-x/sensors/pairing'
import { Stream } from '../../../../src-main/core/random/stream'
import { open } from '../chip-on-bench'

/** one pulse after the other, one exponential a pair: the law as it is written down */
function walk(pre: number[], post: number[], last: number, tau: number): { causal: number; acausal: number } {
  const pulses = [...pre.map((t) => ({ t, kind: PRE })), ...post.map((t) => ({ t, kind: POST }))]
  pulses.sort((a, b) => a.t - b.t || a.kind - b.kind)
  const sum = { causal: 0, acausal: 0 }
  let [lastUs, repeated] = [-Infinity, true]
  for (const { t, kind } of pulses) {
    if (kind === last || last === 0) repeated = true
    else {
      sum[kind === POST ? 'causal' : 'acausal'] += Math.exp((lastUs - t) / tau) * (repeated ? REPEATED : 1)
      repeated = false
    }
    last = kind
    lastUs = t
  }
  return sum
}

const stored = ({ delays, weights }: { delays: number[]; weights: number[] }, tau: number): number =>
  delays.reduce((sum, us, k) => sum + weights[k] * Math.exp(-us / tau), 0)

describe('pairing', () => {
  it('stores what a walk over single pulses does, for any pulses and any past', () => {
    const source = new Stream(3)
    const times = (count: number): number[] =>
      Array.from({ length: count }, () => 100 * source.uniform()).sort((a, b) => a - b)
    for (let run = 0; run < 200; run++) {
      const [pre, post, last] = [times(source.below(30)), times(source.below(30)), source.below(3)]
      const pairing = pairingOf(pre, post, last)
      const expected = walk(pre, post, last, 7)
      // delays are told apart at 1e-6 us: 2e-7 of a time constant
      expect(stored(pairing.causal, 7)).toBeCloseTo(expected.causal, 6)
      expect(stored(pairing.acausal, 7)).toBeCloseTo(expected.acausal, 6)
      const all = [...pre, ...post]
      const kind = pre.at(-1) === Math.max(...all) ? PRE : POST
      expect(pairing.last).toBe(all.length === 0 ? last : kind)
    }
  })

  it('counts the pairs of a measurement by delay', () => {
    const pre = Array.from({ length: 100 }, (_, k) => 500 * (k + 1))
    const { causal, acausal } = pairingOf(
      pre,
      pre.map((t) => t + 2.5),
      POST
    )
    expect(causal.delays.length).toBe(1)
    expect(causal.delays[0]).toBeCloseTo(2.5, 9)
    expect(causal.weights).toEqual([100])
    expect(acausal.weights).toEqual([99])
    expect(acausal.delays[0]).toBeCloseTo(497.5, 9)
  })
})

describe('pulses on all rows', () => {
  it('do what a pulse on each row does, and rows that are off see none', () => {
    const signs = Int8Array.from({ length: 256 }, (_, row) => (row < 4 ? 1 : 0))
    const of = (all: boolean): { causal: Uint8Array; acausal: Uint8Array } => {
      const port = open(5, 1)
      port.correlation.enable(true)
      port.writeRowSigns('top', signs)
      const pre = Array.from({ length: 60 }, (_, k) => 100 * (k + 1))
      port.run({
        durationUs: 10_000,
        postPulses: pre.map((t) => t + 2),
        ...(all
          ? { prePulses: pre }
          : {
              events: pre.flatMap((timeUs) => [0, 1, 2, 3].map((row) => ({ timeUs, array: 'top' as const, row })))
            })
      })
      return port.correlation.readArray('top')
    }
    const [every, each] = [of(true), of(false)]
    expect(every).toEqual(each)
    const [on, off] = [every.causal.subarray(0, 1024), every.causal.subarray(1024)]
    const middle = (list: Uint8Array): number => list.slice().sort()[list.length >> 1]
    expect(middle(off) - middle(on)).toBeGreaterThan(10)
  })

  it('refuse times outside the program, also where nothing is recorded', () => {
    const port = open(5, 1)
    expect(() => port.run({ durationUs: 5, prePulses: [6] })).toThrow('time 6 us lies outside the program (0 … 5 us)')
    expect(() => port.run({ durationUs: 5, events: [{ timeUs: -1, array: 'top', row: 0 }] })).toThrow('time -1 us')
  })
})

describe('a reading of a whole array', () => {
  it('has the rows as single readings have them, up to noise', () => {
    const port = open(5, 1)
    const all = port.correlation.readArray('bottom')
    expect(all.causal.length).toBe(65536)
    const from = port.elapsedMs
    const row = port.correlation.read('bottom', 7)
    expect(port.elapsedMs - from).toBeCloseTo(0.2, 9)
    // two reads of 1 LSB noise and rounding
    for (let c = 0; c < 256; c++) expect(Math.abs(all.acausal[7 * 256 + c] - row.acausal[c])).toBeLessThan(8)
  })
})
