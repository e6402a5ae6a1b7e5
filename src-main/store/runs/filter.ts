/**
 * The language in which runs are looked for, and the condition in SQL it stands for.
 *
 *   sweep chip:HX-07                words anywhere; `field:part` in one column; side by side means AND
 *   accuracy>=96.5% OR star:yes     = != > >= < <= on numbers and times, `=` on text is the whole text
 *   NOT (status:failed -tag:night)  NOT or a minus; brackets; "two words" in quotes, where \" is a quote and \\ a \
 *   took<5s  started>=2026-11-20  config.learningRate>0.001  note="" tag="" (without one)
 */
import { StoreError } from '../errors'
import { type Condition, CONFIG, FIELDS, type Field, wordCondition } from './fields'

/** quoted: of nothing but quotes; valued: it ends with quotes, so that an empty value is meant */
type Token = { at: number; text: string; quoted: boolean; valued?: boolean }

const TOKEN = /\s*(?:([()])|(-?)(?:([^\s()"]+)?"((?:[^"\\]|\\.)*)"|([^\s()"]+)))/gsy
const TERM = /^([A-Za-z][\w.]*)(!=|>=|<=|[:=<>])(.*)$/s
/** the condition of an empty line */
export const EVERY = '1'
const OPERATORS = ': = != > >= < <='
/** what the expressions of SQLite have room for many times over */
const [MOST_TERMS, DEEPEST] = [100, 20]

/** @throws StoreError bad-input, in one line, for a field, value or bracket that cannot be understood */
export function runFilter(text: string): Condition {
  const tokens = tokensOf(text)
  if (tokens.length === 0) return { sql: EVERY, values: [] }
  if (tokens.length > MOST_TERMS) throw refused(`${tokens.length} words given; allowed: at most ${MOST_TERMS}`)
  let [at, depth] = [0, 0]
  const peek = (): Token | undefined => tokens[at]
  /** AND, or, Not …; who looks for the word puts it in quotes */
  const is = (word: string): boolean => peek()?.text.toUpperCase() === word && !peek()?.quoted

  function either(): Condition {
    const parts = [both()]
    while (is('OR')) {
      at++
      parts.push(both())
    }
    return join(parts, 'or')
  }
  function both(): Condition {
    const parts = [one()]
    while (peek() && !is('OR') && !is(')')) {
      if (is('AND')) at++
      parts.push(one())
    }
    return join(parts, 'and')
  }
  function one(): Condition {
    if (++depth > DEEPEST) throw refused(`brackets and NOT within each other; allowed: at most ${DEEPEST} deep`)
    const condition = oneOf(peek())
    depth--
    return condition
  }
  function oneOf(token: Token | undefined): Condition {
    if (!token || is(')') || is('OR') || is('AND'))
      throw refused(
        `${token ? `"${token.text}"` : 'the end'} stands where a word or field:value should; allowed beside AND, OR and NOT: those`
      )
    at++
    if (!token.quoted && /^(not|-)$/i.test(token.text)) return not(one())
    if (!token.quoted && token.text === '(') {
      const inner = either()
      if (!is(')')) throw refused('a bracket is not closed; allowed: a ) for each (, or the text in quotes')
      at++
      return inner
    }
    return token.quoted ? wordCondition(token.text) : term(token)
  }

  const condition = either()
  if (peek()) throw refused(`"${peek()?.text ?? ''}" closes no bracket; allowed: a ( before it, or the text in quotes`)
  return condition
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  const end = text.trimEnd().length
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found)
      throw refused(`a quote is not closed in ${text.slice(at).trim()}; allowed: "words", in which \\" is a quote`)
    const [, bracket, minus, before, inQuotes, plain] = found
    if (bracket) tokens.push({ at, text: bracket, quoted: false })
    else {
      if (minus) tokens.push({ at, text: '-', quoted: false })
      const written = (inQuotes ?? '').replace(/\\(["\\])/g, '$1')
      tokens.push({
        at,
        text: plain ?? (before ?? '') + written,
        quoted: plain === undefined && before === undefined,
        valued: plain === undefined
      })
    }
  }
  return tokens
}

function term({ text, valued }: Token): Condition {
  const found = TERM.exec(text)
  if (!found) return plainWord(text)
  const [, name, operator, value] = found
  const field = fieldOf(name)
  if (!field)
    throw refused(
      `"${name}" is no field; allowed: ${Object.keys(FIELDS).join(', ')}, config.KEY, or the text in quotes`
    )
  if (!valued && /^[=<>!]/.test(value))
    throw refused(`${text}: "${operator}${value}" is no sign; allowed: one of ${OPERATORS}, or the value in quotes`)
  if (value === '' && !(valued && /=/.test(operator)))
    throw refused(`"${text}" has no value after ${operator}; "" is an empty one; allowed: no space between them`)
  const condition = field(operator, value)
  if (typeof condition === 'string') throw refused(`${name}${operator}${value}: ${condition}`)
  return condition
}

function fieldOf(name: string): Field | null {
  if (name.startsWith('config.') && name.length > 7) return CONFIG(name.slice(7))
  const known = name.toLowerCase()
  return Object.hasOwn(FIELDS, known) ? FIELDS[known] : null
}

/** what was surely meant to be asked of a field is not looked for as a word, which would find nothing */
function plainWord(text: string): Condition {
  const meant = /^([A-Za-z]*)([=<>!≠≤≥≈~]+)/.exec(text)
  if (!meant || (meant[1] !== '' && !fieldOf(meant[1]))) return wordCondition(text)
  throw refused(
    meant[1] === ''
      ? `"${text}" has no field before ${meant[2]}; allowed: no space between them, as accuracy>=96%, or the text in quotes`
      : `"${text}" has no sign after ${meant[1]}; allowed: one of ${OPERATORS}, or the text in quotes`
  )
}

function join(parts: Condition[], word: 'and' | 'or'): Condition {
  if (parts.length === 1) return parts[0]
  // what reads a configuration is asked last: mostly the others have decided by then
  const costly = ({ sql }: Condition): number => (sql.includes('json_') ? 1 : 0)
  parts.sort((a, b) => costly(a) - costly(b))
  return { sql: `(${parts.map((p) => p.sql).join(` ${word} `)})`, values: parts.flatMap((p) => p.values) }
}

function not({ sql, values }: Condition): Condition {
  return { sql: `not coalesce(${sql}, 0)`, values }
}

/** in one line, however it was written */
function refused(what: string): StoreError {
  return new StoreError('bad-input', `filter: ${what.replace(/\s+/g, ' ')}`)
}
