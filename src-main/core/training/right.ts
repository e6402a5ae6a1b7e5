/** Which samples of a split were read as they should be, one bit each: what two runs over the same samples are paired by. */

/**
 * @param flags one a sample in the order of the split, 1: read right
 * @returns bit k % 8 (from the lowest) of byte k / 8 is that of sample k; bits behind the last are 0
 */
export function rightBits(flags: ArrayLike<number>): Uint8Array {
  const bits = new Uint8Array(Math.ceil(flags.length / 8))
  for (let k = 0; k < flags.length; k++) if (flags[k] === 1) bits[k >> 3] |= 1 << (k & 7)
  return bits
}
