/**
 * How far the fast emulation is from its definition: noise off, fixed pattern on, the same input and weights, against
 * the float64 reference with a step of 0.01 µs. The bench reports it, a test holds it to its limits.
 */
import { COLUMNS, LARGEST_WEIGHT } from '../../chip/hicann-x/topology'
import type { NetworkShape, StepError } from '../network-port'
import type { Placement } from '../placement'
import { emulateReference } from './reference'
import type { ReferenceNetwork, ReferenceSample } from './reference-unit'
import type { NetworkSource } from './source'
import { currentStep, unitsOf } from './units'
import type { Units } from './units'

const REFERENCE_STEP_US = 0.01
/** a spike further off than this, and one without a partner, is wrong; µs */
const SPIKE_US = 0.05
/** so is a converter sample further off, LSB */
const READ_LSB = 1

/** the same chip without trial noise: membranes and converters are quiet, no event is late or lost */
export function withoutTrialNoise(source: NetworkSource): NetworkSource {
  const none = (list: Float64Array): Float64Array => new Float64Array(list.length)
  return {
    columns: () => {
      const columns = source.columns()
      return { ...columns, noise: none(columns.noise), refractoryCycle: none(columns.refractoryCycle) }
    },
    converter: () => {
      const converter = source.converter()
      return { ...converter, noise: none(converter.noise) }
    },
    events: () => ({ loss: 0, delaySd: 0 }),
    synapses: () => source.synapses(),
    weightCurve: () => source.weightCurve(),
    revision: source.revision,
    trialSeed: source.trialSeed
  }
}

/**
 * The network as the reference takes it: currents by the plain formula, one synapse at a time.
 * @param weights port units, rows of units padded to a multiple of 4
 */
export function referenceOf(
  source: NetworkSource,
  shape: NetworkShape,
  placement: Placement,
  weights: { hidden: Float32Array; output: Float32Array; recurrent?: Float32Array }
): ReferenceNetwork {
  const hidden = unitsOf(source, placement.hidden, true)
  const outputs = unitsOf(source, placement.outputs, false)
  const { top, bottom } = source.synapses()
  const curve = source.weightCurve()
  const { recurrent } = weights
  // hidden units have rows of their own where hidden columns listen to them
  const below = shape.recurrent ? shape.inputs : 0
  const steps = (units: Units, rows: number, matrix: Float32Array, firstRow: number): Float64Array => {
    const width = Math.ceil(units.count / 4) * 4
    return Float64Array.from({ length: rows * units.count }, (_, k) => {
      const [row, unit] = [Math.floor(k / units.count), k % units.count]
      if (units.column[unit] < 0) return 0
      const at = (firstRow + row) * COLUMNS + units.column[unit]
      const code = Math.max(-LARGEST_WEIGHT, Math.min(LARGEST_WEIGHT, Math.round(matrix[row * width + unit])))
      return currentStep(units, unit, code, curve, top[at], bottom[at])
    })
  }
  return {
    hidden,
    outputs,
    hiddenSteps: steps(hidden, shape.inputs, weights.hidden, 0),
    outputSteps: steps(outputs, shape.hidden, weights.output, below),
    ...(recurrent ? { recurrentSteps: steps(hidden, shape.hidden, recurrent, below) } : {})
  }
}

/**
 * Compares one sample and adds what was found to `error`.
 * @param input input indices that spike in each bin
 * @param fast the same sample through the kernels: its spikes, and its reads [bin][hidden units, then readouts]
 */
export function compareSample(
  error: StepError,
  reference: ReferenceNetwork,
  { binUs }: NetworkShape,
  input: readonly (readonly number[])[],
  fast: { spikes: ReferenceSample['spikes']; read: (bin: number, unit: number) => number }
): void {
  const truth = emulateReference(reference, input, binUs, REFERENCE_STEP_US)
  const units = reference.hidden.count + reference.outputs.count
  error.samples++
  error.spikes += truth.spikes.length
  const wrongSpikes = unmatched(fast.spikes, truth.spikes, reference.hidden.count)
  error.wrongSpikes += wrongSpikes
  truth.converter.forEach((exact, k) => {
    const counts = Math.round(Math.max(0, Math.min(255, exact)))
    error.reads++
    if (Math.abs(fast.read(Math.floor(k / units), k % units) - counts) <= READ_LSB) return
    error.wrongReads++
    if (wrongSpikes === 0) error.wrongReadsApart++
  })
}

/** spikes of both lists that have no partner of their own near enough */
function unmatched(a: ReferenceSample['spikes'], b: ReferenceSample['spikes'], units: number): number {
  let errors = 0
  for (let unit = 0; unit < units; unit++) {
    const [x, y] = [a, b].map((list) => list.filter((s) => s.unit === unit).map((s) => s.timeUs))
    let [i, j] = [0, 0]
    while (i < x.length || j < y.length) {
      if (i < x.length && j < y.length && Math.abs(x[i] - y[j]) <= SPIKE_US) {
        i++
        j++
      } else {
        errors++
        if (j >= y.length || (i < x.length && x[i] < y[j])) i++
        else j++
      }
    }
  }
  return errors
}
