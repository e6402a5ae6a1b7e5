/** Neurons that a question names: a chip has as many as it has, and says so when asked for another. */
import { InloopError } from '../../contract/errors'

export function mustHave(chip: string, count: number, neurons: readonly number[], key = 'neuron'): void {
  const none = neurons.filter((neuron) => neuron >= count)
  if (none.length === 0) return
  const allowed = count === 1 ? 'only 0' : `0 to ${count - 1}`
  throw new InloopError('bad-input', `${key}: ${none.join(', ')} given; allowed: ${allowed} on chip ${chip}`)
}
