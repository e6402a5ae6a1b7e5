import { dataCsv } from '../../src-renderer/lib/plot/figure'
import { describe, expect, it } from 'vitest'
import type { ScopeTrace } from '../../src-renderer/api/types'
import {
  countAt,
  endOf,
  envelope,
  fitLimits,
  intervalsOf,
  spikesOf,
  targetLines,
  traceData
} from '../../src-renderer/lib/scope/trace-model'

/** 10 samples, 1 us apart from −2 us; the first two are not valid */
const trace: ScopeTrace = {
  chip: 'hx-1',
  calibration: null,
  calibrationUse: 'default',
  neuron: 7,
  targets: { leak: 80, reset: 70, threshold: 150 },
  axis: { unit: 'MADC LSB', fullScale: 1023, millivolts: 1.4, ofColumn: { offset: 70, slope: 3 } },
  startUs: -2,
  stepUs: 1,
  samples: Uint16Array.of(1000, 3, 310, 320, 330, 500, 290, 300, 305, 310),
  invalid: 2,
  events: Float64Array.of(1),
  spikes: { timeUs: Float64Array.of(1, 2, 3, 5), neuron: Uint16Array.of(7, 8, 7, 7) },
  counted: { count: new Uint8Array(512), overflow: new Uint8Array(512) },
  crossbar: null,
  synapses: { rows: [], neurons: new Uint8Array(512), weight: 0, sign: 'exc', label: 1 },
  hardwareMs: 2
}

describe('a trace', () => {
  it('has no value where its samples are not valid, nor outside', () => {
    expect([-2, -1, 0, 3.4, 7, 8].map((t) => countAt(trace, t))).toEqual([null, null, 310, 500, 310, null])
    expect(endOf(trace)).toBe(7)
  })

  it('is drawn with the extremes of every interval', () => {
    expect(envelope(trace, [-2, 8], 5)).toEqual([
      { low: 310, high: 310 },
      { low: 310, high: 330 },
      { low: 290, high: 500 },
      { low: 290, high: 305 },
      { low: 305, high: 310 }
    ])
  })

  it('has an axis that holds valid samples and targets', () => {
    const [low, high] = fitLimits(trace)
    expect(low).toBeLessThan(280)
    expect(low).toBeGreaterThan(200)
    expect(high).toBeGreaterThan(520)
    expect(high).toBeLessThan(600)
    expect(targetLines(trace)).toEqual([
      { name: 'threshold', count: 520 },
      { name: 'leak', count: 310 },
      { name: 'reset', count: 280 }
    ])
    expect(targetLines({ ...trace, axis: { ...trace.axis, ofColumn: null } })).toEqual([])
  })

  it('knows its neuron’s spikes and what lies between them', () => {
    expect(spikesOf(trace, 7)).toEqual([1, 3, 5])
    expect(intervalsOf([1, 3, 5])).toEqual({ mean: 2, sd: 0, n: 2 })
    expect(intervalsOf([1, 3])).toBeNull()
  })

  it('is exported as one line a sample', () => {
    const lines = dataCsv(traceData(trace)).trim().split('\r\n')
    expect(lines).toHaveLength(11)
    expect(lines.slice(0, 5)).toEqual([
      '"time, µs","count, MADC LSB",valid,spike',
      '-2,1000,0,0',
      '-1,3,0,0',
      '0,310,1,0',
      '1,320,1,1'
    ])
  })
})
