/** A case of suite `surrogate` as its file tells it: sizes, inputs, weights and the model of a neuron. */
import type { ReferenceModel, ReferenceShape } from '../training/surrogate/reference'
import { type Entry, MOST_NUMBERS } from './document'

/** network, inputs and weights of a case */
export interface Problem {
  shape: ReferenceShape
  x: Uint8Array
  w1: Float64Array
  w2: Float64Array
  labels: Int32Array
}

export function shapeOf(entry: Entry): ReferenceShape {
  const [inputs, hidden, outputs] = entry
    .get('sizes')
    .list(3)
    .map((size) => size.integer(1, 4096))
  const bins = entry.get('T').integer(2, 10_000)
  const batch = entry.get('batch').integer(1, 10_000)
  // what a case holds of its membranes and weights
  if (Math.max(bins * batch, inputs, outputs) * Math.max(inputs, hidden, outputs) > MOST_NUMBERS) {
    entry.get('sizes').refuse(`a network that with ${bins} x ${batch} steps holds at most ${MOST_NUMBERS} numbers`)
  }
  return { inputs, hidden, outputs, bins, batch }
}

export function problemOf(entry: Entry): Problem {
  const shape = shapeOf(entry)
  const { inputs, hidden, outputs, bins, batch } = shape
  return {
    shape,
    x: entry.get('input_spikes_t_b_n').places(bins, batch, inputs),
    w1: entry.get('w1').array(inputs, hidden),
    w2: entry.get('w2').array(hidden, outputs),
    labels: Int32Array.from(entry.get('labels').list(batch), (label) => label.integer(0, outputs - 1))
  }
}

/** orders A and B of `small` and `full` */
export function spikingModel(entry: Entry): ReferenceModel {
  const params = entry.get('params')
  const value = (name: string): number => params.get(name).number()
  const order = entry.get('model').text()
  if (order !== 'A' && order !== 'B') return entry.get('model').refuse('A or B')
  if (order === 'A' && value('leak') !== 0) return params.get('leak').refuse('0 in model A')
  return {
    order,
    alpha: value('alpha'),
    beta: value('beta'),
    threshold: value('theta'),
    leak: value('leak'),
    reset: value('reset'),
    readoutLeak: value('leak_out'),
    slope: value('beta_sg'),
    atThreshold: false,
    readoutScale: 1,
    burst: entry.get('rho_spikecount').number(),
    weightDecay: 0,
    resetInBackward: entry.has('reset_factor_in_backward') ? entry.get('reset_factor_in_backward').boolean() : true
  }
}
