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
import type { Entry } from './document'
import { Errors } from './errors'
import type { Suite } from './errors'
import type { VerifyTools } from './tools'
import { type Problem, problemOf, spikingModel } from './surrogate-case'
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
