/** The Yin-Yang disc as the papers show it: a value or a class at each point, and the outlines of the classes. */
import { cividis, css, type Colour } from '../plot/colour'
import { classAt, LABELS, OUTSIDE } from '../../../src-main/contract/yin-yang'
import type { PlaneAt } from '../../api/types'
import type { Pen } from '../plot/pen'

type Plane = PlaneAt['plane']
export { classAt, LABELS, OUTSIDE }

/** least and largest of all first spikes, µs; null: no label neuron fired */
export function timeLimits({ times }: Plane): [number, number] | null {
  const fired = (times ?? new Float32Array(0)).filter((t) => t < Infinity)
  if (fired.length === 0) return null
  return [fired.reduce((a, b) => Math.min(a, b)), fired.reduce((a, b) => Math.max(a, b))]
}

export interface DiscInk {
  /** of each class, as "rgb(…)"; null: first spike times of `label` are shown */
  classes: readonly string[] | null
  silent: string
  line: string
  cursor: string
}

/** @param at cell under the cursor, or null */
export function drawDisc(
  context: Pen,
  size: number,
  plane: Plane,
  label: number,
  limits: readonly [number, number] | null,
  ink: DiscInk,
  at: number | null
): void {
  const { side, read, times } = plane
  const cell = size / side
  context.clearRect(0, 0, size, size)
  for (let k = 0; k < side * side; k++) {
    if (read[k] === OUTSIDE) continue
    const t = times?.[label * side * side + k] ?? NaN
    const fill = ink.classes
      ? (ink.classes[read[k]] ?? ink.silent)
      : limits && t < Infinity
        ? css(shade(t, limits))
        : ink.silent
    context.fillStyle = fill
    const [x, y] = [k % side, side - 1 - Math.floor(k / side)]
    context.fillRect(Math.floor(x * cell), Math.floor(y * cell), Math.ceil(cell), Math.ceil(cell))
  }
  outline(context, size, ink.line)
  if (at === null) return
  context.strokeStyle = ink.cursor
  context.lineWidth = 2
  const [x, y] = [at % side, side - 1 - Math.floor(at / side)]
  context.strokeRect(x * cell - 1, y * cell - 1, cell + 2, cell + 2)
}

/** early is bright, late is dark */
function shade(t: number, [low, high]: readonly [number, number]): Colour {
  return cividis(1 - (t - low) / (high - low || 1))
}

/** where one class ends and the next begins; y points up */
function outline(context: Pen, size: number, colour: string): void {
  const arc = (x: number, radius: number, from: number, to: number): void => {
    context.beginPath()
    context.arc(x * size, size / 2, radius * size, from, to)
    context.stroke()
  }
  context.strokeStyle = colour
  context.lineWidth = 1
  arc(0.5, 0.5 - 0.5 / size, 0, 2 * Math.PI)
  arc(0.25, 0.1, 0, 2 * Math.PI)
  arc(0.75, 0.1, 0, 2 * Math.PI)
  // lower half of the left lobe, upper half of the right one
  arc(0.25, 0.25, 0, Math.PI)
  arc(0.75, 0.25, Math.PI, 2 * Math.PI)
}
