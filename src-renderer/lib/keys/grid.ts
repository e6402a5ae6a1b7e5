/** Tables of any length: their columns, and where a key leads (ARIA Authoring Practices, grid pattern). */

export interface GridColumn {
  key: string
  label: string
  /** of a grid track, its least width in px */
  width: string
  num?: boolean
  title?: string
  sorts?: boolean
}

/** px below which a table of these columns scrolls sideways */
export function leastOf(columns: readonly GridColumn[]): number {
  return columns.reduce((sum, { width }) => sum + Number(/(\d+)px/.exec(width)?.[1] ?? 0), 0)
}

export interface Place {
  row: number
  column: number
}

interface Size {
  rows: number
  columns: number
  /** rows of a page */
  page: number
}

/** @returns the place within the grid; null: the key is not one of the grid's. Home and End lead to the ends of a row, with Ctrl of the grid; where a row is one cell, always of the grid */
export function gridStep(
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  { row, column }: Place,
  { rows, columns, page }: Size
): Place | null {
  const whole = ctrlKey || columns === 1
  const down = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[key]
  const within = (at: number, of: number): number => Math.min(of - 1, Math.max(0, at))
  if (down !== undefined) return { row: within(row + down, rows), column }
  if (key === 'Home') return whole ? { row: 0, column: 0 } : { row, column: 0 }
  if (key === 'End') return whole ? { row: rows - 1, column: columns - 1 } : { row, column: columns - 1 }
  if (columns > 1 && key === 'ArrowRight') return { row, column: within(column + 1, columns) }
  if (columns > 1 && key === 'ArrowLeft') return { row, column: within(column - 1, columns) }
  return null
}
