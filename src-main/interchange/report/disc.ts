/** The Yin-Yang disc of a report: class read and first spike of each label neuron at every point, as the papers show it. */
import type { Output } from '../../contract/index'
import { classAt, LABELS, OUTSIDE } from '../../contract/yin-yang'
import { shade } from './figures'
import { type Cell, figure, table, text } from './page'

export type Planes = Output<'runs.planes'>['planes']
type Plane = Planes[number]['plane']

const CLASSES = ['var(--blue)', 'var(--ochre)', 'var(--purple)']
const SHADES = 24
const CELL = 6

export function discs(planes: Planes): string {
  const last = planes.toSorted((a, b) => a.epoch - b.epoch).at(-1)
  if (!last) return ''
  const { plane } = last
  const fired = Array.from(plane.times ?? []).filter((t) => t < Infinity)
  const limits = [fired.reduce((a, b) => Math.min(a, b), Infinity), fired.reduce((a, b) => Math.max(a, b), 0)] as const
  const read = disc(
    plane,
    (k) => CLASSES[plane.read[k]] ?? 'var(--line)',
    `Class read, epoch ${last.epoch}: ${LABELS.join(', ')} in blue, ochre, purple; grey: none fired`
  )
  const times = fired.length
    ? LABELS.map((name, label) =>
        disc(
          plane,
          (k) => earliness(plane.times?.[label * plane.side ** 2 + k] ?? NaN, limits),
          `First spike of ${name}: bright ${figure(limits[0])} µs, dark ${figure(limits[1])} µs, grey silent`
        )
      )
    : []
  return `<div class="pair small">${[read, ...times].join('')}</div>${progress(planes)}`
}

function earliness(t: number, [low, high]: readonly [number, number]): string {
  if (!(t < Infinity)) return 'var(--line)'
  return shade(1 - Math.round(((t - low) / (high - low || 1)) * SHADES) / SHADES)
}

/** y points up; cells of one colour that lie side by side are one bar of a path */
function disc({ side, read }: Plane, fill: (cell: number) => string, caption: string): string {
  const paths = new Map<string, string>()
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side;) {
      const from = column
      const colour = read[row * side + from] === OUTSIDE ? '' : fill(row * side + from)
      const same = (k: number): boolean => (read[k] === OUTSIDE ? '' : fill(k)) === colour
      while (column < side && same(row * side + column)) column++
      if (colour === '') continue
      const bar = `M${from * CELL} ${(side - 1 - row) * CELL}h${(column - from) * CELL}v${CELL}h-${(column - from) * CELL}z`
      paths.set(colour, (paths.get(colour) ?? '') + bar)
    }
  }
  const size = side * CELL
  const drawn = [...paths].map(([colour, d]) => `<path d="${d}" fill="${colour}" shape-rendering="crispEdges"/>`)
  return `<figure><svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${text(caption)}">
${drawn.join('\n')}${outline(size)}
</svg><figcaption>${text(caption)}.</figcaption></figure>`
}

/** where one class ends and the next begins */
function outline(size: number): string {
  const [s, r] = [size, size / 4]
  const circle = (x: number, radius: number): string =>
    `<circle cx="${x * s}" cy="${s / 2}" r="${radius * s}" fill="none" stroke="var(--ink)"/>`
  const lobes = `M0 ${s / 2}A${r} ${r} 0 0 0 ${s / 2} ${s / 2}A${r} ${r} 0 0 1 ${s} ${s / 2}`
  return `${circle(0.5, 0.498)}${circle(0.25, 0.1)}${circle(0.75, 0.1)}<path d="${lobes}" fill="none" stroke="var(--ink)"/>`
}

/** share of the cells of each class that are read right, after each epoch that was kept */
function progress(planes: Planes): string {
  const rows = planes
    .toSorted((a, b) => a.epoch - b.epoch)
    .map(({ epoch, plane: { side, read } }): Cell[] => {
      const [right, n] = [
        [0, 0, 0],
        [0, 0, 0]
      ]
      read.forEach((one, k) => {
        if (one === OUTSIDE) return
        const label = classAt(((k % side) + 0.5) / side, (Math.floor(k / side) + 0.5) / side)
        n[label]++
        if (one === label) right[label]++
      })
      const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0)
      const share = (hits: number, of: number): string => (of === 0 ? '–' : `${((100 * hits) / of).toFixed(1)} %`)
      return [epoch, share(sum(right), sum(n)), ...LABELS.map((_, label) => share(right[label], n[label]))]
    })
  return `<p>Points of the disc that are read right:</p>${table(['epoch', 'all', ...LABELS], rows)}`
}
