/**
 * The synaptic input of a circuit: events pull its line down, and an amplifier with a limited linear range (an OTA)
 * turns the line's voltage U into a current on the membrane (hardware.md 2):
 *   U += k · (DAC current) · weight ,  S = gm · sat(U) ,  sat(U) = U_max · tanh(U / U_max) ,  U_max ≈ 100 CADC LSB
 *
 * The shape and the range are hardware.md's (derived there from calix, which keeps amplitudes small, and from the
 * bistability paper, which reports saturation). ASSUMED is k: how far one event pulls the line is published nowhere. It is
 * the value that keeps the bursts by which calix measures time constants inside the fast converter's range up to the
 * largest DAC code that calix writes (fast-converter.ts shows the same line): 0.5 MADC LSB per weight LSB at DAC code
 * 600. A line then leaves its linear range at several hundred weight LSB at once, some two to four times what makes a
 * neuron fire at the working points of published experiments; a range of 100 LSB in terms of the membrane's response
 * instead would keep those experiments from firing at all.
 */

/** MADC LSB that a weight LSB pulls the line down at a DAC code of 600 */
export const LINE_PER_WEIGHT = 0.5
/** MADC LSB a CADC LSB (brainscales2-demos) */
export const MADC_PER_CADC = 2.93
const RANGE_CADC = 100

/** weight LSB that pull the line down by U_max at a DAC code of 600 */
export const RANGE_WEIGHT = (RANGE_CADC * MADC_PER_CADC) / LINE_PER_WEIGHT
