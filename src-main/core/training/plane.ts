/**
 * What a network makes of every point of the Yin-Yang disc, as the papers show it: the class that is read and the first
 * spike of each label neuron (Göltz, Kriener et al. 2021; Kriener, Göltz, Petrovici 2022). Read with the method's own
 * evaluation, after a few epochs.
 */
import { YIN_YANG_CLASSES, YIN_YANG_SIDE, yinYangClass } from '../datasets/yin-yang'
import type { Plane, PlaneGrid } from './types'

/** cells a side: 1,257 points of the disc, about as many as the test set has */
const PLANE_SIDE = 41
const SILENT = -1
const OUTSIDE = -2

/** centres of the cells that lie in the disc of diameter 1, labelled as the data set labels them */
export function yinYangGrid(side = PLANE_SIDE): PlaneGrid {
  const cells: number[] = []
  const values: number[] = []
  const labels: number[] = []
  for (let cell = 0; cell < side * side; cell++) {
    const x = ((cell % side) + 0.5) / side
    const y = (Math.floor(cell / side) + 0.5) / side
    if ((x - 0.5) ** 2 + (y - 0.5) ** 2 > 0.25) continue
    cells.push(cell)
    values.push(x, y, 1 - x, 1 - y)
    labels.push(yinYangClass(x, y))
  }
  const points = {
    side: YIN_YANG_SIDE,
    classes: YIN_YANG_CLASSES,
    pixels: Uint8Array.from(values, (value) => Math.round(value * 255)),
    labels: Uint8Array.from(labels),
    values: Float64Array.from(values)
  }
  return { side, cells: Int32Array.from(cells), points }
}

/** epochs after which planes are read: 1, 2, 5, 10, 20, 50 …, and the last */
export function planeEpoch(epoch: number, epochs: number): boolean {
  if (epoch === epochs) return true
  let lead = epoch
  while (lead % 10 === 0) lead /= 10
  return lead === 1 || lead === 2 || lead === 5
}

/** @param timed whether there are spike times */
export function emptyPlane({ side, points }: PlaneGrid, timed: boolean): Plane {
  return {
    side,
    read: new Int8Array(side * side).fill(OUTSIDE),
    times: timed ? new Float32Array(points.classes * side * side).fill(NaN) : null
  }
}

/** @param read class, or below 0 if there is none @param timesUs first spikes of the label neurons */
export function setPoint(plane: Plane, cell: number, read: number, timesUs?: ArrayLike<number>): void {
  plane.read[cell] = read < 0 ? SILENT : read
  if (!plane.times || !timesUs) return
  for (let o = 0; o < timesUs.length; o++) plane.times[o * plane.side * plane.side + cell] = timesUs[o]
}
