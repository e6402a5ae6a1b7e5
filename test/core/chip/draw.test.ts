import { describe, expect, it } from 'vitest'
import { drawChip, serialNumber, type ChipDraw } from '../../../src-main/core/chip/hicann-x/draw'
import { quadrantOf } from '../../../src-main/core/chip/hicann-x/topology'
import { circuitsOf } from '../../../src-main/core/chip/hicann-x/transfer'
import { medianCells, medianSwitches } from './median'

const SEEDS = Array.from({ length: 20 }, (_, k) => 1000 + k)
const chips = SEEDS.map((seed) => drawChip(seed, 1))
const circuits = chips.map((draw) =>
  circuitsOf(draw, medianCells(), new Float64Array(4).fill(600), medianSwitches(), 3.90625)
)

const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length
const sd = (list: number[]): number => {
  const centre = mean(list)
  return Math.sqrt(list.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (list.length - 1))
}
const correlation = (x: number[], y: number[]): number => {
  const [a, b] = [mean(x), mean(y)]
  return mean(x.map((v, k) => (v - a) * (y[k] - b))) / (sd(x) * sd(y))
}

/** values in groups: [chip][quadrant][neuron] */
function groups(value: (chip: number, n: number) => number): number[][][] {
  return SEEDS.map((_, chip) =>
    [0, 1, 2, 3].map((q) =>
      Array.from({ length: 512 }, (_, n) => n)
        .filter((n) => quadrantOf(n) === q)
        .map((n) => value(chip, n))
    )
  )
}
/** sd inside a quadrant, pooled over quadrants and chips */
const within = (g: number[][][]): number => Math.sqrt(mean(g.flat().map((list) => sd(list) ** 2)))
/** sd of the quadrants' own part, pooled over chips */
const between = (g: number[][][]): number => sd(g.flat().map(mean))
/** the deviation from the nominal value, relative to the stated one */
const near = (value: number, stated: number, tolerance: number): void => {
  expect(value).toBeGreaterThan(stated * (1 - tolerance))
  expect(value).toBeLessThan(stated * (1 + tolerance))
}

/** the code that brings a circuit to the nominal value, as chip "cube 66"'s calibration had to find it */
function needed(kind: 'leak' | 'reset' | 'threshold', code0: number): number[][][] {
  return groups((chip, n) => (code0 - chips[chip].circuit[kind][n]) / chips[chip].quadrant.voltageGain[quadrantOf(n)])
}
function neededCurrent(value: (draw: ChipDraw, n: number, q: number) => number): number[][][] {
  return groups((chip, n) => value(chips[chip], n, quadrantOf(n)))
}
const ln = (g: number[][][]): number[][][] => g.map((chip) => chip.map((list) => list.map(Math.log)))

describe('twenty chips of recipe A', () => {
  // hardware.md 3.2: the settings that calibrated chip "cube 66", spread within a quadrant
  it('need codes that differ as published within a quadrant', () => {
    near(within(needed('leak', 629)), 34, 0.15)
    near(within(needed('reset', 625)), 32, 0.15)
    near(within(needed('threshold', 389)), 14, 0.15)
    const leakBias = neededCurrent(
      (draw, n, q) => (158 * draw.circuit.capacitance[n]) / (draw.circuit.leakBias[n] * draw.quadrant.leakGain[q])
    )
    near(within(leakBias), 19, 0.15)
    const tauExc = neededCurrent((draw, n, q) => 80 / (draw.circuit.tauExc[n] * draw.quadrant.tauGain[q]))
    // published as 14–20 and 13–16 codes around means of 84 and 78
    near(within(ln(tauExc)), 0.22, 0.15)
    near(within(neededCurrent((draw, n) => draw.circuit.referenceExc[n])), 115, 0.15)
    near(within(neededCurrent((draw, n) => draw.circuit.referenceInh[n])), 110, 0.15)
    const gm = neededCurrent((draw, n) => 500 / draw.circuit.gainExc[n])
    near(within(ln(gm)), 0.06, 0.15)
    near(sd(chips.flatMap((draw) => [...draw.channelOffset])), 9.95, 0.15)
  })

  // hardware.md 3.3: what a common code reads, CADC LSB
  it('spread uncalibrated as published, in converter LSB', () => {
    near(within(groups((chip, n) => circuits[chip].leak[n])), 9.2, 0.15)
    near(within(groups((chip, n) => circuits[chip].reset[n])), 9.7, 0.15)
    near(within(groups((chip, n) => circuits[chip].threshold[n])), 4.8, 0.15)
    near(sd(groups((chip, n) => circuits[chip].leak[n]).flat(2)), 10.6, 0.15)
    near(sd(groups((chip, n) => circuits[chip].reset[n]).flat(2)), 11.9, 0.15)
    // published 6 for one chip, up to 11 for the other
    const threshold = sd(groups((chip, n) => circuits[chip].threshold[n]).flat(2))
    expect(threshold).toBeGreaterThan(6)
    expect(threshold).toBeLessThan(11)
  })

  // 80 quadrants tell a spread to 8 %; the tolerance is four of those
  it('have quadrants that differ as the factors say, once and not twice', () => {
    near(between(needed('leak', 629)), 0.04 * 629, 0.32)
    near(between(needed('threshold', 389)), 0.04 * 389, 0.32)
    near(between(ln(groups((chip, n) => circuits[chip].tauSynExc[n]))), 0.25, 0.32)
    near(sd(chips.flatMap((draw) => [...draw.quadrant.converterGain])), 0.05, 0.32)
    near(sd(chips.flatMap((draw) => [...draw.quadrant.converterOffset])), 3, 0.32)
  })

  // hardware.md 3.1: where a block's memory runs high, voltages are higher and time constants shorter
  it('are correlated as published', () => {
    const all = (value: (chip: number, n: number) => number): number[] => groups(value).flat(2)
    const leak = all((chip, n) => circuits[chip].leak[n])
    const reset = all((chip, n) => circuits[chip].reset[n])
    const threshold = all((chip, n) => circuits[chip].threshold[n])
    const tauExc = all((chip, n) => Math.log(circuits[chip].tauSynExc[n]))
    const tauInh = all((chip, n) => Math.log(circuits[chip].tauSynInh[n]))
    expect(correlation(leak, reset)).toBeGreaterThan(0.45)
    expect(correlation(leak, threshold)).toBeGreaterThan(0.25)
    expect(correlation(reset, threshold)).toBeGreaterThan(0.25)
    expect(correlation(tauExc, tauInh)).toBeGreaterThan(0.25)
    expect(correlation(tauExc, threshold)).toBeLessThan(-0.15)
    const blocks = (value: (chip: number, n: number) => number): number[] => groups(value).flat().map(mean)
    expect(
      correlation(
        blocks((chip, n) => circuits[chip].threshold[n]),
        blocks((chip, n) => Math.log(circuits[chip].tauSynExc[n]))
      )
    ).toBeLessThan(-0.3)
    // within a quadrant what is left are the neurons' own deviations
    const own = (kind: 'leak' | 'reset' | 'threshold'): number[] => chips.flatMap((draw) => [...draw.circuit[kind]])
    expect(correlation(own('leak'), own('reset'))).toBeCloseTo(0.6, 1)
    expect(correlation(own('leak'), own('threshold'))).toBeCloseTo(0.35, 1)
    expect(correlation(own('reset'), own('threshold'))).toBeCloseTo(0.35, 1)
  })

  it('have as many defects as stated', () => {
    const dead = chips.reduce((sum, draw) => sum + draw.circuit.dead.reduce((a, b) => a + b, 0), 0)
    const stuck = chips.reduce((sum, draw) => sum + draw.stuck.filter((value) => value >= 0).length, 0)
    // Poisson: 51 and 10 expected, four standard deviations
    expect(Math.abs(dead - 51.2)).toBeLessThan(4 * Math.sqrt(51.2))
    expect(Math.abs(stuck - 10.2)).toBeLessThan(4 * Math.sqrt(10.2))
  })

  it('have synapses and weight curves as stated', () => {
    const factors = [...chips[0].synapses(0)].map(Math.log)
    near(sd(factors), 0.07, 0.02)
    expect(chips[0].synapses(0)).not.toEqual(chips[0].synapses(1))
    const square = (draw: ChipDraw): number => mean(Array.from(draw.weightCurve, (w, code) => (w - code) ** 2).slice(1))
    near(Math.sqrt(mean(chips.map(square))), 0.5, 0.25)
    for (const draw of chips) {
      expect(draw.weightCurve[0]).toBe(0)
      for (let w = 1; w < 64; w++) expect(Math.abs(draw.weightCurve[w] - w)).toBeLessThan(3)
    }
  })
})

describe('a chip', () => {
  it('is the same for the same seed, another for another', () => {
    const again = drawChip(1000, 1)
    expect({ ...again, synapses: 0 }).toEqual({ ...chips[0], synapses: 0 })
    expect(again.synapses(1)).toEqual(chips[0].synapses(1))
    expect(again.circuit.leak).not.toEqual(chips[1].circuit.leak)
    expect(again.serial).toMatch(/^HX-[0-9A-F]{4}-[0-9A-F]{4}$/)
    expect(new Set([...chips.map(({ serial }) => serial), serialNumber(1000, 0.5), serialNumber(1000, 0)]).size).toBe(
      22
    )
  })

  it('is ideal at mismatch 0 and twice as bad at 2', () => {
    const ideal = drawChip(7, 0)
    for (const values of Object.values(ideal.circuit)) {
      expect(new Set(values).size).toBe(1)
    }
    expect([...ideal.circuit.dead, ...ideal.stuck.map((value) => value + 1)].every((x) => x === 0)).toBe(true)
    expect(Array.from(ideal.weightCurve)).toEqual(Array.from({ length: 64 }, (_, w) => w))
    expect(ideal.synapses(0).every((x) => x === 1)).toBe(true)
    const [once, twice] = [drawChip(7, 1), drawChip(7, 2)]
    for (let n = 0; n < 512; n++) {
      expect(twice.circuit.leak[n]).toBeCloseTo(2 * once.circuit.leak[n], 10)
      expect(Math.log(twice.circuit.tauExc[n])).toBeCloseTo(2 * Math.log(once.circuit.tauExc[n]), 10)
    }
  })
})
