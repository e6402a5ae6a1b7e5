import { describe, expect, it } from 'vitest'
import { agedChip, MOST_DAYS, USUAL_TEMPERATURE } from '../../../src-main/core/chip/hicann-x/drift'
import { drawChip } from '../../../src-main/core/chip/hicann-x/draw'
import { quadrantOf } from '../../../src-main/core/chip/hicann-x/topology'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { inspect } from '../../../src-main/core/emulator/inspector'
import { mean, sd } from '../../../src-main/core/statistics/summary'

const SLOPE = { leak: 0.27, reset: 0.3, threshold: 0.34 }
const draw = drawChip(7, 1)
const at = (days: number, temperature = USUAL_TEMPERATURE, seed = 7) =>
  agedChip(seed === 7 ? draw : drawChip(seed, 1), { days, temperature })
/** how far a potential has moved between two ages, CADC LSB */
const moved = (name: keyof typeof SLOPE, from: number, to: number, seed = 7): Float64Array => {
  const [a, b] = [at(from, USUAL_TEMPERATURE, seed).circuit[name], at(to, USUAL_TEMPERATURE, seed).circuit[name]]
  return a.map((x, n) => (b[n] - x) * SLOPE[name])
}
const correlation = (x: Float64Array, y: Float64Array): number => {
  const [a, b] = [mean(x), mean(y)]
  return mean(x.map((v, n) => (v - a) * (y[n] - b))) / (sd(x) * sd(y))
}

describe('a chip that ages', () => {
  it('is what it was on its first day, to the last bit, and always the same at the same age', () => {
    expect(at(0)).toBe(draw)
    expect(at(12.25).circuit).toEqual(agedChip(drawChip(7, 1), { days: 12.25, temperature: 30 }).circuit)
  })

  it.each(['leak', 'reset', 'threshold'] as const)('walks %s by 0.3 LSB a root day, at every scale of time', (name) => {
    for (const [from, to] of [
      [0, 0.25],
      [0, 1],
      [3, 6],
      [6, 106],
      [1000, 1001],
      [0, MOST_DAYS]
    ]) {
      const steps = [1, 2, 3, 4].flatMap((seed) => [...moved(name, from, to, seed)])
      // the sd of 2048 draws is known to 1.6 %; 5 sd
      expect(sd(steps) / (0.3 * Math.sqrt(to - from))).toBeGreaterThan(0.92)
      expect(sd(steps) / (0.3 * Math.sqrt(to - from))).toBeLessThan(1.08)
      expect(Math.abs(mean(steps))).toBeLessThan((5 * 0.3 * Math.sqrt(to - from)) / Math.sqrt(2048))
    }
  })

  it('has independent steps, circuits and potentials', () => {
    const days = [moved('leak', 0, 1), moved('leak', 1, 2), moved('leak', 2, 3), moved('reset', 0, 1)]
    for (const [k, one] of days.entries()) {
      for (const other of days.slice(k + 1)) expect(Math.abs(correlation(one, other))).toBeLessThan(5 / Math.sqrt(512))
    }
    const neighbours = [moved('leak', 0, 9).slice(0, 511), moved('leak', 0, 9).slice(1)]
    expect(Math.abs(correlation(neighbours[0], neighbours[1]))).toBeLessThan(5 / Math.sqrt(512))
  })

  it('moves with temperature: potentials of a quadrant together, conductances and time constants by the same share', () => {
    const warm = at(0, 40)
    for (const name of ['leak', 'reset', 'threshold'] as const) {
      const perKelvin = warm.circuit[name].map((x, n) => ((x - draw.circuit[name][n]) * SLOPE[name]) / 10)
      const quadrants = [0, 1, 2, 3].map((q) => perKelvin.filter((_, n) => quadrantOf(n) === q))
      for (const list of quadrants) {
        expect(sd(list)).toBeLessThan(1e-9)
        expect(list[0]).toBeGreaterThanOrEqual(0.05)
        expect(list[0]).toBeLessThanOrEqual(0.1)
      }
      expect(new Set(quadrants.map((list) => list[0].toFixed(6))).size).toBe(4)
    }
    const ratio = (name: 'leakBias' | 'gainExc' | 'tauExc' | 'tauReset') =>
      warm.circuit[name][9] / draw.circuit[name][9]
    expect(ratio('leakBias')).toBeCloseTo(Math.exp(-0.02), 12)
    expect(ratio('gainExc')).toBeCloseTo(Math.exp(-0.02), 12)
    expect(ratio('tauExc')).toBeCloseTo(Math.exp(0.03), 12)
    expect(ratio('tauReset')).toBeCloseTo(Math.exp(0.02), 12)
    // and comes back
    expect(at(0, USUAL_TEMPERATURE)).toBe(draw)
  })

  it('does nothing to an ideal chip', () => {
    const ideal = drawChip(7, 0)
    const old = agedChip(ideal, { days: 100, temperature: 45 })
    expect(old.circuit.leak.every((x) => x === 0)).toBe(true)
    expect(old.circuit.leakBias.every((x) => x === 1)).toBe(true)
  })

  it('is the same chip to its port: serial and defects stay, the resting membranes have moved', () => {
    const [young, old] = [0, 100].map((ageDays) => openChip({ seed: 7, mismatch: 1, trialSeed: 1, ageDays }))
    expect(old.identity).toEqual(young.identity)
    expect(inspect(old).circuits.dead).toEqual(inspect(young).circuits.dead)
    const rest = (port: typeof old): Uint8Array => port.run({ durationUs: 1, columnReads: [0.5] }).columnReads
    const [a, b] = [rest(young), rest(old)]
    const shift = Float64Array.from(a, (x, n) => b[n] - x).filter((_, n) => a[n] > 0 && a[n] < 255)
    // 0.3 LSB · √100, seen by converters whose slopes differ by 5 %; the two sessions have the same noise
    expect(sd(shift)).toBeGreaterThan(3 * 0.85)
    expect(sd(shift)).toBeLessThan(3 * 1.15)
  })
})
