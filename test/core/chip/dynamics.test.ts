import { describe, expect, it } from 'vitest'
import { drawChip } from '../../../src-main/core/chip/hicann-x/draw'
import {
  clockMHz,
  dynamicsOf,
  type CircuitDynamicsSwitches,
  type Dynamics,
  type DynamicsCells
} from '../../../src-main/core/chip/hicann-x/dynamics'
import { drawDynamics } from '../../../src-main/core/chip/hicann-x/dynamics-draw'
import { mean, sd } from '../../../src-main/core/statistics/summary'

const CODES: Record<keyof DynamicsCells, number> = {
  adaptationLeak: 629,
  adaptationReference: 629,
  adaptationTau: 100,
  adaptationA: 500,
  adaptationB: 500,
  exponentialThreshold: 389,
  exponentialSlope: 500,
  cobaReferenceExc: 629,
  cobaReferenceInh: 629,
  cobaGainExc: 300,
  cobaGainInh: 300,
  interCompartment: 500
}

function at(
  seed: number,
  mismatch: number,
  codes: Partial<typeof CODES> = {},
  on: Partial<Record<keyof CircuitDynamicsSwitches, number>> = {}
): Dynamics {
  const entries = Object.entries({ ...CODES, ...codes })
  const cells = Object.fromEntries(
    entries.map(([cell, code]) => [cell, new Float64Array(512).fill(code)])
  ) as DynamicsCells
  const set = (name: keyof CircuitDynamicsSwitches): Uint8Array => new Uint8Array(512).fill(on[name] ?? 0)
  return dynamicsOf(drawChip(seed, mismatch), drawDynamics(seed, mismatch), cells, {
    adaptation: set('adaptation'),
    invertA: set('invertA'),
    invertB: set('invertB'),
    exponential: set('exponential'),
    cobaExc: set('cobaExc'),
    cobaInh: set('cobaInh'),
    conductanceRange: set('conductanceRange')
  })
}

describe('transfer functions of the further parts', () => {
  it('are linear in their codes and take their signs and ranges from the switches', () => {
    const nominal = at(1, 0, {}, { cobaExc: 1, cobaInh: 1 })
    expect(nominal.adaptationReference[7]).toBeCloseTo(80, 12)
    expect(nominal.exponentialThreshold[7]).toBeCloseTo(150, 12)
    expect(nominal.cobaSlopeExc[7]).toBeCloseTo(1 / 150, 12)
    expect(nominal.cobaSlopeInh[7]).toBeCloseTo(-1 / 150, 12)
    expect(at(1, 0).cobaSlopeExc[7]).toBe(0)
    expect(at(1, 0, { adaptationTau: 50 }).adaptationTau[7]).toBeCloseTo(2 * nominal.adaptationTau[7], 9)
    expect(at(1, 0, { adaptationA: 250 }, { invertA: 1 }).a[7]).toBeCloseTo(-nominal.a[7] / 2, 12)
    expect(at(1, 0, {}, { invertB: 1 }).b[7]).toBeCloseTo(-nominal.b[7], 12)
    expect(at(1, 0, { adaptationReference: 529 }).adaptationRest[7]).toBeCloseTo(0.5, 12)
    const range = [0, 1, 2].map((conductanceRange) => at(1, 0, {}, { conductanceRange }).interCompartment[7])
    expect(range[1] / range[0]).toBeCloseTo(1 / 4, 12)
    expect(range[2] / range[0]).toBeCloseTo(4, 12)
  })

  it('differ from circuit to circuit, the same for the same chip', () => {
    const one = at(3, 1)
    expect(one).toEqual(at(3, 1))
    expect(one.a).not.toEqual(at(4, 1).a)
    const logs = Array.from(at(3, 1).b, (b, n) =>
      Math.log(b / drawChip(3, 1).quadrant.leakGain[(n >> 8) * 2 + ((n >> 7) & 1)])
    )
    expect(sd(logs)).toBeGreaterThan(0.09)
    expect(sd(logs)).toBeLessThan(0.11)
    expect(Math.abs(mean(logs) - Math.log(1.5))).toBeLessThan(0.02)
  })

  it('leave dead circuits without adaptation and exponential current', () => {
    const { dead } = drawChip(2, 20).circuit
    const { adaptation, exponential } = at(2, 20, {}, { adaptation: 1, exponential: 1 })
    expect(dead.some((x) => x === 1)).toBe(true)
    dead.forEach((is, n) => expect(adaptation[n] + exponential[n]).toBe(is ? 0 : 2))
  })

  it('know the clocks of the back end: 125 MHz to 3.8 kHz', () => {
    expect(clockMHz(0)).toBe(125)
    expect(clockMHz(5)).toBe(250 / 64)
    expect(clockMHz(15)).toBeCloseTo(0.003814697265625, 15)
  })
})
