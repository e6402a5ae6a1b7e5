/** Counts and numbering of a HICANN-X chip (halco v3; hardware.md 1), as chip-port.ts describes them. */

/** neuron circuits: two rows of 256 columns */
export const CIRCUITS = 512
export const COLUMNS = 256
/** synapse rows of each of the two arrays */
export const ROWS = 256
/** quadrants: blocks of parameter memory with 128 circuits each */
export const QUADRANTS = 4
/** largest code of a parameter cell; 1023 means "do not refresh" (haldls capmem.h) */
export const LARGEST_CODE = 1022
/** largest synapse weight, 6 bit */
export const LARGEST_WEIGHT = 63
/** largest setting of the membrane capacitance, 6 bit */
export const LARGEST_CAPACITANCE = 63

/** quadrant of a circuit: 0 top-left, 1 top-right, 2 bottom-left, 3 bottom-right */
export function quadrantOf(circuit: number): number {
  return (circuit >> 8) * 2 + ((circuit >> 7) & 1)
}
