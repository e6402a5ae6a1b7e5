/** Göltz, Kriener et al. 2021, Nat. Mach. Intell. 3:823: first-spike times, on ideal and in the loop. */
import { reaches } from './judge'
import type { Experiment } from './types'

const points = { method: 'first-spike', dataset: 'yin-yang' }

export const goeltz2021: Experiment = {
  name: 'goeltz-2021',
  title: 'Fast and deep: learning with first-spike times',
  paper: 'Göltz, Kriener et al. 2021, Nat. Mach. Intell. 3:823',
  suites: ['ttfs'],
  seeds: 3,
  runs: [
    { key: 'points', ...points, on: 'ideal', epochs: 300, batch: 150, set: {}, quick: { epochs: 60 } },
    { key: 'points on chip', ...points, on: 'chip', epochs: 200, batch: 40, set: {}, quick: { epochs: 40 } },
    {
      key: 'points, membrane twice as slow',
      ...points,
      on: 'ideal',
      epochs: 300,
      batch: 150,
      set: { tauRatio: 2 },
      quick: { epochs: 60 }
    },
    {
      key: 'digits on chip',
      method: 'first-spike',
      dataset: 'mnist16',
      on: 'chip',
      epochs: 60,
      batch: 200,
      set: { hidden: 246 },
      quick: null
    },
    {
      key: 'digits',
      method: 'first-spike',
      dataset: 'mnist28',
      on: 'ideal',
      epochs: 150,
      batch: 80,
      set: { hidden: 350 },
      quick: null
    }
  ],
  checks: [
    reaches('Yin-Yang, ideal, test %', 'points', 95.9, 0.3, 5),
    reaches('Yin-Yang in the loop, 6-bit weights, test %', 'points on chip', 95, 0.3, 12),
    reaches('MNIST 16 × 16 in the loop, test %', 'digits on chip', 96.9, 0.3, 4),
    reaches('MNIST 28 × 28, ideal, test %', 'digits', 97, 0.3, 4)
  ]
}
