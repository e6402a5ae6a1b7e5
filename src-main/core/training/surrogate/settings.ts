/** Settings of surrogate-gradient training; defaults are those of Cramer, Billaudelle et al. 2022 and its code. */
import { LEAST_RATE, resolve } from '../settings'
import type { Config, Setting, Shape } from '../types'

const number = (key: string, value: number, unit: string, min: number, max: number, help: string): Setting => ({
  key,
  type: 'number',
  default: value,
  unit,
  min,
  max,
  help
})

export const SURROGATE_SETTINGS: readonly Setting[] = [
  { key: 'hidden', type: 'integer', default: 246, unit: '', min: 1, max: 4096, help: 'hidden units' },
  number('learningRate', 1.5e-3, '', LEAST_RATE, 1, 'Adam learning rate of the first epoch'),
  number('decay', 0.97, '', 0.01, 1, 'factor on the learning rate after each epoch'),
  number('burst', 5e-4, '', 0, 1, 'factor of the mean squared spike count of a hidden unit in the loss'),
  {
    key: 'schedule',
    type: 'string',
    default: 'exponential',
    unit: '',
    choices: ['exponential', 'cosine', 'constant'],
    help: 'of the learning rate: times `decay` after each epoch (paper), half a cosine down to 0, or as it is'
  },
  number('weightDecay', 0.1, '', 0, 100, 'factor of the mean squared hidden weight in the loss'),
  number('outputDecay', 0, '', 0, 100, 'factor of the mean squared output weight in the loss'),
  number('amplitude', 0, '', 0, 100, 'factor of the mean squared (scaled) maximum of a readout in the loss'),
  number('rotation', 0, '°', 0, 180, 'each training image is turned by an angle drawn from ± this, anew each epoch'),
  number('validation', 0, '', 0, 0.9, 'share of the training samples that are set aside and read after each epoch'),
  {
    key: 'patience',
    type: 'integer',
    default: 0,
    unit: 'epochs',
    min: 0,
    max: 10_000,
    help: 'stop when the validation accuracy has not risen for so long; 0: never'
  },
  {
    key: 'keep',
    type: 'string',
    default: 'last',
    unit: '',
    choices: ['last', 'best'],
    help: "weights a run ends with: the last epoch's (paper), or those with the best validation accuracy (needs validation)"
  },
  {
    key: 'recurrent',
    type: 'boolean',
    default: false,
    unit: '',
    help: 'hidden units hear each other (recorded spikes: by default they do); on a chip at most 256 with the inputs'
  },
  {
    key: 'readout',
    type: 'string',
    default: 'max',
    unit: '',
    choices: ['max', 'sum'],
    help: 'what of a readout enters the softmax: its maximum over time, or its sum (by default for recorded spikes)'
  },
  number('rate', 0, '', 0, 1, 'factor of the squared number of hidden spikes of a sample above rateLimit in the loss'),
  number('rateLimit', 0, 'spikes', 0, 1e6, 'hidden spikes of a sample that cost nothing'),
  number('slope', 50, '', 0.1, 10_000, 'steepness of the SuperSpike surrogate derivative'),
  {
    key: 'spikeMembrane',
    type: 'string',
    default: 'threshold',
    unit: '',
    choices: ['threshold', 'sample'],
    help: 'membrane at which the derivative of a recorded spike is taken: the threshold, or the sample after it (paper)'
  },
  number('readoutScale', 10, '', 0.01, 1000, "factor on the readouts' maxima before the softmax"),
  number('initScale', 0.7, '', 0, 100, 'spread of the first weights: times (1 − β) / √fan-in'),
  number('initMean', 1e-3, '', -1, 1, 'mean of the first hidden weights'),
  number('tauMemUs', 6, 'µs', 0.1, 1000, 'membrane time constant of the model'),
  number('tauSynUs', 6, 'µs', 0.1, 1000, 'synaptic time constant of the model'),
  {
    key: 'bins',
    type: 'integer',
    default: 20,
    unit: '',
    min: 2,
    max: 800,
    help: 'time bins that a sample lasts (recorded spikes: 300 by default)'
  },
  number('binUs', 1.7, 'µs', 0.1, 100, 'length of a bin: one converter sample'),
  number('inputTauUs', 8, 'µs', 0.1, 1000, 'time constant of the latency code'),
  number('inputThreshold', 0.2, 'of full scale', 0.001, 0.99, 'pixels below it do not spike'),
  {
    key: 'channels',
    type: 'integer',
    default: 70,
    unit: '',
    min: 1,
    max: 256,
    help: 'of recorded spikes: how many of their channels are taken, evenly spaced'
  },
  number('compression', 2000, '', 1, 1e6, 'of recorded spikes: how much faster than recorded time runs'),
  number('channelJitter', 0, 'channels', 0, 1000, 'of recorded spikes: sd by which each is moved, anew each epoch'),
  number('dropout', 0, '', 0, 0.95, 'share of hidden units silenced, drawn anew for each batch (no rescaling)'),
  number('spread', 0, 'of the target', 0, 1, 'on ideal: sd of the time constants and the threshold of each unit'),
  {
    key: 'spreadSeed',
    type: 'integer',
    default: 1,
    unit: '',
    min: 0,
    max: 0xffffffff,
    help: 'which draw of them'
  },
  {
    ...number('weightLimit', 0, 'model units', 1e-3, 1000, ''),
    default: null,
    help: "largest hidden weight; by default 63/240 on ideal (the paper's chip), on a chip what its 6 bits reach"
  }
]

/** @throws InputError, one line */
export const resolveConfig = (set: Readonly<Record<string, number | string | boolean | null>>): Config =>
  resolve(SURROGATE_SETTINGS, set)

/** the same, typed */
export interface SurrogateConfig {
  hidden: number
  keep: 'last' | 'best'
  recurrent: boolean
  learningRate: number
  decay: number
  burst: number
  schedule: 'exponential' | 'cosine' | 'constant'
  weightDecay: number
  outputDecay: number
  amplitude: number
  rotation: number
  validation: number
  patience: number
  readout: 'max' | 'sum'
  rate: number
  rateLimit: number
  slope: number
  spikeMembrane: 'threshold' | 'sample'
  readoutScale: number
  initScale: number
  initMean: number
  tauMemUs: number
  tauSynUs: number
  bins: number
  binUs: number
  inputTauUs: number
  inputThreshold: number
  channels: number
  compression: number
  channelJitter: number
  dropout: number
  spread: number
  spreadSeed: number
  weightLimit: number | null
}

/** @param config as `resolveConfig` gave it (or as a run recorded it): checked again, since it may come from a file */
export const surrogateConfig = (config: Config): SurrogateConfig => resolveConfig(config) as unknown as SurrogateConfig

/** inputs of a network for such a data set */
export const inputsOf = ({ side }: Pick<Shape, 'side'>, config: Pick<SurrogateConfig, 'channels'>): number =>
  side === 0 ? config.channels : side * side

/**
 * What is taken for recorded spikes where a setting is left open (Cramer, Billaudelle et al. 2022, SHD): 186 recurrent
 * hidden units, readouts summed over time. Assumed: 300 bins, a second of speech at the paper's compression.
 */
export const RECORDED: Config = { hidden: 186, recurrent: true, readout: 'sum', readoutScale: 1, bins: 300 }
