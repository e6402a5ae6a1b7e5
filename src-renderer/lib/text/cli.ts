/** The command that does the same as a form or a page. */
import type { Input } from '../../../src-main/contract'
import { TOLERANCE } from '../../../src-main/contract/accuracy-delta'
import { hex14 } from '../chip/crossbar-model'
import { asked, line, oneLine, pairs, word } from './shell'

export { hintOf } from './shell'

/** where the command line writes a setting otherwise */
const SCOPE_FLAGS: Record<string, string> = {
  durationUs: '--duration',
  rateKHz: '--rate',
  offsetCurrent: '--offset-current',
  leakShift: '--leak-shift'
}

function preference(key: string, value: unknown): string {
  const plain = typeof value === 'string' && !readsAsJson(value)
  const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : plain ? value : JSON.stringify(value)
  return line('preferences', 'set', key, ...word(text))
}

/** a word that is JSON, too, would be read as that */
function readsAsJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export const cli = {
  chipNew: (input: Input<'chip.new'>): string =>
    line(
      'chip',
      'new',
      ...(input.model ? ['--model', input.model] : []),
      ...(input.seed === undefined ? [] : ['--seed', input.seed]),
      ...(input.name ? ['--name', input.name] : []),
      ...(input.mismatch === undefined ? [] : ['--mismatch', input.mismatch]),
      ...(input.recipe === undefined || input.recipe === 'A' ? [] : ['--recipe', input.recipe]),
      ...(input.quirks ? ['--quirks'] : [])
    ),
  chipShow: (chip: string): string => line('chip', 'show', chip),
  chipState: (chip: string): string => line('chip', 'state', chip),
  chipNode: ({ chip, input, output, mask = 0, target = 0, countDrops, reset }: Input<'chip.node'>): string =>
    line(
      'chip',
      'node',
      chip,
      input,
      output,
      ...(reset ? ['--reset'] : ['--mask', hex14(mask), '--target', hex14(target)]),
      ...(countDrops && !reset ? ['--count-drops'] : [])
    ),
  chipNoise: ({
    chip,
    source,
    off,
    poisson,
    period = 1250,
    rate = 255,
    seed = 1,
    label = 1,
    mask = 0
  }: Input<'chip.noise'>): string =>
    line(
      'chip',
      'noise',
      chip,
      source,
      ...(off ? ['--off'] : []),
      '--period',
      period,
      ...(poisson ? ['--poisson', '--rate', rate, '--mask', mask, '--seed', seed] : []),
      '--label',
      hex14(label)
    ),
  runsSynapses: (run: string): string => line('runs', 'synapses', run),
  scope: ({ chip, ...input }: Input<'chip.scope'>): string =>
    line(
      'scope',
      chip,
      ...Object.entries(input).flatMap(([key, value]) => [SCOPE_FLAGS[key] ?? `--${key}`, value as string | number])
    ),
  chipList: ({ filter = '', sort, descending = false }: Input<'chip.list'> = {}): string =>
    line(
      'chip',
      'list',
      ...(sort === undefined ? [] : ['--sort', sort]),
      ...(sort !== undefined && descending ? ['--descending'] : []),
      ...(filter.trim() === '' ? [] : word(filter))
    ),
  calibrate: (input: Input<'calibrate'>): string =>
    line(
      'calibrate',
      input.chip,
      ...(input.preset === undefined ? [] : ['--preset', input.preset]),
      ...(input.routines ?? []).flatMap((name) => ['--routine', name]),
      ...pairs(
        '--target',
        Object.fromEntries(
          Object.entries(input.targets ?? {}).map(([key, value]) => [
            key,
            Array.isArray(value) ? JSON.stringify(value) : value
          ])
        )
      ),
      ...(input.seed === undefined ? [] : ['--seed', input.seed])
    ),
  calibrationShow: (calibration: string): string => line('calibration', 'show', calibration),
  calibrationDiff: (a: string, b: string, sigmas = 3, tolerance: Record<string, number> = {}): string =>
    line(
      'calibration',
      'diff',
      a,
      b,
      ...(sigmas === 3 ? [] : ['--sigmas', sigmas]),
      ...pairs('--tolerance', tolerance)
    ),
  calibrationActivate: (calibration: string): string => line('calibration', 'activate', calibration),
  calibrationExport: (calibration: string, format: string): string =>
    line('calibration', 'export', calibration, `${calibration}.${format}`),
  calibrationImport: (file: string, chip: string, allowOtherChip: boolean): string =>
    asked('calibration import', { file, chip, allowOtherChip }, { args: ['file'] }),
  /** a version written to another chip than it was made on */
  calibrationApply: (calibration: string, chip: string): string =>
    [
      line('calibration', 'export', calibration, `${calibration}.json`),
      line('calibration', 'import', `${calibration}.json`, '--chip', chip, '--allow-other-chip', '--activate')
    ].join(' && '),
  calibrationSchedule: (chip: string, time: string): string => line('calibration', 'schedule', chip, time),
  accept: (calibration: string, control: boolean): string =>
    line('accept', calibration, ...(control ? ['--control'] : [])),
  chipTimeline: (chip: string, neuron: number): string => line('chip', 'timeline', chip, '--neuron', neuron),
  chipConverters: (chip: string, calibration?: string): string =>
    asked('chip converters', { chip, calibration }, { args: ['chip'] }),
  runsRelated: (run: string): string => line('runs', 'related', run),
  runsPlanes: (run: string): string => line('runs', 'planes', run),
  /** several lines, one after the other; those that say the same once */
  each: (lines: readonly string[]): string => [...new Set(lines)].join(' && '),
  exclude: (chip: string, neurons: readonly number[], reason: string): string =>
    line('exclude', chip, ...neurons, '--reason', reason),
  chipNote: (chip: string, neuron: number, note: string): string => line('chip', 'note', chip, neuron, ...word(note)),
  include: (chip: string, neurons: readonly number[]): string => line('include', chip, ...neurons),
  resume: (job: string): string => line('resume', job),
  jobPause: (job: string): string => line('jobs', 'pause', job),
  jobUnpause: (job: string): string => line('jobs', 'unpause', job),
  jobCancel: (job: string, force = false): string => line('jobs', 'cancel', job, ...(force ? ['--force'] : [])),
  train: (input: Input<'train'>): string =>
    line(
      'train',
      input.method,
      '--dataset',
      input.dataset ?? 'mnist16',
      '--chip',
      input.chip ?? 'ideal',
      ...(input.chip === undefined || input.chip === 'ideal' ? [] : ['--calibration', input.calibration ?? 'active']),
      '--epochs',
      input.epochs ?? 30,
      '--batch',
      input.batch ?? 100,
      '--seed',
      input.seed ?? 1,
      ...pairs('--set', input.set ?? {}),
      ...(input.seeds === undefined || input.seeds === 1 ? [] : ['--seeds', input.seeds]),
      ...(input.name ? [`--name=${input.name}`] : []),
      ...(input.allowOtherChip ? ['--allow-other-chip'] : []),
      ...(input.limitTrain === undefined ? [] : ['--limit-train', input.limitTrain]),
      ...(input.limitTest === undefined ? [] : ['--limit-test', input.limitTest])
    ),
  /** @param shown as the list has it: its order, the trash */
  runsList: (filter = '', shown: Omit<Input<'runs.list'>, 'filter'> = {}): string =>
    asked('runs list', { ...shown, ...(filter === '' ? {} : { filter }) }, { args: ['filter'] }),
  runsReference: (run: string): string => line('runs', 'reference', run === '' ? 'none' : run),
  runDashboard: (run: string): string => line('runs', 'dashboard', run),
  /** the maps of calibrations, of one chip or of several side by side */
  calibrationMaps: (input: Input<'calibration.view'>): string =>
    asked('calibration maps', input, { args: ['calibrations'], flags: { views: 'view' } }),
  calibrationInstances: (calibration: string, per?: 'driver' | 'synapse'): string =>
    asked('calibration instances', { calibration, per }, { args: ['calibration'] }),
  calibrationCurves: (calibration: string): string => line('calibration', 'curves', calibration),
  calibrationList: (chip: string): string => line('calibration', 'list', '--chip', chip),
  preferencesList: (): string => line('preferences', 'list'),
  /** a choice as the command line says it; the reference has a command of its own */
  preference: (key: string, value: unknown): string =>
    key === 'golden' && typeof value === 'string' ? cli.runsReference(value) : preference(key, value),
  workspaceOpen: (path: string): string => line('workspace', 'open', ...word(path)),
  runsGroups: (filter: string, by: string): string =>
    line('runs', 'groups', '--by', by, ...(filter === '' ? [] : word(filter))),
  whatIf: (run: string, changes: Record<string, number>): string =>
    line('runs', 'what-if', run, ...Object.entries(changes).flatMap(([key, value]) => [`--${key}`, value])),
  runColour: (run: string, colour: string, style?: string): string =>
    line('runs', 'colour', run, colour, ...(style === undefined ? [] : ['--line', style])),
  runShow: (run: string): string => line('runs', 'show', run),
  runStar: (run: string, star: boolean): string => line('runs', 'star', run, ...(star ? [] : ['--no-star'])),
  runRename: (run: string, name: string): string => line('runs', 'rename', run, ...word(name)),
  runNote: (run: string, note: string): string => line('runs', 'note', run, ...word(note)),
  runTag: (run: string, tags: readonly string[]): string =>
    line('runs', 'tag', run, ...(tags.some((tag) => tag.startsWith('-')) ? ['--'] : []), ...tags),
  runDeleted: (run: string, deleted: boolean): string => line('runs', deleted ? 'delete' : 'restore', run),
  evaluate: (input: Input<'evaluate'>): string => asked('evaluate', input, { args: ['run'] }),
  chipRename: (chip: string, name: string): string => line('chip', 'rename', chip, ...word(name)),
  chipDelete: (chip: string): string => line('chip', 'delete', chip),
  compare: (runs: readonly string[], by = 'run', tolerance = TOLERANCE): string =>
    line(
      'compare',
      ...runs,
      ...(by === 'run' ? [] : ['--by', by]),
      ...(tolerance === TOLERANCE ? [] : ['--tolerance', String(tolerance)])
    ),
  runsDiff: (runs: readonly string[]): string => line('runs', 'diff', ...runs),
  reproduce: (run: string): string => line('reproduce', run),
  exportRun: (run: string): string => line('export', run),
  importRun: (file: string): string => line('import', ...word(file)),
  report: (subjects: readonly string[], compared: Omit<Input<'report'>, 'subjects'> = {}): string =>
    line('report', ...subjects, ...Object.entries(compared).flatMap(([key, value]) => [`--${key}`, value])),
  sql: (query: string): string => line('sql', ...word(oneLine(query))),
  datasetList: (): string => line('dataset', 'list'),
  datasetAdd: (name: string, path: string, side: number | null): string =>
    asked('dataset add', { name: name || 'NAME', path: path || 'PATH', side }, { args: ['name', 'path'] }),
  datasetRemove: (name: string): string => line('dataset', 'remove', ...word(name)),
  workspacePrune: (...what: string[]): string => line('workspace', 'prune', ...what),
  runsBulk: (action: string, which: { runs: readonly string[] } | { filter: string }, tag?: string): string =>
    'runs' in which
      ? line('runs', 'bulk', action, ...which.runs, tag === undefined ? null : `--tag=${tag}`)
      : line('runs', 'bulk', action, `--filter=${which.filter}`, tag === undefined ? null : `--tag=${tag}`),
  backup: (file: string): string => line('backup', ...word(file)),
  diagnostics: (file: string, whole: boolean): string =>
    line('diagnostics', `--file=${file}`, ...(whole ? ['--with-workspace'] : [])),
  doctor: (): string => line('doctor')
}
