/**
 * Suite `surrogate` through the fast kernels: ideal port, loss and gradient as a training step runs them, in all three
 * orders of a step. The float64 reference, itself held to the file, says what they should find.
 */
import { IdealPort } from '../emulator/ideal/port'
import { hiddenCell, readoutCell, spikedAt } from '../emulator/network-port'
import type { Measured, NetworkShape, Stimulus } from '../emulator/network-port'
import type { Arena } from '../kernels/arena'
import type { Kernels } from '../kernels/module'
import { STEP_ORDERS } from '../kernels/ideal'
import type { StepOrder } from '../kernels/ideal'
import { BLOCK } from '../kernels/surrogate'
import { solo } from '../kernels/team'
import { log } from '../numerics/functions'
import { place } from '../training/placement'
import { BatchGradient } from '../training/surrogate/gradient'
import { blockedLength, blocksToRows, rowsToBlocks, transposed } from '../training/surrogate/layout'
import { referenceBackward, referenceForward } from '../training/surrogate/reference'
import type {
  ReferenceGradient,
  ReferenceModel,
  ReferenceShape,
  ReferenceTrace,
  Replacement
} from '../training/surrogate/reference'
import { type Errors } from './errors'
import type { Problem } from './surrogate-case'

const padded = (n: number): number => Math.ceil(n / 4) * 4

/**
 * @param trace of the reference, in software
 * @param measured what a chip measured, in a case in the loop
 * @param reference gradient at the one or the other
 */
export function verifyKernels(
  model: ReferenceModel,
  problem: Problem,
  trace: ReferenceTrace,
  measured: Replacement | null,
  reference: ReferenceGradient,
  errors: Errors,
  kernels: Kernels
): void {
  const { arena } = kernels
  const mark = arena.mark()
  const { inputs, hidden, outputs, bins, batch } = problem.shape
  const scales = scalesOf(model)
  // decays over a bin of 1 from time constants, as a port takes them
  const port = new IdealPort({ tauMemUs: -1 / log(model.beta), tauSynUs: -1 / log(model.alpha), order: scales.order })
  const shape: NetworkShape = { inputs, hidden, outputs, bins, binUs: 1, batch }
  let found = port.open(kernels, solo, shape, place(port, null, hidden, outputs))
  const stimulus = stimulusOf(problem, arena)
  const index = arena.i32(batch)
  index.data.forEach((_, b) => (index.data[b] = b))

  let expected = reference
  if (measured) {
    const given = rounded(measured)
    found = { ...found, spikes: arena.f32(batch * found.sample).at }
    fill(found, problem, given, arena)
    expected = referenceAt(model, problem, fromRest(given, problem.shape, model.leak))
  } else {
    const hiddenWeights = rowsPadded(problem.w1, inputs, hidden, scales.gain / scales.unit, arena)
    const outputWeights = rowsPadded(problem.w2, hidden, outputs, scales.gain, arena)
    port.writeNetwork(hiddenWeights, outputWeights)
    port.present(stimulus, index.at, batch)
    compareForward(model, scales, found, problem, trace, errors, arena)
  }

  const perUnit = measured ? 1 / scales.unit : 1
  const { lag } = scales.order
  const resets = model.resetInBackward && model.order !== 'C'
  const gradient = new BatchGradient(kernels, solo, shape, found, {
    ...model,
    slope: model.slope * scales.unit,
    lag,
    resets
  })
  gradient.losses(Uint8Array.from(problem.labels), index.data, batch, 1, scales.gain, null)
  gradient.inputs(stimulus, index.at, batch)
  const blocked = arena.f32(blockedLength(outputs, hidden))
  blocked.data.fill(0)
  rowsToBlocks(transposed(problem.w2, hidden, outputs), outputs, hidden, blocked.data)
  for (let block = 0; block < gradient.blocks; block++) {
    gradient.block(block, stimulus, index.at, batch, blocked.at + block * outputs * BLOCK * 4, perUnit)
  }
  const decay = (2 * model.weightDecay) / problem.w1.length
  const ofHidden = blocksToRows(gradient.hidden.data, inputs, hidden)
  problem.w1.forEach((w, k) => (ofHidden[k] = scales.gain * ofHidden[k] + decay * w))
  const limit = 'fast_kernel.grad_rel_to_max'
  errors.relative('gradient, fast kernels', ofHidden, expected.hidden, limit)
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

/** how a model looks in the kernels' units: leak 0, threshold 1 */
interface Scales {
  order: StepOrder
  /** threshold above the leak */
  unit: number
  /** what one unit of weight adds to the current that enters a membrane */
  gain: number
}

function scalesOf({ order, beta, threshold, leak, reset }: ReferenceModel): Scales {
  const unit = threshold - leak
  const shift = order === 'B' ? (beta * (reset - leak)) / unit : STEP_ORDERS[order].shift
  return { order: { ...STEP_ORDERS[order], shift }, unit, gain: order === 'B' ? 1 - beta : 1 }
}

/**
 * A port hands its measurements over in f32 (a chip's are whole numbers). A case whose readout has two values 1e-7 apart
 * is another problem after that rounding: its maximum may lie at another time. So the kernels are held to the reference,
 * itself held to the file, at the rounded measurement.
 */
function rounded(trace: Replacement): Replacement {
  return { ...trace, membrane: trace.membrane.map(Math.fround), readout: trace.readout.map(Math.fround) }
}

/** as training takes a measurement: a unit's first sample is its rest */
function fromRest(trace: Replacement, { hidden, outputs, batch }: ReferenceShape, leak: number): Replacement {
  const moved = (values: Float64Array, row: number, rest: number): Float64Array =>
    values.map((value, k) => value - values[k % row] + rest)
  return {
    ...trace,
    membrane: moved(trace.membrane, batch * hidden, leak),
    readout: moved(trace.readout, batch * outputs, 0)
  }
}

function referenceAt(model: ReferenceModel, problem: Problem, measured: Replacement): ReferenceGradient {
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

function rowsPadded(weights: Float64Array, rows: number, columns: number, scale: number, arena: Arena): number {
  const slab = arena.f32(rows * padded(columns))
  slab.data.fill(0)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) slab.data[r * padded(columns) + c] = scale * weights[r * columns + c]
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

function view(at: number, measured: Measured, { shape }: Problem, arena: Arena): Float32Array {
  return new Float32Array(arena.memory.buffer, at, shape.batch * measured.sample)
}

function fill(measured: Measured, problem: Problem, trace: Replacement, arena: Arena): void {
  const membrane = view(measured.membrane, measured, problem, arena)
  const spikes = view(measured.spikes, measured, problem, arena).fill(0)
  each(measured, problem, (at, from, readout) => {
    membrane[at] = readout ? trace.readout[from] : trace.membrane[from]
    if (!readout) spikes[at] = trace.spikes[from]
  })
}

function compareForward(
  model: ReferenceModel,
  { unit }: Scales,
  measured: Measured,
  problem: Problem,
  trace: ReferenceTrace,
  errors: Errors,
  arena: Arena
): void {
  const found = view(measured.membrane, measured, problem, arena)
  each(measured, problem, (at, from, readout) => {
    const value = readout ? trace.readout[from] - model.readoutLeak : (trace.membrane[from] - model.leak) / unit
    errors.add('trace, fast kernels', found[at] - value, 'fast_kernel.trace_over_theta')
    if (readout) return
    errors.add('spikes, fast kernels', Number(spikedAt(found, null, at)) - trace.spikes[from], 'spikes')
  })
}
