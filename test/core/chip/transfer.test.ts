import { describe, expect, it } from 'vitest'
import { convert, converterOf, debugVoltage } from '../../../src-main/core/chip/hicann-x/column-converter'
import { drawChip } from '../../../src-main/core/chip/hicann-x/draw'
import { crosstalk, writeRow } from '../../../src-main/core/chip/hicann-x/parameter-memory'
import { circuitsOf, type CircuitCells, type CircuitSwitches } from '../../../src-main/core/chip/hicann-x/transfer'
import { Stream } from '../../../src-main/core/random/stream'
import { medianCells, medianSwitches } from './median'

const ideal = drawChip(1, 0)
const transfer = (
  cells: Partial<CircuitCells> = {},
  switches: Partial<CircuitSwitches> = {},
  dac = 600
): ReturnType<typeof circuitsOf> =>
  circuitsOf(
    ideal,
    { ...medianCells(), ...cells },
    new Float64Array(4).fill(dac),
    { ...medianSwitches(), ...switches },
    250 / 64
  )
const codes = (code: number): Float64Array => new Float64Array(512).fill(code)
const set = (value: number): Uint8Array => new Uint8Array(512).fill(value)

describe('transfer functions of an ideal chip', () => {
  it('go through the published anchors', () => {
    const median = transfer()
    expect(median.leak[0]).toBeCloseTo(80, 12)
    expect(median.reset[0]).toBeCloseTo(80, 12)
    expect(median.threshold[0]).toBeCloseTo(150, 12)
    expect(median.tauMem[0]).toBeCloseTo(6, 12)
    expect(median.tauSynExc[0]).toBeCloseTo(6, 12)
    expect(median.inputOffsetExc[0]).toBe(-0)
    expect(median.tauReset[0]).toBeCloseTo(0.5, 12)
    expect(median.refractory[0]).toBeCloseTo(2.048, 12)
    expect(transfer({ leak: codes(729) }).leak[0]).toBeCloseTo(107, 12)
    expect(transfer({ reset: codes(725) }).reset[0]).toBeCloseTo(110, 12)
    expect(transfer({ threshold: codes(489) }).threshold[0]).toBeCloseTo(184, 12)
  })

  it('follow currents, ranges and the capacitance', () => {
    expect(transfer({ leakBias: codes(79) }).tauMem[0]).toBeCloseTo(12, 12)
    expect(transfer({}, { leakRange: set(1) }).tauMem[0]).toBeCloseTo(48, 12)
    expect(transfer({}, { leakRange: set(2) }).tauMem[0]).toBeCloseTo(0.75, 12)
    expect(transfer({}, { capacitance: set(30) }).tauMem[0]).toBeCloseTo(3, 12)
    expect(transfer({ synapticTauInh: codes(160) }).tauSynInh[0]).toBeCloseTo(3, 12)
    expect(transfer({}, { highResistanceInh: set(0) }).tauSynInh[0]).toBeCloseTo(0.75, 12)
    expect(transfer({ synapticGainExc: codes(250) }, {}, 1200).gainExc[0]).toBeCloseTo(transfer().gainExc[0], 12)
    expect(transfer({ leakBias: codes(0) }).tauMem[0]).toBeLessThan(1e5)
  })

  it('peak at 0.28 LSB per weight LSB with both time constants at 10 us', () => {
    const c = transfer()
    // q · t · e^(−t/10) at its peak t = 10
    expect((c.gainExc[0] * 10) / Math.E / c.capacitance[0]).toBeCloseTo(0.28, 12)
  })

  it('shift the rest by 0.3 LSB a code of the references at tauMem 60 us, with the sign of the input', () => {
    const c = transfer({
      leakBias: codes(15.8),
      synapticReferenceExc: codes(320),
      synapticReferenceInh: codes(320)
    })
    expect(c.tauMem[0]).toBeCloseTo(60, 10)
    expect((c.inputOffsetExc[0] * c.tauMem[0]) / c.capacitance[0]).toBeCloseTo(-3, 10)
    expect((-c.inputOffsetInh[0] * c.tauMem[0]) / c.capacitance[0]).toBeCloseTo(3, 10)
    const off = transfer({ synapticReferenceExc: codes(320) }, { inputExc: set(0) })
    expect([off.inputOffsetExc[0], off.gainExc[0]]).toEqual([0, 0])
  })

  it('act on codes: a quadrant whose memory runs 4 % high shows it as 25 codes of leak', () => {
    const draw = drawChip(1, 0)
    draw.quadrant.voltageGain.fill(1.04)
    const c = circuitsOf(draw, medianCells(), codes(600).subarray(0, 4), medianSwitches(), 4)
    expect(c.leak[0] - 80).toBeCloseTo(0.27 * 25.16, 10)
  })
})

describe('parameter memory', () => {
  it('pulls cells of equal code in a row and block, and only those', () => {
    const spread = Uint16Array.from({ length: 512 }, (_, n) => 2 * n)
    expect(Math.max(...crosstalk(spread))).toBe(0)
    expect(crosstalk(new Uint16Array(512).fill(600))[300]).toBeCloseTo(0.02 * 127, 12)
    const pair = spread.slice()
    pair[3] = pair[4] + 1
    expect([...crosstalk(pair).slice(2, 6)].map((x) => +x.toFixed(3))).toEqual([0, 0.04, 0.02, 0.02])
    // a neighbour in another block does not count
    const apart = spread.slice()
    apart[0] = 1000
    apart[128] = 1000
    expect(crosstalk(apart)[0]).toBe(0)
  })

  it('lands half a code off at each write, anew', () => {
    const trial = new Stream('write')
    const write = (): Float64Array =>
      writeRow(
        Uint16Array.from({ length: 512 }, (_, n) => 2 * n),
        trial
      )
    const [a, b] = [write(), write()]
    const rms = Math.sqrt(a.reduce((sum, x, n) => sum + (x - 2 * n) ** 2, 0) / 512)
    expect(Math.abs(rms - 0.5)).toBeLessThan(4 * 0.5 * Math.sqrt(1 / 1024))
    expect(a).not.toEqual(b)
  })
})

describe('column converter', () => {
  it('reads 20 and 220 at the ends of the debug line, clipped to 8 bit', () => {
    expect(debugVoltage(70)).toBe(20)
    expect(debugVoltage(550)).toBeCloseTo(220, 10)
    const converter = converterOf(ideal, codes(28.8).subarray(0, 4), codes(369).subarray(0, 4), new Int8Array(512))
    expect(convert(converter, 5, 20, 0)).toBe(20)
    expect(convert(converter, 5, 220, 0)).toBe(220)
    expect(convert(converter, 5, 300, 0)).toBe(255)
    expect(convert(converter, 5, -10, 0)).toBe(0)
    expect(convert(converter, 5, 100, 2)).toBe(102)
  })
})
