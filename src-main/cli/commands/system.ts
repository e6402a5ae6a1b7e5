/** jobs, resume, dataset, bench, verify, doctor, diagnostics, backup */
import { samplesOf } from '../../contract/samples'
import type { Output } from '../../contract/index'
import { command } from '../command'
import { pairs, percent, table, when } from '../text'

type Job = Output<'jobs.list'>['jobs'][number]

const HEAD = ['id', 'kind', 'status', 'makes', 'title', 'done', 'resumable', 'made', 'error']
const line = (j: Job) => {
  const share = j.progress ? percent(j.progress.share) : null
  return [j.id, j.kind, j.status, j.subject, j.title, share, j.resumable, when(j.createdAt), j.error]
}
const one = ({ job }: { job: Job }): string => table(HEAD, [line(job)])

/** tables among the details of a benchmark */
function tablesOf({ name, details = {} }: Output<'bench'>['benchmarks'][number]): string {
  const texts = Object.entries(details).map(([key, rows]) => {
    if (!Array.isArray(rows) || !rows.every(isRow)) return ''
    const head = Object.keys(rows[0])
    return `\n${name}, ${key}\n${table(
      head,
      rows.map((row) => head.map((column) => row[column]))
    )}\n`
  })
  return texts.join('')
}

const isRow = (row: unknown): row is { [column: string]: number | string } => typeof row === 'object' && row !== null

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

const sizes = ({ total, database, parts }: Output<'workspace.size'>['size']): string =>
  `${megabytes(total)} in all, ${megabytes(database)} of it the database\n\n${table(
    ['part', 'size', 'how many', 'prune', ''],
    parts.map((p) => [p.name, megabytes(p.bytes), p.count, p.prune, p.help])
  )}`

export const systemCommands = [
  command({
    path: 'report',
    endpoint: 'report',
    args: ['subjects…'],
    show: ({ file, bytes, sha256 }) => `${file} (${bytes} bytes)\nsha256 ${sha256}`
  }),
  command({
    path: 'sql',
    endpoint: 'sql',
    args: ['query'],
    show: ({ columns, rows, truncated, csv }) =>
      csv
        ? `${csv.file} (${rows.length} rows)\nsha256 ${csv.sha256}`
        : `${table(columns, rows)}${truncated ? `\n\nthe first ${rows.length} rows; --limit takes more` : ''}`
  }),
  command({
    path: 'sql views',
    endpoint: 'sql.views',
    show: ({ views }) =>
      table(
        ['view', 'what', 'columns'],
        views.map((v) => [v.name, v.help, v.columns.join(', ')])
      )
  }),
  command({ path: 'jobs list', endpoint: 'jobs.list', show: ({ jobs }) => table(HEAD, jobs.map(line)) }),
  command({
    path: 'jobs result',
    endpoint: 'jobs.result',
    args: ['job'],
    show: ({ job, result, detail }) =>
      [one({ job }), ...(result === null ? [] : [JSON.stringify(result, null, 2)]), ...(detail ? [detail] : [])].join(
        '\n\n'
      )
  }),
  command({ path: 'jobs cancel', endpoint: 'jobs.cancel', args: ['job'], show: one }),
  command({ path: 'jobs pause', endpoint: 'jobs.pause', args: ['job'], show: one }),
  command({ path: 'jobs unpause', endpoint: 'jobs.unpause', args: ['job'], show: one }),
  command({ path: 'jobs resume', endpoint: 'resume', args: ['job'] }),
  command({ path: 'resume', endpoint: 'resume', args: ['job'] }),
  command({
    path: 'dataset add',
    endpoint: 'dataset.add',
    args: ['name', 'path'],
    show: ({ dataset: d }) => `${d.name}: ${d.samples} ${samplesOf(d.name).many}, ${d.origin}`
  }),
  command({
    path: 'dataset remove',
    endpoint: 'dataset.remove',
    args: ['name'],
    show: ({ removed, runs }) => `${removed} removed; ${runs} run(s) were trained on it and stay`
  }),
  command({
    path: 'dataset list',
    endpoint: 'dataset.list',
    show: ({ datasets }) =>
      table(
        ['name', 'present', 'samples', 'sha256', 'origin'],
        datasets.map((d) => [d.name, d.present, d.samples, d.sha256?.slice(0, 12), d.origin])
      )
  }),
  command({
    path: 'bench',
    endpoint: 'bench',
    args: ['[names…]'],
    show: ({ benchmarks, machine }) =>
      `${table(
        ['benchmark', 'value', 'unit', 'threads', 'slowest', 'fastest'],
        benchmarks.map((b) => [b.name, b.value, b.unit, b.threads, b.details?.['slowest'], b.details?.['fastest']])
      )}\n${benchmarks.map(tablesOf).join('')}\n${pairs(machine)}`
  }),
  command({
    path: 'verify',
    endpoint: 'verify',
    show: ({ suites, passed }) => {
      const measured = suites.flatMap((s) => s.quantities.filter(({ value }) => value !== undefined))
      return [
        table(
          ['suite', 'cases', 'worst error / limit', 'passed'],
          suites.map((s) => [s.suite, s.cases, s.maxError, s.passed])
        ),
        ...(measured.length === 0
          ? []
          : [
              table(
                ['measured', 'value', 'reference', 'error', 'limit'],
                measured.map((q) => [q.name, q.value, q.reference, q.worst, q.limit])
              )
            ]),
        passed ? 'all within limits' : 'not within limits'
      ].join('\n\n')
    },
    failed: ({ passed }) => !passed
  }),
  command({
    path: 'workspace list',
    endpoint: 'workspace.list',
    show: ({ workspaces }) =>
      table(
        ['folder', 'there', 'current'],
        workspaces.map((w) => [w.path, w.present, w.current])
      )
  }),
  command({
    path: 'workspace open',
    endpoint: 'workspace.open',
    args: ['path'],
    show: ({ opened }) =>
      process.env['INLOOP_WORKSPACE']
        ? `${opened} is the current workspace where INLOOP_WORKSPACE names no other`
        : `${opened} is the current workspace`
  }),
  command({ path: 'workspace size', endpoint: 'workspace.size', show: ({ size }) => sizes(size) }),
  command({
    path: 'workspace prune',
    endpoint: 'workspace.prune',
    args: ['what…'],
    show: ({ freed, size }) => `${megabytes(freed)} freed\n\n${sizes(size)}`
  }),
  command({
    path: 'doctor',
    endpoint: 'doctor',
    show: ({ checks, versions, paths }) =>
      [
        table(
          ['check', 'ok', ''],
          checks.map((c) => [c.name, c.ok, c.text])
        ),
        '',
        pairs(versions),
        '',
        pairs(paths)
      ].join('\n'),
    failed: ({ ok }) => !ok
  }),
  command({
    path: 'diagnostics',
    endpoint: 'diagnostics',
    show: ({ file, bytes, parts }) => `${file} (${bytes} bytes)\n${parts.join(', ')}`
  }),
  command({
    path: 'backup',
    endpoint: 'backup',
    args: ['file'],
    show: ({ file, sha256 }) => `${file}\nsha256 ${sha256}`
  })
]
