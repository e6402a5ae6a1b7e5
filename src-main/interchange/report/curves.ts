/** More pictures of a report as inline SVG: curves in a run's colour and dashes, and a matrix with its digits. */
import { DASHES, type DrawnStyle, HUES, LINES } from '../../contract/run-style'
import { figure, text } from './page'

export interface Line {
  label: string
  /** of a run; others by their place */
  style?: DrawnStyle
  points: readonly { x: number; y: number }[]
}

/** the page defines each hue for both themes */
function drawnAs({ style }: Line, place: number): { colour: string; dash: string; mark: DrawnStyle['mark'] } {
  const other = { colour: HUES[place % 8], line: LINES[Math.floor(place / 8) % 4], mark: 'none' } as const
  const { colour, line, mark } = style ?? other
  return { colour: `var(--${colour})`, dash: DASHES[line].join(' '), mark }
}

const MARKED = 8

/** a mark at an eighth of the points, so that lines of one hue and dash are told apart */
function marks(at: readonly (readonly [x: string, y: string])[], mark: DrawnStyle['mark'], colour: string): string {
  const few = mark === 'none' ? [] : at.filter((_, k) => k % Math.max(1, Math.floor(at.length / MARKED)) === 0)
  const d = few.map(([x, y]) => (mark === 'disc' ? `M${x} ${y}h.01` : `M${x} ${y}m-3 -3h6v6h-6z`)).join('')
  const pen = mark === 'disc' ? 'stroke-width="6" stroke-linecap="round"' : 'stroke-width="1.2"'
  return d && `<path d="${d}" fill="none" stroke="${colour}" ${pen}/>`
}

const [WIDTH, HEIGHT, LEFT, BELOW] = [520, 220, 46, 18]
const TICKS = 4

interface Curves {
  lines: readonly Line[]
  /** of the y axis */
  unit: string
  /** a logarithmic y axis; values must be positive */
  log?: boolean
  /** of the x axis, before its largest value */
  along?: string
  caption: string
}

export function curves({ lines, unit, log = false, along = 'epoch', caption }: Curves): string {
  const drawn = lines.map((line, k) => ({ ...line, ...drawnAs(line, k) }))
  const points = drawn.flatMap((line) => line.points).filter(({ y }) => Number.isFinite(y) && (!log || y > 0))
  if (points.length === 0) return `<p>${text(caption)}: nothing was measured yet.</p>`
  const value = (y: number): number => (log ? Math.log10(y) : y)
  const ys = points.map(({ y }) => value(y))
  const most = Math.max(...points.map(({ x }) => x), 1)
  const [lowest, highest] = [Math.min(...ys), Math.max(...ys)]
  const room = (highest - lowest || Math.abs(highest) || 1) * 0.05
  const [low, high] = [lowest - room, highest + room]
  const at = (x: number): string => (LEFT + (x / most) * (WIDTH - LEFT - 8)).toFixed(1)
  const up = (y: number): string => (HEIGHT - ((y - low) / (high - low)) * (HEIGHT - 10)).toFixed(1)
  const paths = drawn.map(({ points: own, colour, dash, mark }) => {
    const kept = own.filter(({ y }) => Number.isFinite(y) && (!log || y > 0))
    if (kept.length === 1)
      return `<circle cx="${at(kept[0].x)}" cy="${up(value(kept[0].y))}" r="2.5" fill="${colour}"/>`
    const places = kept.map(({ x, y }) => [at(x), up(value(y))] as const)
    const d = places.map(([x, y], k) => `${k ? 'L' : 'M'}${x} ${y}`).join('')
    return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="1.6"${dash && ` stroke-dasharray="${dash}"`}/>${marks(places, mark, colour)}`
  })
  const ticks = Array.from({ length: TICKS + 1 }, (_, k) => low + room + (k / TICKS) * (highest - lowest)).map(
    (y) =>
      `<path d="M${LEFT} ${up(y)}H${WIDTH - 8}" stroke="var(--line)"/><text x="${LEFT - 4}" y="${Number(up(y)) + 3}" text-anchor="end">${figure(Number((log ? 10 ** y : y).toPrecision(3)))}</text>`
  )
  const names = drawn.map(
    ({ label, colour, dash, mark }) =>
      `<span><svg class="key" viewBox="0 0 24 8" aria-hidden="true"><path d="M0 4H24" stroke="${colour}" stroke-width="2"${dash && ` stroke-dasharray="${dash}"`}/>${marks([['12', '4']], mark, colour)}</svg> ${text(label)}</span>`
  )
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT + BELOW}" role="img" aria-label="${text(caption)}">
${ticks.join('')}${paths.join('\n')}
<text x="${LEFT}" y="${HEIGHT + 14}">0</text><text x="${WIDTH - 8}" y="${HEIGHT + 14}" text-anchor="end">${text(along)} ${figure(most)}</text>
</svg><figcaption>${text(caption)}${unit && `, ${text(unit)}`}<br>${names.join(' ')}</figcaption></figure>`
}

interface Matrix {
  /** [row][column] */
  values: ArrayLike<number>
  side: number
  /** both signs: more, and fewer, than the other */
  signed?: boolean
  caption: string
}

const CELL = 26

/** rows: what it is; columns: what was read; the shade of a cell off the diagonal follows the largest of them */
export function matrix({ values, side, signed = false, caption }: Matrix): string {
  const of = (row: number, column: number): number => values[row * side + column]
  let largest = 1
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      if (signed || row !== column) largest = Math.max(largest, Math.abs(of(row, column)))
  const cells: string[] = []
  for (let row = 0; row < side; row++) {
    cells.push(`<text x="14" y="${(row + 1) * CELL + 8}" text-anchor="end">${row}</text>`)
    cells.push(`<text x="${20 + (row + 0.5) * CELL}" y="8" text-anchor="middle">${row}</text>`)
    for (let column = 0; column < side; column++) {
      const value = of(row, column)
      const [x, y] = [20 + column * CELL, 14 + row * CELL]
      const share = signed || row !== column ? Math.abs(value) / largest : 0
      const colour = signed && value < 0 ? 'var(--after)' : 'var(--mark)'
      cells.push(
        `<rect x="${x}" y="${y}" width="${CELL - 1}" height="${CELL - 1}" fill="${colour}" fill-opacity="${(0.55 * share).toFixed(3)}" stroke="var(--line)"/>`
      )
      if (value !== 0)
        cells.push(
          `<text class="digit" x="${x + CELL / 2}" y="${y + CELL / 2 + 4}" text-anchor="middle">${signed && value > 0 ? '+' : ''}${figure(value)}</text>`
        )
    }
  }
  const size = 20 + side * CELL
  return `<figure class="matrix"><svg viewBox="0 0 ${size} ${size - 4}" role="img" aria-label="${text(caption)}">
${cells.join('\n')}
</svg><figcaption>${text(caption)}</figcaption></figure>`
}

interface Bars {
  counts: ArrayLike<number>
  edges: ArrayLike<number>
  unit: string
  caption: string
}

export function bars({ counts, edges, unit, caption }: Bars): string {
  const most = Math.max(1, ...Array.from(counts))
  const wide = (WIDTH - 8) / counts.length
  const drawn = Array.from(
    counts,
    (n, k) =>
      `<rect x="${(k * wide).toFixed(1)}" y="${(110 - (n / most) * 100).toFixed(1)}" width="${Math.max(0.5, wide - 0.5).toFixed(1)}" height="${((n / most) * 100).toFixed(1)}" fill="var(--after)"/>`
  )
  return `<figure><svg viewBox="0 0 ${WIDTH} 126" role="img" aria-label="${text(caption)}">
${drawn.join('')}<path d="M0 110H${WIDTH - 8}" stroke="var(--line)"/>
<text x="0" y="122">${figure(edges[0])}</text><text x="${WIDTH - 8}" y="122" text-anchor="end">${figure(edges[edges.length - 1])} ${text(unit)}</text>
</svg><figcaption>${text(caption)}; tallest bar ${figure(most)}.</figcaption></figure>`
}
