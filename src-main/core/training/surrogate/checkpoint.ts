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

const BEST = 'best.'

/** a checkpoint that carries another one's weights and moments with it: those of the best epoch so far */
export function withBest(checkpoint: Checkpoint, best: Checkpoint): Checkpoint {
  const arrays = { ...checkpoint.arrays }
  for (const [name, array] of Object.entries(best.arrays)) if (!name.startsWith(BEST)) arrays[BEST + name] = array
  const { meanPower, squarePower } = best.numbers
  return {
    ...checkpoint,
    arrays,
    numbers: { ...checkpoint.numbers, [`${BEST}meanPower`]: meanPower, [`${BEST}squarePower`]: squarePower }
  }
}

/** the one that it carries, if it does */
export function bestOf({ epoch, arrays, numbers }: Checkpoint): Checkpoint | null {
  const carried = Object.entries(arrays).filter(([name]) => name.startsWith(BEST))
  if (carried.length === 0) return null
  const powers = {
    meanPower: numbers[`${BEST}meanPower`],
    squarePower: numbers[`${BEST}squarePower`]
  }
  return {
    epoch,
    arrays: Object.fromEntries(carried.map(([name, array]) => [name.slice(BEST.length), array])),
    numbers: { ...numbers, ...powers }
  }
}

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
