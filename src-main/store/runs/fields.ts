/** What of a run can be looked for: each field's column, and what may be asked of it. */

export interface Condition {
  /** over the tables of the run list: r (run), j (job), c (chip) */
  sql: string
  values: (string | number)[]
}

/** the condition, or why the value cannot be understood */
export type Field = (operator: string, value: string) => Condition | string

/** columns a free word is looked for in */
export const WORD_COLUMNS = [
  'r.id',
  'r.name',
  'r.method',
  'r.dataset',
  "coalesce(c.name, 'ideal')",
  'j.status',
  'r.tags',
  'r.note'
]

const ORDER = new Set(['>', '>=', '<', '<='])

export function textCondition(column: string, operator: string, value: string): Condition {
  if (operator === '=') return { sql: `${column} = ? collate nocase`, values: [value] }
  if (operator === '!=') return { sql: `${column} <> ? collate nocase`, values: [value] }
  const pattern = `%${value.replace(/[\\%_]/g, String.raw`\$&`)}%`
  return { sql: String.raw`${column} like ? escape '\'`, values: [pattern] }
}

const text =
  (column: string): Field =>
  (operator, value) =>
    ORDER.has(operator)
      ? 'text has no order; allowed: `:` for a part, `=` or `!=` for the whole'
      : textCondition(column, operator, value)

function numeric(column: string, read: (value: string) => number): Field {
  return (operator, value) => {
    const number = read(value)
    if (Number.isNaN(number)) return 'the value is no number'
    return { sql: `${column} ${sqlOf(operator)} ?`, values: [number] }
  }
}

const sqlOf = (operator: string): string => (operator === ':' ? '=' : operator === '!=' ? '<>' : operator)

const SECONDS: { readonly [unit: string]: number } = { ms: 1e-3, s: 1, min: 60, m: 60, h: 3600, d: 86_400 }

const plainNumber = (value: string): number => Number(value)

/** 0.965, 96.5 or 96.5% */
function share(value: string): number {
  const number = Number(value.replace(/\s*%$/, ''))
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
    if (!/^(yes|no)$/.test(value) || ORDER.has(operator)) return 'allowed: yes, no'
    return { sql: `${(value === 'yes') === (operator !== '!=') ? '' : 'not '}${sql}`, values: [] }
  }

/** a time is given from the left as far as it is known: 2026, 2026-11, 2026-11-20T08:15 */
const time =
  (column: string): Field =>
  (operator, value) => {
    if (!/^\d{4}(-\d\d(-\d\d(T\d\d(:\d\d)?)?)?)?$/.test(value))
      return 'expected a day or time, e.g. 2026-11-20 or 2026-11-20T08:15'
    if (operator === ':' || operator === '=') return { sql: `${column} like ?`, values: [`${value}%`] }
    if (operator === '!=') return { sql: `${column} not like ?`, values: [`${value}%`] }
    // "> a day" is after its end, "<= a day" includes it
    return { sql: `${column} ${operator} ?`, values: [operator === '>' || operator === '<=' ? `${value}~` : value] }
  }

export const FIELDS: { readonly [name: string]: Field } = {
  id: text('r.id'),
  name: text('r.name'),
  status: text('j.status'),
  method: text('r.method'),
  dataset: text('r.dataset'),
  chip: (operator, value) => {
    const named = text("coalesce(c.name, 'ideal')")(operator, value)
    if (typeof named === 'string') return named
    if (operator === '!=') return named
    return { sql: `(${named.sql} or coalesce(r.chip, 'ideal') = ? collate nocase)`, values: [...named.values, value] }
  },
  calibration: text("(case when r.calibration_use = 'calibrated' then r.calibration else 'none' end)"),
  tag: (operator, value) => {
    if (ORDER.has(operator)) return 'text has no order; allowed: `:` for a part, `=` or `!=` for the whole'
    const inner = textCondition('value', operator === '!=' ? '=' : operator, value)
    const some = `exists (select 1 from json_each(r.tags) where ${inner.sql})`
    return { sql: operator === '!=' ? `not ${some}` : some, values: inner.values }
  },
  note: text('r.note'),
  star: yes('r.star = 1'),
  seed: numeric('r.seed', plainNumber),
  epochs: numeric('r.epochs_done', plainNumber),
  accuracy: numeric('r.test_accuracy', share),
  train: numeric('r.train_accuracy', share),
  spikes: numeric('r.hidden_spikes', plainNumber),
  rate: numeric('r.samples_per_second', plainNumber),
  took: numeric('r.seconds', duration),
  started: time('r.created_at')
}

/** a setting of the resolved configuration, number or text */
export const CONFIG =
  (key: string): Field =>
  (operator, value) => {
    const column = `json_extract(r.config, '$."${key.replaceAll(/[^\w.-]/g, '')}"')`
    const number = Number(value)
    if (value === 'true' || value === 'false')
      return { sql: `${column} ${sqlOf(operator)} ?`, values: [value === 'true' ? 1 : 0] }
    if (!Number.isNaN(number)) return { sql: `${column} ${sqlOf(operator)} ?`, values: [number] }
    return text(column)(operator, value)
  }
