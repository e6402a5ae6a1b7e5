/** `training` of suite `surrogate` through the fast kernels: ideal port, loss and gradient as a training step runs them. */
import { IdealPort } from '../emulator/ideal/port'
import { hiddenCell, readoutCell, spikedAt } from '../emulator/network-port'
import type { Measured, NetworkShape, Stimulus } from '../emulator/network-port'
import type { Arena } from '../kernels/arena'
import type { Kernels } from '../kernels/module'
import { BLOCK } from '../kernels/surrogate'
import { solo } from '../kernels/team'
import { log } from '../numerics/functions'
import { place } from '../training/placement'
import { BatchGradient } from '../training/surrogate/gradient'
import { blockedLength, blocksToRows, rowsToBlocks, transposed } from '../training/surrogate/layout'
import { referenceBackward, referenceForward } from '../training/surrogate/reference'
import type { ReferenceGradient, ReferenceModel } from '../training/surrogate/reference'
import type { Entry } from './document'
import { type Errors } from './errors'
import { measuredOf } from './surrogate'
import type { Problem } from './surrogate'

const padded = (n: number): number => Math.ceil(n / 4) * 4

export function verifyKernels(
  entry: Entry,
  model: ReferenceModel,
  problem: Problem,
  reference: ReferenceGradient,
  errors: Errors,
  kernels: Kernels
): void {
  if (model.threshold !== 1) entry.get('params').get('theta').refuse("1, the kernels' threshold")
  const { arena } = kernels
  const mark = arena.mark()
  const { inputs, hidden, outputs, bins, batch } = problem.shape
  // decays over a bin of 1 from time constants, as a port takes them
  const port = new IdealPort({ tauMemUs: -1 / log(model.beta), tauSynUs: -1 / log(model.alpha) })
  const shape: NetworkShape = { inputs, hidden, outputs, bins, binUs: 1, batch }
  let measured = port.open(kernels, solo, shape, place(port, null, hidden, outputs))
  const stimulus = stimulusOf(problem, arena)
  const index = arena.i32(batch)
  index.data.forEach((_, b) => (index.data[b] = b))

  const hiddenWeights = rowsPadded(problem.w1, inputs, hidden, arena)
  const outputWeights = rowsPadded(problem.w2, hidden, outputs, arena)
  port.writeNetwork(hiddenWeights, outputWeights)
  port.present(stimulus, index.at, batch)
  let expected = reference
  if (entry.get('in_the_loop').boolean()) {
    const given = rounded(measuredOf(entry, problem.shape))
    measured = { ...measured, spikes: arena.f32(batch * measured.sample).at }
    fill(measured, problem, given, arena)
    expected = referenceAt(model, problem, given)
  } else {
    compareForward(entry, measured, problem, errors, arena)
  }

  const gradient = new BatchGradient(kernels, solo, shape, measured, model)
  gradient.losses(Uint8Array.from(problem.labels), index.data, batch, 1, 1, null)
  const blocked = arena.f32(blockedLength(outputs, hidden))
  blocked.data.fill(0)
  rowsToBlocks(transposed(problem.w2, hidden, outputs), outputs, hidden, blocked.data)
  for (let block = 0; block < gradient.blocks; block++) {
    gradient.block(block, stimulus, index.at, batch, blocked.at + block * outputs * BLOCK * 4, 1)
  }
  const decayed = blocksToRows(gradient.hidden.data, inputs, hidden)
  problem.w1.forEach((w, k) => (decayed[k] += (2 * model.weightDecay * w) / problem.w1.length))
  const limit = 'fast_kernel.grad_rel_to_max'
  errors.relative('gradient, fast kernels', decayed, expected.hidden, limit)
  const output = transposed(blocksToRows(gradient.output.data, outputs, hidden), outputs, hidden)
  errors.relative('gradient, fast kernels', output, expected.output, limit)
  const { crossEntropy } = gradient.sums(batch)
  const scale = Math.max(1, expected.crossEntropy)
  errors.add(
    'loss, fast kernels',
    (crossEntropy / batch - expected.crossEntropy) / scale,
    'fast_kernel.trace_over_theta'
  )
  arena.release(mark)
}

/**
 * A port hands its measurements over in f32 (a chip's are whole numbers). A case whose readout has two values 1e-7 apart
 * is another problem after that rounding: its maximum may lie at another time. So the kernels are held to the reference,
 * itself held to the file, at the rounded measurement.
 */
function rounded(trace: Trace): Trace {
  return { ...trace, membrane: trace.membrane.map(Math.fround), readout: trace.readout.map(Math.fround) }
}

function referenceAt(model: ReferenceModel, problem: Problem, measured: Trace): ReferenceGradient {
  const { shape, x, w1, w2, labels } = problem
  return referenceBackward(model, shape, x, w1, w2, labels, referenceForward(model, shape, x, w1, w2, measured))
}

/** sorted by bin, as a data set encodes its samples */
function stimulusOf({ shape, x }: Problem, arena: Arena): Stimulus {
  const { inputs, bins, batch } = shape
  const total = x.reduce((sum, spike) => sum + spike, 0)
  const input = arena.u8(total)
  const start = arena.i32(batch + 1)
  const binStart = arena.u16(batch * (bins + 1))
  let at = 0
  for (let b = 0; b < batch; b++) {
    start.data[b] = at
    for (let t = 0; t < bins; t++) {
      binStart.data[b * (bins + 1) + t] = at - start.data[b]
      for (let n = 0; n < inputs; n++) if (x[(t * batch + b) * inputs + n] === 1) input.data[at++] = n
    }
    binStart.data[b * (bins + 1) + bins] = at - start.data[b]
  }
  start.data[batch] = at
  return { input: input.at, start: start.at, binStart: binStart.at }
}

function rowsPadded(weights: Float64Array, rows: number, columns: number, arena: Arena): number {
  const slab = arena.f32(rows * padded(columns))
  slab.data.fill(0)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) slab.data[r * padded(columns) + c] = weights[r * columns + c]
  }
  return slab.at
}

/** calls `visit` with the place in `Measured` and in the reference's [t][batch][unit] of each unit and time */
function each(
  measured: Measured,
  { shape }: Problem,
  visit: (at: number, from: number, readout: boolean) => void
): void {
  const { hidden, outputs, bins, batch } = shape
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < bins; t++) {
      for (let h = 0; h < hidden; h++) visit(hiddenCell(measured, b, t, h), (t * batch + b) * hidden + h, false)
      for (let o = 0; o < outputs; o++) visit(readoutCell(measured, b, t, o), (t * batch + b) * outputs + o, true)
    }
  }
}

interface Trace {
  membrane: Float64Array
  spikes: Float64Array
  readout: Float64Array
}

function view(at: number, measured: Measured, { shape }: Problem, arena: Arena): Float32Array {
  return new Float32Array(arena.memory.buffer, at, shape.batch * measured.sample)
}

function fill(measured: Measured, problem: Problem, trace: Trace, arena: Arena): void {
  const membrane = view(measured.membrane, measured, problem, arena)
  const spikes = view(measured.spikes, measured, problem, arena).fill(0)
  each(measured, problem, (at, from, readout) => {
    membrane[at] = readout ? trace.readout[from] : trace.membrane[from]
    if (!readout) spikes[at] = trace.spikes[from]
  })
}

function compareForward(entry: Entry, measured: Measured, problem: Problem, errors: Errors, arena: Arena): void {
  const { hidden, outputs, bins, batch } = problem.shape
  const membrane = view(measured.membrane, measured, problem, arena)
  const expected = {
    membrane: entry.get('hidden_mem').array(bins, batch, hidden),
    spikes: entry.get('hidden_spikes_t_b_h').places(bins, batch, hidden),
    readout: entry.get('readout').array(bins, batch, outputs)
  }
  each(measured, problem, (at, from, readout) => {
    const value = readout ? expected.readout[from] : expected.membrane[from]
    errors.add('trace, fast kernels', membrane[at] - value, 'fast_kernel.trace_over_theta')
    if (!readout)
      errors.add('spikes, fast kernels', Number(spikedAt(membrane, null, at)) - expected.spikes[from], 'spikes')
  })
}
