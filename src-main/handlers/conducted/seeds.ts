/** The same run with several seeds, one after the other: median and band of what they reach. */
import type { Output, Parsed } from '../../contract/index'
import { oneRun, type Tell } from './conductor'
import type { Context } from '../context'
import { detail } from '../runs/shown'

export async function conductSeeds(job: string, context: Context, tell: Tell): Promise<Output<'train'>> {
  const { store } = context
  const { seeds, ...input } = store.jobs.input(job) as Parsed<'train'>
  const made: { run: string; seed: number; testAccuracy: number | null }[] = []
  for (let k = 0; k < seeds; k++) {
    const seed = input.seed + k
    tell(k / seeds, `seed ${seed}, ${k + 1} of ${seeds}`)
    const name = input.name ? { name: `${input.name}, seed ${seed}` } : {}
    const run = await oneRun({ ...input, ...name, seed, seeds: 1 }, job, context)
    made.push({ run, seed, testAccuracy: store.runs.summary(run).metrics.testAccuracy })
  }
  const sorted = [...made].sort((a, b) => (a.testAccuracy ?? 0) - (b.testAccuracy ?? 0))
  const accuracies = sorted.map(({ testAccuracy }) => testAccuracy ?? 0)
  const median = (accuracies[(seeds - 1) >> 1] + accuracies[seeds >> 1]) / 2
  const band = { runs: made, median, lowest: accuracies[0], highest: accuracies[seeds - 1] }
  return { run: detail(store, sorted[(seeds - 1) >> 1].run), seeds: band }
}
