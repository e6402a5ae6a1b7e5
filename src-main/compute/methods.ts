/** The training methods there are, each as the tasks and the catalogue need it. Add a method here. */
import { presetNamed } from '../core/calibration/presets'
import { resolveTargets } from '../core/calibration/targets'
import { InputError } from '../core/errors/input-error'
import { IdealPort } from '../core/emulator/ideal/port'
import type { NetworkPort } from '../core/emulator/network-port'
import { conversionOf } from '../core/training/surrogate/checkpoint'
import { measuredOf } from '../core/training/first-spike/checkpoint'
import { taskWith } from '../core/training/first-spike/encode'
import { completed } from '../core/training/first-spike/presets'
import { DELGRAD_SETTINGS, FIRST_SPIKE_SETTINGS } from '../core/training/first-spike/settings'
import { resolveDelgrad, resolveFirstSpike } from '../core/training/first-spike/settings'
import { evaluateSpikes, readSpikes, trainSpikes } from '../core/training/first-spike/train'
import { REFERENCE_SETTINGS, resolveReference } from '../core/training/reference/settings'
import { evaluateReference, trainReference } from '../core/training/reference/train'
import { largest, type WeightArray } from '../core/training/impair'
import { checkShape, type EvaluateRequest, evaluateSurrogate, readSurrogate } from '../core/training/surrogate/evaluate'
import { MOST_INPUTS } from '../core/training/surrogate/session'
import {
  inputsOf,
  RECORDED,
  resolveConfig,
  SURROGATE_SETTINGS,
  surrogateConfig
} from '../core/training/surrogate/settings'
import { type SynapseArrays, synapsesOf } from '../core/training/surrogate/synapses'
import { trainSurrogate } from '../core/training/surrogate/train'
import type { Disturbed } from '../core/training/disturbed'
import { hash } from '../core/random/stream'
import type { Checkpoint, Config, Evaluation, Setting, Shape, TrainRequest, TrainRun } from '../core/training/types'

export interface Method {
  name: string
  label: string
  settings: readonly Setting[]
  /** the preset of calibrations that is its working point */
  preset: string
  /** what a calibration must aim at, whatever its preset */
  targets: { readonly [name: string]: number }
  /** defaults (some depend on the data) and given values; refuses unknown keys and values out of range */
  resolve(given: Config, data?: Shape): Config
  /** what the settings come to that a run leaves open (null), by the paper's values for the task */
  usual(config: Config, data: Shape, onChip: boolean): Config
  /** the method's settings out of a run's whole configuration */
  settingsOf(config: Config): Config
  /** ideal dynamics with the neurons that the settings describe */
  ideal(config: Config): NetworkPort
  train(request: TrainRequest): TrainRun
  evaluate(request: EvaluationTask): Evaluation
  /** the configuration of the same network with something of its neurons disturbed */
  disturb(config: Config, disturbed: Disturbed): Config
  /** the same, batch by batch */
  readings(request: EvaluationTask): Generator<Evaluation, void, void>
  /** its weights in a checkpoint, on a substrate whose largest weight is `weightLimit` (in its own units) */
  weights(checkpoint: Checkpoint, classes: number, weightLimit: number): { layers: WeightArray[]; hidden: number }
  /** where its weights lie on the chip; null: there is no map of them */
  synapses: ((checkpoint: Checkpoint, config: Config, images: Shape, usable: Uint8Array | null) => SynapseArrays) | null
  /** @throws InputError if the method cannot take images of this size */
  checkImages(images: Shape): void
  /** @throws InputError if a checkpoint's weights have another shape than the configuration and the images ask for */
  checkWeights(checkpoint: Checkpoint, config: Config, images: Shape): void
}

export interface EvaluationTask extends Omit<EvaluateRequest, 'conversion'> {
  seed: number
  /** the very chip and settings of the training: what was measured there still holds */
  samePlace: boolean
  disturbed?: Disturbed
}

/** a calibration that aims elsewhere has another network on it */
const WORKING_POINT = [
  'leak',
  'reset',
  'threshold',
  'tau_mem',
  'tau_syn_exc',
  'tau_syn_inh',
  'synapse_dac_bias'
] as const

/**
 * What a method needs of its preset's targets. How strong synapses are (`synaptic_response`) is measured before training:
 * where weights are scaled by it and only their range depends on it, it is not among `needed`.
 */
function workingPoint(
  preset: string,
  needed: readonly string[] = WORKING_POINT
): { preset: string; targets: Method['targets'] } {
  const targets = resolveTargets(presetNamed(preset).targets)
  return { preset, targets: Object.fromEntries(needed.map((name) => [name, targets[name]])) }
}

const surrogate: Method = {
  name: 'surrogate',
  label: 'Surrogate gradients in the loop',
  settings: SURROGATE_SETTINGS,
  // Cramer, Billaudelle et al. 2022; stronger synapses let its input stages saturate
  ...workingPoint('spiking2', [...WORKING_POINT, 'synaptic_response']),
  resolve: (given, data) => resolveConfig(data?.side === 0 ? { ...RECORDED, ...given } : given),
  usual: () => ({}),
  settingsOf: (config) => pick(config, SURROGATE_SETTINGS),
  ideal: (config) => {
    const share = Number(config['spread'])
    return new IdealPort({
      tauMemUs: Number(config['tauMemUs']),
      tauSynUs: Number(config['tauSynUs']),
      ...(share > 0 ? { spread: { share, seed: Number(config['spreadSeed']) } } : {})
    })
  },
  train: trainSurrogate,
  disturb: (config, { vary, level, draw, seed }) =>
    vary === 'spread'
      ? { ...config, spread: level, spreadSeed: hash(seed, 'spread', draw) }
      : vary === 'window'
        ? { ...config, bins: Math.round(level / Number(config['binUs'])) }
        : config,
  evaluate: ({ samePlace, ...request }) =>
    evaluateSurrogate({
      ...request,
      ...(samePlace ? { conversion: conversionOf(request.checkpoint).conversion } : {})
    }),
  readings: ({ samePlace, ...request }) =>
    readSurrogate({
      ...request,
      ...(samePlace ? { conversion: conversionOf(request.checkpoint).conversion } : {})
    }),
  weights: ({ arrays, numbers }, classes, weightLimit) => {
    const hidden = arrays['output'].length / classes
    const limit = (perUnit: number): number | null => (weightLimit === Infinity ? null : weightLimit / perUnit)
    // the output's scale is chosen so that its largest weight just fits, and at most this
    const most = limit(numbers['outputPerUnit'])
    return {
      hidden,
      layers: [
        { name: 'hidden', unitOf: (k) => k % hidden, limit: limit(numbers['weightPerUnit']) },
        ...('recurrent' in arrays
          ? [
              {
                name: 'recurrent',
                unitOf: (k: number) => k % hidden,
                otherOf: (k: number) => Math.floor(k / hidden),
                limit: limit(numbers['weightPerUnit'])
              }
            ]
          : []),
        {
          name: 'output',
          unitOf: (k) => Math.floor(k / classes),
          limit: most && Math.max(most, largest(arrays['output']))
        }
      ]
    }
  },
  checkImages: ({ side }) => {
    if (side * side <= MOST_INPUTS) return
    const most = `surrogate training takes at most ${MOST_INPUTS} (mnist16)`
    throw new InputError('bad-input', `dataset: images of ${side * side} pixels given; ${most}`)
  },
  synapses: (checkpoint, config, data, usable) => {
    const inputs = inputsOf(data, surrogateConfig(config))
    return synapsesOf(checkpoint, { inputs, hidden: Number(config['hidden']), outputs: data.classes }, usable)
  },
  checkWeights: (checkpoint, config, data) => {
    const { classes } = data
    const hidden = Number(config['hidden'])
    checkShape(checkpoint, 'hidden', inputsOf(data, surrogateConfig(config)), hidden)
    checkShape(checkpoint, 'output', hidden, classes)
    if (config['recurrent'] === true) checkShape(checkpoint, 'recurrent', hidden, hidden)
  }
}

function onlyPictures({ side }: Shape): void {
  if (side === 0)
    throw new InputError('bad-input', 'dataset: recorded spikes given; of the methods only surrogate trains on them')
}

/** first-spike times, with delays or without */
function spiking(name: 'first-spike' | 'delgrad', label: string): Method {
  const settings = name === 'delgrad' ? DELGRAD_SETTINGS : FIRST_SPIKE_SETTINGS
  return {
    name,
    label,
    settings,
    // delays are learnt at a threshold of 2.6 model units, where spiking2 gives 21 codes a unit, and its finer codes are better
    ...workingPoint(name === 'delgrad' ? 'spiking2' : 'first-spike'),
    resolve: name === 'delgrad' ? resolveDelgrad : resolveFirstSpike,
    usual: (config, { side, points }, onChip) => {
      const open = settings.filter((setting) => setting.default === null)
      return pick(completed(name, config, taskWith(side, points), onChip) as unknown as Config, open)
    },
    settingsOf: (config) => pick(config, settings),
    ideal: (config) => new IdealPort({ tauMemUs: Number(config['tauSynUs']), tauSynUs: Number(config['tauSynUs']) }),
    train: (request) => trainSpikes(name, request),
    evaluate: ({ samePlace, ...request }) =>
      evaluateSpikes({ ...request, method: name, ...(samePlace ? measuredOf(request.checkpoint) : {}) }),
    readings: ({ samePlace, ...request }) =>
      readSpikes({ ...request, method: name, ...(samePlace ? measuredOf(request.checkpoint) : {}) }),
    weights: ({ arrays, numbers }, classes, weightLimit) => {
      const hidden = numbers['units']
      const limit = weightLimit === Infinity ? null : weightLimit / numbers['weightPerUnit']
      const [before, after] = [arrays['hiddenWeights'].length / hidden, arrays['outputWeights'].length / classes]
      return {
        hidden,
        layers: [
          { name: 'hiddenWeights', unitOf: (k) => Math.floor(k / before), limit },
          { name: 'outputWeights', unitOf: (k) => (k % after < hidden ? k % after : null), limit }
        ]
      }
    },
    checkImages: onlyPictures,
    disturb: () => notDisturbed(name),
    // the arrays are counted when they are loaded: how many there must be depends on the task, too
    checkWeights: () => {},
    synapses: null
  }
}

const reference: Method = {
  name: 'reference',
  label: 'Artificial networks to compare with',
  settings: REFERENCE_SETTINGS,
  preset: 'spiking2',
  targets: {},
  resolve: resolveReference,
  usual: () => ({}),
  settingsOf: (config) => pick(config, REFERENCE_SETTINGS),
  ideal: () => new IdealPort({ tauMemUs: 6, tauSynUs: 6 }),
  train: trainReference,
  evaluate: evaluateReference,
  disturb: () => notDisturbed('reference'),
  *readings(request) {
    yield evaluateReference(request)
  },
  weights: ({ arrays }, classes) => {
    const hidden = 'layer1' in arrays ? arrays['layer1'].length / classes - 1 : 0
    if (hidden === 0) return { hidden, layers: [] }
    return {
      hidden,
      layers: [
        { name: 'layer0', unitOf: (k) => Math.floor(k / (arrays['layer0'].length / hidden)), limit: null },
        { name: 'layer1', unitOf: (k) => (k % (hidden + 1) < hidden ? k % (hidden + 1) : null), limit: null }
      ]
    }
  },
  checkImages: onlyPictures,
  checkWeights: () => {},
  synapses: null
}

function notDisturbed(method: string): never {
  throw new InputError('bad-input', `method ${method}: nothing can be disturbed; allowed: surrogate`)
}

export const METHODS: readonly Method[] = [
  surrogate,
  spiking('first-spike', 'First-spike times, exact gradients'),
  spiking('delgrad', 'DelGrad: delays and weights'),
  reference
]

/** @throws InputError that lists the methods there are */
export function methodNamed(name: string): Method {
  const found = METHODS.find((method) => method.name === name)
  if (found) return found
  throw new InputError('bad-input', `method '${name}' is unknown; allowed are ${METHODS.map((m) => m.name).join(', ')}`)
}

function pick(config: Config, settings: readonly Setting[]): Config {
  return Object.fromEntries(settings.flatMap(({ key }) => (key in config ? [[key, config[key]]] : [])))
}
