/** Jobs made of other jobs, on a small part of the data: several seeds, disturbed evaluations, the transfer matrix. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

let bench: Bench
beforeAll(() => {
  ensureBuilt()
  bench = newBench()
}, 300_000)
afterAll(() => bench.remove())

interface Seeds {
  run: { id: string; metrics: { testAccuracy: number } }
  seeds: {
    runs: { run: string; seed: number; testAccuracy: number }[]
    median: number
    lowest: number
    highest: number
  }
}
interface Robustness {
  robustness: { run: string; vary: string; levels: { level: number; draws: number; accuracies: number[] }[] }
}
interface Transfer {
  transfer: { runs: { run: string; testAccuracy: number }[]; chips: string[]; accuracy: number[][] }
}

const SMALL = ['--dataset', 'mnist16', '--limit-train', '3000', '--limit-test', '500', '--epochs', '2']

describe('several runs', { timeout: 180_000 }, () => {
  it('of one configuration have a median and a band, and each is an ordinary run', async () => {
    const { run, seeds, status } = await bench.json<Seeds>(
      'train',
      'surrogate',
      ...SMALL,
      '--seed',
      '5',
      '--seeds',
      '3'
    )
    expect(status).toBe(0)
    expect(seeds.runs.map((each) => each.seed)).toEqual([5, 6, 7])
    const sorted = seeds.runs.map((each) => each.testAccuracy).sort((a, b) => a - b)
    expect([seeds.lowest, seeds.median, seeds.highest]).toEqual(sorted)
    expect(run.metrics.testAccuracy).toBe(seeds.median)
    expect(await bench.json('runs', 'list')).toMatchObject({ total: 3 })
  })

  it('are not made again', async () => {
    await bench.json<Seeds>('train', 'surrogate', ...SMALL, '--seed', '5', '--seeds', '2')
    expect(await bench.json('runs', 'list')).toMatchObject({ total: 3 })
  })

  it('are read with units silenced and with neurons that differ; the undisturbed level is the run itself', async () => {
    const { robustness } = await bench.json<Robustness>(
      'robustness',
      'r-1',
      '--vary',
      'silenced=0,0.9,1',
      '--draws',
      '3',
      '--limit-test',
      '500'
    )
    const [none, most, all] = robustness.levels
    const { run } = await bench.json<Seeds>('runs', 'show', 'r-1')
    expect(none.accuracies).toEqual([run.metrics.testAccuracy])
    expect(Math.max(...most.accuracies)).toBeLessThan(run.metrics.testAccuracy)
    expect(new Set(most.accuracies).size).toBeGreaterThan(1)
    // without hidden spikes every image is read as the same class
    expect(new Set(all.accuracies).size).toBe(1)
    expect(all.accuracies[0]).toBeLessThan(0.2)
    const spread = await bench.json<Robustness>(
      'robustness',
      'r-1',
      '--vary',
      'spread=0.5',
      '--draws',
      '2',
      '--limit-test',
      '500'
    )
    for (const accuracy of spread.robustness.levels[0].accuracies) {
      expect(accuracy).toBeLessThan(run.metrics.testAccuracy)
      expect(accuracy).toBeGreaterThan(0.1)
    }
  })

  it('decide early, on less than the whole sample', async () => {
    const vary = 'window=5.1,34'
    const { robustness } = await bench.json<Robustness>('robustness', 'r-1', '--vary', vary, '--limit-test', '500')
    const { run } = await bench.json<Seeds>('runs', 'show', 'r-1')
    const [early, whole] = robustness.levels
    expect(whole.accuracies).toEqual([run.metrics.testAccuracy])
    expect(early.accuracies[0]).toBeLessThan(run.metrics.testAccuracy)
    const evaluation = ['evaluate', 'r-1', '--limit-test', '500', '--window-us']
    expect(await bench.json(...evaluation, '5.1')).toMatchObject({
      evaluation: { testAccuracy: early.accuracies[0], chipTime: null }
    })
    const { status, stderr } = await bench.run([...evaluation, '50'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('3.4 to 34 µs')])
  })

  it('are refused in one line what they cannot have', async () => {
    for (const vary of ['silenced=0,2', 'silenced=', 'noise=0.1']) {
      const { status, stderr } = await bench.run(['robustness', 'r-1', '--vary', vary])
      expect([status, stderr.trim().split('\n').length]).toEqual([2, 1])
    }
  })

  it('make a transfer matrix', async () => {
    const { transfer } = await bench.json<Transfer>('transfer', 'r-1', 'r-2', '--chip', 'ideal', '--limit-test', '500')
    expect(transfer.chips).toEqual(['ideal'])
    expect(transfer.accuracy.map(([there]) => there)).toEqual(transfer.runs.map((each) => each.testAccuracy))
    const { status, stderr } = await bench.run(['transfer', 'r-1', '--chip', 'nowhere'])
    expect(status).toBe(2)
    expect(stderr).toContain('nowhere')
  })
})
