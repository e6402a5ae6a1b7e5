/** Answers of the synthetic main side that are more than one line: a job, sizes, live batches, words of a filter. */
import type { Events, Reply } from '../../../src-main/contract'
import { InloopError } from '../../../src-main/contract/errors'
import { groupedBy } from '../../../src-main/contract/run-groups'
import type { Job, Run } from '../../../src-renderer/api/types'
import { ago } from './chips'
import { history, runDetail } from './runs'

export function job(id: string, kind: Job['kind'], text: string, share: number, subject: string): Job {
  const title = kind === 'train' ? 'Training r-40' : 'Calibrating HX-07'
  const progress = { share, text, eta: 230 }
  return {
    id,
    kind,
    status: 'running',
    subject,
    title,
    chip: 'hx-1',
    progress,
    error: null,
    errorCode: null,
    createdAt: ago(2),
    startedAt: ago(2),
    endedAt: null,
    resumable: false
  }
}

/** what works, waits and has ended when a scene opens */
export function jobsOf(scene: string): Job[] {
  if (scene === 'calibrating') return [job('j-8', 'calibrate', 'Threshold, step 7/13', 0.46, 'c-13')]
  if (scene !== 'training') return []
  return [
    job('j-9', 'train', 'epoch 13/30, batch 214/600', 0.41, 'r-40'),
    { ...job('j-10', 'train', '', 0, 'r-41'), status: 'queued', title: 'delgrad on ideal', progress: null },
    { ...job('j-11', 'calibrate', 'tau_mem, step 4/13', 0.61, 'c-14'), status: 'paused' },
    {
      ...job('j-7', 'train', 'epoch 4/30, batch 80/600', 0.12, 'r-33'),
      status: 'failed',
      title: 'fewer bins on HX-03',
      error: 'the data file mnist16.images is damaged: its SHA-256 is 51d0…, 88c4… was recorded',
      endedAt: ago(40),
      resumable: true
    },
    { ...job('j-6', 'train', 'epoch 30/30', 1, 'r-32'), status: 'done', title: 'baseline on HX-07', endedAt: ago(70) }
  ]
}

export const SIZE: Reply<'workspace.size'>['size'] = {
  total: 41_200_000,
  database: 18_432_000,
  parts: [
    { name: 'weights of runs', bytes: 9_100_000, count: 40, prune: null, help: 'the newest of each' },
    { name: 'runs in the trash', bytes: 1_100_000, count: 3, prune: 'trash', help: 'with their epochs and weights' },
    { name: 'free pages', bytes: 420_000, count: null, prune: 'space', help: 'given back by compacting' },
    { name: 'prepared data sets', bytes: 17_920_000, count: 2, prune: 'cache', help: 'made again when they are needed' }
  ]
}

/** ten updates a second, as main sends them */
export function live(emit: <K extends keyof Events>(event: K, payload: Events[K]) => void): void {
  const all = history(99, 30, 0.036)
  let epoch = 12
  setInterval(() => {
    epoch += 0.004
    const { loss, trainAccuracy, hiddenSpikesPerSample, samplesPerSecond } = all[Math.min(29, Math.floor(epoch))]
    const wave = 1 + 0.06 * Math.sin(epoch * 90)
    emit('batch', {
      run: 'r-40',
      epoch,
      loss: loss * wave,
      accuracy: trainAccuracy,
      hiddenSpikesPerSample,
      samplesPerSecond
    })
  }, 100)
}

/** words and `field=value`, enough for pictures; the real language is main's */
export function plainly(run: Run, filter: string): boolean {
  const words = filter.replaceAll('"', '').split(/\s+/).filter(Boolean)
  const text = JSON.stringify(run).toLowerCase()
  return words.every((word) => {
    const [field, value] = word.split('=')
    if (field === 'config') return groups([run], 'config').some(({ key }) => key.config.toString().endsWith(value))
    const of = { status: run.status, chip: run.chipName, method: run.method, dataset: run.dataset }[field]
    return value === undefined ? text.includes(word.toLowerCase()) : of === undefined || of === value
  })
}

export function facets(list: Run[]): Reply<'runs.facets'>['facets'] {
  const count = (field: string, of: (run: Run) => string[]) => {
    const runs = new Map<string, number>()
    for (const value of list.flatMap(of)) runs.set(value, (runs.get(value) ?? 0) + 1)
    const values = [...runs].map(([value, n]) => ({ value, runs: n })).sort((a, b) => b.runs - a.runs)
    return { field, values }
  }
  return [
    count('status', (run) => [run.status]),
    count('method', (run) => [run.method]),
    count('dataset', (run) => [run.dataset]),
    count('chip', (run) => [run.chipName]),
    count('star', (run) => [run.star ? 'yes' : 'no']),
    count('tag', (run) => run.tags)
  ]
}

export function groups(list: Run[], by: string): Reply<'runs.groups'>['groups'] {
  const names = new Map(
    groupedBy(list.map(runDetail), 'config').flatMap(({ name, runs }) => runs.map(({ id }) => [id, name]))
  )
  const of = (run: Run): string | number =>
    by === 'config'
      ? (names.get(run.id) ?? '')
      : by === 'chip'
        ? run.chipName
        : ((run as unknown as Record<string, string | number | null>)[by] ?? '')
  return [...new Set(list.map(of))].map((value) => {
    const runs = list.filter((run) => of(run) === value)
    const accuracies = runs.flatMap(({ metrics }) => metrics.testAccuracy ?? []).sort((a, b) => a - b)
    const n = accuracies.length
    const median = n === 0 ? null : (accuracies[(n - 1) >> 1] + accuracies[n >> 1]) / 2
    const [lowest, highest] = [accuracies[0] ?? null, accuracies[n - 1] ?? null]
    return { key: { [by]: value }, members: runs.length, n, median, lowest, highest, runs: runs.map(({ id }) => id) }
  })
}

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new InloopError('not-found', 'not there')
  return value
}

/** fits the accuracies, with as many samples besides on which the two differ both ways */
export function paired(table: readonly Run[], base: string, id: string): Reply<'runs.paired'>['paired'][number] {
  const [a, b] = [base, id].map((one) => table.find((run) => run.id === one)?.metrics.testAccuracy ?? null)
  if (a === null || b === null) return { run: id, pair: null }
  const more = Math.round(10_000 * (b - a))
  return { run: id, pair: { n: 10_000, gained: 120 + Math.max(0, more), lost: 120 + Math.max(0, -more) } }
}
