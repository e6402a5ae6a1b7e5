/**
 * The units of a network as the chip makes them: one struct of arrays over the columns that a placement chose, in
 * float64. Reference and kernel tables are both made from it.
 */
import type { Lif } from '../lif-reference'
import type { NetworkSource } from './source'

/** Index = unit. Potentials in CADC LSB (of an ideal converter), times in µs, currents as LSB / µs on the membrane. */
export interface Units {
  count: number
  /** column of each unit, −1: none */
  column: Int16Array
  /** where the membrane settles without events: leak and constant currents */
  rest: Float64Array
  reset: Float64Array
  /** Infinity where the comparator is off */
  threshold: Float64Array
  tauMem: Float64Array
  tauSynExc: Float64Array
  tauSynInh: Float64Array
  tauReset: Float64Array
  refractory: Float64Array
  /** a single refractory period is off by up to this, evenly */
  refractoryCycle: Float64Array
  /** stationary sd of the membrane noise, its correlation time is tauMem */
  noise: Float64Array
  /** step of the synaptic current per weight LSB */
  stepExc: Float64Array
  stepInh: Float64Array
  /** largest current of the input stages; Infinity: linear */
  limitExc: Float64Array
  limitInh: Float64Array
  weightOffsetExc: Float64Array
  weightOffsetInh: Float64Array
  /** converter: round(slope · V + offset + readNoise · N(0, 1)) */
  slope: Float64Array
  offset: Float64Array
  readNoise: Float64Array
}

/** below this the comparator could fire without end; one cycle of the fastest refractory clock is longer */
const SHORTEST_REFRACTORY_US = 0.05

/**
 * @param placement column of each unit, −1 for none
 * @param firing false: the comparators of these units are off (readout)
 */
export function unitsOf(source: NetworkSource, placement: Int16Array, firing: boolean): Units {
  const columns = source.columns()
  const converter = source.converter()
  const take = (value: (c: number) => number, without: number): Float64Array =>
    Float64Array.from(placement, (c) => (c < 0 ? without : value(c)))
  // A dead column keeps its potential: it neither fires nor feels its synapses. Its converter channel still reads.
  const alive =
    (list: Float64Array): ((c: number) => number) =>
    (c) =>
      columns.dead[c] ? 0 : list[c]
  return {
    count: placement.length,
    column: placement,
    rest: take((c) => {
      const current = columns.inputOffsetExc[c] - columns.inputOffsetInh[c] + columns.offsetCurrent[c]
      return columns.leak[c] + (columns.dead[c] ? 0 : (columns.tauMem[c] * current) / columns.capacitance[c])
    }, 0),
    reset: take((c) => columns.reset[c], 0),
    threshold: take(
      (c) => (firing && columns.fires[c] && !columns.dead[c] ? columns.threshold[c] : Infinity),
      Infinity
    ),
    tauMem: take((c) => columns.tauMem[c], 1),
    tauSynExc: take((c) => columns.tauSynExc[c], 1),
    tauSynInh: take((c) => columns.tauSynInh[c], 1),
    tauReset: take((c) => columns.tauReset[c], 1),
    refractory: take((c) => Math.max(columns.refractory[c], SHORTEST_REFRACTORY_US), 1),
    refractoryCycle: take((c) => columns.refractoryCycle[c], 0),
    noise: take(alive(columns.noise), 0),
    stepExc: take((c) => alive(columns.gainExc)(c) / columns.capacitance[c], 0),
    stepInh: take((c) => alive(columns.gainInh)(c) / columns.capacitance[c], 0),
    limitExc: take((c) => columns.limitExc[c] / columns.capacitance[c], Infinity),
    limitInh: take((c) => columns.limitInh[c] / columns.capacitance[c], Infinity),
    weightOffsetExc: take((c) => columns.weightOffsetExc[c], 0),
    weightOffsetInh: take((c) => columns.weightOffsetInh[c], 0),
    slope: take((c) => converter.slope[c], 0),
    offset: take((c) => converter.offset[c], 0),
    readNoise: take((c) => converter.noise[c], 0)
  }
}

/**
 * The signed step of the synaptic current that an event makes through a synapse of weight w (hardware.md 7, "synapse
 * weight": I ∝ w + o_n): positive on the excitatory input, negative on the inhibitory one. A synapse of weight 0 is off.
 * @param curve effective weight of each code
 */
export function currentStep(
  units: Units,
  unit: number,
  w: number,
  curve: Float64Array,
  factorTop: number,
  factorBottom: number
): number {
  if (w > 0) return units.stepExc[unit] * Math.max(0, curve[w] + units.weightOffsetExc[unit]) * factorTop
  if (w < 0) return -units.stepInh[unit] * Math.max(0, curve[-w] + units.weightOffsetInh[unit]) * factorBottom
  return 0
}

/** largest current of an input stage as the kernels take it: one without limit is linear in float32 with this one */
export const stageRange = (limit: number): number => Math.min(limit, 1e6)

/** one unit as the emulated neuron is defined (lif-reference.ts) */
export function lifOf(units: Units, unit: number): Lif {
  return {
    rest: units.rest[unit],
    tauMem: units.tauMem[unit],
    tauSynExc: units.tauSynExc[unit],
    tauSynInh: units.tauSynInh[unit],
    threshold: units.threshold[unit],
    reset: units.reset[unit],
    tauReset: units.tauReset[unit],
    refractory: units.refractory[unit]
  }
}
