import { describe, expect, it } from 'vitest'
import { contract, type Input, type Output } from '../../src-main/contract/index'
import { changeRuns as change } from '../../src-main/handlers/runs/bulk'
import type { Store } from '../../src-main/store/index'
import { idealRun, newJob, temporaryStore } from '../store/fixtures'

/** as everybody asks: through the contract */
const changeRuns = (store: Store, input: Input<'runs.bulk'>): Output<'runs.bulk'> =>
  change(store, contract['runs.bulk'].input.parse(input))

function bench(): Store {
  const store = temporaryStore()
  for (let k = 1; k <= 5; k++) {
    const job = newJob(store)
    store.runs.create({ ...idealRun(job), name: k < 4 ? `sweep ${k}` : `other ${k}` })
    // the last one still waits
    if (k < 5) store.jobs.end(job, 'done', '2026-01-01T00:00:00.000Z', false)
  }
  store.runs.tag('r-1', ['night'])
  return store
}

describe('many runs at once', () => {
  it('are those a filter keeps, and only what is otherwise is changed', () => {
    const store = bench()
    expect(changeRuns(store, { action: 'tag', filter: 'sweep', tag: 'night' })).toEqual({ runs: ['r-3', 'r-2'] })
    expect(store.runs.summary('r-2').tags).toEqual(['night'])
    expect(changeRuns(store, { action: 'untag', runs: ['r-3', 'r-2'], tag: 'night' }).runs).toHaveLength(2)
    expect(store.runs.summary('r-1').tags).toEqual(['night'])
    expect(changeRuns(store, { action: 'star', filter: '' }).runs).toHaveLength(5)
    expect(changeRuns(store, { action: 'star', filter: '' }).runs).toHaveLength(0)
  })

  it('go to the trash unless they still work, and come back', () => {
    const store = bench()
    expect(changeRuns(store, { action: 'trash', filter: '' }).runs).toEqual(['r-4', 'r-3', 'r-2', 'r-1'])
    expect(changeRuns(store, { action: 'restore', filter: 'sweep' }).runs).toEqual(['r-3', 'r-2', 'r-1'])
    expect(store.runList.ids('', true)).toEqual(['r-4'])
  })

  it('are refused as a whole when one is not there, or when it is not said which', () => {
    const store = bench()
    expect(() => changeRuns(store, { action: 'star', runs: ['r-1', 'r-9'] })).toThrow('run "r-9" does not exist')
    expect(store.runs.summary('r-1').star).toBe(false)
    expect(() => changeRuns(store, { action: 'star' })).toThrow('allowed: one of the two')
    expect(() => changeRuns(store, { action: 'tag', filter: '' })).toThrow('allowed: a tag with tag and untag')
  })
})
