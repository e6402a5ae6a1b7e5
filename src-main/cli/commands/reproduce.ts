/** reproduce RUN */
import type { Output } from '../../contract/index'
import { command } from '../command'

function shown({ firstDifference: d, of, run, epochs, weights, warnings }: Output<'reproduce'>): string {
  const compared = `${epochs} epoch${epochs === 1 ? '' : 's'}${weights > 0 ? ` and ${weights} weights and moments` : ''}`
  const verdict = d
    ? `${run} is not ${of}: first different in epoch ${d.epoch}, ${d.quantity}: ${d.recorded} recorded, ${d.again} again`
    : `${run} is ${of} again: the same bits in ${compared}`
  return [...warnings.map((warning) => `warning: ${warning}`), verdict].join('\n')
}

export const reproduceCommands = [
  command({
    path: 'reproduce',
    endpoint: 'reproduce',
    args: ['run'],
    show: shown,
    failed: ({ reproduced }) => !reproduced
  })
]
