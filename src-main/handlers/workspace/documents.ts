/**
 * Reports in one file, of whatever a person names: what it is follows from the ids. HTML; of an experiment also Markdown,
 * if the file's name says so.
 */
import path from 'node:path'
import { InloopError } from '../../contract/errors'
import { contract, type Output, type Parsed } from '../../contract/index'
import type { reports as endpoints } from '../../contract/reports'
import { groupedBy } from '../../contract/run-groups'
import { calibrationHtml } from '../../interchange/calibration-html'
import { calibrationsHtml, type CalibrationsReport } from '../../interchange/calibrations-html'
import { chipHtml } from '../../interchange/chip-html'
import { compareHtml } from '../../interchange/compare-html'
import { experimentHtml, type ExperimentReport } from '../../interchange/experiment-html'
import { experimentMarkdown } from '../../interchange/experiment-markdown'
import { type Around, runHtml } from '../../interchange/run-html'
import type { RunReport } from '../../interchange/run-report'
import { calibrationDiff } from '../calibrations/diff'
import { calibrationReport } from '../calibrations/files'
import { detail as chipDetail } from '../chips/chips'
import { IDEAL } from '../chips/placement'
import { commandOf } from '../jobs/command-line'
import type { Context, Handlers } from '../context'
import { runFigures } from '../runs/figures'
import { referenceOf } from '../runs/reference'
import { dashboardOf, detail as runDetail, runOf } from '../runs/shown'
import { writeWhole } from './written'

type Document = Output<'report.document'>

/** rows of a table and matrices that a reader takes in; more runs go together as groups */
const MOST_COLUMNS = 20
/** runs that a file's name tells */
const MOST_NAMED = 10
/** calibrations that stand side by side */
const MOST_CALIBRATIONS = 8
/** as `calibration diff` allows unless said otherwise */
const SIGMAS = 3
/** runs on a chip that its report lists */
const MOST_RUNS = 100

export const documents: Handlers<keyof typeof endpoints> = {
  report: async ({ file, ...asked }, context) => {
    const { name, text } = await documentOf(asked, context, file?.endsWith('.md'))
    return writeWhole(path.resolve(file ?? name), text)
  },
  'report.document': (asked, context) => documentOf(asked, context)
}

type Asked = Parsed<'report.document'>

async function documentOf(asked: Asked, context: Context, markdown = false): Promise<Document> {
  const { store } = context
  const { subjects } = asked
  const [first] = subjects
  const made = (name: string, text: string): Document => ({
    name: `${name.replace(/[^\w.-]+/g, '_')}.html`,
    type: 'text/html',
    text
  })
  const experiment = subjects.length === 1 ? experimentJob(first, context) : null
  if (markdown) {
    if (experiment)
      return {
        ...made(experiment.name, experimentMarkdown(experimentReport(experiment.job, context))),
        type: 'text/markdown'
      }
    throw new InloopError('bad-input', `file: Markdown asked for of ${subjects.join(' ')}; allowed for an experiment`)
  }
  if (subjects.every((id) => /^r-\d+$/.test(id))) {
    const ids = [...new Set(subjects)]
    if (ids.length === 1) return made(first, runHtml(runReport(first, context), await around(first, context)))
    return made(nameOf(ids, asked.by), comparisonText(ids, asked, context))
  }
  if (subjects.length > 1) {
    const ids = calibrationsOf(subjects, context)
    if (ids.length > 1) return made(ids.join('-'), await calibrationsText(ids, context))
    return made(ids[0], calibrationHtml(await calibrationReport(context, ids[0])))
  }
  if (/^c-\d+$/.test(first)) return made(first, calibrationHtml(await calibrationReport(context, first)))
  if (experiment) return made(experiment.name, experimentHtml(experimentReport(experiment.job, context)))
  return made(store.chips.get(first).name, await chipText(first, context))
}

function comparisonText(ids: readonly string[], { by, base, tolerance }: Asked, context: Context): string {
  const columns = by === 'run' ? ids.length : 0
  if (columns > MOST_COLUMNS)
    throw new InloopError(
      'bad-input',
      `subjects: ${columns} runs given; allowed: at most ${MOST_COLUMNS}, or groups of them (by)`
    )
  const runs = ids.map((id) => runReport(id, context))
  const groups = groupedBy(
    runs.map(({ run }) => run),
    by
  ).length
  if (groups > MOST_COLUMNS)
    throw new InloopError('bad-input', `subjects: ${groups} groups by ${by}; allowed: at most ${MOST_COLUMNS}`)
  const reference = referenceOf(context.store)
  const id = base ?? reference ?? ids[0]
  return compareHtml({
    runs,
    by,
    base: runs.find(({ run }) => run.id === id) ?? runReport(id, context),
    reference: id === reference,
    tolerance,
    app: context.version,
    writtenAt: now()
  })
}

/** of chips their active ones; each once */
function calibrationsOf(subjects: readonly string[], { store }: Context): string[] {
  const told = subjects.join(' ')
  if (subjects.some((one) => /^[rj]-\d+$/.test(one)))
    throw new InloopError(
      'bad-input',
      `subjects: ${told} given; allowed: several runs, several chips or calibrations, or one of the others`
    )
  const ids = subjects.map((one) => {
    if (/^c-\d+$/.test(one)) return one
    const chip = store.chips.get(one)
    if (chip.active !== null) return chip.active
    throw new InloopError('bad-input', `subjects: ${one} has no active calibration; allowed: chips that have one`)
  })
  const each = [...new Set(ids)]
  if (each.length > MOST_CALIBRATIONS)
    throw new InloopError('bad-input', `subjects: ${each.length} given; allowed: at most ${MOST_CALIBRATIONS}`)
  return each
}

async function calibrationsText(ids: readonly string[], context: Context): Promise<string> {
  const { store, version } = context
  const members: CalibrationsReport['members'][number][] = []
  for (const id of ids) {
    const report = await calibrationReport(context, id)
    members.push({ report, chip: chipDetail(context, store.calibrations.get(id).chip) })
  }
  const diff = calibrationDiff(store, { a: ids[0], b: ids[1], tolerance: {}, sigmas: SIGMAS })
  return calibrationsHtml({ members, diff, sigmas: SIGMAS, app: version, writtenAt: now() })
}

const now = (): string => `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** a name that a file system takes */
function nameOf(ids: readonly string[], by: Asked['by']): string {
  const named = ids.length > MOST_NAMED ? `${ids[0]}-and-${ids.length - 1}-more` : ids.join('-')
  return by === 'run' ? named : `${named}-by-${by}`
}

/** @param plain without the run's name, and with nothing to be drawn: an experiment names its runs, and has many */
function runReport(id: string, { store }: Context, plain = false): RunReport {
  const run = runDetail(store, id)
  // another calibration may be active by now
  const { name, ...asked } = store.jobs.input(run.job) as { name?: string }
  const input = {
    ...asked,
    ...(plain || name === undefined ? {} : { name }),
    ...(run.chip === 'ideal' ? {} : { calibration: run.calibration ?? 'none' })
  }
  const command = commandOf('train', input)
  if (plain) return { run, dashboard: dashboardOf(store, ''), command, planes: [] }
  const planes = store.runArrays.planes<RunReport['planes'][number]['plane']>(run.id)
  return { run, dashboard: dashboardOf(store, id), command, planes }
}

/** what is read beside a run: others of its task, its counterpart on the other side, and what its settings mean */
async function around(id: string, context: Context): Promise<Around> {
  const { store, engine } = context
  const run = store.runs.summary(id)
  const { runs: related } = await runFigures['runs.related']({ run: run.id }, context)
  const others = related.filter((one) => one.sameButPlace && (one.chip === IDEAL) !== (run.chip === null))
  const other = others.find((one) => one.seed === run.seed) ?? others[0]
  const { methods } = await engine.ask('catalogue', null)
  return {
    related,
    other: other ? runDetail(store, other.id) : null,
    settings: methods.find(({ name }) => name === run.method)?.settings ?? []
  }
}

async function chipText(idOrName: string, context: Context): Promise<string> {
  const chip = chipDetail(context, idOrName)
  const list = { filter: `chip=${chip.id}`, deleted: false, sort: 'started', descending: true } as const
  const { runs, total } = context.store.runList.page({ ...list, offset: 0, limit: MOST_RUNS })
  const active = chip.active === null ? null : await calibrationReport(context, chip.active)
  return chipHtml({ chip, active, runs: runs.map(runOf), total })
}

/** the newest that ended well, by its name or its job */
function experimentJob(name: string, { store }: Context): { job: string; name: string } | null {
  const done = store.jobs.done('experiment')
  const named = done.find((job) => job.id === name || (job.input as { name?: string }).name === name)
  if (named) return { job: named.id, name: (named.input as { name: string }).name }
  if (/^j-\d+$/.test(name))
    throw new InloopError('not-found', `subjects: job ${name} is no experiment that ended; see \`inloop jobs list\``)
  return null
}

function experimentReport(job: string, context: Context): ExperimentReport {
  const { store } = context
  // results from before there were plots have none
  const { experiment } = contract.experiment.output.parse(store.jobs.result(job))
  const ids = [...new Set(experiment.runs.map(({ run }) => run))]
  const { name, ...options } = store.jobs.input(job) as { name: string }
  return {
    experiment,
    job,
    finishedAt: store.jobs.get(job).endedAt,
    command: commandOf(`experiment ${name}`, options),
    runs: ids.map((id) => runReport(id, context, true))
  }
}
