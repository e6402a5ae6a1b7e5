/**
 * Settings of first-spike training and of DelGrad. Defaults are those of the papers' code; where they depend on the task
 * (a setting of null), presets.ts has them.
 */
import { LEAST_RATE, resolve } from '../settings'
import type { Config, Setting } from '../types'

const number = (key: string, value: number, unit: string, min: number, max: number, help: string): Setting => ({
  key,
  type: 'number',
  default: value,
  unit,
  min,
  max,
  help
})
const preset = (key: string, unit: string, min: number, max: number, help: string): Setting => ({
  ...number(key, 0, unit, min, max, `${help}; by default the papers' value for the task`),
  default: null
})
const choice = (key: string, value: string, choices: readonly string[], help: string): Setting => ({
  key,
  type: 'string',
  default: value,
  unit: '',
  choices,
  help
})

interface Own {
  hidden: number
  tauRatio: number
  loss: 'first' | 'shift'
  delays: 'none' | 'synaptic'
}

const table = ({ hidden, tauRatio, loss, delays }: Own): readonly Setting[] => [
  { key: 'hidden', type: 'integer', default: hidden, unit: '', min: 1, max: 4096, help: 'hidden units' },
  choice('noise', 'none', ['none', 'hardware'], 'hardware: the published noise model of the chip (DelGrad), on ideal'),
  choice('delays', delays, ['none', 'axonal', 'dendritic', 'synaptic'], 'delays that are learnt'),
  {
    ...number('tauRatio', tauRatio, '', 1, 2, 'membrane over synaptic time constant on ideal: 1 or 2 (a chip: 1)'),
    type: 'integer'
  },
  number('tauSynUs', 6, 'µs', 0.1, 1000, 'synaptic time constant, for the time axis'),
  choice('loss', loss, ['first', 'shift'], 'first: soft minimum over spike times; shift: labels by a margin earlier'),
  number('xi', 0.2, 'τ_syn', 1e-3, 100, 'loss first: softness'),
  number('alpha', 0.005, '', 0, 100, 'loss first: weight of early labels'),
  number('beta', 1, 'τ_syn', 1e-3, 100, 'loss first: scale of early labels'),
  preset('margin', 'τ_syn', 1e-3, 10, 'loss shift: how much later the other labels shall be'),
  preset('threshold', 'model units', 0.01, 100, 'threshold of the model'),
  preset('learningRate', '', LEAST_RATE, 1, 'Adam learning rate of the weights in the first epochs'),
  preset('delayRate', '', 0, 1, 'Adam learning rate of the delays in the first epochs'),
  preset('decay', '', 0.01, 1, 'factor on the learning rates after every decayEvery epochs'),
  { ...preset('decayEvery', 'epochs', 1, 10_000, 'epochs between two steps of the learning rates'), type: 'integer' },
  choice(
    'schedule',
    'steps',
    ['steps', 'cosine', 'constant'],
    'of the learning rates: times `decay` every `decayEvery` epochs (paper), half a cosine down to 0, or as they are'
  ),
  number('validation', 0, '', 0, 0.9, 'share of the training samples that are set aside and read after each epoch'),
  {
    ...number(
      'patience',
      0,
      'epochs',
      0,
      10_000,
      'stop when the validation accuracy has not risen for so long; 0: never'
    ),
    type: 'integer'
  },
  choice(
    'keep',
    'last',
    ['last', 'best'],
    "weights a run ends with: the last epoch's (papers), or those with the best validation accuracy (needs validation)"
  ),
  number('guard', 0.2, '', 1e-6, 1e6, 'weight gradients of a neuron in a sample are dropped if one is larger'),
  preset('bump', 'model units', 0, 10, 'added to the weights of silent neurons where too many spikes are missing'),
  preset('missHidden', '', 0, 1, 'share of hidden spikes that may be missing'),
  preset('missOutput', '', 0, 1, 'share of output spikes that may be missing'),
  number('early', 0.15, 'τ_syn', 0, 100, 'spike time of the smallest value (of the brightest pixel)'),
  number('late', 2, 'τ_syn', 0.01, 100, 'spike time of the largest value'),
  preset('biasTime', 'τ_syn', -1, 100, 'spike time of a further input that is always the same; −1: none'),
  { ...preset('copies', '', 1, 20, 'how often every input is there, each with its own weights'), type: 'integer' },
  preset('inputNoise', 'τ_syn', 0, 10, 'sd of noise on input times while training'),
  preset('hiddenMean', 'model units', -10, 10, 'mean of the first hidden weights'),
  preset('hiddenSd', 'model units', 0, 10, 'spread of the first hidden weights'),
  preset('outputMean', 'model units', -10, 10, 'mean of the first output weights'),
  preset('outputSd', 'model units', 0, 10, 'spread of the first output weights'),
  {
    key: 'unitCodes',
    type: 'boolean',
    default: true,
    unit: '',
    help: 'on a chip: weight codes for each unit as its gain, offset and threshold were measured; false: the same for all (paper)'
  },
  preset('delayShift', 'τ_syn', 0, 100, 'smallest delay: d = shift + scale · logistic(q)'),
  preset('delayScale', 'τ_syn', 0, 100, 'range of the delays'),
  preset('delaySd', '', 0, 10, 'spread of the first q')
]

export const FIRST_SPIKE_SETTINGS = table({ hidden: 120, tauRatio: 1, loss: 'first', delays: 'none' })
export const DELGRAD_SETTINGS = table({ hidden: 30, tauRatio: 2, loss: 'shift', delays: 'synaptic' })

/** @throws InputError, one line */
export const resolveFirstSpike = (set: Config): Config => resolve(FIRST_SPIKE_SETTINGS, set)
export const resolveDelgrad = (set: Config): Config => resolve(DELGRAD_SETTINGS, set)
