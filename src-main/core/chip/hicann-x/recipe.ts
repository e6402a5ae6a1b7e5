/**
 * How much the instances of a chip differ: a named recipe of spreads and defect probabilities. Recipe A follows the
 * published settings of one calibrated BrainScaleS-2 chip ("cube 66", fmi-basel/brainscales-2-surrogate-gradients) and
 * the distributions of Priesemann-Group/neuromorphic-bistability, as hardware.md 3 and 7 collect them.
 *
 * "log-sd" is the standard deviation of the natural logarithm.
 */
export interface Recipe {
  name: string

  // ---- shared by a quadrant; one g ~ N(0, 1) a quadrant moves its voltages and its currents together
  /** the voltages that cells give are too high by this share times g */
  voltageGain: number
  /** log-sd of the currents for synaptic time constants and weights: due to g, and of their own */
  currentGainShared: number
  currentGainOwn: number
  /** log-sd of the leak bias currents due to g */
  leakGain: number
  /** relative sd of the column converter's slope, sd of its offset in CADC LSB */
  converterGain: number
  converterOffset: number

  // ---- each circuit on its own
  /** sd in codes, and the correlation of the three */
  leak: number
  reset: number
  threshold: number
  leakReset: number
  thresholdOthers: number
  /** sd in codes of the input reference that gives no offset current */
  referenceExc: number
  referenceInh: number
  /** log-sd */
  leakBias: number
  capacitance: number
  synapticTau: number
  synapticGain: number
  offsetCurrent: number
  tauReset: number
  membraneNoise: number
  /** weight LSB that a synaptic input adds to each weight: mean and sd */
  weightOffsetMean: number
  weightOffset: number

  // ---- synapses and converters
  /** log-sd of a single synapse */
  synapse: number
  /** rms integral non-linearity of the 6-bit weight, LSB */
  weightCurve: number
  /** sd of a converter channel's offset, CADC LSB */
  channelOffset: number

  // ---- probabilities of defects
  deadCircuit: number
  stuckChannel: number
  /** of a chip to have one quadrant whose synapse DAC gives `weakFactor` of the others' current */
  weakQuadrant: number
  weakFactor: number
}

export const RECIPE_A: Recipe = {
  name: 'A',
  voltageGain: 0.04,
  currentGainShared: 0.18,
  currentGainOwn: 0.18,
  leakGain: 0.05,
  converterGain: 0.05,
  converterOffset: 3,
  leak: 34,
  reset: 32,
  threshold: 16,
  leakReset: 0.6,
  thresholdOthers: 0.35,
  referenceExc: 115,
  referenceInh: 110,
  leakBias: 0.1,
  capacitance: 0.04,
  synapticTau: 0.22,
  synapticGain: 0.06,
  // no published figure: taken as the leak bias's, a cell of the same kind
  offsetCurrent: 0.1,
  tauReset: 0.1,
  membraneNoise: 0.2,
  weightOffsetMean: -1.1,
  weightOffset: 2,
  synapse: 0.07,
  weightCurve: 0.5,
  channelOffset: 10,
  deadCircuit: 0.005,
  stuckChannel: 0.001,
  weakQuadrant: 0.1,
  // no published figure: a quadrant "whose DAC bias cannot reach the maximum" (calix) still has to be usable
  weakFactor: 0.6
}
