/** How numbers and tables look in a terminal. */

export function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  if (rows.length === 0) return 'none'
  const cells = [head, ...rows].map((row) => row.map(cell))
  const width = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  const numeric = head.map((_, column) => rows.every((row) => typeof row[column] === 'number' || row[column] === null))
  const line = (row: readonly string[]): string =>
    row
      .map((text, k) => (numeric[k] ? text.padStart(width[k]) : text.padEnd(width[k])))
      .join('  ')
      .trimEnd()
  return cells.map(line).join('\n')
}

/** `key  value` lines */
export function pairs(entries: { readonly [key: string]: unknown }): string {
  const list = Object.entries(entries)
  const width = Math.max(0, ...list.map(([key]) => key.length))
  return list.map(([key, value]) => `${key.padEnd(width)}  ${cell(value)}`).join('\n')
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number') return number(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** four significant digits; whole numbers as they are */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(2)} %`
}

/** "about 4 min" */
export function about(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(1, Math.round(seconds))} s`
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min`
  return `about ${(seconds / 3600).toFixed(1)} h`
}

/** "2026-01-31 12:00" in local time */
export function when(iso: string): string {
  const date = new Date(iso)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
