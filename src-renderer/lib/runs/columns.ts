/**
 * The columns a list of runs can have, in order: which are shown is the operator's choice and is remembered. Name, status,
 * accuracy and how far that is above the reference come first, so that they are in sight in a narrow list, too.
 */
import type { Input } from '../../../src-main/contract'
import { deltaOf } from '../../../src-main/contract/accuracy-delta'
import type { Run } from '../../api/types'
import { duration, fixed, moment, NONE, rate, signed } from '../text/format'

export type SortKey = NonNullable<Input<'runs.list'>['sort']>

export interface RunColumn {
  /** tags and curves have no order, and above the reference the order is that of the accuracy */
  key: SortKey | 'tags' | 'above' | 'curve'
  label: string
  /** of a grid track */
  width: string
  num?: boolean
  title?: string
  /** shown until an operator chooses */
  usual: boolean
  text: (run: Run, now: number, reference: Run | null) => string
}

export const RUN_COLUMNS: readonly RunColumn[] = [
  {
    key: 'above',
    label: 'Δ ref., pp',
    width: '78px',
    num: true,
    title:
      'Test accuracy above the reference of the workspace; ≈: by less than two standard errors, as if they had read different samples (compared, the two are paired)',
    usual: false,
    text: (run, _, reference) => aboveReference(run, reference)
  },
  { key: 'method', label: 'Method', width: '74px', usual: false, text: (run) => run.method },
  { key: 'dataset', label: 'Data set', width: '70px', usual: true, text: (run) => run.dataset },
  { key: 'chip', label: 'Chip', width: '74px', usual: true, text: (run) => run.chipName },
  {
    key: 'calibration',
    label: 'Calib.',
    width: '62px',
    usual: true,
    text: (run) => run.calibration ?? (run.chip === 'ideal' ? NONE : 'none')
  },
  { key: 'seed', label: 'Seed', width: '52px', num: true, usual: false, text: (run) => String(run.seed) },
  { key: 'tags', label: 'Tags', width: '96px', usual: false, text: (run) => run.tags.join(', ') },
  {
    key: 'spikes',
    label: 'Spikes',
    width: '58px',
    num: true,
    title: 'Hidden spikes a sample; of networks without spikes the active hidden units',
    usual: false,
    text: (run) => fixed(run.metrics.hiddenSpikesPerSample, 1)
  },
  {
    key: 'epochs',
    label: 'Epochs',
    width: '84px',
    num: true,
    usual: false,
    text: (run) => `${run.epochsDone}/${run.epochs}`
  },
  {
    key: 'curve',
    label: 'Curve',
    width: '62px',
    title:
      'Test accuracy by epoch, of as many as were asked for; one scale for all: the error from 90 to 0.5 %, logarithmic',
    usual: true,
    text: () => ''
  },
  {
    key: 'rate',
    label: 'Samples/s',
    width: '72px',
    num: true,
    title: 'Samples a second, mean over the epochs',
    usual: false,
    text: (run) => rate(run.samplesPerSecond)
  },
  { key: 'seconds', label: 'Took', width: '84px', num: true, usual: false, text: (run) => duration(run.seconds) },
  {
    key: 'started',
    label: 'Started',
    width: '66px',
    num: true,
    usual: true,
    text: (run, now) => moment(run.createdAt, now)
  }
]

/** points of a per cent; the reference is set in the comparison or beside the list */
function aboveReference(run: Run, reference: Run | null): string {
  if (reference === null) return NONE
  if (run.id === reference.id) return 'ref.'
  const delta = deltaOf([reference.metrics], [run.metrics], 0)
  return delta === null ? NONE : `${delta.told ? '' : '≈ '}${signed(delta.points, 2)}`
}

/** columns that the chosen ones follow: compare, star, name, status, accuracy */
export function trackOf(columns: readonly RunColumn[]): string {
  return `30px 26px minmax(160px, 1fr) 90px 104px ${columns.map((column) => column.width).join(' ')}`
}

/** least width of the table, px */
export function widthOf(columns: readonly RunColumn[]): number {
  return 30 + 26 + 160 + 90 + 104 + 8 + columns.reduce((sum, column) => sum + parseInt(column.width, 10), 0)
}

/** a run in a file: full precision, plain names */
export const RUNS_CSV = [
  'id',
  'name',
  'status',
  'method',
  'dataset',
  'chip',
  'calibration',
  'seed',
  'epochs',
  'epochs_done',
  'test_accuracy',
  'train_accuracy',
  'n',
  'hidden_spikes',
  'samples_per_second',
  'seconds',
  'started',
  'star',
  'tags',
  'note',
  'config_sha256'
] as const

export function runCells(run: Run): (string | number | null)[] {
  const { id, name, status, method, dataset, chipName, calibration, seed, epochs, epochsDone, metrics } = run
  const { testAccuracy, trainAccuracy, n, hiddenSpikesPerSample } = metrics
  return [
    ...[id, name, status, method, dataset, chipName, calibration, seed, epochs, epochsDone],
    ...[testAccuracy, trainAccuracy, n, hiddenSpikesPerSample, run.samplesPerSecond, run.seconds, run.createdAt],
    ...[run.star ? 1 : 0, run.tags.join(' '), run.note, run.configHash]
  ]
}
