/** The command that does the same as a form or a page. */
import type { Input } from '../../../src-main/contract'
import { TOLERANCE } from '../../../src-main/contract/accuracy-delta'
import { hex14 } from '../chip/crossbar-model'

function line(...parts: (string | number | null | undefined)[]): string {
  return [
    'inloop',
    ...parts.filter((part) => part !== null && part !== undefined).map((part) => quoted(String(part)))
  ].join(' ')
}

/** a word that begins with a minus would be read as an option; it comes last */
function word(text: string): string[] {
  return text.startsWith('-') ? ['--', text] : [text]
}

/** on one line, unless that would change it: a comment ends with its line, and blanks within quotes are meant */
function oneLine(query: string): string {
  return /--|'|"/.test(query) ? query.trim() : query.replace(/\s+/g, ' ').trim()
}

function quoted(text: string): string {
  return /^[\w.,:=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** as much of a line as a hint shows; what is copied is whole */
export function hintOf(command: string): string {
  return command.length > HINT ? `${command.slice(0, HINT)} …` : command
}
const HINT = 240

function pairs(flag: string, values: Record<string, unknown>): string[] {
  return Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${String(value)}`])
}

/** where the command line writes a setting otherwise */
const SCOPE_FLAGS: Record<string, string> = {
  durationUs: '--duration',
  rateKHz: '--rate',
  offsetCurrent: '--offset-current',
  leakShift: '--leak-shift'
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
  chipList: (): string => line('chip', 'list'),
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
  calibrationImport: (file: string, chip: string, other: boolean): string =>
    line('calibration', 'import', file, '--chip', chip, ...(other ? ['--allow-other-chip'] : [])),
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
  chipConverters: (chip: string): string => line('chip', 'converters', chip),
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
  runsList: (filter = ''): string => line('runs', 'list', ...(filter === '' ? [] : word(filter))),
  runsGroups: (filter: string, by: string): string =>
    line('runs', 'groups', '--by', by, ...(filter === '' ? [] : word(filter))),
  whatIf: (run: string, changes: Record<string, number>): string =>
    line('runs', 'what-if', run, ...Object.entries(changes).flatMap(([key, value]) => [`--${key}`, value])),
  runColour: (run: string, colour: string, style: string): string =>
    line('runs', 'colour', run, colour, '--line', style),
  runShow: (run: string): string => line('runs', 'show', run),
  runStar: (run: string, star: boolean): string => line('runs', 'star', run, ...(star ? [] : ['--no-star'])),
  runRename: (run: string, name: string): string => line('runs', 'rename', run, ...word(name)),
  runNote: (run: string, note: string): string => line('runs', 'note', run, ...word(note)),
  runTag: (run: string, tags: readonly string[]): string =>
    line('runs', 'tag', run, ...(tags.some((tag) => tag.startsWith('-')) ? ['--'] : []), ...tags),
  runDeleted: (run: string, deleted: boolean): string => line('runs', deleted ? 'delete' : 'restore', run),
  evaluate: ({ run, chip, calibration }: Input<'evaluate'>): string =>
    line(
      'evaluate',
      run,
      ...(chip === undefined ? [] : ['--chip', chip]),
      ...(calibration === undefined ? [] : ['--calibration', calibration])
    ),
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
  importRun: (file: string): string => line('import', file),
  report: (subjects: readonly string[], compared: Omit<Input<'report'>, 'subjects'> = {}): string =>
    line('report', ...subjects, ...Object.entries(compared).flatMap(([key, value]) => [`--${key}`, value])),
  sql: (query: string): string => line('sql', ...word(oneLine(query))),
  datasetList: (): string => line('dataset', 'list'),
  datasetAdd: (name: string, path: string, side: number | null): string =>
    line('dataset', 'add', name || 'NAME', path || 'PATH', ...(side === null ? [] : ['--side', side])),
  datasetRemove: (name: string): string => line('dataset', 'remove', name),
  workspacePrune: (what: string): string => line('workspace', 'prune', what),
  runsBulk: (action: string, which: { runs: readonly string[] } | { filter: string }, tag?: string): string =>
    'runs' in which
      ? line('runs', 'bulk', action, ...which.runs, tag === undefined ? null : `--tag=${tag}`)
      : line('runs', 'bulk', action, `--filter=${which.filter}`, tag === undefined ? null : `--tag=${tag}`),
  backup: (file: string): string => line('backup', file),
  diagnostics: (file: string, whole: boolean): string =>
    line('diagnostics', `--file=${file}`, ...(whole ? ['--with-workspace'] : [])),
  doctor: (): string => line('doctor')
}
