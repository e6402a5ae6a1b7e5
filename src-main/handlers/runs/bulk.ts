/** What is done to many runs at once: all of it or nothing, and only to those that it changes. */
import { InloopError } from '../../contract/errors'
import type { Output, Parsed } from '../../contract/index'
import type { RunSummary } from '../../store/runs/runs'
import type { Store } from '../../store/index'

type Input = Parsed<'runs.bulk'>

/** @returns ids of the runs that are otherwise than before */
export function changeRuns(store: Store, input: Input): Output<'runs.bulk'> {
  const { action, runs, filter, tag } = input
  if ((runs === undefined) === (filter === undefined))
    throw new InloopError('bad-input', 'runs, filter: allowed: one of the two')
  if ((action === 'tag' || action === 'untag') !== (tag !== undefined))
    throw new InloopError(
      'bad-input',
      `tag: ${tag ?? 'nothing'} given; allowed: a tag with tag and untag, nothing else`
    )
  return store.transaction(() => {
    const ids = runs ?? store.runList.ids(filter ?? '', action === 'restore')
    return { runs: ids.filter((id) => change(store, store.runs.summary(id), action, tag ?? '')) }
  })
}

function change({ runs }: Store, run: RunSummary, action: Input['action'], tag: string): boolean {
  const { id, star, tags, deleted, status } = run
  if (action === 'star' || action === 'unstar') {
    if (star === (action === 'star')) return false
    runs.star(id, !star)
  } else if (action === 'tag' || action === 'untag') {
    if (tags.includes(tag) === (action === 'tag')) return false
    runs.tag(id, action === 'tag' ? [...tags, tag] : tags.filter((other) => other !== tag))
  } else {
    // what still works is not hidden
    if (deleted === (action === 'trash') || ['queued', 'running', 'paused'].includes(status)) return false
    runs.trash(id, !deleted)
  }
  return true
}
