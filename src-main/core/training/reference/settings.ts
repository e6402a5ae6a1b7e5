/** Settings of the reference networks; defaults are those of the Yin-Yang paper (Kriener, Göltz, Petrovici 2022). */
import { LEAST_RATE, resolve } from '../settings'
import type { Config, Setting } from '../types'

export const REFERENCE_SETTINGS: readonly Setting[] = [
  {
    key: 'network',
    type: 'string',
    default: 'ann',
    unit: '',
    choices: ['ann', 'frozen', 'shallow'],
    help: 'ann: all weights learn; frozen: the hidden ones keep their first values; shallow: no hidden layer'
  },
  { key: 'hidden', type: 'integer', default: 30, unit: '', min: 1, max: 4096, help: 'hidden units (ReLU)' },
  { key: 'learningRate', type: 'number', default: 0.01, unit: '', min: LEAST_RATE, max: 1, help: 'Adam learning rate' }
]

export interface ReferenceConfig {
  network: 'ann' | 'frozen' | 'shallow'
  hidden: number
  learningRate: number
}

/** @throws InputError, one line */
export const resolveReference = (set: Config): Config => resolve(REFERENCE_SETTINGS, set)
export const referenceConfig = (config: Config): ReferenceConfig =>
  resolveReference(config) as unknown as ReferenceConfig
