/** Runs: queued, listed, marked, compared. */
import type { runs as endpoints } from '../../contract/runs'
import { IDEAL } from '../chips/placement'
import { conduct } from '../conducted/conductor'
import { conductSeeds } from '../conducted/seeds'
import type { Context, Handlers } from '../context'
import { changeRuns } from './bulk'
import { dashboardOf, detail, groupOf, type Run, runOf } from './shown'
import { preparedRun, startRun } from './start'

type RunHandlers = Handlers<Exclude<keyof typeof endpoints, 'evaluate'>>

export const runs: RunHandlers = {
  'train.usual': async ({ method, dataset, chip, set }, { engine }) => ({
    values: await engine.ask('usual', { method, dataset, onChip: chip !== IDEAL, set })
  }),
  train: async (input, context) => {
    if (input.seeds === 1) return startRun(input, context)
    // refused before anything is recorded
    const { placed } = await preparedRun(input, context)
    const title = `${input.name ?? input.method} on ${placed.chipName}, ${input.seeds} seeds`
    return { job: conduct('seeds', conductSeeds, title, placed.chip, input, context), subject: null }
  },
  'runs.list': (input, { store }) => {
    const { runs, ...sizes } = store.runList.page(input)
    return { runs: runs.map(runOf), ...sizes }
  },
  'runs.facets': ({ filter, deleted }, { store }) => ({ facets: store.runList.facets(filter, deleted) }),
  'runs.groups': ({ filter, by }, { store }) => ({ groups: store.runList.groups(filter, by).map(groupOf) }),
  'runs.show': ({ run }, { store }) => ({ run: detail(store, run) }),
  'runs.dashboard': ({ run }, { store }) => {
    store.runs.summary(run)
    return { dashboard: dashboardOf(store, run) }
  },
  'runs.rename': ({ run, name }, context) => edit(context, run, (id) => context.store.runs.rename(id, name)),
  'runs.star': ({ run, star }, context) => edit(context, run, (id) => context.store.runs.star(id, star)),
  'runs.tag': ({ run, tags }, context) => edit(context, run, (id) => context.store.runs.tag(id, tags)),
  'runs.note': ({ run, note }, context) => edit(context, run, (id) => context.store.runs.note(id, note)),
  'runs.colour': ({ run, colour, line }, context) =>
    edit(context, run, (id) =>
      context.store.runs.style(id, { colour, line: line ?? context.store.runs.summary(id).line })
    ),
  'runs.bulk': (input, { store, emit }) => {
    const changed = changeRuns(store, input)
    emit('changed', { what: 'runs' })
    return changed
  },
  'runs.delete': ({ run }, context) => edit(context, run, (id) => context.store.runs.trash(id, true)),
  'runs.restore': ({ run }, context) => edit(context, run, (id) => context.store.runs.trash(id, false))
}

function edit({ store, emit }: Context, run: string, change: (id: string) => void): { run: Run } {
  const { id } = store.runs.summary(run)
  change(id)
  emit('changed', { what: 'runs' })
  return { run: runOf(store.runs.summary(id)) }
}
