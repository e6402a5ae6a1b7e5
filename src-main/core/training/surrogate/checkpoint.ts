/** A run between two epochs: all that is needed to go on with the same bits. */
import type { MeasuredConversion } from '../conversion'
import type { Checkpoint, Config } from '../types'
import type { NetworkState } from './network'
import type { Session } from './session'

const REPORTED = 'conversion.'

export function checkpointOf(
  session: Session,
  epoch: number,
  report: Config,
  further: Record<string, number> = {}
): Checkpoint {
  const { moments, meanPower, squarePower, ...weights } = session.network.state()
  const numbers: Record<string, number> = { ...session.conversion, meanPower, squarePower, ...further }
  for (const [key, value] of Object.entries(report)) if (typeof value === 'number') numbers[REPORTED + key] = value
  return { epoch, arrays: { ...weights, ...moments }, numbers }
}

/** numbers that belong to weights and moments */
export const COUNTERS = ['meanPower', 'squarePower'] as const

export function stateOf(checkpoint: Checkpoint): NetworkState {
  const array = (name: string): Float32Array => checkpoint.arrays[name] as Float32Array
  const looped = 'recurrent' in checkpoint.arrays
  return {
    ...(looped ? { recurrent: array('recurrent') } : {}),
    hidden: array('hidden'),
    output: array('output'),
    moments: {
      hiddenMean: array('hiddenMean'),
      hiddenSquare: array('hiddenSquare'),
      outputMean: array('outputMean'),
      outputSquare: array('outputSquare'),
      ...(looped ? { recurrentMean: array('recurrentMean'), recurrentSquare: array('recurrentSquare') } : {})
    },
    meanPower: checkpoint.numbers['meanPower'],
    squarePower: checkpoint.numbers['squarePower']
  }
}

export function conversionOf(checkpoint: Checkpoint): Omit<MeasuredConversion, 'units'> {
  const { membranePerUnit, weightPerUnit, outputPerUnit } = checkpoint.numbers
  const report: Record<string, number> = {}
  for (const [key, value] of Object.entries(checkpoint.numbers)) {
    if (key.startsWith(REPORTED)) report[key.slice(REPORTED.length)] = value
  }
  return { conversion: { membranePerUnit, weightPerUnit, outputPerUnit }, report }
}
