import { describe, expect, it } from 'vitest'
import { aboveLimit, bandOf, cellsOf, inBand, robustLimits } from '../../src-renderer/lib/chip/map-model'
import type { NeuronMap } from '../../src-renderer/api/types'

const map: NeuronMap = {
  metric: 'tau_syn_exc',
  label: 'Excitatory synaptic time constant',
  symbol: 'τ_exc',
  unit: 'µs',
  target: 6,
  targets: null,
  limit: 0.2,
  spreadRatio: 0.1,
  before: Float64Array.of(4, 9, 7, NaN, 5),
  after: Float64Array.of(5.9, 6.1, 6, NaN, 8),
  sigma: Float64Array.of(0.1, 0.1, 0.1, NaN, 0.1),
  setting: Float64Array.of(100, 200, 150, 1022, 50),
  failed: Uint8Array.of(0, 0, 0, 0, 1),
  measuredBy: 'c-1',
  reads: 10
}

describe('what a map shows', () => {
  it('gives each cell one state; only values count', () => {
    const cells = cellsOf(map, 'after', 5, new Set([2]))
    expect(cells.states).toEqual(['value', 'value', 'excluded', 'none', 'failed'])
    expect(cells.used).toEqual([0, 1])
    expect(cells.unit).toBe('µs')
  })

  it('shows residuals symmetrically about 0, settings in LSB', () => {
    const residual = cellsOf(map, 'residual', 3, new Set())
    const [low, high] = robustLimits(residual, 'residual')
    expect(low).toBe(-high)
    expect(high).toBeCloseTo(0.1, 6)
    expect(cellsOf(map, 'setting', 5, new Set()).unit).toBe('LSB')
  })

  it('has limits also for one neuron, and for none', () => {
    for (const neurons of [0, 1]) {
      const [low, high] = robustLimits(cellsOf(map, 'after', neurons, new Set()), 'after')
      expect(high).toBeGreaterThan(low)
    }
  })

  it('counts what lies in the band of 10 %, or 5 LSB', () => {
    expect(bandOf(map)).toBeCloseTo(0.6)
    expect(bandOf({ ...map, unit: 'LSB' })).toBe(5)
    expect(bandOf({ ...map, target: null })).toBeNull()
    expect(inBand(map, map.after, [0, 1, 2, 4])).toBe(3)
  })

  it('marks a ratio above its limit, and one that is no number', () => {
    expect(aboveLimit(map)).toBe(false)
    expect(aboveLimit({ ...map, spreadRatio: 0.21 })).toBe(true)
    expect(aboveLimit({ ...map, limit: null, spreadRatio: 9 })).toBe(false)
  })
})
