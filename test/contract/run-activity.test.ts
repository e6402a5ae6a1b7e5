/** A figure is named for what it is: networks without spikes have active units, in catalogue, views, reports and commands. */
import { expect, it } from 'vitest'
import { METHODS } from '../../src-main/compute/methods'
import { contract } from '../../src-main/contract/index'
import { activityOf } from '../../src-main/contract/run-activity'
import { runHtml } from '../../src-main/interchange/run-html'
import { COMMANDS } from '../../src-main/cli/commands/index'
import { activityTitle } from '../../src-renderer/lib/runs/activity'
import { RESULTS } from '../../src-renderer/lib/runs/results'
import { runDetail, runs } from '../renderer/harness/runs'

/** activations above 0 count in this one; all others emit events */
const WITHOUT_SPIKES = ['reference']

it('only a method without spikes has active units', () => {
  const names = contract.train.input.shape.method.options
  expect(METHODS.map(({ name }) => name).sort()).toEqual([...names].sort())
  for (const name of names)
    expect(activityOf(name), name).toBe(WITHOUT_SPIKES.includes(name) ? 'active hidden units' : 'hidden spikes')
  expect(activityOf('reference', 'surrogate', 'reference')).toBe('active hidden units or hidden spikes')
  expect(activityTitle('reference')).toBe('Active hidden units')
})

it('a report and a comparison of such a run never speak of spikes', () => {
  const run = { ...runDetail(runs(1, false)[0]), method: 'reference' as const }
  const dashboard = { confusion: null, classes: 10, weights: null, sample: null }
  const html = runHtml({ run, dashboard, command: '', planes: [] }, { related: [], other: null, settings: [] })
  expect(html).toContain('active hidden units a sample')
  expect(html).not.toContain('hidden spikes')
  expect(RESULTS.map(({ called, label }) => called?.('reference') ?? label)).toContain('active hidden units')
  const show = COMMANDS.find(({ path }) => path === 'runs show')?.show as (output: unknown) => string
  expect(show({ run })).toContain('active hidden units')
  expect(show({ run })).not.toContain('spikes')
})
