// Surrogate-gradient training of the readout network (Cramer, Billaudelle et al. 2022), hot loops in f32.
// What they mean: training/surrogate/reference.ts (model C). No partial sums cross a block of hidden units, and samples
// are added in order, so that the result does not depend on how many threads share the blocks, nor on the pieces of a batch.
import { addFired, CONSTANT_BYTES, ofSample, storeConstants, toReadouts } from './adjoint'
import { toCurrents } from './adjoint-currents'
import { gatherRows } from './arrivals'

/**
 * Adjoint of one block of at most 16 hidden units over samples from … from + count, a piece of a batch, with measured
 * membranes and spikes in place. Adds to the gradients of the block; see kernels/surrogate.ts for shapes.
 *
 * A sample has passes whose state stays in registers: what its spikes make of the output gradient (`addFired`), what a
 * spike would change in the loss (`toReadouts`), what a current would (`toCurrents`, in the same rows); and, when the piece
 * is through, its weights' gradient is gathered input by input (`gatherRows`).
 */
export function surrogateBackward(
  from: i32,
  bins: i32,
  count: i32,
  outputs: i32,
  sampleBytes: usize,
  row: usize,
  membrane: usize,
  spikes: usize,
  perUnit: f32,
  alpha: f32,
  beta: f32,
  slope: f32,
  atThreshold: bool,
  lag: bool,
  resets: bool,
  burst: f32,
  outputWeights: usize,
  spikeCounts: usize,
  countsRow: usize,
  outputPeaks: usize,
  outputCurrents: usize,
  fired: usize,
  firedRow: usize,
  inputs: i32,
  ends: usize,
  rows: usize,
  hiddenGradient: usize,
  outputGradient: usize,
  scratch: usize
): void {
  const currentRow: usize = (<usize>((outputs + 3) & ~3)) << 2
  // the output gradient by units, so that a spike is a row of it
  const byUnit = scratch + CONSTANT_BYTES
  const adjoint = byUnit + (currentRow << 4)
  storeConstants(scratch, alpha, beta, slope * perUnit)
  turn(outputGradient, 64, byUnit, currentRow, 16, outputs)
  for (let k = 0; k < count; k++) {
    const b = from + k
    const offset: usize = <usize>b * sampleBytes
    const peaks: usize = outputPeaks + ((<usize>(b * (outputs + 1))) << 4)
    const result: usize = adjoint + ((<usize>(k * bins)) << 6)
    const currents: usize = outputCurrents + <usize>(b * bins) * currentRow
    addFired(bins, fired + <usize>b * firedRow, currents, currentRow, byUnit)
    const silent = ofSample(membrane + offset, slope, burst, spikeCounts + <usize>b * countsRow, scratch)
    toReadouts(bins, outputWeights, peaks, scratch, result)
    // what it computes for lanes that are no unit is never used
    toCurrents(
      bins,
      row,
      membrane + offset,
      spikes == 0 ? 0 : spikes + offset,
      slope,
      atThreshold,
      lag,
      resets,
      silent,
      load<i32>(peaks),
      scratch,
      result
    )
  }
  turn(byUnit, currentRow, outputGradient, 64, outputs, 16)
  gatherRows(inputs, ends, rows, adjoint, hiddenGradient)
}

/** to[column][row] = from[row][column] */
function turn(from: usize, fromRow: usize, to: usize, toRow: usize, columns: usize, rows: usize): void {
  for (let r: usize = 0; r < rows; r++) {
    for (let c: usize = 0; c < columns; c++) {
      store<f32>(to + c * toRow + (r << 2), load<f32>(from + r * fromRow + (c << 2)))
    }
  }
}

/** one block's hidden weights f32[inputs][16], times scale, clipped, on the grid (round half to even), into rows of `width` */
export function placeWeights(
  from: usize,
  to: usize,
  inputs: i32,
  first: i32,
  groups: i32,
  width: i32,
  scale: f32,
  limit: f32,
  grid: bool
): void {
  const vs = f32x4.splat(scale)
  const high = f32x4.splat(limit)
  const low = f32x4.splat(-limit)
  for (let n = 0; n < inputs; n++) {
    const source = from + ((<usize>n) << 6)
    const target = to + ((<usize>(n * width + first)) << 2)
    for (let g: usize = 0; g < (<usize>groups) << 4; g += 16) {
      let w = f32x4.mul(v128.load(source + g), vs)
      // in this order what is no number stays none; `min` and `max` would take ten operations
      w = f32x4.pmin(f32x4.pmax(w, low), high)
      if (grid) w = f32x4.nearest(w)
      v128.store(target + g, w)
    }
  }
}
