// Correlation sensors: biases of the quadrants, trims of 131072 synapses, acceptance with its negative control.
import { beforeAll, describe, expect, it } from 'vitest'
import { fitDecay } from '../../../src-main/core/calibration/acceptance/correlation-sensors'
import { Bench } from '../../../src-main/core/calibration/bench'
import { coarse } from '../../../src-main/core/calibration/correlation'
import { resolveTargets } from '../../../src-main/core/calibration/targets'
import { quadrantMedians } from '../../../src-main/core/calibration/quadrants'
import { logSd } from '../../../src-main/core/calibration/routines/correlation-trims'
import { everySetting } from '../../../src-main/core/calibration/search-direct'
import { applySettings } from '../../../src-main/core/calibration/settings'
import type { CalibrationResult } from '../../../src-main/core/calibration/types'
import type { ChipPort } from '../../../src-main/core/emulator/chip-port'
import { inspectCorrelation } from '../../../src-main/core/emulator/inspector'
import { Stream } from '../../../src-main/core/random/stream'
import { median } from '../../../src-main/core/statistics/summary'
import { accepted, calibrated, chip, indices, routine } from './calibrated'

// amplitudes are in LSB of the calibrated converter
const CONVERTER = ['converter_offset', 'converter_slope', 'converter_channels']
const CORRELATION = ['correlation_store', 'correlation_ramp', 'correlation_amplitude', 'correlation_tau']

/** of one branch, pooled over the chip */
function truth(port: ChipPort): { causal: Float64Array; acausal: Float64Array; tau: Float64Array } {
  const [top, bottom] = inspectCorrelation(port)
  const joined = (key: 'causal' | 'acausal' | 'tau'): Float64Array => Float64Array.from([...top[key], ...bottom[key]])
  return { causal: joined('causal'), acausal: joined('acausal'), tau: joined('tau') }
}

describe('the way to a time constant', () => {
  it('leads to longer ones where sensors have forgotten all, to shorter ones where they forget nothing', () => {
    const bench = new Bench(
      chip(1),
      resolveTargets({ correlation_amplitude: 1.5, correlation_tau: 30 }),
      new Int8Array(512)
    )
    const pairs = 47
    expect(coarse(bench, 0.4, 0.5, pairs).tau).toBe(0)
    expect(coarse(bench, 60, 60, pairs).tau).toBe(Infinity)
    // r = pairs · η · e^(−Δt / τ) at 0.1 and 1.1 of the wanted time constant
    const at = (us: number): number => pairs * 1.5 * Math.exp(-us / 24)
    expect(coarse(bench, at(3), at(33), pairs).tau).toBeCloseTo(24, 6)
    expect(coarse(bench, at(3), at(33), pairs).amplitude).toBeCloseTo(1.5, 1)
  })
})

describe('a chip with calibrated correlation sensors', () => {
  let port: ChipPort
  let result: CalibrationResult
  let fresh: ReturnType<typeof truth>

  beforeAll(() => {
    port = chip(1)
    fresh = truth(port)
    result = calibrated(port, { routines: [...CONVERTER, ...CORRELATION] })
  }, 900_000)

  it('has every quadrant median within 10 % of the target', () => {
    for (const [name, target] of [
      ['correlation_store', 0.5],
      ['correlation_ramp', 5]
    ] as const) {
      const { after, passed } = routine(result, name)
      expect(passed).toBe(true)
      for (const middle of quadrantMedians(after!)) expect(Math.abs(middle / target - 1)).toBeLessThan(0.1)
    }
    const now = truth(port)
    for (const array of [0, 1]) {
      for (const half of [0, 1]) {
        const inside = (values: Float64Array): number =>
          median(values.filter((_, k) => Math.floor(k / 65536) === array && Math.floor((k % 256) / 128) === half))
        expect(Math.abs(inside(now.tau) / 5 - 1)).toBeLessThan(0.1)
        expect(Math.abs((inside(now.causal) + inside(now.acausal)) / 2 / 0.5 - 1)).toBeLessThan(0.1)
      }
    }
  })

  it('spreads less than 0.25 (amplitude) and 0.20 (time constant), where it spread by 0.36 and 0.32', () => {
    for (const branch of ['causal', 'acausal'] as const)
      expect(Math.abs(logSd(fresh[branch]) - 0.36)).toBeLessThan(0.04)
    expect(Math.abs(logSd(fresh.tau) - 0.32)).toBeLessThan(0.04)
    const now = truth(port)
    for (const branch of ['causal', 'acausal'] as const) expect(logSd(now[branch])).toBeLessThanOrEqual(0.25)
    expect(logSd(now.tau)).toBeLessThanOrEqual(0.2)
    for (const [name, limit] of [
      ['correlation_amplitude', 0.25],
      ['correlation_tau', 0.2]
    ] as const) {
      const { after, per, setting, search, passed } = routine(result, name)
      expect(per).toBe('synapse')
      expect(after!.length).toBe(131072)
      expect(logSd(after!)).toBeLessThanOrEqual(limit)
      expect(passed).toBe(true)
      // all 16 combinations were tried; the trace keeps the median error of each column
      expect(search).toMatchObject({ steps: 16, instances: 512 })
      for (const trim of [0, 1, 2, 3]) expect(setting.filter((x) => x === trim).length).toBeGreaterThan(1000)
    }
  })

  it('invents no defect: also the strongest and the quickest of 131072 sensors are measured', () => {
    expect(indices(routine(result, 'correlation_amplitude').failed)).toEqual([])
    expect(indices(routine(result, 'correlation_tau').failed)).toEqual([])
    expect(result.defects).toEqual([])
  })

  it('has curves that decay as the time constant says', () => {
    const { curves } = routine(result, 'correlation_amplitude')
    expect(curves.length).toBe(8)
    for (const { at, p10, p50, p90 } of curves) {
      const { amplitude, tau } = fitDecay(Array.from(at), Array.from(p50))
      expect(Math.abs(amplitude / 0.5 - 1)).toBeLessThan(0.2)
      expect(Math.abs(tau / 5 - 1)).toBeLessThan(0.15)
      at.forEach((_, k) => expect(p10[k] < p50[k] && p50[k] < p90[k]).toBe(true))
    }
  })

  it('is accepted, is not after it was overwritten, and is again when it is written again', () => {
    const failing = (): string[] =>
      accepted(port, result)
        .checks.filter(({ passed }) => !passed)
        .map(({ name }) => name)
    port.correlation.writeBias('store', new Uint16Array(4).fill(250))
    port.correlation.writeBias('ramp', new Uint16Array(4).fill(500))
    for (let row = 0; row < 256; row++) {
      for (const array of ['top', 'bottom'] as const) {
        port.correlation.writeTrims(array, row, new Uint8Array(256), new Uint8Array(256))
      }
    }
    expect(failing()).toEqual(
      expect.arrayContaining([
        'Correlation: percentiles of the amplitude, factor off',
        'Correlation: percentiles of the time constant, factor off',
        'Correlation amplitude of quadrants: quadrant median off target',
        'Correlation time constant of synapses: sd of the logarithm'
      ])
    )
    applySettings(port, result.settings)
    expect(failing()).toEqual([])
  }, 180_000)
})

describe('the search of all settings', () => {
  it('finds the exact optimum of a noiseless problem and keeps what it saw', () => {
    const source = new Stream(7)
    const best = Int16Array.from({ length: 500 }, () => source.below(16))
    const run = everySetting(5, (k) => k % 5)({ instances: 500, low: 0, high: 15, sign: 1, target: 0 }, source)
    let next = run.next()
    while (!next.done) {
      const codes = next.value
      next = run.next(best.map((x, k) => (k === 3 ? NaN : (codes[k] - x) ** 2)))
    }
    const { codes, search } = next.value
    codes.forEach((code, k) => expect(code).toBe(k === 3 ? 0 : best[k]))
    expect(search.steps).toBe(16)
    expect(search.codes[15 * 5]).toBe(15)
  })
})

describe('the fit of a decay', () => {
  it('finds both numbers of an exact one', () => {
    const times = [0.5, 1, 2.5, 5, 10, 15]
    const { amplitude, tau } = fitDecay(
      times,
      times.map((t) => 0.7 * Math.exp(-t / 4.2))
    )
    expect(amplitude).toBeCloseTo(0.7, 5)
    expect(tau).toBeCloseTo(4.2, 4)
  })
})
