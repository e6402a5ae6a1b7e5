/**
 * Cramer, Billaudelle et al. 2022, PNAS 119(4) e2109194119: surrogate gradients with the chip in the loop.
 *
 * As in the paper: 256-246-10, batches of 100, Adam at 1.5e-3, 100 epochs, rotation by up to 15°, dropout of hidden units
 * on the chip. Unlike it: on the chip the learning rate falls by 8 % an epoch or, with augmentation, along half a cosine
 * (the paper's falls by 3 %), chosen on training samples that were set aside. As in the paper the study of spread is made on
 * a chip that is set wrong on purpose, with draws of its own for each seed.
 */
import { reaches } from './judge'
import type { Config } from '../training/types'
import type { Check, Experiment, ExperimentRun } from './types'

const ANNEALED: Config = { schedule: 'cosine' }
/** on the chip, without augmentation: at larger rates the hidden spikes grow and the training images are learnt by heart */
const CHIP: Config = { decay: 0.92 }
const AUGMENTED: Config = { ...ANNEALED, rotation: 15, dropout: 0.15 }

/**
 * factors of the squared spike counts in the loss; 5e-4 is the paper's. With few spikes each of them counts, so units are
 * dropped while training: on samples that were set aside 0.05 comes to 97.1 % at 20.4 spikes with it (results.md)
 */
const BURSTS = [0.03, 0.08, 0.2]
const SPARSE: Config = { ...ANNEALED, dropout: 0.15 }
const burstKey = (burst: number): string => `digits on chip, burst ${burst}`

const SPREADS = [0.1, 0.2, 0.3, 0.4, 0.5]
const SILENCED = { name: 'silenced', levels: [0, 0.05, 0.1, 0.15, 0.2, 0.3], draws: 10 } as const

const run = (key: string, on: 'ideal' | 'chip', set: Config, further: Partial<ExperimentRun> = {}): ExperimentRun => ({
  key,
  method: 'surrogate',
  dataset: 'mnist16',
  on,
  epochs: 100,
  batch: 100,
  set,
  quick: { epochs: 6 },
  ...further
})

const detuned = (share: number): ExperimentRun =>
  run(`chip set wrong by ${share}`, 'chip', ANNEALED, {
    epochs: 15,
    quick: share === 0.3 ? { epochs: 3 } : null,
    detune: share
  })

const errorRatio = (
  name: string,
  of: string,
  to: string,
  paper: number | null,
  band: Check['band'],
  quick: Check['band']
): Check => ({
  name,
  value: { kind: 'error ratio', of, to },
  paper,
  band,
  quick
})

export const cramer2022: Experiment = {
  name: 'cramer-2022',
  title: 'Surrogate gradients with the chip in the loop',
  paper: 'Cramer, Billaudelle et al. 2022, PNAS 119(4) e2109194119',
  suites: ['surrogate'],
  seeds: 3,
  runs: [
    run('digits on chip', 'chip', CHIP, { vary: SILENCED }),
    run('digits on chip, augmented', 'chip', AUGMENTED),
    run('digits', 'ideal', {}),
    run('digits, augmented', 'ideal', AUGMENTED),
    run('fashion on chip', 'chip', CHIP, { dataset: 'fashion16' }),
    ...BURSTS.map((burst) =>
      run(burstKey(burst), 'chip', { ...SPARSE, burst }, { quick: burst === BURSTS[1] ? { epochs: 6 } : null })
    ),
    run('digits on chip, dropout 0.4', 'chip', { ...ANNEALED, dropout: 0.4 }, { vary: SILENCED }),
    run('chip as calibrated', 'chip', ANNEALED, { epochs: 15, quick: { epochs: 3 }, moved: SPREADS }),
    ...SPREADS.map(detuned)
  ],
  checks: [
    reaches('MNIST 16 × 16 in the loop, test %', 'digits on chip', 97.2, 0.3, 4),
    reaches('the same with dropout and rotation', 'digits on chip, augmented', 97.6, 0.3, 5),
    reaches('MNIST 16 × 16, ideal, test %', 'digits', 97.5, 0.3, 4),
    reaches('the same with dropout and rotation', 'digits, augmented', 98, 0.3, 5),
    reaches('Fashion-MNIST 16 × 16 in the loop (split of our own), test %', 'fashion on chip', 84.2, 0.3, 6),
    {
      name: 'MNIST 16 × 16 in the loop at 20 hidden spikes an image, test %',
      value: { kind: 'at spikes', runs: ['digits on chip', ...BURSTS.map(burstKey)], spikes: 20 },
      paper: 97.2,
      band: [97, null],
      quick: [90, null]
    },
    errorRatio(
      'learnt on the chip set wrong by 30 %: error over error as calibrated',
      'chip set wrong by 0.3',
      'chip as calibrated',
      null,
      [null, 1.3],
      [null, 1.8]
    ),
    {
      name: 'learnt on the calibrated chip, moved to the one set wrong by 30 %: loss, points',
      value: { kind: 'difference', of: 'chip as calibrated', less: 'chip as calibrated, moved to 0.3' },
      paper: null,
      band: [5, null],
      quick: [3, null]
    },
    errorRatio(
      '15 % silenced, trained with dropout 0.4: error over error with all',
      'digits on chip, dropout 0.4, silenced 0.15',
      'digits on chip, dropout 0.4, silenced 0',
      1.1,
      [null, 1.15],
      [null, 1.4]
    ),
    errorRatio(
      '15 % silenced, trained without dropout: error over error with all',
      'digits on chip, silenced 0.15',
      'digits on chip, silenced 0',
      1.37,
      [1.25, null],
      [1.05, null]
    )
  ],
  plots: [
    {
      title: 'Error against how wrong the chip is set',
      along: 'sd of each target, %',
      error: true,
      lines: [
        {
          label: 'learnt on it',
          points: [
            { x: 0, of: 'chip as calibrated' },
            ...SPREADS.map((share) => ({ x: 100 * share, of: `chip set wrong by ${share}` }))
          ]
        },
        {
          label: 'learnt on the calibrated chip, moved there',
          points: [
            { x: 0, of: 'chip as calibrated' },
            ...SPREADS.map((share) => ({ x: 100 * share, of: `chip as calibrated, moved to ${share}` }))
          ]
        }
      ]
    },
    {
      title: 'Accuracy against hidden spikes an image, on the chip',
      along: 'spikes',
      error: false,
      lines: [
        {
          label: 'one point a factor of the spike counts in the loss',
          points: [...BURSTS.map(burstKey).reverse(), 'digits on chip'].map((of) => ({ x: `${of}, spikes`, of }))
        }
      ]
    },
    {
      title: 'Error against the share of hidden units silenced, on the chip',
      along: 'silenced, %',
      error: true,
      lines: ['digits on chip', 'digits on chip, dropout 0.4'].map((key) => ({
        label: key,
        points: SILENCED.levels.map((level) => ({ x: 100 * level, of: `${key}, silenced ${level}` }))
      }))
    }
  ]
}
