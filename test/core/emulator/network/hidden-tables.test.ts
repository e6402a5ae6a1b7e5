// A bin taken at once, by the kernel's tables in float64, against the definition of the unit in short steps.
import { describe, expect, it } from 'vitest'
import { hiddenFields, linesOf } from '../../../../src-main/core/emulator/network/hidden-tables'
import { traceUnit } from '../../../../src-main/core/emulator/network/reference-unit'
import type { Units } from '../../../../src-main/core/emulator/network/units'
import { Stream } from '../../../../src-main/core/random/stream'

const STEP_US = 0.34
const BIN_US = 1.7
const UNITS = 400

/** units without threshold, from the experiments' working point to the ends of what uncalibrated chips have */
function randomUnits(stream: Stream): Units {
  const draw = (low: number, high: number): Float64Array =>
    Float64Array.from({ length: UNITS }, () => low * (high / low) ** stream.uniform())
  const same = (value: number): Float64Array => new Float64Array(UNITS).fill(value)
  return {
    count: UNITS,
    column: new Int16Array(UNITS),
    rest: same(0),
    reset: same(0),
    threshold: same(1e4),
    tauMem: draw(2, 20),
    tauSynExc: draw(2, 20),
    tauSynInh: draw(2, 20),
    tauReset: same(0.5),
    refractory: same(2),
    refractoryCycle: same(0),
    noise: same(0),
    stepExc: same(1),
    stepInh: same(1),
    limitExc: draw(40, 400),
    limitInh: draw(40, 400),
    weightOffsetExc: same(0),
    weightOffsetInh: same(0),
    slope: same(1),
    offset: same(0),
    readNoise: same(0)
  }
}

describe('a bin at once', () => {
  const stream = new Stream(1, 'hidden tables')
  const units = randomUnits(stream)
  const fields = hiddenFields(units, STEP_US)
  const lines = { exc: linesOf(units, 'exc', STEP_US), inh: linesOf(units, 'inh', STEP_US) }

  /** unit u from rest, two events at time 0: the paths of two bins, and what the tables make of them */
  function bins(u: number, exc: number, inh: number) {
    const events = [
      { timeUs: 0, step: exc },
      { timeUs: 0, step: -inh }
    ]
    const fine = 100
    const { membrane } = traceUnit(units, u, events, 2 * fine + 1, BIN_US / fine, 0.01)
    const passed = (of: 'exc' | 'inh', line: number): number => {
      const z = line * line
      const [up, low] = [`${of}Upper`, `${of}Lower`] as const
      const upper = fields[`${up}0`][u] + z * (fields[`${up}1`][u] + z * fields[`${up}2`][u])
      const lower = fields[`${low}0`][u] + z * (fields[`${low}1`][u] + z * (fields[`${low}2`][u] + z))
      return (line * upper) / lower
    }
    const bulge = (of: 'exc' | 'inh', line: number, by: number): number =>
      line * (fields[`${of}Bulge0`][u] - fields[`${of}Bulge1`][u] * by ** 2)
    const take = (v: number, bin: number) => {
      const x = Math.min(4.4, exc * lines.exc[u] * fields.excLine[u] ** bin)
      const y = -Math.min(4.4, inh * lines.inh[u] * fields.inhLine[u] ** bin)
      const [e, i] = [passed('exc', x), passed('inh', y)]
      const end = v * fields.membraneDecay[u] + e + i
      return { end, top: (end + Math.max(end, v + bulge('exc', x, e) + bulge('inh', y, i))) / 2 }
    }
    return [0, 1].map((bin) => {
      const path = membrane.subarray(bin * fine, (bin + 1) * fine + 1)
      return { ...take(path[0], bin), start: path[0], exact: path[fine], highest: Math.max(...path) }
    })
  }

  it('ends where the definition ends, and no path inside it rises above what it is taken for', () => {
    let [ends, above, inside] = [0, 0, 0]
    for (let u = 0; u < UNITS; u++) {
      for (let k = 0; k < 12; k++) {
        // up to twice the range of either stage; and nearly balanced, where a path may turn within a bin
        const exc = 2 * units.limitExc[u] * stream.uniform()
        const inh = k % 2 === 0 ? 2 * units.limitInh[u] * stream.uniform() : exc * (0.5 + 0.6 * stream.uniform())
        for (const { end, exact, top, start, highest } of bins(u, exc, inh)) {
          const scale = Math.max(units.limitExc[u], units.limitInh[u]) * BIN_US
          const pace = BIN_US / Math.min(units.tauMem[u], units.tauSynExc[u], units.tauSynInh[u])
          // parts of what a saturated stage adds: 3 in 10,000 at the pace of the experiments
          ends = Math.max(ends, Math.abs(end - exact) / (scale * (2e-4 + 1e-3 * pace ** 2)))
          if (highest > Math.max(start, exact) + 1e-3) inside++
          above = Math.max(above, highest - Math.max(start, top) - (units.threshold[u] - fields.level[u]))
        }
      }
    }
    expect(inside).toBeGreaterThan(300)
    expect(ends).toBeLessThan(1)
    expect(above).toBeLessThan(1e-3)
  })
})
