import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { Entry } from '../../../src-main/core/verify/document'
import { measureSpreads } from '../../../src-main/core/verify/distributions/measure'
import { verifyDistributions } from '../../../src-main/core/verify/distributions/suite'
import type { ChipPort, Silicon } from '../../../src-main/core/emulator/chip-port'

const file = join(import.meta.dirname, '../../../resources/vectors/distributions.json')
const open = (silicon: Silicon, trialSeed: number): ChipPort => openChip({ ...silicon, trialSeed })

describe('twenty chips of each recipe, measured through their ports before calibration', () => {
  it('show the published distributions, variation of intervals, volley loss and converter noise', () => {
    const suite = verifyDistributions(new Entry(JSON.parse(readFileSync(file, 'utf8')), file), open)
    const off = suite.quantities.filter(({ worst, limit }) => worst > limit)
    expect(off.map(({ name, value, reference }) => `${name}: ${value} for ${reference}`)).toEqual([])
    expect(suite).toMatchObject({ passed: true, cases: 40 })
  }, 600_000)

  it('are found out where they are not as published', () => {
    const other = JSON.parse(readFileSync(file, 'utf8')) as { seeds: number; recipes: object }
    const swapped = (silicon: Silicon, trialSeed: number): ChipPort =>
      open({ ...silicon, recipe: silicon.recipe === 'A' ? 'B' : 'A' }, trialSeed)
    const suite = verifyDistributions(new Entry({ ...other, seeds: 2 }, file), swapped)
    const wrong = suite.quantities.filter(({ worst, limit }) => worst > limit).map(({ name }) => name)
    for (const name of ['A: leak, sd within a quadrant, LSB', 'B: leak, sd within a quadrant, mV']) {
      expect(wrong).toContain(name)
    }
  }, 120_000)
})

describe('two sessions on one chip', () => {
  it('meet the same fixed pattern and different noise', () => {
    const [a, b] = [1, 2].map((trialSeed) => measureSpreads(open({ seed: 4, mismatch: 1 }, trialSeed)))
    const other = measureSpreads(open({ seed: 5, mismatch: 1 }, 1))
    const spread = (x: Float64Array, y: Float64Array): number => {
      const differences = Float64Array.from(x, (v, n) => v - y[n]).filter((d) => d === d)
      const mean = differences.reduce((p, q) => p + q, 0) / differences.length
      return Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / differences.length)
    }
    // means of 4 reads with noise of about 1.1 LSB, channels trimmed to the same, cells written anew
    expect(spread(a.leak, b.leak)).toBeLessThan(1.5)
    expect(spread(a.leak, b.leak)).toBeGreaterThan(0.5)
    expect(spread(a.leak, other.leak)).toBeGreaterThan(10)
  }, 60_000)
})
