/**
 * Every picture of the window stands in a figure, which has its numbers as a table and as CSV and its drawing as PNG and
 * SVG: a component that draws holds a `<Figure>`, or all that use it do. (`shots.mjs --figures` checks the same of what
 * is on the screen, and saves each.)
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../../src-renderer')
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'))
const source = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]))

/** drawings with data: icons and marks are hidden from readers, a legend belongs to the figure beside it */
function draws(text: string): boolean {
  const svgs = [...text.matchAll(/<svg\b[^>]*class="plot[^>]*>/g)].map(([tag]) => tag)
  return /<canvas\b|<Painting\b/.test(text) || svgs.some((tag) => !/aria-hidden|plot legend/.test(tag))
}

function users(file: string): string[] {
  const name = path.basename(file, '.svelte')
  return files.filter((other) => new RegExp(`import ${name}\\b.*/${name}\\.svelte'`).test(source.get(other) ?? ''))
}

/** the ways from a drawing up to a page on which no figure stands */
function bare(file: string): string[] {
  if (/<Figure\b/.test(source.get(file) ?? '')) return []
  const above = users(file)
  return above.length === 0 ? [file] : above.flatMap((other) => bare(other).map((way) => `${file} in ${way}`))
}

describe('every picture stands in a figure', () => {
  // primitives, whose users are asked
  const drawing = files.filter((file) => draws(source.get(file) ?? '') && file !== 'ui/Painting.svelte')
  test('there are pictures', () => expect(drawing.length).toBeGreaterThan(20))
  test.each(drawing)('%s', (file) => expect(bare(file)).toEqual([]))
})
