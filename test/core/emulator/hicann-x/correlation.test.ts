// Correlation sensors through the port, measured as calix measures them.
import { describe, expect, it } from 'vitest'
import type { ChipPort } from '../../../../src-main/core/emulator/chip-port'
import { open } from '../chip-on-bench'

const ROW = 10
type Reading = ReturnType<ChipPort['correlation']['read']>
const median = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1]

function bench(seed = 5, mismatch = 1): ChipPort {
  const port = open(seed, mismatch)
  port.writeRowSigns('top', new Int8Array(256).fill(1, ROW, ROW + 1))
  port.correlation.enable(true)
  return port
}

/** means of several reads of the row */
function read(port: ChipPort, reads = 8): { causal: number[]; acausal: number[] } {
  const all: Reading[] = Array.from({ length: reads }, () => port.correlation.read('top', ROW))
  const of = (branch: 'causal' | 'acausal'): number[] =>
    Array.from({ length: 256 }, (_, c) => all.reduce((sum, reading) => sum + reading[branch][c], 0) / reads)
  return { causal: of('causal'), acausal: of('acausal') }
}

/** what pairs store, CADC LSB: the dummy pulse of issue 4021 first, then `pairs` pairs 500 µs apart */
function stored(port: ChipPort, delayUs: number, pairs: number): { causal: number[]; acausal: number[] } {
  const row = (timeUs: number) => ({ timeUs, array: 'top' as const, row: ROW })
  if (delayUs > 0) port.run({ durationUs: 1, postPulses: [0.5] })
  else port.run({ durationUs: 1, events: [row(0.5)] })
  port.correlation.reset('top')
  const before = read(port)
  const firsts = Array.from({ length: pairs }, (_, k) => 500 * (k + 1))
  const seconds = firsts.map((t) => t + Math.abs(delayUs))
  port.run({
    durationUs: 500 * (pairs + 2),
    events: (delayUs > 0 ? firsts : seconds).map(row),
    postPulses: delayUs > 0 ? seconds : firsts
  })
  const after = read(port)
  const difference = (branch: 'causal' | 'acausal'): number[] => before[branch].map((x, c) => x - after[branch][c])
  return { causal: difference('causal'), acausal: difference('acausal') }
}

describe('correlation sensors', () => {
  it('see pre before post as causal and post before pre as acausal, less with distance', () => {
    const port = bench()
    const near = stored(port, 1, 60)
    const far = stored(port, 20, 60)
    const reversed = stored(port, -1, 60)
    // the acceptance of calix: at least 80 % of the synapses
    const share = (test: (c: number) => boolean): number =>
      Array.from({ length: 256 }, (_, c) => c).filter(test).length / 256
    expect(share((c) => near.causal[c] > near.acausal[c] + 2 && near.causal[c] > far.causal[c])).toBeGreaterThan(0.95)
    expect(share((c) => reversed.acausal[c] > reversed.causal[c] + 2)).toBeGreaterThan(0.95)
    expect(median(near.acausal.map(Math.abs))).toBeLessThan(1)
  })

  it('store η e^(−Δt / τ) a pair', () => {
    const port = bench(5, 0)
    for (const delay of [0.5, 1, 2.5, 5, 10, -0.5, -2.5, -10]) {
      const { causal, acausal } = stored(port, delay, 100)
      const branch = delay > 0 ? causal : acausal
      const expected = 100 * 0.5 * Math.exp(-Math.abs(delay) / 5)
      // the biases' write noise (0.5 of 70 and 80 codes) stays: 1 %; 256 synapses, 8 reads, two readings
      expect(Math.abs(branch.reduce((a, b) => a + b, 0) / 256 / expected - 1)).toBeLessThan(0.03 + 0.05 / expected)
    }
  })

  it('add up pair by pair until the storage is empty', () => {
    const port = bench(5, 0)
    const of = (pairs: number): number => median(stored(port, 1, pairs).causal)
    const one = of(50) / 50
    expect(Math.abs(of(200) / 200 / one - 1)).toBeLessThan(0.05)
    // 160 LSB are there; the reading of 190 ends at 30
    for (const pairs of [400, 800]) expect(Math.abs(of(pairs) - 160)).toBeLessThan(2)
  })

  it('keep what they stored until a reset, then read their baseline of more than 120', () => {
    const port = bench()
    port.correlation.reset('top')
    const fresh = read(port)
    expect(Math.min(...fresh.causal, ...fresh.acausal)).toBeGreaterThan(120)
    stored(port, 1, 80)
    const [once, again] = [read(port), read(port)]
    for (let c = 0; c < 256; c++) {
      expect(Math.abs(once.causal[c] - again.causal[c])).toBeLessThan(3)
      expect(once.causal[c]).toBeLessThan(fresh.causal[c] - 3)
    }
    port.correlation.reset('top')
    const reset = read(port)
    // means of 8 reads of 1 LSB noise and rounding: differences of sd 0.55
    for (let c = 0; c < 256; c++) expect(Math.abs(reset.causal[c] - fresh.causal[c])).toBeLessThan(2.7)
  })

  it('pair each pulse with its nearest neighbour of the other kind only', () => {
    const port = bench(5, 0)
    // some 35 LSB a pair, so that one is seen well; written once, because each write lands a little off
    port.correlation.writeBias('store', new Uint16Array(4).fill(1))
    const run = (pre: number[], post: number[]): { causal: number; acausal: number } => {
      port.run({ durationUs: 1, postPulses: [0.5] })
      port.correlation.reset('top')
      const before = read(port)
      port.run({
        durationUs: 100,
        events: pre.map((timeUs) => ({ timeUs, array: 'top' as const, row: ROW })),
        postPulses: post
      })
      const after = read(port)
      return {
        causal: median(before.causal) - median(after.causal),
        acausal: median(before.acausal) - median(after.acausal)
      }
    }
    // a second post finds no fresh pre; a second pre finds no fresh post
    const single = run([10], [12])
    const two = run([10], [12, 13])
    expect(single.causal).toBeGreaterThan(10)
    expect(Math.abs(two.causal - single.causal)).toBeLessThan(1)
    expect(single.acausal).toBeLessThan(1)
    const between = run([10, 20], [12])
    expect(Math.abs(between.causal - single.causal)).toBeLessThan(1)
    expect(between.acausal / single.causal).toBeCloseTo(Math.exp(-6 / 5), 1)
  })

  it('remember the kind of the last pulse across resets (issue 4021)', () => {
    const port = bench(5, 0)
    port.correlation.writeBias('store', new Uint16Array(4).fill(1))
    const pair = (): number => {
      port.correlation.reset('top')
      const before = median(read(port).causal)
      port.run({ durationUs: 40, events: [{ timeUs: 10, array: 'top', row: ROW }], postPulses: [12] })
      return before - median(read(port).causal)
    }
    port.run({ durationUs: 5, events: [{ timeUs: 1, array: 'top', row: ROW }] })
    const unprepared = pair()
    port.run({ durationUs: 5, postPulses: [1] })
    const prepared = pair()
    expect(unprepared / prepared).toBeCloseTo(0.8, 1)
    // the pair itself ended with a post: the next needs no dummy
    expect(Math.abs(pair() - prepared)).toBeLessThan(1)
  })

  it('follow their trims, row modes, labels and the chip’s own spikes', () => {
    const port = bench(5, 0)
    const plain = median(stored(port, 1, 100).causal)
    port.correlation.writeTrims('top', ROW, new Uint8Array(256), new Uint8Array(256).fill(2))
    expect(median(stored(port, 1, 100).causal) / plain).toBeCloseTo(0.64, 1)
    port.correlation.writeTrims('top', ROW, new Uint8Array(256).fill(3), new Uint8Array(256))
    // τ 2.56 instead of 5 µs
    const ratio = median(stored(port, 5, 200).causal) / 200 / 0.5
    expect(Math.abs(ratio / Math.exp(-5 / 2.56) - 1)).toBeLessThan(0.08)
    // labelled events: columns of another label see no pre pulse
    port.correlation.writeTrims('top', ROW, new Uint8Array(256), new Uint8Array(256))
    port.routing.writeLabels(
      'top',
      ROW,
      Uint8Array.from({ length: 256 }, (_, c) => (c < 128 ? 3 : 4))
    )
    port.routing.writeCrossbarNode(8, 1, { mask: 0, target: 0, countDrops: false })
    port.correlation.reset('top')
    const before = read(port)
    port.run({
      durationUs: 500,
      labelled: Array.from({ length: 40 }, (_, k) => ({ timeUs: 10 * k + 1, label: (1 << 6) | 3 })),
      postPulses: Array.from({ length: 40 }, (_, k) => 10 * k + 2)
    })
    const after = read(port)
    expect(before.causal[20] - after.causal[20]).toBeGreaterThan(10)
    expect(Math.abs(before.causal[200] - after.causal[200])).toBeLessThan(3)
    // a row that is off sends no pulse
    port.writeRowSigns('top', new Int8Array(256))
    expect(Math.abs(median(stored(port, 1, 100).causal))).toBeLessThan(1)
  })

  it('see nothing while they are not connected, and their biases shift the converters', () => {
    const port = bench(5, 0)
    port.correlation.enable(false)
    expect(Math.abs(median(stored(port, 1, 100).causal))).toBeLessThan(1)
    const level = (): number => median(Array.from(port.readDebugLine(300, 20)))
    const without = level()
    port.correlation.writeBias('ramp', new Uint16Array(4).fill(800))
    expect(level() - without).toBeGreaterThan(1)
    expect(level() - without).toBeLessThan(6)
    expect(port.correlation.readBias('ramp')[0]).toBe(800)
  })
})
