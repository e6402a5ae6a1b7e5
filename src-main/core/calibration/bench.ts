/**
 * The chip on the bench: the port, plus what every routine needs to work on it (jittered writes, averaged reads,
 * stimulation through synapse rows) and the few things that cannot be read back from a chip.
 */
import type { ChipPort, DynamicsCell, NeuronCell, NeuronSwitches, Program, Recording } from '../emulator/chip-port'
import { copyOf, putBack } from '../numerics/state'
import { Stream } from '../random/stream'
import { corrected, noSight, sightOf } from './channels'
import type { Sight } from './channels'
import type { Found } from './search'
import { HIGHEST_CODE, NEURONS } from './settings'
import type { TargetLists, Targets } from './types'

/** ±5 codes of jitter on writes of one value to many cells, which would pull each other (calix, helpers.capmem_noise) */
const JITTER = 5

/** what `hold` saves and brings back */
interface Held {
  cells?: readonly (NeuronCell | DynamicsCell)[]
  switches?: readonly (keyof NeuronSwitches)[]
}

/** the bench between two units of a calibration, as plain data */
export interface SavedBench {
  stream: ReturnType<Stream['save']>
  /** every other field, by its name */
  fields: { [name: string]: unknown }
}

/** events through one driver (drivers.ts) */
export interface Train {
  /** events of a driver in one measurement, and their distance, µs */
  events: number
  stepUs: number
  activation?: number
  /** time constants of the neurons, µs */
  tauMemUs: number
  tauSynUs: number
}

export class Bench {
  /** jitter of searches and writes; drawn from the chip's serial number, so that a calibration repeats */
  readonly random: Stream
  /** digital converter offsets as last written */
  converterOffsets: Int8Array
  /** 1: the column converter of this neuron does not respond; its reads count as NaN */
  readonly blind = new Uint8Array(NEURONS)
  /** what the debug line told of the channels; reads of membranes are corrected by it */
  sight: Sight = noSight()
  /** where the membranes rest with no input connected, CADC LSB; recorded by the preparation stage */
  restWithoutInput: Float64Array = new Float64Array(NEURONS).fill(NaN)
  /** 1: the neuron's two input references are matched together (routines/input-reference.ts) */
  readonly leaning = new Uint8Array(NEURONS)
  /** nominal gain, and the response that both synaptic inputs are matched to; the excitatory side fixes it */
  gainTarget: { nominal: number; events: number; amplitude: number } | null = null

  /** what is being held, the latest last */
  readonly held: { codes: Uint16Array[]; switches: Partial<NeuronSwitches> }[] = []
  /** events that give a response of a good size, chosen by who measures drivers */
  train: Train | null = null
  /** trims of the correlation sensors, once found: one search finds those of both kinds */
  trims: Found | null = null

  constructor(
    readonly port: ChipPort,
    readonly targets: Targets,
    converterOffsets: Int8Array,
    private readonly lists: TargetLists = {}
  ) {
    this.random = new Stream('calibration', port.identity.serial)
    this.converterOffsets = converterOffsets
  }

  save(): SavedBench {
    const { port: _port, targets: _targets, lists: _lists, random, ...fields } = this
    return copyOf({ stream: random.save(), fields })
  }

  restore({ stream, fields }: SavedBench): void {
    this.random.restore(stream)
    putBack(this, fields)
  }

  /** measures the converter's channels as they stand: whenever its ramps or offsets were written */
  look(): void {
    const { sight, stuck } = sightOf(this.port)
    this.sight = sight
    this.blind.set(stuck)
  }

  /** targets of single neurons, where the operator gave some */
  list(target: string): Float64Array | undefined {
    return this.lists[target]
  }

  /** what each neuron shall come to */
  each(target: string): Float64Array {
    return this.lists[target] ?? new Float64Array(NEURONS).fill(this.targets[target])
  }

  /** the largest of these, for windows that must hold all */
  longest(target: string): number {
    return this.lists[target]?.reduce((most, x) => Math.max(most, x)) ?? this.targets[target]
  }

  write(cell: NeuronCell | DynamicsCell, codes: ArrayLike<number>): void {
    this.port.writeNeuron(cell, Uint16Array.from(codes))
  }

  /** about the same code for all, jittered */
  writeAll(cell: NeuronCell | DynamicsCell, code: number): void {
    const codes = Uint16Array.from({ length: NEURONS }, () => {
      const jittered = code + this.random.below(2 * JITTER + 1) - JITTER
      return Math.max(0, Math.min(HIGHEST_CODE, jittered))
    })
    this.port.writeNeuron(cell, codes)
  }

  setAll(switches: Partial<Record<keyof NeuronSwitches, number>>): void {
    const arrays: Partial<NeuronSwitches> = {}
    for (const [key, value] of Object.entries(switches)) {
      arrays[key as keyof NeuronSwitches] = new Uint8Array(NEURONS).fill(value)
    }
    this.port.writeSwitches(arrays)
  }

  /** saves cells and switches as they are; the answer writes them back */
  hold({ cells = [], switches = [] }: Held): () => void {
    const now = this.port.readSwitches()
    const kept = {
      codes: cells.map((cell) => this.port.readNeuron(cell).slice()),
      switches: Object.fromEntries(switches.map((key) => [key, now[key].slice()]))
    }
    this.held.push(kept)
    return () => {
      cells.forEach((cell, k) => this.port.writeNeuron(cell, kept.codes[k]))
      if (switches.length > 0) this.port.writeSwitches(kept.switches)
      this.held.splice(this.held.indexOf(kept), 1)
    }
  }

  /**
   * Runs a program `repeats` times and averages each of its column reads.
   * @returns CADC LSB as the chip's median channel reads, [read][neuron]; NaN where the converter channel is blind
   */
  columns(program: Program, repeats: number): Float64Array[] {
    const reads = program.columnReads?.length ?? 0
    const recording = this.port.run({ ...program, repeats })
    return Array.from({ length: reads }, (_, read) => this.seen(meanOfRead(recording, reads, read, repeats)))
  }

  /** membranes at rest, mean of `repeats` reads */
  rest(repeats: number): Float64Array {
    return this.columns({ durationUs: 1, columnReads: [0.5] }, repeats)[0]
  }

  /** mean reads of membranes without what is the channels' own; NaN where a channel is blind */
  seen(values: Float64Array): Float64Array {
    return this.mask(corrected(values, this.sight))
  }

  mask(values: Float64Array): Float64Array {
    for (let n = 0; n < values.length; n++) if (this.blind[n]) values[n] = NaN
    return values
  }

  /** connects `rows` synapse rows of both arrays, from row `first`, to all neurons, with one sign and weight */
  connectRows(sign: 1 | -1, rows: number, weight: number, first = 0): void {
    const weights = new Uint8Array(256).fill(weight)
    for (const array of ['top', 'bottom'] as const) {
      this.port.writeRowSigns(
        array,
        Int8Array.from({ length: 256 }, (_, row) => (row >= first && row < first + rows ? sign : 0))
      )
      for (let row = first; row < first + rows; row++) this.port.writeWeights(array, row, weights)
    }
  }

  /** takes the rows off again */
  disconnectRows(rows: number, first = 0): void {
    const none = new Uint8Array(256)
    for (const array of ['top', 'bottom'] as const) {
      this.port.writeRowSigns(array, new Int8Array(256))
      for (let row = first; row < first + rows; row++) this.port.writeWeights(array, row, none)
    }
  }
}

function meanOfRead(recording: Recording, reads: number, read: number, repeats: number): Float64Array {
  const out = new Float64Array(NEURONS)
  for (let repeat = 0; repeat < repeats; repeat++) {
    const from = (repeat * reads + read) * NEURONS
    for (let n = 0; n < NEURONS; n++) out[n] += recording.columnReads[from + n]
  }
  for (let n = 0; n < NEURONS; n++) out[n] /= repeats
  return out
}
