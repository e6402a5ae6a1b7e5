/** The table of what is emulated (resources/docs/hicann-x.md) against the tree: its files exist, its tests are called so. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '../..')
const text = readFileSync(path.join(root, 'resources/docs/hicann-x.md'), 'utf8')
/** rows under a heading, without the table's own two */
function rowsUnder(part: string): string[][] {
  return part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    )
}
const parts = text.split(/^## /m).slice(1)
const emulated = parts.filter((part) => !part.startsWith('Not emulated')).flatMap(rowsUnder)
const missing = parts.filter((part) => part.startsWith('Not emulated')).flatMap(rowsUnder)
const inTicks = (cell: string): string => /^`([^`]+)`/.exec(cell)?.[1] ?? ''

describe('the table of what is emulated', () => {
  it('has a row for each effect, and a reason for each that is missing', () => {
    expect(emulated.length).toBeGreaterThan(50)
    expect(missing.length).toBeGreaterThan(5)
    for (const row of missing) {
      expect(row).toHaveLength(2)
      expect(row[1].length).toBeGreaterThan(15)
    }
  })

  it.each(emulated)('%s: in %s, shown by %s', (...row) => {
    expect(row).toHaveLength(3)
    const [, code, test] = row
    expect(existsSync(path.join(root, 'src-main/core', inTicks(code)))).toBe(true)
    const file = path.join(root, 'test/core', inTicks(test))
    expect(existsSync(file)).toBe(true)
    const name = /"(.+)"$/.exec(test)?.[1] ?? ''
    expect(name.length).toBeGreaterThan(5)
    expect(readFileSync(file, 'utf8').replaceAll("\\'", "'")).toContain(name)
  })
})
