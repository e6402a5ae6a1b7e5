/** Kriener, Göltz, Petrovici 2022 (arXiv 2102.08211): the data set and what ordinary networks make of it. */
import type { Check, Experiment, ExperimentRun } from './types'

const run = (network: string): ExperimentRun => ({
  key: network,
  method: 'reference',
  dataset: 'yin-yang',
  on: 'ideal',
  epochs: 300,
  batch: 20,
  set: { network },
  quick: { epochs: 60 }
})

/** within one published standard deviation; three in a quick run */
const within = (name: string, network: string, paper: number, sd: number): Check => ({
  name,
  value: { kind: 'median', run: network },
  paper,
  band: [paper - sd, Math.min(100, paper + sd)],
  quick: [paper - 3 * sd, Math.min(100, paper + 3 * sd)]
})

export const yinYangReferences: Experiment = {
  name: 'yin-yang',
  title: 'The Yin-Yang data set and its reference networks',
  paper: 'Kriener, Göltz, Petrovici 2022, arXiv 2102.08211',
  suites: ['yin_yang'],
  // as many as the paper has
  seeds: 20,
  runs: [run('ann'), run('frozen'), run('shallow')],
  checks: [
    within('artificial network 4-30-3, test %', 'ann', 97.6, 1.5),
    within('hidden weights frozen, test %', 'frozen', 85.5, 5.8),
    within('no hidden layer, test %', 'shallow', 63.8, 1)
  ]
}
