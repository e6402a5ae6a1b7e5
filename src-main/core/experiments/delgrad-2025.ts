/** Göltz, Weber, Kriener et al. 2025 (DelGrad), Nat. Commun. 16:8245: what delays that are learnt are worth. */
import { reaches } from './judge'
import type { Config } from '../training/types'
import type { Check, Experiment, ExperimentRun } from './types'

const run = (key: string, batch: number, set: Config): ExperimentRun => ({
  key,
  method: 'delgrad',
  dataset: 'yin-yang',
  on: 'ideal',
  epochs: 300,
  batch,
  set,
  quick: { epochs: 60 }
})

const better = (name: string, of: string, less: string, by: number, paper: number | null = null): Check => ({
  name,
  value: { kind: 'difference', of, less },
  paper,
  band: [by, null],
  quick: [-2, null]
})

export const delgrad2025: Experiment = {
  name: 'delgrad-2025',
  title: 'DelGrad: exact gradients for delays',
  paper: 'Göltz, Weber, Kriener et al. 2025, Nat. Commun. 16:8245',
  suites: ['delgrad'],
  seeds: 5,
  runs: [
    run('W', 150, { delays: 'none' }),
    run('WA', 150, { delays: 'axonal' }),
    run('WS', 150, { delays: 'synaptic' }),
    run('H5 WS', 150, { delays: 'synaptic', hidden: 5 }),
    run('noisy W', 40, { delays: 'none', noise: 'hardware' }),
    run('noisy WA', 40, { delays: 'axonal', noise: 'hardware' })
  ],
  checks: [
    reaches('weights alone, test %', 'W', 96.7, 1, 5),
    reaches('axonal delays, test %', 'WA', 97.5, 1, 5),
    reaches('synaptic delays, test %', 'WS', 98.2, 1, 5),
    reaches('five hidden units, synaptic delays, test %', 'H5 WS', 95.4, 1, 10),
    better('axonal delays gain, points', 'WA', 'W', 1e-9, 0.8),
    better('synaptic delays gain more, points', 'WS', 'WA', 1e-9, 0.7),
    {
      name: 'published noise model, weights alone, test %',
      value: { kind: 'median', run: 'noisy W' },
      paper: 84.9,
      band: [82, 88],
      quick: [70, 95]
    },
    {
      name: 'published noise model, axonal delays, test %',
      value: { kind: 'median', run: 'noisy WA' },
      paper: 92.8,
      band: [91, null],
      quick: [75, null]
    },
    better('published noise model, axonal delays gain, points', 'noisy WA', 'noisy W', 4, 7.9)
  ]
}
