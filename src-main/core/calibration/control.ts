/**
 * The negative control of an acceptance: the chip's settings are overwritten, and every routine's own checks must fail.
 * A check that passes on a chip whose settings were moved would have passed on any chip.
 *
 * What is written is one code for all neurons, the median one, moved as far as somebody's mistake would move it. Leak and
 * input references raise the resting membrane and the threshold falls: were both moved the same way, a threshold above
 * the leak would stay above it, and a routine that is about their distance could not fail.
 */
import type { NeuronCell, QuadrantCell } from '../emulator/chip-port'
import { medianSettings } from './settings'
import type { ChipSettings } from './types'

/** codes; a bias of a current is moved by a share of itself as well */
const CODES: Readonly<Partial<Record<NeuronCell, number>>> = {
  leak: 60,
  reset: -60,
  threshold: -40,
  synapticReferenceExc: -60,
  synapticReferenceInh: 60
}
const FACTORS: Readonly<Partial<Record<NeuronCell, number>>> = {
  leakBias: 1.5,
  synapticTauExc: 1.3,
  synapticTauInh: 0.7,
  synapticGainExc: 0.6,
  synapticGainInh: 0.5
}
/** of the four quadrants */
const QUADRANT_FACTORS: Readonly<Record<QuadrantCell, readonly number[]>> = {
  converterRampOffset: [2.5, 1, 0.1, 1],
  converterRampSlope: [1, 1.2, 1, 0.8],
  synapseDacBias: [0.7, 0.75, 0.6, 0.8]
}

const BLOCK_FACTOR = 0.7
const SENSOR_FACTOR = 1.4

const code = (x: number): number => Math.max(0, Math.min(1022, Math.round(x)))

/** settings as nobody wants them, from those of a calibration */
export function overwritten(settings: ChipSettings): ChipSettings {
  const wrong = medianSettings(settings)
  for (const cell of Object.keys(wrong.neuron) as NeuronCell[]) {
    const [shift, factor] = [CODES[cell] ?? 0, FACTORS[cell] ?? 1]
    wrong.neuron[cell] = wrong.neuron[cell].map((x) => code(x * factor + shift))
  }
  for (const cell of Object.keys(wrong.quadrant) as QuadrantCell[]) {
    wrong.quadrant[cell] = wrong.quadrant[cell].map((x, q) => code(x * QUADRANT_FACTORS[cell][q]))
  }
  wrong.converterOffsets = new Int8Array(wrong.converterOffsets.length)
  wrong.switches.refractory = wrong.switches.refractory.map((x) => Math.max(1, x >> 1))
  // of the further parts the cells: current biases and voltages alike
  if (wrong.dynamics) {
    for (const codes of Object.values(wrong.dynamics.cells)) codes.forEach((x, n) => (codes[n] = code(x * 1.4 + 20)))
  }
  // trims of drivers and synapses are one for all by now; what blocks and quadrants share moves as well
  if (wrong.drivers) wrong.drivers.voltages.ramp = wrong.drivers.voltages.ramp.map((x) => code(x * BLOCK_FACTOR))
  if (wrong.correlation) {
    for (const bias of ['ramp', 'store'] as const) {
      wrong.correlation[bias] = wrong.correlation[bias].map((x) => code(x * SENSOR_FACTOR))
    }
  }
  return wrong
}
