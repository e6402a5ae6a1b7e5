/**
 * What the papers' code uses for each task, where a setting is left open: fastAndDeep v1.0.0 (Göltz, Kriener et al. 2021)
 * and its 2025 configurations (DelGrad). "chip" is for weights in codes, with inputs that come five times.
 */
import type { Config } from '../types'

export interface FirstSpikeConfig {
  hidden: number
  noise: 'none' | 'hardware'
  delays: 'none' | 'axonal' | 'dendritic' | 'synaptic'
  tauRatio: 1 | 2
  tauSynUs: number
  loss: 'first' | 'shift'
  xi: number
  alpha: number
  beta: number
  margin: number
  threshold: number
  learningRate: number
  delayRate: number
  decay: number
  decayEvery: number
  schedule: 'steps' | 'cosine' | 'constant'
  /** share of the training samples that are set aside */
  validation: number
  /** epochs without a better reading of them after which to stop; 0: never */
  patience: number
  /** weights that a run ends with: the last epoch's, or those of the best validation accuracy */
  keep: 'last' | 'best'
  guard: number
  bump: number
  missHidden: number
  missOutput: number
  early: number
  late: number
  biasTime: number
  /** the outputs have a bias, too */
  biasOutput: boolean
  copies: number
  /**
   * copies of an input get the axonal delays of all inputs in turn, not the one of theirs: so the published noise model is
   * written (inputs repeated one by one, delays all in a row), unlike the authors' chip
   */
  mixedCopies: boolean
  inputNoise: number
  hiddenMean: number
  hiddenSd: number
  outputMean: number
  outputSd: number
  delayShift: number
  delayScale: number
  delaySd: number
  /** on a chip, codes are those of each unit as it was measured; false: of the median unit */
  unitCodes: boolean
  /** weights are multiples of it (0: any), and at most the limit */
  resolution: number
  weightLimit: number
  thresholdShift: number
  thresholdSd: number
  thresholdTrialSd: number
  jitter: number
}

export type Task = 'points' | 'images16' | 'images28'

type Open = Omit<
  FirstSpikeConfig,
  | 'hidden'
  | 'noise'
  | 'delays'
  | 'tauRatio'
  | 'tauSynUs'
  | 'loss'
  | 'xi'
  | 'alpha'
  | 'beta'
  | 'schedule'
  | 'validation'
  | 'patience'
  | 'keep'
  | 'guard'
  | 'early'
  | 'late'
  | 'unitCodes'
>

const PLAIN: Open = {
  margin: 0.2,
  threshold: 1,
  learningRate: 0.005,
  delayRate: 0.005,
  decay: 0.95,
  decayEvery: 20,
  bump: 5e-4,
  missHidden: 0.3,
  missOutput: 0,
  biasTime: 0.9,
  biasOutput: true,
  copies: 1,
  mixedCopies: false,
  inputNoise: 0,
  hiddenMean: 1.5,
  hiddenSd: 0.8,
  outputMean: 0.5,
  outputSd: 0.8,
  delayShift: 0,
  delayScale: 1,
  delaySd: 0.25,
  resolution: 0,
  weightLimit: Infinity,
  thresholdShift: 0,
  thresholdSd: 0,
  thresholdTrialSd: 0,
  jitter: 0
}

const IMAGES: Partial<Open> = { biasTime: -1, biasOutput: false }
const TASKS: Readonly<Record<Task, { ideal: Partial<Open>; chip: Partial<Open> }>> = {
  points: {
    ideal: {},
    chip: {
      learningRate: 0.002,
      missOutput: 0.05,
      biasOutput: false,
      copies: 5,
      hiddenMean: 0.1,
      hiddenSd: 0.12,
      outputMean: 0.075,
      outputSd: 0.15
    }
  },
  images16: {
    ideal: {
      ...IMAGES,
      learningRate: 0.003,
      decay: 0.9,
      decayEvery: 10,
      missHidden: 0.5,
      missOutput: 0.5,
      inputNoise: 0.3,
      hiddenMean: 0.1,
      hiddenSd: 0.4,
      outputMean: 0.6,
      outputSd: 0.8
    },
    chip: {
      ...IMAGES,
      learningRate: 0.003,
      decay: 0.9,
      decayEvery: 10,
      missHidden: 0.5,
      missOutput: 0.5,
      inputNoise: 0.3,
      bump: 5e-3,
      hiddenMean: 0.01,
      hiddenSd: 0.03,
      outputMean: 0.006,
      outputSd: 0.1
    }
  },
  images28: {
    ideal: {
      ...IMAGES,
      decay: 0.9,
      decayEvery: 15,
      missHidden: 0.15,
      missOutput: 0.05,
      inputNoise: 0.3,
      hiddenMean: 0.05,
      outputMean: 0.15
    },
    chip: { ...IMAGES }
  }
}

/** DelGrad on Yin-Yang: learning rates and first weights depend on which delays there are */
function delgrad(delays: FirstSpikeConfig['delays'], hidden: number): Partial<Open> {
  const common = { biasTime: -1, biasOutput: false, hiddenMean: 1, hiddenSd: 1, outputMean: 1, outputSd: 1 }
  if (delays === 'none') return { ...common, learningRate: 0.02, hiddenMean: 0.5, outputMean: 0.5 }
  if (delays === 'synaptic' && hidden <= 10) return { ...common, learningRate: 0.015, delayRate: 0.01 }
  if (delays === 'synaptic') return { ...common, learningRate: 0.01, delayRate: 0.003 }
  return common
}

/** weights and delays as the chip has them, without its noise */
const DELGRAD_CHIP: Partial<Open> = {
  margin: 0.3,
  threshold: 2.6,
  learningRate: 0.002,
  delayRate: 0.002,
  missHidden: 0.05,
  missOutput: 0.05,
  biasTime: -1,
  biasOutput: false,
  copies: 5,
  hiddenMean: 1,
  hiddenSd: 0.12,
  outputMean: 0.075,
  outputSd: 0.15,
  delayShift: 2,
  delayScale: 1.5,
  delaySd: 0.5
}
const HARDWARE: Partial<Open> = {
  ...DELGRAD_CHIP,
  mixedCopies: true,
  resolution: 1 / 30,
  weightLimit: 2.1,
  thresholdShift: 0.13,
  thresholdSd: 0.08,
  thresholdTrialSd: 0.04,
  jitter: 0.01
}

/**
 * Every setting with a value: what is given counts, then the papers' value for the task.
 * @param chip the network runs on a chip @param madeFor it was trained on a chip: inputs and biases are those of then
 */
export function completed(
  method: 'first-spike' | 'delgrad',
  config: Config,
  task: Task,
  chip: boolean,
  madeFor = chip
): FirstSpikeConfig {
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null))
  const { noise, delays, hidden } = given as unknown as FirstSpikeConfig
  const hardware = noise === 'hardware' && !madeFor
  const paper = ((): Partial<Open> => {
    if (hardware) return HARDWARE
    if (method === 'delgrad') return madeFor ? DELGRAD_CHIP : delgrad(delays, hidden)
    return TASKS[task][madeFor ? 'chip' : 'ideal']
  })()
  const all = { ...PLAIN, ...paper, ...given } as FirstSpikeConfig
  // a chip is calibrated to equal time constants, and so is the model of it
  if (chip || madeFor || hardware) all.tauRatio = 1
  if (all.biasTime < 0) all.biasOutput = false
  // a chip has noise of its own
  if (chip) Object.assign(all, { thresholdShift: 0, thresholdSd: 0, thresholdTrialSd: 0, jitter: 0 })
  // it is the delay units that jitter
  if (all.delays === 'none') all.jitter = 0
  return all
}
