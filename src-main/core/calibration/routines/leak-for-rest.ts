/**
 * Leak codes at which membranes rest at given potentials. A code moves the rest by about LEAK_PER_CODE, and where nothing
 * but the leak sets it one step is enough. With a conductance-based stage on, the offset current of its input grows and
 * shrinks with the membrane: a neuron whose two inputs lean on each other (input-reference.ts) then rests elsewhere, and its
 * code moves it by more or by less, up to several times. So membranes that do not rest where they should are looked at
 * again and corrected along the line through their last two rests.
 */
import type { Bench } from '../bench'
import { HIGHEST_CODE } from '../settings'

/** how far a code moves the leak (hardware.md 3.3), and the least and most that a line is believed */
const LEAK_PER_CODE = 0.27
const FLATTEST = 0.1
const STEEPEST = 1.5
/** a rest is good that is so near, LSB; a leak that moves by 8 % less than usual misses 50 LSB further on by as much */
const NEAR = 4
const ROUNDS = 6
const READS = 8

/** codes that put the rest of every neuron to `lsb`, from codes at which it is `rest` */
export function leakFor(codes: Uint16Array, rest: Float64Array, lsb: ArrayLike<number> | number): Uint16Array {
  return codes.map((code, n) => moved(code, (at(lsb, n) - rest[n]) / LEAK_PER_CODE))
}

/**
 * Writes the leak until all rest within NEAR of `lsb`, beginning with `codes`; neurons that already do keep their code, and
 * those that cannot be brought there are left where the last round moved them.
 * @returns the codes on the chip
 */
export function settleRest(bench: Bench, codes: Uint16Array, lsb: ArrayLike<number> | number): Uint16Array {
  bench.write('leak', codes)
  let now = codes
  let rest = bench.rest(READS)
  const slope = new Float64Array(codes.length).fill(LEAK_PER_CODE)
  const astray = (): number[] => Array.from(rest).flatMap((v, n) => (Math.abs(v - at(lsb, n)) > NEAR ? [n] : []))
  let off = astray()
  for (let round = 0; round < ROUNDS && off.length > 0; round++) {
    const next = now.slice()
    for (const n of off) next[n] = moved(now[n], (at(lsb, n) - rest[n]) / slope[n])
    bench.write('leak', next)
    const seen = bench.rest(READS)
    for (const n of off) {
      const line = (seen[n] - rest[n]) / (next[n] - now[n])
      if (Number.isFinite(line)) slope[n] = Math.max(FLATTEST, Math.min(STEEPEST, line))
    }
    now = next
    rest = seen
    off = astray()
  }
  return now
}

const at = (lsb: ArrayLike<number> | number, n: number): number => (typeof lsb === 'number' ? lsb : lsb[n])

function moved(code: number, by: number): number {
  return Number.isFinite(by) ? Math.max(0, Math.min(HIGHEST_CODE, code + Math.round(by))) : code
}
