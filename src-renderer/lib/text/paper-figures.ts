/**
 * Every figure of the papers that the help states, with how it is known: the one place where they stand. What could not be
 * read in the paper itself says so, so that nobody takes a figure of the authors' code, or of the result files in their repository, for one of their text.
 */

export const WHENCE = {
  paper: 'the paper',
  abstract: 'its abstract',
  cited: 'Cramer et al. 2022',
  code: "the authors' code",
  data: "the authors' results",
  secondary: 'a secondary source',
  unverified: 'not verified'
} as const

export interface Figure {
  what: string
  value: string
  whence: keyof typeof WHENCE
}

interface Figures {
  /** sizes, constants and options the method was run with */
  settings: readonly Figure[]
  headline: readonly Figure[]
}

const list = (whence: Figure['whence'], entries: { readonly [what: string]: string }): Figure[] =>
  Object.entries(entries).map(([what, value]) => ({ what, value, whence }))

export const FIGURES = {
  schmitt: {
    settings: [
      ...list('cited', { network: '100-15-15-5' }),
      ...list('secondary', { weights: '4 bit' }),
      ...list('unverified', { images: 'MNIST digits 0, 1, 4, 6, 7 at 10 × 10', 'steps in the loop': 'about 40' })
    ],
    headline: [
      ...list('secondary', { 'in software': '97 %', 'on the chip before the loop': '72 %' }),
      ...list('cited', { 'on the chip after the loop': '95.0 %', throughput: '10 000 images/s' })
    ]
  },
  friedmann: {
    settings: [
      ...list('abstract', { 'faster than biology': '1000 times' }),
      ...list('unverified', { chip: '65 nm, 32 × 32 synapses, 32 neurons' }),
      ...list('code', {
        'vector unit': '128 bit, as 16 × 8 or 8 × 16',
        'dead zone θ': '10 LSB',
        'update period': '10 µs',
        'first weight': '48'
      })
    ],
    headline: []
  },
  cramer: {
    settings: list('paper', {
      network: '256-246-10',
      'sampling of the membranes': 'every 1.7 µs',
      'time constants': 'τ_m = τ_s = 6 µs',
      'steepness β_s': '50',
      'batch and epochs': '100 images, 100 epochs',
      'Adam, learning rate': '0.0015, × 0.97 an epoch'
    }),
    headline: list('paper', {
      'MNIST 16 × 16, chip': '97.2 ± 0.1 %',
      '… with dropout and rotation': '97.6 ± 0.1 %',
      '… software, the same': '97.5 ± 0.1 % and 98.0 ± 0.0 %',
      'Fashion-MNIST 16 × 16, chip': '84.2 ± 0.2 %',
      'SHD, chip, augmented': '80.6 ± 1.0 %',
      'throughput, latency, energy': '85 000 images/s, 8 µs, 2.4 µJ an image',
      'hidden spikes': '97.2 % kept down to about 20 an image',
      '15 % of hidden units silenced': 'relative error + 10 % with dropout, + 37 % without'
    })
  },
  buechel: {
    settings: list('code', {
      'network, temporal XOR': '320 neurons, 64 channels',
      'time constants': 'τ_mem 50 ms, τ_slow = τ_out = 70 ms, τ_fast 1 ms',
      'η and k': '0.000 001 and 75',
      training: '20 epochs of 500 samples'
    }),
    headline: [
      ...list('secondary', { 'temporal XOR': '98 % of 300 samples' }),
      ...list('data', {
        'wake phrase, spread 0 / 5 / 10 / 20 %': 'ADS 0.88–0.89 / 0.868 / 0.810 / 0.671',
        'mean square error, spread 0 → 20 %': 'ADS 0.016 → 0.044, FORCE 0.011 → 0.104, BPTT 0.020 → 0.057',
        'sudden death of 40 %, with and without balance': '0.855 → 0.769 and 0.902 → 0.525'
      })
    ]
  },
  delgrad: {
    settings: list('code', {
      network: '4-30-3, or 5 hidden units',
      'time constants': 'simulation τ_m = 2 τ_s, chip τ_m = τ_s = 6 µs',
      training: '300 epochs, batches of 150 (simulation of the hardware: 40)',
      'delays on the chip': 'about 12 to 21 µs'
    }),
    headline: list('data', {
      'simulation, weights alone': '96.7 %',
      '… axonal delays': '97.5 %',
      '… synaptic delays': '98.2 %',
      '… synaptic delays, 5 hidden units': '95.4 %',
      'chip, weights alone and with axonal delays': '84.9 % and 92.6 %',
      'noise model of the chip, the same': '84.9 % and 92.8 %'
    })
  },
  yinyang: {
    settings: list('code', {
      'radii, disc and dots': '0.5 and 0.1',
      'training, validation, test': '5000, 1000, 1000 points (seeds 42, 41, 40)',
      'reference networks': 'Adam 0.01, batches of 20, 300 epochs, 20 runs'
    }),
    headline: list('code', {
      'artificial network 4-30-3': '97.6 ± 1.5 %',
      'hidden weights frozen': '85.5 ± 5.8 %',
      'no hidden layer': '63.8 ± 1.0 %'
    })
  },
  versatile: {
    settings: [
      ...list('abstract', { 'faster than biology': '1000 times', experiments: '5' }),
      ...list('code', { 'Pong, network': '32 × 32 synapses', 'Pong, learning rate': '0.125' })
    ],
    headline: list('secondary', { 'Pong, power of the chip': '57 mW' })
  },
  goeltz: {
    settings: list('code', {
      'networks on the chip': '4 inputs five times, 120, 3; 256-246-10',
      batches: '40 and 200',
      'Adam, learning rate': '0.002 and 0.003',
      'weight codes a model unit': '30',
      'time constants': 'τ_m = τ_s = 6 µs'
    }),
    headline: [
      ...list('cited', {
        'MNIST 16 × 16, chip': '96.9 %',
        'throughput, energy, latency': '21 000 images/s, 8.4 µJ an image, under 10 µs'
      }),
      ...list('data', { 'Yin-Yang, software': '96.0 %', 'MNIST 28 × 28, software': '97.0 %' }),
      ...list('unverified', { 'Yin-Yang, chip': '95.0 ± 0.9 %' })
    ]
  }
} as const satisfies { readonly [paper: string]: Figures }
