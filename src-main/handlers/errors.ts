/** The edge where errors of the layers below become the contract's: one line, one code. */
import type { z } from 'zod'
import { ERROR_CODES, type ErrorCode, InloopError } from '../contract/errors'

/** what SQLite reports that a person can do something about, by the beginning of its code */
const DISK: readonly (readonly [sqlite: string, code: ErrorCode, message: string])[] = [
  ['SQLITE_CORRUPT', 'damaged-file', 'the database is damaged; a copy made by `inloop backup` can take its place'],
  ['SQLITE_NOTADB', 'damaged-file', 'the database is damaged; a copy made by `inloop backup` can take its place'],
  ['SQLITE_FULL', 'conflict', 'the disk is full; nothing of this was kept'],
  ['SQLITE_READONLY', 'conflict', 'the database cannot be written; allowed: a workspace with write access'],
  ['SQLITE_CANTOPEN', 'conflict', 'the file cannot be opened; allowed: a folder with write access'],
  ['SQLITE_BUSY', 'conflict', 'another program has been writing to the database for too long; try again']
]

/** what the system says of a file or folder, in the words of Node's errors; it is the place that is wrong, not the program */
const FILE: { readonly [code: string]: string } = {
  EACCES: 'may not be opened by this user; allowed: one with access',
  EPERM: 'may not be opened by this user; allowed: one with access',
  EROFS: 'lies where nothing can be written; allowed: a folder with write access',
  ENOTDIR: 'lies in a file; allowed: a path in a folder',
  EISDIR: 'is a folder; allowed: a file',
  ELOOP: 'is a link that leads to itself; allowed: a file or folder',
  ENAMETOOLONG: 'has a name that is too long; allowed: a shorter one',
  ENOSPC: 'does not fit: the disk is full; nothing of this was kept',
  EMFILE: 'cannot be opened: too many files are open; try again'
}

function fileError(line: string): InloopError | null {
  const [, code, place] = /^(E[A-Z]+): [^']*'([^']*)'/.exec(line) ?? []
  return code && Object.hasOwn(FILE, code) ? new InloopError('bad-input', `${place} ${FILE[code]} (${code})`) : null
}

export function toInloopError(error: unknown): InloopError {
  if (error instanceof InloopError) return error
  const code = (error as { code?: unknown } | null)?.code
  const message = error instanceof Error ? error.message : String(error)
  const known = ERROR_CODES.find((c): c is ErrorCode => c === code) ?? 'internal'
  const disk = DISK.find(([sqlite]) => typeof code === 'string' && code.startsWith(sqlite))
  const line = message.split('\n', 1)[0]
  const made = disk
    ? new InloopError(disk[1], `${disk[2]} (${line})`)
    : ((known === 'internal' ? fileError(line) : null) ?? new InloopError(known, line))
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
  const text = JSON.stringify(value) ?? String(value)
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
