/** How a line for a shell is written: words in quotes where they need them, options as the command line reads them. */

export function line(...parts: (string | number | null | undefined)[]): string {
  return [
    'inloop',
    ...parts.filter((part) => part !== null && part !== undefined).map((part) => quoted(String(part)))
  ].join(' ')
}

/** a word that begins with a minus would be read as an option; it comes last */
export function word(text: string): string[] {
  return text.startsWith('-') ? ['--', text] : [text]
}

/** on one line, unless that would change it: a comment ends with its line, and blanks within quotes are meant */
export function oneLine(query: string): string {
  return /--|'|"/.test(query) ? query.trim() : query.replace(/\s+/g, ' ').trim()
}

function quoted(text: string): string {
  return /^[\w.,:=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** as much of a line as a hint shows; what is copied is whole */
export function hintOf(command: string): string {
  return command.length > HINT ? `${command.slice(0, HINT)} …` : command
}
const HINT = 240

export function pairs(flag: string, values: Record<string, unknown>): string[] {
  return Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${String(value)}`])
}

/** fields that are set unless the command line is told otherwise */
const USUALLY: ReadonlySet<string> = new Set(['star', 'descending'])

interface Form {
  /** fields that are arguments, in order */
  args?: readonly string[]
  /** fields that the command line calls otherwise */
  flags?: Readonly<Record<string, string>>
}

/** the line that gives a command this input, field by field, as its options are made from the contract */
export function asked(path: string, input: object = {}, { args = [], flags = {} }: Form = {}): string {
  const fields = input as Record<string, unknown>
  const places = args.flatMap((field) => fields[field] ?? []).map(String)
  const options = Object.entries(fields)
    .filter(([field]) => !args.includes(field))
    .flatMap(([field, value]) => option(field, flags[field] ?? kebab(field), value))
  const words = path.split(' ')
  // a word that begins with a minus would be read as an option: arguments come last then
  return places.some((text) => text.startsWith('-'))
    ? line(...words, ...options, '--', ...places)
    : line(...words, ...places, ...options)
}

function option(field: string, flag: string, value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'boolean') {
    if (USUALLY.has(field)) return value ? [] : [`--no-${flag}`]
    return value ? [`--${flag}`] : []
  }
  if (Array.isArray(value)) return value.flatMap((one) => option(field, flag, one))
  if (typeof value === 'object') return pairs(`--${flag}`, value as Record<string, unknown>)
  const text = String(value as string | number)
  return text.startsWith('-') || text === '' ? [`--${flag}=${text}`] : [`--${flag}`, text]
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
