// A trace taken in the program's own repetition: its spikes are those that the program records.
import { describe, expect, it } from 'vitest'
import {
  type ChipPort,
  MADC_INVALID_US,
  MADC_STEP_US,
  type Program
} from '../../../../src-main/core/emulator/chip-port'
import { codes, open, set } from '../chip-on-bench'

/** an ideal chip whose neurons fire now and then by their offset current */
function firing(): ChipPort {
  const port = open(1, 0)
  set(port, { threshold: 1, offsetCurrent: 1, inputExc: 1 })
  port.writeNeuron('offsetCurrent', codes(260))
  return port
}

const NEURON = 300
const trace = { source: 'membrane' as const, fromUs: 0, toUs: 120, neurons: [NEURON], live: true }
const label = 3 << 14

/** times at which a trace falls by more than half of what lies between its extremes within 2 us, one a fall */
function falls(samples: Uint16Array): number[] {
  const first = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  const valid = samples.subarray(first)
  const half = (Math.max(...valid) - Math.min(...valid)) / 2
  const reach = Math.round(2 / MADC_STEP_US)
  const times: number[] = []
  for (let k = 0; k + reach < valid.length; k++) {
    if (valid[k] - valid[k + reach] < half) continue
    times.push((first + k + reach) * MADC_STEP_US)
    k += 2 * reach
  }
  return times
}

describe.each<[string, Partial<Program>]>([
  ['a plain program', {}],
  ['a routed program', { labelled: [{ timeUs: 0, label }] }]
])('a live trace in %s', (_, extra) => {
  it('falls when, and only when, its neuron’s recorded spikes say so', () => {
    const recording = firing().run({ durationUs: 120, spikes: true, trace, ...extra })
    expect(recording.traces.length).toBe(recording.traceSamples)
    const mine = [...recording.spikes.timeUs].filter((_, k) => recording.spikes.neuron[k] === NEURON)
    const expected = mine.filter((t) => t > MADC_INVALID_US + 1 && t < 117)
    expect(expected.length).toBeGreaterThan(2)
    const found = falls(recording.traces).filter((t) => t > MADC_INVALID_US + 1)
    for (const t of expected) expect(Math.min(...found.map((f) => Math.abs(f - t)))).toBeLessThan(2.1)
  })

  it('leaves all that the other neurons do as it is without it', () => {
    const quiet = { threshold: 0, offsetCurrent: 0 }
    const run = (live: boolean): number[] => {
      const port = open(1, 0)
      set(port, quiet)
      const { columnReads } = port.run({
        durationUs: 20,
        columnReads: [10],
        ...(live ? { trace: { ...trace, toUs: 20, neurons: [511] } } : {}),
        ...extra
      })
      return [...columnReads.subarray(0, 511)]
    }
    expect(run(true)).toEqual(run(false))
  })
})

it('a live trace is of one membrane in a program without repeats', () => {
  const port = open(1, 0)
  const refused = (change: Partial<Program>): void => {
    expect(() => port.run({ durationUs: 120, trace, ...change })).toThrow(/a live trace is of one membrane/)
  }
  refused({ repeats: 2 })
  refused({ trace: { ...trace, neurons: [1, 2] } })
  refused({ trace: { ...trace, source: 'lineExc' } })
})
