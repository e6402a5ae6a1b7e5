/** How a setting reads, so that what reads the same is the same: nothing, and the text that says so, are one. */
export function readingOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number)
}
