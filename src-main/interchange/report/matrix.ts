/** Bars and matrices of a report as inline SVG, bars with their numbers beneath. */
import { figure, numbers, text } from './page'

const WIDTH = 520

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
      if (signed ? Math.abs(value) >= 0.5 : value !== 0)
        cells.push(
          `<text class="digit" x="${x + CELL / 2}" y="${y + CELL / 2 + 4}" text-anchor="middle">${signed && value > 0 ? '+' : ''}${figure(signed ? Math.round(value) : value)}</text>`
        )
    }
  }
  const size = 20 + side * CELL
  return `<figure style="max-width: ${Math.max(300, 1.4 * size)}px"><svg style="max-width: ${1.4 * size}px" viewBox="0 0 ${size} ${size - 4}" role="img" aria-label="${text(caption)}">
${cells.join('\n')}
</svg><figcaption>${text(caption)}</figcaption></figure>`
}

interface Bars {
  counts: ArrayLike<number>
  edges: ArrayLike<number>
  unit: string
  /** what is counted */
  of: string
  caption: string
}

export function bars({ counts, edges, unit, of, caption }: Bars): string {
  const most = Math.max(1, ...Array.from(counts))
  const wide = (WIDTH - 8) / counts.length
  const drawn = Array.from(
    counts,
    (n, k) =>
      `<rect x="${(k * wide).toFixed(1)}" y="${(110 - (n / most) * 100).toFixed(1)}" width="${Math.max(0.5, wide - 0.5).toFixed(1)}" height="${((n / most) * 100).toFixed(1)}" fill="var(--after)"/>`
  )
  const rows = Array.from(counts, (n, k) => [edges[k], edges[k + 1], n])
  return `<div class="drawn"><figure><svg viewBox="0 0 ${WIDTH} 126" role="img" aria-label="${text(caption)}">
${drawn.join('')}<path d="M0 110H${WIDTH - 8}" stroke="var(--line)"/>
<text x="0" y="122">${figure(edges[0])}</text><text x="${WIDTH - 8}" y="122" text-anchor="end">${figure(edges[edges.length - 1])} ${text(unit)}</text>
</svg><figcaption>${text(caption)}; tallest bar ${figure(most)}.</figcaption></figure>${numbers([`from, ${unit}`, `to, ${unit}`, of], rows)}</div>`
}
