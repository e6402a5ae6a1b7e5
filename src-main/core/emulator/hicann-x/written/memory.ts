/**
 * What can be written to the chip, checked as it is written: codes as written and as the cells hold them, switches,
 * synapse rows. One line of complaint names the cell and the range that it takes.
 */
import type { ChipDraw } from '../../../chip/hicann-x/draw'
import { writeRow, writeShared } from '../../../chip/hicann-x/parameter-memory'
import {
  CIRCUITS,
  COLUMNS,
  LARGEST_CAPACITANCE,
  LARGEST_CODE,
  LARGEST_WEIGHT,
  QUADRANTS,
  ROWS
} from '../../../chip/hicann-x/topology'
import { InputError } from '../../../errors/input-error'
import type { Stream } from '../../../random/stream'
import type { NeuronCell, NeuronSwitches, QuadrantCell } from '../../chip-port'
import { emptySynapses, type SynapseMemory } from '../program/drive'

/** codes at power-up: the middle of the chips that were published, so that a fresh chip is "uncalibrated, median code" */
const POWER_UP: Record<NeuronCell, number> = {
  leak: 629,
  reset: 625,
  threshold: 389,
  leakBias: 158,
  resetBias: 1022,
  synapticTauExc: 80,
  synapticTauInh: 80,
  synapticReferenceExc: 310,
  synapticReferenceInh: 310,
  synapticGainExc: 500,
  synapticGainInh: 500,
  offsetCurrent: 0
}
const POWER_UP_QUADRANT: Record<QuadrantCell, number> = {
  converterRampOffset: 31,
  converterRampSlope: 369,
  synapseDacBias: 600
}
/** largest value of each switch, and its value at power-up (two microseconds of refractory period) */
const SWITCHES: Record<keyof NeuronSwitches, { most: number; at: number }> = {
  capacitance: { most: LARGEST_CAPACITANCE, at: LARGEST_CAPACITANCE },
  leakRange: { most: 2, at: 0 },
  inputExc: { most: 1, at: 0 },
  inputInh: { most: 1, at: 0 },
  highResistanceExc: { most: 1, at: 1 },
  highResistanceInh: { most: 1, at: 1 },
  threshold: { most: 1, at: 0 },
  offsetCurrent: { most: 2, at: 0 },
  refractory: { most: 255, at: 8 },
  joined: { most: 1, at: 0 }
}

export class Memory {
  readonly written: Record<NeuronCell, Uint16Array>
  readonly writtenShared: Record<QuadrantCell, Uint16Array>
  /** what the cells really hold */
  readonly held: Record<NeuronCell, Float64Array>
  readonly heldShared: Record<QuadrantCell, Float64Array>
  readonly switches: NeuronSwitches
  readonly converterOffsets = new Int8Array(CIRCUITS)
  readonly synapses: SynapseMemory = emptySynapses()

  constructor(
    readonly draw: ChipDraw,
    private readonly trial: Stream
  ) {
    this.written = mapRecord(POWER_UP, (code) => new Uint16Array(CIRCUITS).fill(code))
    this.writtenShared = mapRecord(POWER_UP_QUADRANT, (code) => new Uint16Array(QUADRANTS).fill(code))
    this.held = mapRecord(this.written, (codes) => writeRow(codes, trial))
    this.heldShared = mapRecord(this.writtenShared, (codes) => writeShared(codes, trial))
    this.switches = mapRecord(SWITCHES, ({ at }) => new Uint8Array(CIRCUITS).fill(at))
  }

  /** what writes change (numerics/state.ts) */
  get mutable(): object {
    const { written, writtenShared, held, heldShared, switches, converterOffsets, synapses } = this
    // plain normal draws are never left over: trial noise does not make them in pairs
    return {
      written,
      writtenShared,
      held,
      heldShared,
      switches,
      converterOffsets,
      synapses,
      stream: this.trial.state
    }
  }

  writeNeuron(cell: NeuronCell, codes: Uint16Array): void {
    check(`cell ${cell}`, codes, CIRCUITS, 0, LARGEST_CODE)
    this.written[cell].set(codes)
    this.held[cell] = writeRow(codes, this.trial)
  }

  writeQuadrant(cell: QuadrantCell, codes: Uint16Array): void {
    check(`cell ${cell}`, codes, QUADRANTS, 0, LARGEST_CODE)
    this.writtenShared[cell].set(codes)
    this.heldShared[cell] = writeShared(codes, this.trial)
  }

  writeSwitches(switches: Partial<NeuronSwitches>): void {
    const names = Object.keys(switches) as (keyof NeuronSwitches)[]
    for (const name of names) {
      // all are checked before the first is written
      if (switches[name]) check(`switch ${name}`, switches[name], CIRCUITS, 0, SWITCHES[name].most)
    }
    for (const name of names) if (switches[name]) this.switches[name].set(switches[name])
  }

  writeConverterOffsets(offsets: Int8Array): void {
    check('converter offsets', offsets, CIRCUITS, -128, 127)
    this.converterOffsets.set(offsets)
  }

  writeRowSigns(array: 'top' | 'bottom', signs: Int8Array): void {
    check(`row signs of the ${array} array`, signs, ROWS, -1, 1)
    this.synapses.signs[array === 'top' ? 0 : 1].set(signs)
  }

  writeWeights(array: 'top' | 'bottom', row: number, weights: Uint8Array): void {
    check('synapse row', [row], 1, 0, ROWS - 1)
    check(`weights of row ${row}`, weights, COLUMNS, 0, LARGEST_WEIGHT)
    this.synapses.weights[array === 'top' ? 0 : 1].set(weights, row * COLUMNS)
  }
}

/** @throws InputError naming what is wrong */
export function check(what: string, values: ArrayLike<number>, count: number, least: number, most: number): void {
  if (values.length !== count) {
    throw new InputError('bad-input', `${what}: ${values.length} values where ${count} are needed`)
  }
  for (let k = 0; k < count; k++) {
    if (!(Number.isInteger(values[k]) && values[k] >= least && values[k] <= most)) {
      throw new InputError(
        'bad-input',
        `${what}: ${values[k]} (entry ${k}) is not a whole number in ${least} … ${most}`
      )
    }
  }
}

export function mapRecord<K extends string, A, B>(record: Readonly<Record<K, A>>, f: (value: A) => B): Record<K, B> {
  return Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, f(value)])) as Record<K, B>
}
