/** Settings in which the columns of a comparison differ, and the provenance of every run; long values in full at the end. */
import type { Grouping } from '../contract/run-groups'
import type { Column } from './compare-columns'
import { type Cell, table, text, type Section } from './report/page'
import type { RunReport } from './run-report'

/** columns of one table; more make another one below it, so that none runs out of the page */
const WIDE = 6
/** a longer value is shown by its beginning */
const LONG = 28
const HASH = /^[\da-f]{32,}$/
/** values of a group's members that are named */
const VALUES = 3

const plain = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'none'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function cell(value: string): Cell {
  if (HASH.test(value)) return { short: value.slice(0, 8), full: value }
  return value.length > LONG ? { short: `${value.slice(0, LONG - 1)}…`, full: value } : value
}

/** as they read: nothing given is the same as none */
function valuesOf({ members }: Column, key: string): string[] {
  return [...new Set(members.map(({ run }) => plain(run.config[key])))]
}

function rowsOf(columns: readonly Column[]): { key: string; values: string[][] }[] {
  const keys = [...new Set(columns.flatMap(({ members }) => members.flatMap(({ run }) => Object.keys(run.config))))]
  return keys.sort().flatMap((key) => {
    const values = columns.map((column) => valuesOf(column, key))
    return new Set(values.flat()).size > 1 ? [{ key, values }] : []
  })
}

export function differing(columns: readonly Column[], by: Grouping): string {
  const rows = rowsOf(columns)
  if (rows.length === 0) return '<p>None: all settings are the same.</p>'
  const told = (values: readonly string[]): Cell => {
    if (values.length === 1) return cell(values[0])
    const list = values.map((value) => (HASH.test(value) ? value.slice(0, 8) : value))
    if (list.length <= VALUES) return cell(list.join(', '))
    return { short: `${list.length} values`, full: values.join(', ') }
  }
  const tables: string[] = []
  // the base stands in each
  const [base, others] = [columns[0], columns.slice(1)]
  for (let from = 0; from < Math.max(1, others.length); from += WIDE - 1) {
    const shown = [base, ...others.slice(from, from + WIDE - 1)]
    const head = ['setting', ...shown.map(({ name, members: [{ run }] }) => (by === 'run' ? run.id : name))]
    tables.push(
      table(
        head,
        rows.map(({ key, values }) => [key, ...shown.map((column) => told(values[columns.indexOf(column)]))])
      )
    )
  }
  return tables.join('<br>')
}

const made = ({ run }: RunReport, key: string): string => plain(run.provenance[key])

const PROVENANCE: readonly (readonly [name: string, of: (report: RunReport) => string])[] = [
  ['run', ({ run }) => run.id],
  ['name', ({ run }) => (run.name === run.id ? '' : run.name)],
  ['made, UTC', ({ run }) => run.createdAt.slice(0, 19).replace('T', ' ')],
  ['host', (report) => made(report, 'host')],
  ['app', (report) => made(report, 'app')],
  ['core', (report) => made(report, 'core')],
  ['data', ({ run }) => run.dataset],
  ['data, SHA-256', (report) => made(report, 'datasetSha256')],
  ['chip', ({ run }) => (run.chip === run.chipName ? run.chip : `${run.chip} ${run.chipName}`)],
  ['chip, serial', (report) => made(report, 'chipSerial')],
  ['calibration', ({ run }) => run.calibration ?? 'none'],
  ['calibration, SHA-256', ({ run }) => plain(run.config['calibrationHash'])],
  ['seed', ({ run }) => String(run.seed)],
  ['settings, SHA-256', ({ run }) => run.configHash],
  ['weights, SHA-256', (report) => made(report, 'weightsSha256')]
]

/** of every run; what all have in common is said once above the table */
export function provenance(columns: readonly Column[], by: Grouping): string {
  const all = columns.flatMap(({ name, members }) => members.map((report) => ({ name, report })))
  const always = new Set(['run', 'made, UTC', 'seed', 'settings, SHA-256'])
  const told = PROVENANCE.map(([name, of]) => ({ name, of, values: all.map(({ report }) => of(report)) }))
  const [same, other] = [false, true].map((varies) =>
    told.filter(({ name, values }) => (always.has(name) || new Set(values).size > 1) === varies)
  )
  const common = same
    .filter(({ values: [value] }) => value !== '')
    .map(({ name, values: [value] }) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`)
  const group = by === 'run' ? [] : ['group']
  const rows = all.map(({ name, report }) => [
    ...(by === 'run' ? [] : [cell(name)]),
    ...other.map(({ of }) => cell(of(report)))
  ])
  return `${common.length ? `<p>The same for all:</p><dl>${common.join('')}</dl><br>` : ''}${table([...group, ...other.map(({ name }) => name)], rows)}`
}

/** every value that was shown short, each once */
export function inFull(columns: readonly Column[]): string[] {
  const all = columns.flatMap(({ members }) => members)
  const shown = [
    ...rowsOf(columns).flatMap(({ values }) => values.flat()),
    ...all.flatMap((report) => PROVENANCE.map(([, of]) => of(report)))
  ]
  return [...new Set(shown.filter((value) => typeof cell(value) === 'object'))].sort()
}

export function appendix(values: readonly string[]): Section[] {
  if (values.length === 0) return []
  return [{ title: 'Values in full', body: `<pre class="full">${values.map(text).join('\n')}</pre>` }]
}
