/** An experiment whose runs name presets: which calibrations it makes, over a real database and a compute process that answers. */
import { expect, it, onTestFinished, vi } from 'vitest'
import type { ToCompute } from '../../src-main/compute/protocol'
import { openService } from '../../src-main/handlers/service'
import { FakeCompute } from '../jobs/fake-compute'
import { temporaryFolder } from '../store/fixtures'

const TARGETS = { leak: 80, reset: 80, threshold: 150 }
const run = (key: string, preset?: string): object => {
  const what = { key, method: 'surrogate', dataset: 'mnist16', on: 'chip', epochs: 1, batch: 100, set: {} }
  return { ...what, ...(preset ? { preset } : {}), quick: null }
}
const EXPERIMENT = {
  name: 'two-presets',
  title: '',
  paper: '',
  suites: [],
  seeds: 1,
  // the third is the second, and taken as it is
  runs: [run('usual'), run('other', 'strong'), run('other again', 'strong')],
  checks: []
}
const ANSWERS: { [question: string]: unknown } = {
  catalogue: {
    routines: [],
    presets: [],
    targets: [],
    methods: [{ name: 'surrogate', label: '', mapped: true, settings: [], preset: 'spiking2', targets: { leak: 80 } }],
    datasets: [],
    benchmarks: [],
    core: 'feed'
  },
  identify: { serial: 'HX-0001', neurons: 512 },
  prepare: { sha256: 'b'.repeat(64), train: 60_000, test: 10_000 },
  configure: { config: { hidden: 246 } },
  experiments: [EXPERIMENT],
  judge: { checks: [], plots: [] },
  preset: { name: 'strong', label: '', help: '', routines: ['leak'], targets: {}, onTop: false },
  aim: { targets: TARGETS, lists: {}, warnings: [] }
}

class Answering extends FakeCompute {
  override post(message: unknown): void {
    super.post(message)
    const said = message as ToCompute
    if (said.type !== 'ask') return
    const { question, input, id } = said
    const named = question === 'preset' ? { name: (input as { name: string }).name } : {}
    const answer = Array.isArray(ANSWERS[question]) ? ANSWERS[question] : { ...(ANSWERS[question] as object), ...named }
    queueMicrotask(() => this.say({ type: 'answer', id, answer }))
  }
}

it('its chip is calibrated once with each preset, and only the usual one becomes active', async () => {
  const compute = new Answering()
  const service = await openService({
    workspace: temporaryFolder(),
    launchCompute: () => compute,
    launchReader: () => new FakeCompute(),
    kernels: 'k',
    resources: 'r',
    version: '0.1.0',
    runtime: 'test',
    threads: 1
  })
  onTestFinished(() => service.close())
  const ask = <T>(name: string, input: unknown): Promise<T> => service.invoke(name, input) as Promise<T>
  const made = { usable: [1], defects: [], routines: [], hardwareMs: 0, targets: TARGETS }
  // every calibration comes to other settings
  const results: { [kind: string]: (k: number) => unknown } = {
    calibrate: (k) => ({ result: { ...made, settings: { k } }, summaries: [], seconds: 0 }),
    train: () => ({ epochs: 1 })
  }
  await ask('experiment', { name: 'two-presets' })
  let ended = 0
  await vi.waitFor(
    async () => {
      for (const { task, kind } of compute.of('start').slice(ended)) {
        ended++
        compute.end(task, { how: 'done', result: results[kind](ended) } as never)
      }
      const { jobs } = await ask<{ jobs: { kind: string; status: string }[] }>('jobs.list', {})
      expect(jobs.find(({ kind }) => kind === 'experiment')?.status).toBe('done')
    },
    { timeout: 5000, interval: 20 }
  )
  const { runs } = await ask<{ runs: { calibration: string }[] }>('runs.list', {})
  expect(runs.map(({ calibration }) => calibration).sort()).toEqual(['c-1', 'c-2'])
  const { chips } = await ask<{ chips: { active: string }[] }>('chip.list', {})
  expect(chips).toMatchObject([{ active: 'c-1' }])
})
