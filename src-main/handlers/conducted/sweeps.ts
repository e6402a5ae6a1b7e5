/**
 * Sweeps: one ordinary run for each combination of values that a file names. A run that fails is told and does not stop
 * the others; runs that this workspace has already are taken as they are, so that a sweep can be taken up again.
 */
import fs from 'node:fs'
import path from 'node:path'
import { contract, type Output, type Parsed } from '../../contract/index'
import { InloopError } from '../../contract/errors'
import type { sweeps as endpoints } from '../../contract/sweeps'
import type { Context, Handlers } from '../context'
import { preparedRun } from '../runs/start'
import { conduct, failedPart, goOn, oneRun, type Tell } from './conductor'

type Sweep = Output<'sweep'>['sweep']
type Value = string | number | boolean | null

/** what is recorded: the inputs themselves, so that a file that changes later changes nothing */
interface Plan {
  file: string
  list: { input: Parsed<'train'>; varied: { [name: string]: Value } }[]
}

const MOST_RUNS = 1000

export const sweeps: Handlers<keyof typeof endpoints> = {
  sweep: async ({ file, on }, context) => {
    if (on === 'slurm')
      throw new InloopError('bad-input', 'on: slurm given; this build runs sweeps here; allowed: local')
    const plan = planOf(file)
    // whatever is wrong with one of them is said before the first begins
    for (const { input } of plan.list) await preparedRun(input, context)
    const title = `Sweep ${path.basename(file)}: ${plan.list.length} runs`
    return { job: conduct('sweep', conductSweep, title, null, plan, context), subject: null }
  },
  'sweep.status': ({ id }, context) => ({ sweep: sweepOf(id, context) }),
  'sweep.cancel': ({ id }, context) => {
    const { store, queue, owner } = context
    const sweep = sweepOf(id, context)
    const job = store.jobs.get(id)
    if (job.status !== 'running' && job.status !== 'queued')
      throw new InloopError('conflict', `id: sweep ${id} is ${job.status}; allowed: running, queued`)
    store.jobs.request(id, 'cancel')
    if (job.owner === owner) queue.followRequests()
    return { sweep }
  },
  'sweep.retry': ({ id }, context) => {
    const { store, owner } = context
    const { failed } = sweepOf(id, context)
    const { status } = store.jobs.get(id)
    // one that came to its end, with runs that failed, is not what a job calls unfinished
    if (!store.jobs.requeue(id, owner, failed > 0))
      throw new InloopError(
        'conflict',
        `id: sweep ${id} is ${status}, ${failed} failed; allowed: one with runs to be made`
      )
    goOn(id, conductSweep, context)
    return { job: id, subject: null }
  }
}

export async function conductSweep(job: string, context: Context, tell: Tell): Promise<{ sweep: Sweep }> {
  const { store } = context
  const { list } = store.jobs.input(job) as Plan
  const runs: Sweep['runs'] = []
  for (const [k, { input, varied }] of list.entries()) {
    tell(k / list.length, `run ${k + 1} of ${list.length}`)
    try {
      const run = await oneRun(input, job, context)
      runs.push({ run, varied, testAccuracy: store.runs.summary(run).metrics.testAccuracy, error: null })
    } catch (error) {
      const message = failedPart(error)
      if (message === null) throw error
      runs.push({ run: null, varied, testAccuracy: null, error: message })
    }
    store.jobs.saveResult(job, { sweep: summed(job, list.length, runs) })
  }
  return { sweep: summed(job, list.length, runs) }
}

function summed(id: string, total: number, runs: Sweep['runs']): Sweep {
  const failed = runs.filter(({ error }) => error !== null).length
  return { id, total, done: runs.length - failed, failed, runs }
}

function sweepOf(id: string, { store }: Context): Sweep {
  const job = store.jobs.get(id)
  if (job.kind !== 'sweep')
    throw new InloopError('bad-input', `id: ${id} given, a job of kind ${job.kind}; allowed: a sweep`)
  const { list } = store.jobs.input(id) as Plan
  return (store.jobs.result(id) as { sweep: Sweep } | undefined)?.sweep ?? summed(id, list.length, [])
}

/** @throws InloopError `bad-input`, one line that names the file and the field */
function planOf(file: string): Plan {
  const wrong = (what: string): InloopError => new InloopError('bad-input', `file: ${file}: ${what}`)
  let content: unknown
  try {
    content = JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    throw wrong((error instanceof Error ? error.message : String(error)).split('\n')[0])
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw wrong('is no JSON object')
  const { vary = {}, ...base } = content as { vary?: unknown; [key: string]: unknown }
  const axes = Object.entries(vary as { [name: string]: unknown })
  let combinations: { [name: string]: Value }[] = [{}]
  for (const [name, values] of axes) {
    if (!Array.isArray(values) || values.length === 0) throw wrong(`vary.${name} is no list of values`)
    combinations = combinations.flatMap((one) => values.map((value: Value) => ({ ...one, [name]: value })))
    if (combinations.length > MOST_RUNS) throw wrong(`more than ${MOST_RUNS} combinations`)
  }
  return {
    file,
    list: combinations.map((varied) => {
      const given = merged(base, varied)
      const parsed = contract.train.input.strict().safeParse(given)
      if (parsed.success) return { input: parsed.data, varied }
      const [issue] = parsed.error.issues
      throw wrong(`${issue.path.join('.')}${issue.path.length ? ': ' : ''}${issue.message}`)
    })
  }
}

/** "set.dropout" is a setting of the method, any other name a field of `train` */
function merged(base: { [key: string]: unknown }, varied: { [name: string]: Value }): { [key: string]: unknown } {
  const set: { [key: string]: unknown } = { ...(base['set'] as { [key: string]: unknown } | undefined) }
  const fields: { [key: string]: unknown } = { ...base }
  for (const [name, value] of Object.entries(varied)) {
    if (name.startsWith('set.')) set[name.slice(4)] = value
    else fields[name] = value
  }
  return { ...fields, set }
}
