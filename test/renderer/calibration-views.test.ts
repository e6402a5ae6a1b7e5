import { describe, expect, it } from 'vitest'
import { brushedOf } from '../../src-renderer/lib/chip/brush'
import { reportedBy, rowsOf } from '../../src-renderer/lib/chip/calibration-progress'
import { fitDecay } from '../../src-renderer/lib/plot/decay-fit'
import { neuronsOf } from '../../src-renderer/lib/text/neuron-list'
import { numbersOf } from '../../src-renderer/lib/text/number-list'
import { quadrantRows, valuesOf } from '../../src-renderer/lib/chip/instance-model'
import type { InstanceMap, NeuronMap } from '../../src-renderer/api/types'

const map = {
  metric: 'leak',
  before: Float64Array.of(1, 2, 3, 4),
  after: Float64Array.of(4, 3, 2, 1)
} as unknown as NeuronMap

describe('what is picked out', () => {
  it('is a range of values, open at the ends of the axis, or of neurons, of those that count', () => {
    const values = { kind: 'values', of: 'after', metric: 'leak', low: 2, high: Infinity } as const
    expect([...brushedOf(values, map, [0, 1, 3])]).toEqual([0, 1])
    expect([...brushedOf({ ...values, of: 'before' }, map, [0, 1, 3])]).toEqual([1, 3])
    expect(brushedOf({ ...values, metric: 'reset' }, map, [0, 1, 3]).size).toBe(0)
    expect([...brushedOf({ kind: 'neurons', from: 3, to: 1 }, map, [0, 1, 3])]).toEqual([1, 3])
  })
})

describe('lists that people type', () => {
  it('name neurons one by one and in ranges', () => {
    expect(neuronsOf('41, 300-302 41', 512)).toEqual([41, 300, 301, 302])
    expect(neuronsOf('5-3', 512)).toContain('"5-3"')
    expect(neuronsOf('512', 512)).toContain('0 to 511')
    expect(neuronsOf('', 512)).toEqual([])
  })

  it('give a number a neuron, as a list, a column, or neuron and value', () => {
    const range = { min: 30, max: 210, unit: 'LSB' }
    expect(numbersOf('[80, 81, 82]', 3, range)).toEqual([80, 81, 82])
    expect(numbersOf('leak\n80\n81\n82', 3, range)).toEqual([80, 81, 82])
    expect(numbersOf('2,82\n0,80\n1,81', 3, range)).toEqual([80, 81, 82])
    expect(numbersOf('80, 81', 3, range)).toBe('2 numbers given; allowed: 3, one a neuron')
    expect(numbersOf('80, 8, 82', 3, range)).toBe('neuron 1: 8 given; allowed: 30 to 210 LSB')
    expect(numbersOf('80, x, 82', 3, range)).toContain('"x"')
  })
})

describe('progress by routine', () => {
  it('tells what was passed over from what came after it', () => {
    const routines = ['A', 'B', 'C'].map((label) => ({ name: label, label }))
    const marks = (text: string, seen: string[]): string[] =>
      rowsOf(routines, reportedBy(text), new Set(seen)).map((row) => row.marks.join(' '))
    expect(marks('B, step 3/13', ['A', 'B'])).toEqual(['done open open', 'now open open', 'open open open'])
    expect(marks('B: before', ['A'])).toEqual(['done done open', 'done now open', 'done open open'])
    expect(marks('C: after', [])).toEqual(['done done done', 'done done done', 'done done now'])
    expect(reportedBy('Settings')).toBeNull()
  })
})

describe('the fit of a correlation curve', () => {
  it('finds what it was made of, through points near zero, too', () => {
    const at = [0.5, 1, 2.5, 5, 7.5, 10, 15]
    const fit = fitDecay(
      at,
      at.map((t) => 0.52 * Math.exp(-t / 4.6))
    )
    expect(fit?.amplitude).toBeCloseTo(0.52, 8)
    expect(fit?.tau).toBeCloseTo(4.6, 7)
    const noisy = fitDecay(
      at,
      at.map((t, k) => 0.52 * Math.exp(-t / 4.6) + [0.004, -0.004, 0.003, -0.003, 0.004, -0.02, -0.03][k])
    )
    expect(Math.abs((noisy?.tau ?? 0) / 4.6 - 1)).toBeLessThan(0.12)
    expect(fitDecay(at, [1, 1, 1, 1, 1, 1, 1])).toBeNull()
  })
})

describe('maps of drivers and synapses', () => {
  it('are summed up by quadrant, without those that failed', () => {
    const values = Float32Array.from({ length: 131072 }, (_, k) => (k < 65536 ? 2 : 4) * (k % 256 < 128 ? 1 : 1.5))
    const failed = new Uint8Array(131072)
    failed[0] = 1
    const synapses = {
      per: 'synapse',
      target: 2,
      before: values,
      after: values,
      setting: values,
      failed
    } as InstanceMap
    const rows = quadrantRows(synapses)
    expect(rows.map(({ after }) => after)).toEqual([2, 3, 4, 6])
    expect(rows.map((row) => row.failed)).toEqual([1, 0, 0, 0])
    expect(rows[0].spreadAfter).toBeCloseTo(0, 9)
    expect(valuesOf(synapses, 'residual')[131071]).toBe(200)
  })
})
