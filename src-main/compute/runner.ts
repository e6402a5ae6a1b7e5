/**
 * Runs a task: most are one team; benchmarks are a row of teams of different sizes. What a task needs from disk is
 * read here, before any thread starts, so that a bad file is refused at once.
 */
import fs from 'node:fs'
import path from 'node:path'
import { firstSamples } from '../core/datasets/mnist'
import { InputError } from '../core/errors/input-error'
import { VECTOR_FILES } from '../core/verify/index'
import { benchmarks, machine } from './benchmarks/index'
import { prepare } from './datasets/index'
import { toFailure } from './failure'
import type { DataSpec, TaskEnd, TaskInputs, TaskKind, TaskReport } from './protocol'
import type { Images } from './tasks/task'
import type { VerifyInput } from './tasks/verify'
import { type RunningTask, type Surroundings, Teams } from './teams'

export function runTask(
  kind: TaskKind,
  input: TaskInputs[TaskKind],
  where: Surroundings,
  report: (report: TaskReport) => void
): RunningTask {
  try {
    const teams = new Teams(where, report)
    const killed = teams.killed.then((): TaskEnd => ({ how: 'killed' }))
    const end = Promise.race([STARTERS[kind](input as never, teams).catch(failed), killed])
    return { control: (what) => teams.control(what), end }
  } catch (error) {
    return { control: () => {}, end: Promise.resolve(failed(error)) }
  }
}

function failed(error: unknown): TaskEnd {
  return { how: 'failed', failure: toFailure(error) }
}

const STARTERS: { [K in TaskKind]: (input: TaskInputs[K], teams: Teams) => Promise<TaskEnd> } = {
  // One search talks to one chip: nothing to share between threads.
  calibrate: (input, teams) => teams.run('calibrate', input, 1),
  accept: (input, teams) => teams.run('accept', input, 1),
  train: async (input, teams) =>
    teams.run('train', { ...input, images: await images(input.data, teams) }, teams.surroundings.threads),
  evaluate: async (input, teams) =>
    teams.run('evaluate', { ...input, images: await images(input.data, teams) }, teams.surroundings.threads),
  robustness: async (input, teams) =>
    teams.run('robustness', { ...input, images: await images(input.data, teams) }, teams.surroundings.threads),
  verify: async ({ files }, teams) => {
    const vectors = readVectors(files, teams.surroundings.resources)
    return teams.run('verify', { vectors, images: await images(ALL_OF_MNIST16, teams) }, 1)
  },
  bench: async ({ names }, teams) => {
    const results = await benchmarks(names, teams)
    if (!Array.isArray(results)) return results
    return { how: 'done', result: { benchmarks: results, machine: machine() } }
  }
}

const ALL_OF_MNIST16: DataSpec = { dataset: 'mnist16', limitTrain: null, limitTest: null }

async function images(data: DataSpec, teams: Teams): Promise<Images> {
  teams.report({ kind: 'progress', share: 0, text: `reading ${data.dataset}` })
  const { train, test } = await prepare(data.dataset, teams.surroundings)
  return {
    train: firstSamples(train, data.limitTrain ?? undefined),
    test: firstSamples(test, data.limitTest ?? undefined)
  }
}

/** bytes of a file of reference values: fifty times the largest that ships */
const LARGEST_VECTORS = 2 ** 26
/** lists and objects in each other: four times what any suite has, far below what a message to a lane can carry */
const DEEPEST_VECTORS = 40

/** how deep lists and objects lie in each other; without recursion, which what it looks for would break */
function depthOf(content: unknown): number {
  let [level, depth] = [[content], 0]
  while (level.length > 0 && depth <= DEEPEST_VECTORS) {
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []))
    depth++
  }
  return depth
}

/** @throws InputError that names the file */
function readVectors(files: readonly string[], resources: string): VerifyInput['vectors'] {
  const shipped = VECTOR_FILES.map((name) => path.join(resources, 'vectors', name))
  return (files.length ? files : shipped).map((file) => {
    try {
      const { size } = fs.statSync(file)
      if (size > LARGEST_VECTORS) throw new Error(`${size} bytes given; allowed: at most ${LARGEST_VECTORS}`)
      const content = JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as unknown
      if (depthOf(content) > DEEPEST_VECTORS) throw new Error(`lists in lists, more than ${DEEPEST_VECTORS} deep`)
      return { file: path.basename(file), content }
    } catch (error) {
      // what does not parse is quoted in the message, line ends and all
      const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/[\s\p{Cc}]+/gu, ' ')
      throw new InputError('bad-input', `vectors ${file}: ${reason}`)
    }
  })
}
