/**
 * What a program's row events deliver to each synaptic input: effective weights, i.e. after the weight curve, the
 * input's offset and the synapse's own deviation (hardware.md 7, "synapse weight": I ∝ w + o_n).
 */
import type { ChipDraw } from '../../../chip/hicann-x/draw'
import { CIRCUITS, COLUMNS, ROWS } from '../../../chip/hicann-x/topology'
import type { RowEvent } from '../../chip-port'

/** row mode: the synapses act on both inputs */
const BOTH = 2

/** what was written into the synapse arrays (0 top, 1 bottom) */
export interface SynapseMemory {
  /** [row][column], 0 … 63 */
  weights: readonly [Uint8Array, Uint8Array]
  /** +1 excitatory, −1 inhibitory, 0 off, 2 both */
  signs: readonly [Int8Array, Int8Array]
}

export interface Drive {
  /** weight LSB that each event adds, [event][circuit] */
  exc: Float64Array
  inh: Float64Array
  /** whether anything arrives anywhere */
  any: boolean
}

export function driveOf(draw: ChipDraw, memory: SynapseMemory, events: readonly RowEvent[]): Drive {
  const exc = new Float64Array(events.length * CIRCUITS)
  const inh = new Float64Array(events.length * CIRCUITS)
  events.forEach((event, k) => {
    if (event.array !== 'bottom') deliver(draw, memory, 0, event.row, k * CIRCUITS, exc, inh)
    if (event.array !== 'top') deliver(draw, memory, 1, event.row, k * CIRCUITS, exc, inh)
  })
  return { exc, inh, any: exc.some((x) => x > 0) || inh.some((x) => x > 0) }
}

/** which synapses of a row react, and how strongly their driver sends */
export interface Pulse {
  /** label of each synapse of the array, [row][column] */
  labels: Uint8Array
  label: number
  /** bits of the label that are compared */
  mask: number
  efficacy: number
}

/** adds one event on one row; without a `pulse` every synapse reacts */
export function deliver(
  draw: ChipDraw,
  memory: SynapseMemory,
  array: 0 | 1,
  row: number,
  at: number,
  exc: Float64Array,
  inh: Float64Array,
  pulse?: Pulse
): void {
  const sign = memory.signs[array][row]
  if (sign > 0) add(draw, memory, array, row, at, exc, draw.circuit.weightOffsetExc, pulse)
  if (sign === -1 || sign === BOTH) add(draw, memory, array, row, at, inh, draw.circuit.weightOffsetInh, pulse)
}

function add(
  draw: ChipDraw,
  memory: SynapseMemory,
  array: 0 | 1,
  row: number,
  at: number,
  into: Float64Array,
  offsets: Float64Array,
  pulse?: Pulse
): void {
  const factors = draw.synapses(array)
  const efficacy = pulse?.efficacy ?? 1
  for (let column = 0; column < COLUMNS; column++) {
    const circuit = array * COLUMNS + column
    const weight = memory.weights[array][row * COLUMNS + column]
    if (weight === 0 || draw.circuit.dead[circuit]) continue
    if (pulse && ((pulse.labels[row * COLUMNS + column] ^ pulse.label) & pulse.mask) !== 0) continue
    const effective = Math.max(0, draw.weightCurve[weight] + offsets[circuit]) * factors[row * COLUMNS + column]
    into[at + circuit] += effective * efficacy
  }
}

export function emptySynapses(): SynapseMemory {
  return {
    weights: [new Uint8Array(ROWS * COLUMNS), new Uint8Array(ROWS * COLUMNS)],
    signs: [new Int8Array(ROWS), new Int8Array(ROWS)]
  }
}
