/**
 * From codes to physical values: the transfer functions of the neuron circuits, nominal as hardware.md 7 tabulates
 * them (fits to calix, brainscales2-demos and the published settings of chip "cube 66"), with a chip's deviations.
 *
 * Deviations of voltages act on the code: a quadrant whose memory runs 4 % high gives code 629 as if it were 654.
 */
import type { Circuits } from './circuits'
import type { ChipDraw } from './draw'
import { RANGE_WEIGHT } from './input-stage'
import { CIRCUITS, quadrantOf } from './topology'

/** what the parameter memory really holds for each circuit: codes with write noise and crosstalk, hence not whole */
export interface CircuitCells {
  leak: Float64Array
  reset: Float64Array
  threshold: Float64Array
  leakBias: Float64Array
  resetBias: Float64Array
  synapticTauExc: Float64Array
  synapticTauInh: Float64Array
  synapticReferenceExc: Float64Array
  synapticReferenceInh: Float64Array
  synapticGainExc: Float64Array
  synapticGainInh: Float64Array
  offsetCurrent: Float64Array
}

/** digital settings, one entry a circuit; meaning as in `NeuronSwitches` of chip-port.ts */
export interface CircuitSwitches {
  capacitance: Uint8Array
  leakRange: Uint8Array
  inputExc: Uint8Array
  inputInh: Uint8Array
  highResistanceExc: Uint8Array
  highResistanceInh: Uint8Array
  threshold: Uint8Array
  offsetCurrent: Uint8Array
  refractory: Uint8Array
}

/** potentials, CADC LSB = slope · (code − code0) + at0 */
const LEAK = { slope: 0.27, code0: 629, at0: 80 }
const RESET = { slope: 0.3, code0: 625, at0: 80 }
const THRESHOLD = { slope: 0.34, code0: 389, at0: 150 }
/** CADC LSB for one code of the potentials' cells */
export const POTENTIAL_SLOPES = { leak: LEAK.slope, reset: RESET.slope, threshold: THRESHOLD.slope }
/** tauMem is 6 µs at leak bias code 158 and capacitance setting 63; 1 / tauMem rises linearly with the code */
const TAU_MEM = { us: 6, code: 158 }
/** C = 2.4 pF · (setting + 3) / 66: what the neuron has besides its capacitor is worth 3 settings */
const CAPACITANCE = { parasitic: 3, full: 66 }
/** tauSyn is 6 µs at code 80 in high-resistance mode and 8 times shorter without */
const TAU_SYN = { us: 6, code: 80, lowResistance: 8 }
const RANGE = 8
/** the input reference gives no current at code 310, and 0.3 CADC LSB of rest at tauMem 60 µs for each code off it */
const REFERENCE = { code: 310, current: 0.3 / 60 }
/**
 * One event at gain code 500, synapse DAC code 600 and both time constants 10 µs peaks at 0.28 CADC LSB per weight LSB.
 * A PSP with equal time constants is q · t · e^(−t/tau), which peaks at q · tau / e: hence q, LSB / µs.
 */
const GAIN = { code: 500, dacCode: 600, current: (0.28 * Math.E) / 10 }
/** 1 nA a code into 2.4 pF at 4.2 mV a CADC LSB (hardware.md 1.1, 1.2, 1.5): LSB / µs */
const OFFSET_CURRENT = 0.1
/** setting of the offset current's switch with which it flows out of the membrane */
const SINK = 2
/** the closed reset switch pulls with 0.5 µs at the largest bias, which calix writes */
const TAU_RESET = { us: 0.5, code: 1022 }
/** stationary sd of the membrane noise: 2 mV */
const NOISE = 0.45
/** a cell of code 0 still leaks: keeps time constants finite */
const LEAST_CODE = 0.5

/**
 * @param cells what the memory holds (see `ParameterMemory`)
 * @param dacBias synapse DAC bias of each quadrant, codes as held
 * @param refractoryClockMHz clock of the refractory counter; a counter of 0 counts one cycle
 */
export function circuitsOf(
  draw: ChipDraw,
  cells: CircuitCells,
  dacBias: Float64Array,
  switches: CircuitSwitches,
  refractoryClockMHz: number
): Circuits {
  const { quadrant, circuit } = draw
  const each = (value: (n: number, q: number) => number): Float64Array => {
    // a loop: this is done anew after each write
    const all = new Float64Array(CIRCUITS)
    for (let n = 0; n < CIRCUITS; n++) all[n] = value(n, quadrantOf(n))
    return all
  }

  const potential = (map: typeof LEAK, codes: Float64Array, own: Float64Array): Float64Array =>
    each((n, q) => map.slope * (codes[n] * quadrant.voltageGain[q] + own[n] - map.code0) + map.at0)
  const capacitance = each(
    (n) => ((switches.capacitance[n] + CAPACITANCE.parasitic) / CAPACITANCE.full) * circuit.capacitance[n]
  )
  const tauMem = each((n, q) => {
    const range = switches.leakRange[n] === 1 ? 1 / RANGE : switches.leakRange[n] === 2 ? RANGE : 1
    const conductance =
      ((current(cells.leakBias[n]) * quadrant.leakGain[q] * circuit.leakBias[n]) / TAU_MEM.code / TAU_MEM.us) * range
    return capacitance[n] / conductance
  })
  const tauSyn = (codes: Float64Array, own: Float64Array, highResistance: Uint8Array): Float64Array =>
    each((n, q) => {
      const tau = (TAU_SYN.us * TAU_SYN.code) / (current(codes[n]) * quadrant.tauGain[q] * own[n])
      return highResistance[n] ? tau : tau / TAU_SYN.lowResistance
    })
  const works = (n: number, on: Uint8Array): boolean => on[n] === 1 && circuit.dead[n] === 0
  const dac = dacFactors(draw, dacBias)
  // current for a line voltage, in units of what one weight LSB at the nominal DAC code makes
  const transconductance = (codes: Float64Array, own: Float64Array): Float64Array =>
    each((n) => GAIN.current * (Math.max(0, codes[n]) / GAIN.code) * own[n])
  const gmExc = transconductance(cells.synapticGainExc, circuit.gainExc)
  const gmInh = transconductance(cells.synapticGainInh, circuit.gainInh)
  const gain = (gm: Float64Array, on: Uint8Array): Float64Array => each((n, q) => (works(n, on) ? gm[n] * dac[q] : 0))
  const reference = (codes: Float64Array, own: Float64Array, on: Uint8Array, sign: number): Float64Array =>
    each((n, q) =>
      works(n, on) ? sign * REFERENCE.current * (codes[n] * quadrant.voltageGain[q] + own[n] - REFERENCE.code) : 0
    )

  return {
    count: CIRCUITS,
    leak: potential(LEAK, cells.leak, circuit.leak),
    reset: potential(RESET, cells.reset, circuit.reset),
    threshold: potential(THRESHOLD, cells.threshold, circuit.threshold),
    tauMem,
    tauSynExc: tauSyn(cells.synapticTauExc, circuit.tauExc, switches.highResistanceExc),
    tauSynInh: tauSyn(cells.synapticTauInh, circuit.tauInh, switches.highResistanceInh),
    capacitance,
    gainExc: gain(gmExc, switches.inputExc),
    gainInh: gain(gmInh, switches.inputInh),
    limitExc: gmExc.map((gm) => gm * RANGE_WEIGHT),
    limitInh: gmInh.map((gm) => gm * RANGE_WEIGHT),
    weightOffsetExc: circuit.weightOffsetExc,
    weightOffsetInh: circuit.weightOffsetInh,
    // both stages draw less current at a higher reference: calix's excitatory search is the inverted one
    inputOffsetExc: reference(cells.synapticReferenceExc, circuit.referenceExc, switches.inputExc, -1),
    inputOffsetInh: reference(cells.synapticReferenceInh, circuit.referenceInh, switches.inputInh, -1),
    offsetCurrent: each((n) =>
      switches.offsetCurrent[n] > 0 && circuit.dead[n] === 0
        ? (switches.offsetCurrent[n] === SINK ? -1 : 1) *
          OFFSET_CURRENT *
          Math.max(0, cells.offsetCurrent[n]) *
          circuit.offsetCurrent[n]
        : 0
    ),
    tauReset: each((n) => ((TAU_RESET.us * TAU_RESET.code) / current(cells.resetBias[n])) * circuit.tauReset[n]),
    refractory: each((n) => Math.max(1, switches.refractory[n]) / refractoryClockMHz),
    refractoryCycle: each(() => 1 / refractoryClockMHz),
    noise: each((n) => NOISE * circuit.noise[n]),
    fires: Uint8Array.from({ length: CIRCUITS }, (_, n) => (works(n, switches.threshold) ? 1 : 0)),
    dead: circuit.dead
  }
}

/** synapse current of each quadrant relative to a nominal chip at DAC bias code 600 */
export function dacFactors(draw: ChipDraw, dacBias: Float64Array): Float64Array {
  return dacBias.map((code, q) => (Math.max(0, code) / GAIN.dacCode) * draw.quadrant.dacGain[q])
}

function current(code: number): number {
  return Math.max(LEAST_CODE, code)
}
