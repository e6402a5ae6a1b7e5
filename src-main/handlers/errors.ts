/** The edge where errors of the layers below become the contract's: one line, one code. */
import type { z } from 'zod'
import { ERROR_CODES, type ErrorCode, InloopError } from '../contract/errors'

export function toInloopError(error: unknown): InloopError {
  if (error instanceof InloopError) return error
  const code = (error as { code?: unknown } | null)?.code
  const message = error instanceof Error ? error.message : String(error)
  const known = ERROR_CODES.find((c): c is ErrorCode => c === code) ?? 'internal'
  const made = new InloopError(known, message.split('\n', 1)[0])
  made.stack = (error as { detail?: string }).detail || (error instanceof Error ? error.stack : undefined)
  return made
}

/** `field: what was given, what is allowed`, of the first thing that is wrong */
export function explain(error: z.ZodError, input: unknown): string {
  const issue = error.issues[0]
  const field = issue.path.map(String).join('.') || 'input'
  const given = issue.path.reduce<unknown>(
    (node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key],
    input
  )
  return `${field}: ${show(given)} given; ${allowed(issue)}`
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value))
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `allowed: ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `allowed: ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `allowed: ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unitOf(issue.origin)}`
    case 'invalid_type':
      return `expected ${issue.expected === 'int' ? 'a whole number' : issue.expected}`
    case 'unrecognized_keys':
      return `unknown: ${issue.keys.join(', ')}`
    case 'invalid_union':
      return alternatives(issue.errors)
    default:
      return issue.message
  }
}

/** what each alternative expects; where one fits but for something inside it, that */
function alternatives(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const inside = errors.find(([first]) => first?.path.length)?.[0]
  if (inside) return `item ${inside.path.map(String).join('.')}: ${allowed(inside)}`
  const expected = errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [first.expected] : []))
  return `expected ${expected.join(' or ') || 'another value'}`
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' items' : ''
}
