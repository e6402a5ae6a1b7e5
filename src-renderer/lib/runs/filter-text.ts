/**
 * Terms in the filter line, which facets put in and take out: the line stays the one place that says what is shown. Words,
 * quotes and brackets are read as the language of filters has them (store/runs/filter.ts).
 */

interface Word {
  from: number
  end: number
  /** without its quotes */
  text: string
  /** of nothing but a word in quotes */
  quoted: boolean
  /** brackets that are open around it */
  depth: number
}

const WORD = /[()]|-?(?:([^\s()"]+)?"((?:[^"\\]|\\.)*)"|[^\s()"]+)/gs

/** these very words, one after the other */
export function inQuotes(words: string): string {
  return `"${words.replace(/["\\]/g, String.raw`\$&`)}"`
}

function termOf(field: string, value: string): string {
  return `${field}=${/^[=<>!]|[\s()"]/.test(value) ? inQuotes(value) : value}`
}

export function hasTerm(text: string, field: string, value: string): boolean {
  return termsOf(text, field).some((word) => word.text === `${field}=${value}`)
}

/** with the term, in the place of another one of the same field */
export function withTerm(text: string, field: string, value: string): string {
  return hasTerm(text, field, value) ? text : toggleTerm(text, field, value)
}

/** takes the term out, or puts it in the place of another one of the same field */
export function toggleTerm(text: string, field: string, value: string): string {
  let rest = text
  for (const { from, end } of termsOf(text, field).reverse())
    rest = [rest.slice(0, from).trimEnd(), rest.slice(end).trimStart()].filter(Boolean).join(' ')
  rest = rest.trim()
  if (hasTerm(text, field, value)) return rest
  // what stands beside an OR must be held together first
  const kept = wordsOf(rest).some((word) => word.depth === 0 && is(word, 'OR')) ? `(${rest})` : rest
  return [kept, termOf(field, value)].filter(Boolean).join(' ')
}

const is = ({ text, quoted }: Word, operator: string): boolean => !quoted && text.toUpperCase() === operator

/** `field=…` that all that is shown must have: in no bracket, beside no OR, not turned round; with an AND before it */
function termsOf(text: string, field: string): Word[] {
  const words = wordsOf(text)
  if (words.some((word) => word.depth === 0 && is(word, 'OR'))) return []
  return words.flatMap((word, k) => {
    if (word.depth > 0 || word.quoted || !word.text.startsWith(`${field}=`)) return []
    const before = words.slice(0, k).at(-1)
    const after = words.slice(k + 1).at(0)
    if (before && (is(before, 'NOT') || is(before, '-'))) return []
    if (before && is(before, 'AND')) return [{ ...word, from: before.from }]
    return [after && is(after, 'AND') ? { ...word, end: after.end } : word]
  })
}

function wordsOf(text: string): Word[] {
  let depth = 0
  return [...text.matchAll(WORD)].map((found) => {
    const [whole, before, inQuotes] = found
    if (whole === ')') depth--
    const written = inQuotes === undefined ? whole : (before ?? '') + inQuotes.replace(/\\(["\\])/g, '$1')
    const word = { text: whole.startsWith('-"') ? `-${written}` : written, quoted: whole.startsWith('"'), depth }
    if (whole === '(') depth++
    return { ...word, from: found.index, end: found.index + whole.length }
  })
}
