/**
 * Transfer functions of the circuits' further parts (hardware.md 1.1, 1.2, 2): adaptation and exponential term (Brette
 * and Gerstner 2005), conductance-based inputs, inter-compartment conductance, the range of the reset's conductance.
 *
 * ASSUMED: which code gives which value is published for none of them. Voltage cells are taken to act like the leak's and
 * the threshold's (calix expects the conductance-based reference at the leak's codes); current cells are linear, and
 * their scale puts the values that experiments use into the middle of the range.
 */
import type { Circuits } from './circuits'
import type { ChipDraw } from './draw'
import type { DynamicsDraw } from './dynamics-draw'
import { CIRCUITS, quadrantOf } from './topology'

/** what the memory holds, codes, one entry a circuit */
export type DynamicsCells = Record<keyof DynamicsDraw, Float64Array>

/** meaning as in `DynamicsSwitches` of chip-port.ts */
export interface CircuitDynamicsSwitches {
  adaptation: Uint8Array
  invertA: Uint8Array
  invertB: Uint8Array
  exponential: Uint8Array
  cobaExc: Uint8Array
  cobaInh: Uint8Array
  conductanceRange: Uint8Array
}

/** physical values, one entry a circuit; CADC LSB, µs, currents LSB / µs at capacitance 1 */
export interface Dynamics {
  /** 1: switched on and working */
  adaptation: Uint8Array
  adaptationTau: Float64Array
  /** current per LSB and per spike, with their signs */
  a: Float64Array
  b: Float64Array
  /** where the membrane drives no adaptation, and the current that flows while the adaptation is at rest */
  adaptationReference: Float64Array
  adaptationRest: Float64Array
  exponential: Uint8Array
  exponentialThreshold: Float64Array
  exponentialSlope: Float64Array
  /** 1 / (reversal − reference), 1 / LSB, positive for the excitatory and negative for the inhibitory input; 0: off */
  cobaSlopeExc: Float64Array
  cobaSlopeInh: Float64Array
  cobaReferenceExc: Float64Array
  cobaReferenceInh: Float64Array
  /** conductance between membrane and soma line, relative capacitance / µs */
  interCompartment: Float64Array
}

const LEAK = { slope: 0.27, code0: 629, at0: 80 }
const THRESHOLD = { slope: 0.34, code0: 389, at0: 150 }
/** 144 ms of biological time (Brette and Gerstner 2005) are 144 µs at speed-up 1000: code 70 */
const ADAPTATION_TAU = { us: 100, code: 100 }
/** a quarter of the leak conductance at 6 µs (their a / g_L is 4 / 30) */
const A = { conductance: 1 / 24, code: 500 }
/** moves the rest by 9 LSB at 6 µs: their 80 pA / 30 nS in 20 mV between rest and threshold, here 70 LSB */
const B = { current: 1.5, code: 500 }
/** their slope of 2 mV in the same scale */
const SLOPE = { lsb: 7, code: 500 }
/** current for each code between the adaptation's two potentials: as the synaptic inputs' reference (hardware.md 7) */
const REST_PER_CODE = 0.3 / 60
/** reversal 300 and reference 150 CADC LSB (calix tests/hw/py/test_neuron_coba.py) */
const COBA = { slope: 1 / 150, code: 300 }
/** targets are 0.1 … 30 µs (hardware.md 4.2): 3 µs at code 500 and the full capacitance, 4 times either way */
const INTER_COMPARTMENT = { us: 3, code: 500, range: 4 }
const LEAST_CODE = 0.5

export function dynamicsOf(
  draw: ChipDraw,
  own: DynamicsDraw,
  cells: DynamicsCells,
  switches: CircuitDynamicsSwitches
): Dynamics {
  const { quadrant, circuit } = draw
  const each = (value: (n: number, q: number) => number): Float64Array => {
    // a loop: this is done anew after each write
    const all = new Float64Array(CIRCUITS)
    for (let n = 0; n < CIRCUITS; n++) all[n] = value(n, quadrantOf(n))
    return all
  }
  const on = (which: Uint8Array): Uint8Array =>
    Uint8Array.from(which, (value, n) => (value === 1 && circuit.dead[n] === 0 ? 1 : 0))
  const code = (cell: keyof DynamicsDraw, n: number, q: number): number =>
    cells[cell][n] * quadrant.voltageGain[q] + own[cell][n]
  const potential = (map: typeof LEAK, cell: keyof DynamicsDraw): Float64Array =>
    each((n, q) => map.slope * (code(cell, n, q) - map.code0) + map.at0)
  const amount = (cell: keyof DynamicsDraw, at: number): Float64Array =>
    each((n, q) => (Math.max(0, cells[cell][n]) / at) * quadrant.leakGain[q] * own[cell][n])
  const sign = (inverted: Uint8Array, n: number): number => (inverted[n] === 1 ? -1 : 1)
  const a = amount('adaptationA', A.code)
  const b = amount('adaptationB', B.code)
  const slope = amount('exponentialSlope', SLOPE.code)
  const coba = (cell: 'cobaGainExc' | 'cobaGainInh', which: Uint8Array, direction: number): Float64Array =>
    amount(cell, COBA.code).map((x, n) => (which[n] === 1 ? direction * COBA.slope * x : 0))

  return {
    adaptation: on(switches.adaptation),
    adaptationTau: each(
      (n, q) =>
        (ADAPTATION_TAU.us * ADAPTATION_TAU.code) /
        (Math.max(LEAST_CODE, cells.adaptationTau[n]) * quadrant.tauGain[q] * own.adaptationTau[n])
    ),
    a: a.map((x, n) => sign(switches.invertA, n) * A.conductance * x),
    b: b.map((x, n) => sign(switches.invertB, n) * B.current * x),
    adaptationReference: potential(LEAK, 'adaptationLeak'),
    adaptationRest: each((n, q) => REST_PER_CODE * (code('adaptationLeak', n, q) - code('adaptationReference', n, q))),
    exponential: on(switches.exponential),
    exponentialThreshold: potential(THRESHOLD, 'exponentialThreshold'),
    // a slope of zero would make the current a wall
    exponentialSlope: slope.map((x) => Math.max(0.1, SLOPE.lsb * x)),
    cobaSlopeExc: coba('cobaGainExc', switches.cobaExc, 1),
    cobaSlopeInh: coba('cobaGainInh', switches.cobaInh, -1),
    cobaReferenceExc: potential(LEAK, 'cobaReferenceExc'),
    cobaReferenceInh: potential(LEAK, 'cobaReferenceInh'),
    interCompartment: amount('interCompartment', INTER_COMPARTMENT.code).map((x, n) => {
      const range = [1, 1 / INTER_COMPARTMENT.range, INTER_COMPARTMENT.range][switches.conductanceRange[n]]
      return (Math.max(1e-3, x) * range) / INTER_COMPARTMENT.us
    })
  }
}

/** settings of a circuit's back end, one entry a circuit; meaning as in `DynamicsSwitches` of chip-port.ts */
export interface BackEnd {
  /** cycles of the circuit's clock */
  counter: Uint8Array
  /** 1: the fast clock */
  clock: Uint8Array
  /** scales of the chip's two clocks */
  scales: { slow: number; fast: number }
  resetRange: Uint8Array
}

/** frequency of a refractory clock, MHz: 250 MHz / 2^(scale + 1) (hardware.md 1.2) */
export function clockMHz(scale: number): number {
  return 250 / 2 ** (scale + 1)
}

/** the circuits with the refractory times that their clocks give, and with the range of their reset conductance */
export function withBackEnd(circuits: Circuits, { counter, clock, scales, resetRange }: BackEnd): Circuits {
  const range = [1, 8, 1 / 8]
  const megahertz = (n: number): number => clockMHz(clock[n] ? scales.fast : scales.slow)
  return {
    ...circuits,
    refractory: Float64Array.from(counter, (cycles, n) => Math.max(1, cycles) / megahertz(n)),
    refractoryCycle: Float64Array.from(counter, (_, n) => 1 / megahertz(n)),
    tauReset: circuits.tauReset.map((tau, n) => tau * range[resetRange[n]])
  }
}
