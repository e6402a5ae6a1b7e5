/**
 * A chip instance: everything that production has left different from one chip to the next, drawn from a seed. The same
 * (seed, mismatch, recipe) is the same chip on every machine. Each kind of deviation has a stream of its own, so that a new one
 * never moves those that exist.
 *
 * This is ground truth: it stays inside emulator/ and chip/ (lint enforces it).
 */
import { exp } from '../../numerics/functions'
import { hash, Stream } from '../../random/stream'
import { RECIPE_A, type Recipe, type RecipeName } from './recipe'
import { drawWeightCurve, synapseFactors, synapseNormals } from './synapses'
import { CIRCUITS, QUADRANTS, quadrantOf } from './topology'

export interface ChipDraw {
  seed: number
  mismatch: number
  serial: string

  /** one entry a quadrant; factors are relative to nominal */
  quadrant: {
    voltageGain: Float64Array
    tauGain: Float64Array
    dacGain: Float64Array
    leakGain: Float64Array
    converterGain: Float64Array
    /** CADC LSB */
    converterOffset: Float64Array
  }

  /** one entry a circuit; potentials and references are codes added to what the cell gives, the rest are factors */
  circuit: {
    leak: Float64Array
    reset: Float64Array
    threshold: Float64Array
    referenceExc: Float64Array
    referenceInh: Float64Array
    leakBias: Float64Array
    capacitance: Float64Array
    tauExc: Float64Array
    tauInh: Float64Array
    gainExc: Float64Array
    gainInh: Float64Array
    offsetCurrent: Float64Array
    tauReset: Float64Array
    noise: Float64Array
    /** weight LSB */
    weightOffsetExc: Float64Array
    weightOffsetInh: Float64Array
    /** 1: the circuit follows its leak, but its synaptic inputs and its comparator do nothing */
    dead: Uint8Array
  }

  /** column converter, one entry a channel: offset in CADC LSB; what a stuck channel always reads, −1: it works */
  channelOffset: Float64Array
  stuck: Int16Array

  /** effective weight of each 6-bit code, weight LSB */
  weightCurve: Float64Array
  /** relative strength of every synapse of an array (0 top, 1 bottom), [row][column]; do not write into it */
  synapses(array: 0 | 1): Float32Array
}

/**
 * @param seed 32-bit seed of the chip
 * @param mismatch scales every spread and every probability of a defect: 1 as measured on silicon, 0 an ideal chip
 * @param normalsOf `synapseNormals` of this seed, for whoever draws the same chip with one spread after another
 */
export function drawChip(
  seed: number,
  mismatch: number,
  recipe: Recipe = RECIPE_A,
  normalsOf = (array: 0 | 1): Float64Array => synapseNormals(seed, array)
): ChipDraw {
  const stream = (name: string): Stream => new Stream(seed, 'hicann-x', name)
  const normals = (name: string, count: number, sd: number): Float64Array => {
    const source = stream(name)
    return Float64Array.from({ length: count }, () => mismatch * sd * source.normal())
  }
  const factors = (name: string, count: number, logSd: number): Float64Array => normals(name, count, logSd).map(exp)

  // one g a quadrant: where the parameter memory runs high, voltages are higher and time constants shorter
  const g = normals('quadrant', QUADRANTS, 1)
  const currentGain = (name: string, shared: number, own: number): Float64Array =>
    normals(name, QUADRANTS, own).map((x, q) => exp(shared * g[q] + x))
  const dacGain = currentGain('synapse-dac', recipe.dacGainShared, recipe.dacGainOwn)
  const weak = stream('weak-quadrant')
  const weakened = weak.uniform() < mismatch * recipe.weakQuadrant
  const weakOne = weak.below(QUADRANTS)
  if (weakened) dacGain[weakOne] *= recipe.weakFactor

  const potentials = drawPotentials(stream('potentials'), mismatch, recipe)
  const thresholdOwn = normals('threshold-quadrant', QUADRANTS, recipe.thresholdOwn)
  const threshold = potentials.threshold.map(
    (own, n) => own + recipe.thresholdShared * g[quadrantOf(n)] + thresholdOwn[quadrantOf(n)]
  )
  const synapticTau = (side: 'exc' | 'inh'): Float64Array => {
    const split = factors(`synaptic-tau-split-${side}`, QUADRANTS, recipe.tauSplit)
    return factors(`synaptic-tau-${side}`, CIRCUITS, recipe.synapticTau).map((own, n) => own * split[quadrantOf(n)])
  }
  const weightOffset = (name: string): Float64Array =>
    normals(name, CIRCUITS, recipe.weightOffset).map((own) => mismatch * recipe.weightOffsetMean + own)
  const chance = (source: Stream, probability: number): boolean => source.uniform() < mismatch * probability
  const deadSource = stream('dead-circuits')
  const stuckSource = stream('stuck-channels')

  const synapses: (Float32Array | undefined)[] = []
  return {
    seed,
    mismatch,
    serial: serialNumber(seed, mismatch, recipe.name),
    quadrant: {
      voltageGain: g.map((x) => 1 + recipe.voltageGain * x),
      tauGain: currentGain('synaptic-tau-quadrant', recipe.currentGainShared, recipe.currentGainOwn),
      dacGain,
      leakGain: g.map((x) => exp(recipe.leakGain * x)),
      converterGain: normals('converter-gain', QUADRANTS, recipe.converterGain).map((x) => 1 + x),
      converterOffset: normals('converter-offset', QUADRANTS, recipe.converterOffset)
    },
    circuit: {
      ...potentials,
      threshold,
      referenceExc: normals('reference-exc', CIRCUITS, recipe.referenceExc),
      referenceInh: normals('reference-inh', CIRCUITS, recipe.referenceInh),
      leakBias: factors('leak-bias', CIRCUITS, recipe.leakBias),
      capacitance: factors('capacitance', CIRCUITS, recipe.capacitance),
      tauExc: synapticTau('exc'),
      tauInh: synapticTau('inh'),
      gainExc: factors('synaptic-gain-exc', CIRCUITS, recipe.synapticGain),
      gainInh: factors('synaptic-gain-inh', CIRCUITS, recipe.synapticGain),
      offsetCurrent: factors('offset-current', CIRCUITS, recipe.offsetCurrent),
      tauReset: factors('reset-tau', CIRCUITS, recipe.tauReset),
      noise: factors('membrane-noise', CIRCUITS, recipe.membraneNoise),
      weightOffsetExc: weightOffset('weight-offset-exc'),
      weightOffsetInh: weightOffset('weight-offset-inh'),
      dead: Uint8Array.from({ length: CIRCUITS }, () => (chance(deadSource, recipe.deadCircuit) ? 1 : 0))
    },
    channelOffset: normals('channel-offset', CIRCUITS, recipe.channelOffset),
    stuck: Int16Array.from({ length: CIRCUITS }, () => {
      const is = chance(stuckSource, recipe.stuckChannel)
      const value = stuckSource.below(256)
      return is ? value : -1
    }),
    weightCurve: drawWeightCurve(stream('weight-curve'), mismatch * recipe.weightCurve),
    // 131072 factors: drawn only when synapses are asked for
    synapses: (array) => (synapses[array] ??= synapseFactors(normalsOf(array), mismatch * recipe.synapse))
  }
}

/** leak, reset and threshold of each circuit, correlated as the recipe says (Cholesky factor written out), codes */
function drawPotentials(
  source: Stream,
  mismatch: number,
  recipe: Recipe
): { leak: Float64Array; reset: Float64Array; threshold: Float64Array } {
  const leak = new Float64Array(CIRCUITS)
  const reset = new Float64Array(CIRCUITS)
  const threshold = new Float64Array(CIRCUITS)
  const own = Math.sqrt(1 - recipe.leakReset ** 2)
  const second = (recipe.thresholdOthers * (1 - recipe.leakReset)) / own
  const third = Math.sqrt(1 - recipe.thresholdOthers ** 2 - second ** 2)
  for (let n = 0; n < CIRCUITS; n++) {
    const a = source.normal()
    const b = source.normal()
    const c = source.normal()
    leak[n] = mismatch * recipe.leak * a
    reset[n] = mismatch * recipe.reset * (recipe.leakReset * a + own * b)
    threshold[n] = mismatch * recipe.threshold * (recipe.thresholdOthers * a + second * b + third * c)
  }
  return { leak, reset, threshold }
}

/** e.g. HX-7A31-09BC: what a person reads off the board; the same for the same (seed, mismatch, recipe) */
export function serialNumber(seed: number, mismatch: number, recipe: RecipeName = 'A'): string {
  // chips of recipe A were numbered before there was another
  const path = recipe === 'A' ? [] : [recipe]
  const digits = hash(seed, 'serial', String(mismatch), ...path)
    .toString(16)
    .toUpperCase()
    .padStart(8, '0')
  return `HX-${digits.slice(0, 4)}-${digits.slice(4)}`
}
