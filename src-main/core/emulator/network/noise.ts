/**
 * The table of normal numbers that trial noise is read from.
 *
 * One instant of one sample takes a row: as many consecutive entries as there are units, from an offset that is a hash
 * of (trial seed, trial, sample, instant). So no normal number is drawn in the hot loop, and the noise of a sample does
 * not depend on threads, order or batch.
 *
 * Size: 2^15 entries (128 kB, beside the weights in the second-level cache). The second half is the first with its sign
 * turned, and the variance is scaled to 1, so that mean, skewness and variance of the whole have no sampling error. Rows
 * begin at any of 8192 places, 4 entries apart: a unit always reads the same quarter of the table, whose variance is off
 * by √(2 / 4096) = 2 % (1 % of the sd) and whose fourth moment by 5 %; two units of a row are correlated as the table is
 * at their distance, by 1 / √16384 = 0.8 %. Both are far below what a calibration or a training run can resolve (the
 * spread of the noise between neurons is 20 %, hardware.md 7). Two instants take the same value for a unit with
 * probability 1/8192, and with its sign turned with the same probability: over samples and trials their correlation is 0.
 */
import { Stream } from '../../random/stream'

/** rows of 4 entries, a power of two */
export const NOISE_ROWS = 8192

/** @param table the first 4 · NOISE_ROWS entries, and as many repeated ones as it has room for */
export function fillNoise(table: Float32Array, trialSeed: number): void {
  const half = NOISE_ROWS * 2
  const stream = new Stream(trialSeed, 'network noise')
  const drawn = Float64Array.from({ length: half }, () => stream.normal())
  let square = 0
  for (const x of drawn) square += x * x
  const scale = 1 / Math.sqrt(square / half)
  for (let k = 0; k < table.length; k++) {
    const at = k % (2 * half)
    table[k] = at < half ? drawn[at] * scale : -drawn[at - half] * scale
  }
}
