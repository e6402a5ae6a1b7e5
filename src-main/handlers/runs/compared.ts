/** Runs beside each other, or groups of them: settings that differ, every metric (of a group its median), and the base. */
import { deltaOf, type Ended, middleOf, type Pair, pairOf, type Readings } from '../../contract/accuracy-delta'
import { InloopError } from '../../contract/errors'
import type { comparisons as endpoints } from '../../contract/comparisons'
import type { Output, Parsed } from '../../contract/index'
import { groupedBy } from '../../contract/run-groups'
import type { Store } from '../../store/index'
import type { Run } from '../../store/runs/runs'
import { IDEAL } from '../chips/placement'
import type { Handlers } from '../context'
import { readingOf } from './reading'
import { referenceOf } from './reference'
import { dashboardOf, differences, medianOf } from './shown'

/** as many lines as an eye tells apart, and a table has columns for */
const MOST = 10

interface Group {
  name: string
  runs: Run[]
}

export const comparisons: Handlers<keyof typeof endpoints> = {
  'runs.diff': ({ runs: given }, { store }) => {
    const ids = distinct(given)
    return { runs: ids.map((id) => headOf(store.runs.summary(id))), diff: differences(store, ids) }
  },
  'runs.paired': ({ base, runs }, { store }) => {
    const against = readingsOf(store, base)
    return { paired: runs.map((run) => ({ run, pair: pairOf(against, readingsOf(store, run)) })) }
  },
  compare: (input, context) => ({ compare: compared(context, input) })
}

/** each once, in the order given @throws InloopError when there is nothing to compare, or too much */
export function distinct(given: readonly string[], most = MOST): string[] {
  const ids = [...new Set(given)]
  if (ids.length < 2)
    throw new InloopError(
      'bad-input',
      `runs: ${given.join(' ')}; allowed: two or more different runs, or one beside a reference that is another`
    )
  if (ids.length > most) {
    throw new InloopError('bad-input', `runs: ${ids.length} given; allowed: at most ${most}, or groups of them (by)`)
  }
  return ids
}

export function compared(
  { store }: { store: Store },
  { runs, by: wished, base: asked, tolerance }: Parsed<'compare'>
): Output<'compare'>['compare'] {
  const reference = referenceOf(store)
  const against = asked ?? reference
  const alone = against !== null && runs.every((id) => id === runs[0]) && runs[0] !== against
  const by = alone ? 'run' : wished
  const ids = distinct(alone ? [against, runs[0]] : runs, by === 'run' ? MOST : Infinity)
  const groups = grouped(
    ids.map((id) => store.runs.get(id)),
    by
  )
  if (groups.length > MOST) {
    throw new InloopError('bad-input', `runs: ${groups.length} groups by ${by}; allowed: at most ${MOST}`)
  }
  const base = baseOf(store, groups, against ?? ids[0])
  const row = (key: string, of: (run: Run) => number | null) => ({
    key,
    values: groups.map((group) => middle(group.runs.map(of)))
  })
  return {
    heads: groups.map((group) => ({ name: group.name, runs: group.runs.map(({ id }) => id) })),
    settings: together(differences(store, ids), groups, ids),
    metrics: [
      ...(by === 'run' ? [] : [{ key: 'runs', values: groups.map((group) => group.runs.length) }]),
      row('testAccuracy', (r) => r.metrics.testAccuracy),
      row('trainAccuracy', (r) => r.metrics.trainAccuracy),
      row('hiddenSpikesPerSample', (r) => r.metrics.hiddenSpikesPerSample),
      row('n', (r) => r.metrics.n),
      row('epochsDone', (r) => r.epochsDone),
      row('samplesPerSecond', (r) => r.samplesPerSecond),
      row('seconds', (r) => r.seconds)
    ],
    base: {
      name: base.name,
      runs: base.runs.map(({ id }) => id),
      testAccuracy: middleOf(base.runs.map(endedOf))?.median ?? null,
      reference: base.runs.some(({ id }) => id === reference)
    },
    deltas: groups.map((group) =>
      group === base
        ? null
        : deltaOf(base.runs.map(endedOf), group.runs.map(endedOf), tolerance, pairedIn(store, base, group))
    )
  }
}

/** the group that holds the run, else the run alone */
function baseOf(store: Store, groups: readonly Group[], id: string): Group {
  const holds = groups.find((group) => group.runs.some((run) => run.id === id))
  if (holds) return holds
  const run = store.runs.get(id)
  return { name: headOf(run), runs: [run] }
}

/** of single runs; null: groups, or what was read right is not kept of both */
function pairedIn(store: Store, { runs: [a, ...more] }: Group, { runs: [b, ...others] }: Group): Pair | null {
  return more.length + others.length > 0 ? null : pairOf(readingsOf(store, a.id), readingsOf(store, b.id))
}

function readingsOf(store: Store, id: string): Readings {
  const { metrics, datasetSha256: data, config } = store.runs.get(id)
  const limit = typeof config['limitTest'] === 'number' ? config['limitTest'] : null
  return { ...endedOf({ metrics }), data, limit, right: dashboardOf(store, id).right ?? null }
}

const endedOf = ({ metrics: { testAccuracy, n } }: Pick<Run, 'metrics'>): Ended => ({ testAccuracy, n })

function grouped(list: readonly Run[], by: Parsed<'compare'>['by']): Group[] {
  if (by === 'run') return list.map((run) => ({ name: headOf(run), runs: [run] }))
  const shown = list.map((run) => ({
    ...run,
    run,
    chipName: run.chipName ?? IDEAL,
    calibration: run.calibrationUse === 'calibrated' ? run.calibration : null
  }))
  return groupedBy(shown, by).map(({ name, runs }) => ({ name, runs: runs.map(({ run }) => run) }))
}

/** what a column is called */
const headOf = ({ id, name }: Pick<Run, 'id' | 'name'>): string => (name === id ? id : `${id} ${name}`)

function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return medianOf(known.sort((a, b) => a - b))
}

/** one value a group; where its members differ, all of them */
function together(
  rows: ReturnType<typeof differences>,
  groups: readonly Group[],
  ids: readonly string[]
): ReturnType<typeof differences> {
  return rows.map(({ key, values }) => ({
    key,
    values: groups.map(({ runs }) => {
      const own = [...new Set(runs.map(({ id }) => values[ids.indexOf(id)]))]
      return own.length === 1 ? own[0] : own.map(readingOf).join(', ')
    })
  }))
}
