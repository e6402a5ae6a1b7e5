/** A run between two epochs: all that is needed to go on with the same bits; and the first weights of a run. */
import { InputError } from '../../errors/input-error'
import { Stream } from '../../random/stream'
import type { Checkpoint } from '../types'
import type { FirstSpikeConfig } from './presets'
import type { SpikingNetwork } from './network'
import type { MeasuredUnits } from './types'

const REPORTED = 'conversion.'
/** numbers that belong to weights and moments */
export const COUNTERS = ['meanPower', 'squarePower', 'bump', 'bumped', 'bumps'] as const
const UNITS = 'unitCodes'

/** normal, as the papers' code draws them; every array from a stream of its own */
export function initialise(network: SpikingNetwork, config: FirstSpikeConfig, seed: number): void {
  if (network.team.index === 0) {
    const draw = (name: string, length: number, mean: number, sd: number): Float64Array => {
      const stream = new Stream(seed, 'init', name)
      return Float64Array.from({ length }, () => mean + sd * stream.normal())
    }
    for (const group of network.groups) {
      const hidden = group.name.startsWith('hidden')
      const [mean, sd] = group.isDelay
        ? [0, config.delaySd]
        : hidden
          ? [config.hiddenMean, config.hiddenSd]
          : [config.outputMean, config.outputSd]
      group.load({ [group.name]: draw(group.name, group.length, mean, sd) })
    }
  }
  network.team.barrier()
}

export function checkpointOf(
  network: SpikingNetwork,
  epoch: number,
  codesPerUnit: number,
  { report, units }: MeasuredUnits,
  further: Readonly<Record<string, number>> = {}
): Checkpoint {
  const { meanPower, squarePower } = network.clock
  const { hidden, copies } = network.config
  const { bump, bumped, bumps } = network
  const state = { meanPower, squarePower, bump, bumped, bumps }
  const numbers: Record<string, number> = { ...state, ...further, weightPerUnit: codesPerUnit }
  for (const [key, value] of Object.entries(report)) if (typeof value === 'number') numbers[REPORTED + key] = value
  numbers['units'] = hidden
  numbers['copies'] = copies
  const weights = network.hidden.weights.values.data
  const arrays: Checkpoint['arrays'] = {
    // as dashboards read it: [source][hidden]
    hidden: Float32Array.from(weights)
  }
  for (const group of network.groups) Object.assign(arrays, group.state())
  if (units) arrays[UNITS] = units
  return { epoch, arrays, numbers }
}

/** every member calls it */
export function restore(network: SpikingNetwork, checkpoint: Checkpoint): void {
  const { numbers, arrays } = checkpoint
  network.clock.meanPower = numbers['meanPower']
  network.clock.squarePower = numbers['squarePower']
  network.bump = numbers['bump']
  network.bumped = numbers['bumped']
  network.bumps = numbers['bumps'] ?? 0
  for (const { name, length } of network.groups) {
    const given = arrays[name]?.length ?? 0
    if (given !== length) {
      throw new InputError('bad-input', `the array ${name} has ${given} values, the network needs ${length}`)
    }
  }
  if (network.team.index === 0) for (const group of network.groups) group.load(arrays)
  network.team.barrier()
}

/** was it trained on a chip? */
export const madeForChip = ({ numbers }: Checkpoint): boolean => `${REPORTED}codesPerUnit` in numbers

/** what was measured before the training */
export function measuredOf(checkpoint: Checkpoint): { measured: MeasuredUnits } {
  const report: Record<string, number> = {}
  for (const [key, value] of Object.entries(checkpoint.numbers)) {
    if (key.startsWith(REPORTED)) report[key.slice(REPORTED.length)] = value
  }
  const units = checkpoint.arrays[UNITS]
  return { measured: { report, units: units ? Float64Array.from(units) : null } }
}
