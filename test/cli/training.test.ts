/** Work that lasts: calibrating, training, stopping, being killed and resuming, on a small part of the data. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended, ensureBuilt, newBench, says, type Bench } from './inloop'

let bench: Bench
beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  await bench.run(['chip', 'new', '--seed', '1'])
}, 300_000)
afterAll(() => bench.remove())

interface Run {
  id: string
  job: string
  status: string
  configHash: string
  epochsDone: number
  metrics: { testAccuracy: number; n: number }
  history: { epoch: number }[]
  config: { [key: string]: unknown }
  provenance: { weightsSha256: string; threads: number; excluded: string; [key: string]: unknown }
}
interface Job {
  id: string
  status: string
  resumable: boolean
}

const SMALL = [
  'train',
  'surrogate',
  '--dataset',
  'mnist16',
  '--limit-train',
  '2000',
  '--limit-test',
  '500',
  '--seed',
  '3'
]
const FOUR = [...SMALL, '--chip', 'ideal', '--epochs', '4']
const train = async (args: readonly string[]): Promise<Run & { exit: number | null }> => {
  const { run, status } = await bench.json<{ run: Run }>(...args)
  return { ...run, exit: status }
}

describe('a run', { timeout: 120_000 }, () => {
  let whole: Run
  it('is recorded with what it was made of, and learns', async () => {
    const run = await train([...FOUR, '--threads', '1'])
    whole = run
    expect(run).toMatchObject({
      exit: 0,
      status: 'done',
      epochsDone: 4,
      metrics: { n: 500 },
      config: { limitTrain: 2000, seed: 3, hidden: 246 }
    })
    expect(run.history.map((e) => e.epoch)).toEqual([1, 2, 3, 4])
    expect(run.metrics.testAccuracy).toBeGreaterThan(0.7)
    expect(run.configHash).toMatch(/^[0-9a-f]{64}$/)
    for (const key of ['app', 'core', 'schema', 'runtime', 'host', 'datasetSha256'])
      expect(run.provenance[key]).toBeTruthy()
    expect(await bench.json('runs', 'list')).toMatchObject({ runs: [{ id: run.id, status: 'done' }] })
  })

  it('has the same weights, to the bit, on two threads', async () => {
    const run = await train([...FOUR, '--threads', '2'])
    expect(run.provenance).toMatchObject({ threads: 2, weightsSha256: whole.provenance.weightsSha256 })
    expect(run.configHash).toBe(whole.configHash)
  })

  it('that is killed is found interrupted, and resumes to the same weights', async () => {
    const child = bench.start(FOUR)
    const closed = ended(child)
    await says(child, 'epoch 2:')
    child.kill('SIGKILL')
    await closed
    const { jobs } = await bench.json<{ jobs: Job[] }>('jobs', 'list')
    expect(jobs[0]).toMatchObject({ status: 'interrupted', resumable: true })
    const resumed = await train(['resume', jobs[0].id])
    expect(resumed).toMatchObject({ exit: 0, status: 'done', epochsDone: 4 })
    expect(resumed.provenance.weightsSha256).toBe(whole.provenance.weightsSha256)
  })

  it('that is stopped by Ctrl-C keeps what is done and says how to go on', async () => {
    const child = bench.start([...FOUR, '--json'])
    const closed = ended(child)
    await says(child, 'epoch 1:')
    child.kill('SIGINT')
    const { status, stdout, stderr } = await closed
    expect(status).toBe(3)
    const { run } = JSON.parse(stdout) as { run: Run }
    expect(run.status).toBe('interrupted')
    expect(run.epochsDone).toBeGreaterThanOrEqual(1)
    expect(stderr).toContain(`inloop resume ${run.job}`)
    const resumed = await train(['resume', run.job])
    expect(resumed.provenance.weightsSha256).toBe(whole.provenance.weightsSha256)
    expect(await bench.json('resume', run.job)).toMatchObject({ status: 2, error: { code: 'conflict' } })
  })

  it('is stopped from another process', async () => {
    const child = bench.start([...SMALL, '--chip', 'ideal', '--epochs', '1000'])
    const closed = ended(child)
    await says(child, 'epoch 1:')
    const { jobs } = await bench.json<{ jobs: Job[] }>('jobs', 'list')
    expect(jobs[0].status).toBe('running')
    expect(await bench.json('jobs', 'cancel', jobs[0].id)).toMatchObject({ status: 0 })
    expect((await closed).status).toBe(3)
    const after = await bench.json<{ jobs: Job[] }>('jobs', 'list')
    expect(after.jobs[0]).toMatchObject({ id: jobs[0].id, status: 'cancelled', resumable: true })
  })

  it('is evaluated, and compares equal with its repetition', async () => {
    expect(await bench.json('evaluate', whole.id)).toMatchObject({
      status: 0,
      evaluation: { run: whole.id, chip: 'ideal', n: 10_000, calibration: null }
    })
    const same = await bench.json('evaluate', whole.id, '--limit-test', '500')
    expect(same).toMatchObject({ evaluation: { testAccuracy: whole.metrics.testAccuracy, n: 500 } })
    expect(await bench.json('compare', 'r-1', 'r-3', '--fail-on-difference')).toMatchObject({
      status: 0,
      compare: { settings: [] }
    })
    const other = await train([
      ...SMALL,
      '--chip',
      'ideal',
      '--epochs',
      '1',
      '--set',
      'dropout=0.2',
      '--name',
      'with dropout'
    ])
    const differing = await bench.json<{ compare: { settings: { key: string }[] } }>(
      'compare',
      'r-1',
      other.id,
      '--fail-on-difference'
    )
    expect(differing.status).toBe(1)
    expect(differing.compare.settings.map((s) => s.key).sort()).toEqual(['dropout', 'epochs'])
  })
})

describe('what a person writes on a run', () => {
  it('is kept', async () => {
    expect(await bench.json('runs', 'rename', 'r-1', 'best so far')).toMatchObject({ run: { name: 'best so far' } })
    const drawn = { colour: 'ochre', line: 'dotted' }
    expect(await bench.json('runs', 'colour', 'r-1', 'ochre', '--line', 'dotted')).toMatchObject({ run: drawn })
    expect(await bench.json('runs', 'star', 'r-1')).toMatchObject({ run: { star: true } })
    expect(await bench.json('runs', 'star', 'r-1', '--no-star')).toMatchObject({ run: { star: false } })
    expect(await bench.json('runs', 'tag', 'r-1', 'a', 'b')).toMatchObject({ run: { tags: ['a', 'b'] } })
    expect(await bench.json('runs', 'tag', 'r-1')).toMatchObject({ run: { tags: [] } })
    expect(await bench.json('runs', 'note', 'r-1', 'look again')).toMatchObject({ run: { note: 'look again' } })
    expect(await bench.json('runs', 'delete', 'r-1')).toMatchObject({ run: { deleted: true } })
    expect(await bench.json('runs', 'list', '--deleted')).toMatchObject({ runs: [{ id: 'r-1' }] })
    expect(await bench.json('runs', 'restore', 'r-1')).toMatchObject({ run: { deleted: false } })
  })
})

describe('a chip', { timeout: 240_000 }, () => {
  it('is calibrated, accepted, trained in the loop, and refused with other targets', async () => {
    const made = await bench.json<{
      calibration: { id: string; usable: number; routines: { name: string; passed: boolean; failed: number[] }[] }
    }>('calibrate', 'hx-1')
    expect(made).toMatchObject({ status: 0, calibration: { id: 'c-1', neurons: 512, chip: 'hx-1' } })
    expect(made.calibration.routines.filter((routine) => !routine.passed)).toEqual([])
    expect(await bench.json('accept', 'c-1')).toMatchObject({ status: 0, passed: true })

    await bench.run(['exclude', 'hx-1', '0', '--reason', 'test'])
    const run = await train([...SMALL, '--chip', 'hx-1', '--epochs', '1'])
    expect(run).toMatchObject({
      exit: 0,
      calibration: 'c-1',
      chip: 'hx-1',
      provenance: { excluded: '0', calibrationUse: 'calibrated' }
    })
    expect(run.metrics.testAccuracy).toBeGreaterThan(0.5)
    const uncalibrated = await bench.json('evaluate', run.id, '--calibration', 'none', '--limit-test', '500')
    expect(uncalibrated).toMatchObject({ evaluation: { calibration: null, calibrationUse: 'median' } })

    const other = await bench.json(
      'calibrate',
      'hx-1',
      '--routine',
      'leak',
      '--target',
      'leak=100',
      '--target',
      'reset=90'
    )
    expect(other).toMatchObject({ status: 0, calibration: { id: 'c-2', active: true } })
    const { status, stderr } = await bench.run([...SMALL, '--chip', 'hx-1', '--epochs', '1'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/c-2 .* leak 100 \(needs 80\), reset 90 \(needs 80\)/)
    // on its own chip as it was trained, whatever is active by now
    const again = await bench.json('evaluate', run.id, '--limit-test', '500')
    expect(again).toMatchObject({ evaluation: { calibration: 'c-1', calibrationUse: 'calibrated' } })
    expect(await bench.json('calibration', 'activate', 'c-1')).toMatchObject({ calibration: { active: true } })
  })
})
