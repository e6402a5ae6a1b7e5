/** No file of the product imports itself on a way around, not even for a type: what two share lies in a third, below both. */
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '../..')
const ENDINGS = ['', '.ts', '.svelte.ts', '.svelte', '/index.ts']

const files = ['src-main', 'src-renderer'].flatMap((house) =>
  fs
    .readdirSync(path.join(root, house), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file) && !file.includes(`kernels${path.sep}assembly`))
    .map((file) => path.join(root, house, file))
)
const known = new Set(files)

function importsOf(file: string): string[] {
  const text = fs.readFileSync(file, 'utf8')
  return Array.from(text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"?]+)/g), ([, specifier]) => {
    const target = path.resolve(path.dirname(file), specifier)
    return ENDINGS.map((ending) => target + ending).find((one) => known.has(one))
  }).filter((one) => one !== undefined)
}

const graph = new Map(files.map((file) => [file, importsOf(file)]))

/** the way from a file back to itself, through files that were not done before; null: there is none */
function wayBack(from: string, way: readonly string[], done: Set<string>): string[] | null {
  for (const next of graph.get(from) ?? []) {
    const at = way.indexOf(next)
    if (at >= 0) return [...way.slice(at), next]
    if (done.has(next)) continue
    const found = wayBack(next, [...way, next], done)
    if (found) return found
    done.add(next)
  }
  return null
}

it('finds the imports of the house', () => {
  expect(files.length).toBeGreaterThan(300)
  expect(Array.from(graph.values()).flat().length).toBeGreaterThan(1000)
})

it('has no circles', () => {
  const done = new Set<string>()
  for (const file of files) {
    const circle = done.has(file) ? null : wayBack(file, [file], done)
    expect(circle?.map((one) => path.relative(root, one)).join(' -> ') ?? 'none').toBe('none')
    done.add(file)
  }
})
