/**
 * The physical parameters of a chip's neuron circuits in its present settings: what the transfer functions make of
 * the codes, with this chip's mismatch. Struct of arrays, one entry a circuit (0 … 511).
 *
 * This is ground truth: it stays inside emulator/ and chip/ (lint enforces it).
 *
 * Equation (hardware.md 2), with the membrane in CADC LSB as an ideal converter would read it:
 *   dV/dt = (leak − V) / tauMem + (S_exc − S_inh) / capacitance ,  S_x = limit_x · tanh(I_x / limit_x) ,
 *   dI_x/dt = −I_x / tauSyn_x
 *   an event of weight w on an excitatory row: I_exc += gainExc · max(0, w + weightOffset) · synapse factor
 */
export interface Circuits {
  count: number
  /** CADC LSB */
  leak: Float64Array
  reset: Float64Array
  threshold: Float64Array
  /** µs */
  tauMem: Float64Array
  tauSynExc: Float64Array
  tauSynInh: Float64Array
  /** relative to the nominal capacitance at setting 63 */
  capacitance: Float64Array
  /** current step per weight LSB at capacitance 1, LSB / µs; 0 while the input is switched off */
  gainExc: Float64Array
  gainInh: Float64Array
  /** largest current of the input stage at capacitance 1, LSB / µs (input-stage.ts); where the gain is 0 it does not matter */
  limitExc: Float64Array
  limitInh: Float64Array
  /** added to the weight, weight LSB; a synapse of weight 0 is off and passes nothing */
  weightOffsetExc: Float64Array
  weightOffsetInh: Float64Array
  /**
   * constant current of the unmatched input reference at capacitance 1, LSB / µs, with the sign of its input: the rest is
   * leak + tauMem · (inputOffsetExc − inputOffsetInh + offsetCurrent) / capacitance; 0 while the input is switched off
   */
  inputOffsetExc: Float64Array
  inputOffsetInh: Float64Array
  /** constant offset current at capacitance 1, LSB / µs; negative where it is a sink, 0 while switched off */
  offsetCurrent: Float64Array
  /** time constant of the closed reset switch, µs */
  tauReset: Float64Array
  /** refractory time, µs, and one cycle of the clock that counts it: a single period is off by up to that */
  refractory: Float64Array
  refractoryCycle: Float64Array
  /** stationary sd of the membrane noise, LSB */
  noise: Float64Array
  /** 1: comparator enabled (and neither dead nor stuck) */
  fires: Uint8Array
  /** 1: the circuit is defective */
  dead: Uint8Array
}
