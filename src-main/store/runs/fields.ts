/** What of a run can be looked for: each field's column, and what may be asked of it. */

export interface Condition {
  /** over the tables of the run list: r (run), j (job), c (chip) */
  sql: string
  values: (string | number)[]
}

/** the condition, or why the value cannot be understood */
export type Field = (operator: string, value: string) => Condition | string

/** a run that a person stopped is said to be stopped; the record says cancelled */
const STATUS = "(case j.status when 'cancelled' then 'stopped, cancelled' else j.status end)"
/** calibration whose codes every neuron had; none: the median code for all, or no chip */
const CALIBRATION = "(case when r.calibration_use = 'calibrated' then r.calibration else 'none' end)"
/** what was asked of the method: not the settings that were left as they are, which all runs have */
const ASKED = "coalesce(json_extract(j.input, '$.set'), '')"

/** columns a free word is looked for in: what a person reads of a run */
const WORD_COLUMNS = [
  'r.id',
  'r.name',
  'r.method',
  'r.dataset',
  "coalesce(c.name, 'ideal')",
  "coalesce(r.chip, '')",
  "(case when r.calibration_use = 'calibrated' then r.calibration else '' end)",
  STATUS,
  'r.note',
  ASKED
]

/** a word anywhere: in one of the columns, or in a tag */
export function wordCondition(word: string): Condition {
  const parts = [...WORD_COLUMNS.map((column) => textCondition(column, ':', word)), tagCondition(':', word)]
  return { sql: `(${parts.map(({ sql }) => sql).join(' or ')})`, values: parts.flatMap(({ values }) => values) }
}

/** tags are a list: what is looked for stands in one of them, not in how the list is written */
function tagCondition(operator: string, value: string): Condition {
  const inner = textCondition('value', operator, value)
  return {
    sql: `(r.tags <> '[]' and exists (select 1 from json_each(r.tags) where ${inner.sql}))`,
    values: inner.values
  }
}

const ORDER = new Set(['>', '>=', '<', '<='])

function textCondition(column: string, operator: string, value: string): Condition {
  if (operator === '=') return { sql: `${column} = ? collate nocase`, values: [value] }
  if (operator === '!=') return { sql: `${column} <> ? collate nocase`, values: [value] }
  const pattern = `%${value.replace(/[\\%_]/g, String.raw`\$&`)}%`
  return { sql: String.raw`${column} like ? escape '\'`, values: [pattern] }
}

const NO_ORDER = 'text has no order; allowed: `:` for a part, `=` or `!=` for the whole'

const text =
  (column: string): Field =>
  (operator, value) =>
    ORDER.has(operator) ? NO_ORDER : textCondition(column, operator, value)

function numeric(column: string, read: (value: string) => number, allowed: string): Field {
  return (operator, value) => {
    const number = read(value)
    if (!Number.isFinite(number)) return `"${value}" is no number; allowed: ${allowed}`
    return { sql: `${column} ${sqlOf(operator)} ?`, values: [number] }
  }
}

const A_NUMBER = 'a number, as 0.01 or 1e-3'
const A_SHARE = 'a share, as 0.965 or 96.5%'

const sqlOf = (operator: string): string => (operator === ':' ? '=' : operator === '!=' ? '<>' : operator)

const SECONDS: { readonly [unit: string]: number } = { ms: 1e-3, s: 1, min: 60, m: 60, h: 3600, d: 86_400 }

const plainNumber = (value: string): number => (value.trim() === '' ? NaN : Number(value))

/** 0.965, 96.5 or 96.5% */
function share(value: string): number {
  const number = plainNumber(value.replace(/\s*%$/, ''))
  return value.endsWith('%') || number > 1 ? number / 100 : number
}

/** 90, 90s, 1.5min, 2h */
function duration(value: string): number {
  const found = /^([\d.]+)\s*(ms|s|min|m|h|d)?$/.exec(value)
  return found ? Number(found[1]) * SECONDS[found[2] ?? 's'] : NaN
}

const yes =
  (sql: string): Field =>
  (operator, value) => {
    if (!/^(yes|no)$/.test(value) || ORDER.has(operator)) return 'allowed: yes, no, with `:`, `=` or `!=`'
    return { sql: `${(value === 'yes') === (operator !== '!=') ? '' : 'not '}${sql}`, values: [] }
  }

/** a day or time of the person's clock, given from the left as far as it is known: 2026, 2026-11, 2026-11-20T08:15 */
const time =
  (column: string): Field =>
  (operator, value) => {
    const span = spanOf(value)
    if (!span) return 'allowed: a day or time of your clock, as 2026-11-20 or 2026-11-20T08:15'
    const [from, to] = span
    if (operator === '>' || operator === '>=') return { sql: `${column} >= ?`, values: [operator === '>' ? to : from] }
    if (operator === '<' || operator === '<=') return { sql: `${column} < ?`, values: [operator === '<' ? from : to] }
    return { sql: `${operator === '!=' ? 'not ' : ''}(${column} >= ? and ${column} < ?)`, values: [from, to] }
  }

/** from when until when that is, in UTC; empty: an hour that the change to summer time leaves out; null: no time */
function spanOf(value: string): [from: string, to: string] | null {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d))?)?)?)?$/.exec(value)
  if (!found) return null
  const given = found.slice(1).flatMap((part: string | undefined) => (part === undefined ? [] : [Number(part)]))
  const [year, month = 1, day = 1, hour = 0, minute = 0] = given
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59) return null
  const at = (...ahead: number[]): Date => {
    const [years = 0, months = 0, later = 0, hours = 0, minutes = 0] = ahead
    return new Date(year + years, month - 1 + months, day + later, hour + hours, minute + minutes)
  }
  const from = at()
  const skipped = from.getHours() !== hour && given.length > 3
  const next = given.map((_, k) => (k === given.length - 1 ? 1 : 0))
  return [from.toISOString(), (skipped ? from : at(...next)).toISOString()]
}

/** the digits that groups of settings are called by, with their # or without */
const settings: Field = (operator, value) => {
  const digits = /^#?([0-9a-f]{8})$/i.exec(value)
  if (!digits || ORDER.has(operator))
    return 'allowed: `=` or `!=` and the eight digits of a group of settings, as config=#0a1b2c3d, or config.KEY'
  const some = 'r.settings in (select id from run_settings where digits = ?)'
  return { sql: operator === '!=' ? `not ${some}` : some, values: [digits[1].toLowerCase()] }
}

export const FIELDS: { readonly [name: string]: Field } = {
  id: text('r.id'),
  name: text('r.name'),
  status: (operator, value) =>
    text(operator === ':' ? STATUS : 'j.status')(operator, value.toLowerCase() === 'stopped' ? 'cancelled' : value),
  method: text('r.method'),
  dataset: text('r.dataset'),
  chip: (operator, value) => {
    const named = text("coalesce(c.name, 'ideal')")(operator, value)
    if (typeof named === 'string') return named
    if (operator === '!=') return named
    return { sql: `(${named.sql} or coalesce(r.chip, 'ideal') = ? collate nocase)`, values: [...named.values, value] }
  },
  calibration: text(CALIBRATION),
  tag: (operator, value) => {
    if (ORDER.has(operator)) return NO_ORDER
    if (value === '') return { sql: `r.tags ${operator === '!=' ? '<>' : '='} '[]'`, values: [] }
    const some = tagCondition(operator === '!=' ? '=' : operator, value)
    return operator === '!=' ? { ...some, sql: `not ${some.sql}` } : some
  },
  note: text('r.note'),
  star: yes('r.star = 1'),
  config: settings,
  seed: numeric('r.seed', plainNumber, A_NUMBER),
  epochs: numeric('r.epochs_done', plainNumber, A_NUMBER),
  accuracy: numeric('r.test_accuracy', share, A_SHARE),
  train: numeric('r.train_accuracy', share, A_SHARE),
  spikes: numeric('r.hidden_spikes', plainNumber, A_NUMBER),
  rate: numeric('r.samples_per_second', plainNumber, A_NUMBER),
  took: numeric('r.seconds', duration, 'a time, as 90s, 1.5min or 2h'),
  started: time('r.created_at')
}

/** a setting of the resolved configuration, number or text */
export const CONFIG =
  (key: string): Field =>
  (operator, value) => {
    const column = `json_extract(r.config, '$."${key.replaceAll(/[^\w.-]/g, '')}"')`
    const number = plainNumber(value)
    // nothing given reads the same as none
    if (value === '' && !ORDER.has(operator)) return textCondition(`coalesce(${column}, '')`, operator, '')
    if (value === 'true' || value === 'false')
      return { sql: `${column} ${sqlOf(operator)} ?`, values: [value === 'true' ? 1 : 0] }
    if (!Number.isNaN(number)) return { sql: `${column} ${sqlOf(operator)} ?`, values: [number] }
    return text(column)(operator, value)
  }
