/**
 * Suite `surrogate`: the float64 reference of the network and its gradient in three orders of update (`small`, `full`,
 * `training`), and the fast kernels, through the ideal port and the very batch gradient that training uses (`training`).
 */
import { referenceBackward, referenceForward } from '../training/surrogate/reference'
import type {
  ReferenceGradient,
  ReferenceModel,
  ReferenceShape,
  ReferenceTrace,
  Replacement
} from '../training/surrogate/reference'
import type { Kernels } from '../kernels/module'
import { MOST_NUMBERS, type Entry } from './document'
import { Errors } from './errors'
import type { Suite } from './errors'
import type { VerifyTools } from './index'
import { verifyFull } from './surrogate-full'
import { verifyKernels } from './surrogate-kernels'

export function verifySurrogate(file: Entry, tools: VerifyTools): Suite {
  const errors = new Errors(file.get('limits'))
  const small = file.get('small').list()
  const full = file.get('full').list()
  const training = file.get('training').list()
  for (const each of small) verifySmall(each, errors, tools.kernels)
  for (const each of full) verifyFull(each, errors, tools)
  for (const each of training) {
    const { model, problem, trace, measured, gradient } = verifyTraining(each, errors)
    verifyKernels(model, problem, trace, measured, gradient, errors, tools.kernels)
    // as training does it by default; the file knows the published form only, so the float64 reference is the truth
    verifyKernels({ ...model, atThreshold: true }, problem, trace, measured, gradient, errors, tools.kernels)
  }
  return errors.suite('surrogate', small.length + full.length + training.length)
}

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

function problemOf(entry: Entry): Problem {
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

function verifySmall(entry: Entry, errors: Errors, kernels: Kernels): void {
  const model = spikingModel(entry)
  const problem = problemOf(entry)
  const { shape, x, w1, w2, labels } = problem
  const { hidden, outputs, bins, batch } = shape
  const inTheLoop = entry.has('measured')
  const measured = entry.has('measured') ? entry.get('measured') : entry
  const membrane = measured.get('hidden_mem').array(bins, batch, hidden)
  const spikes = Float64Array.from(measured.get('hidden_spikes_t_b_h').places(bins, batch, hidden))
  const readout = measured.get('readout_mem').array(bins, batch, outputs)
  const trace = referenceForward(model, shape, x, w1, w2, inTheLoop ? { membrane, spikes, readout } : undefined)
  errors.arrays('trace', trace.current, entry.get('hidden_current').array(bins, batch, hidden), 'trace_abs')
  errors.arrays('trace', trace.recorded, membrane, 'trace_abs')
  errors.arrays('trace', trace.readout, readout, 'trace_abs')
  errors.arrays('spikes', trace.spikes, spikes, 'spikes')
  if (entry.has('hidden_mem_before_reset')) {
    errors.arrays('trace', trace.membrane, entry.get('hidden_mem_before_reset').array(bins, batch, hidden), 'trace_abs')
  }
  const gradient = referenceBackward(model, shape, x, w1, w2, labels, trace)
  gradients(entry, shape, gradient, errors)
  verifyKernels(model, problem, trace, inTheLoop ? { membrane, spikes, readout } : null, gradient, errors, kernels)
}

function gradients(
  entry: Entry,
  { inputs, hidden, outputs }: ReferenceShape,
  gradient: ReferenceGradient,
  errors: Errors
): void {
  errors.add('loss', gradient.loss - entry.get('loss').number(), 'loss_abs')
  errors.relative('gradient', gradient.hidden, entry.get('grad_w1').array(inputs, hidden), 'grad_rel_to_max')
  errors.relative('gradient', gradient.output, entry.get('grad_w2').array(hidden, outputs), 'grad_rel_to_max')
}

/** order C: the training step itself, in software and in the loop */
function verifyTraining(
  entry: Entry,
  errors: Errors
): {
  model: ReferenceModel
  problem: Problem
  trace: ReferenceTrace
  measured: Replacement | null
  gradient: ReferenceGradient
} {
  const params = entry.get('params')
  const value = (name: string): number => params.get(name).number()
  if (value('theta') !== 1) params.get('theta').refuse("1, the kernels' threshold")
  const model: ReferenceModel = {
    order: 'C',
    alpha: value('alpha'),
    beta: value('beta'),
    threshold: value('theta'),
    leak: 0,
    reset: 0,
    readoutLeak: 0,
    slope: value('beta_sg'),
    atThreshold: false,
    readoutScale: value('readout_scale'),
    burst: value('rho_burst'),
    weightDecay: value('rho_weight'),
    resetInBackward: false
  }
  const problem = problemOf(entry)
  const { shape, x, w1, w2, labels } = problem
  const { hidden, outputs, bins, batch } = shape
  const measured = entry.get('in_the_loop').boolean() ? measuredOf(entry, shape) : null
  const trace = referenceForward(model, shape, x, w1, w2, measured ?? undefined)
  errors.arrays('trace', trace.membrane, entry.get('hidden_mem').array(bins, batch, hidden), 'trace_abs')
  errors.arrays('trace', trace.current, entry.get('hidden_current').array(bins, batch, hidden), 'trace_abs')
  errors.arrays('trace', trace.readout, entry.get('readout').array(bins, batch, outputs), 'trace_abs')
  errors.arrays('spikes', trace.spikes, entry.get('hidden_spikes_t_b_h').places(bins, batch, hidden), 'spikes')
  const gradient = referenceBackward(model, shape, x, w1, w2, labels, trace)
  const parts = entry.get('loss_parts')
  errors.add('loss', gradient.crossEntropy - parts.get('ce').number(), 'loss_abs')
  errors.add('loss', gradient.burst - parts.get('burst').number(), 'loss_abs')
  errors.add('loss', gradient.weight - parts.get('weight').number(), 'loss_abs')
  errors.arrays('time of the maximum', gradient.peaks, entry.get('argmax_time').array(batch, outputs), 'spikes')
  gradients(entry, shape, gradient, errors)
  return { model, problem, trace, measured, gradient }
}

/** what the chip measured in a case in the loop */
function measuredOf(entry: Entry, { hidden, outputs, bins, batch }: ReferenceShape): Replacement {
  const measured = entry.get('measured')
  return {
    membrane: measured.get('V').array(bins, batch, hidden),
    spikes: Float64Array.from(measured.get('spikes_t_b_h').places(bins, batch, hidden)),
    readout: measured.get('readout').array(bins, batch, outputs)
  }
}
