/**
 * The correlation sensors behind the CorrelationPort: storage that keeps what pairs of pulses have left, until reset.
 * Which pulses pair is told in pairing.ts.
 */
import { convert, type Converter } from '../../../chip/hicann-x/column-converter'
import { writeShared } from '../../../chip/hicann-x/parameter-memory'
import {
  converterShift,
  drawAcausalChannels,
  drawSensorQuadrants,
  drawSensors,
  LARGEST_TRIM,
  NOMINAL_BIAS,
  sensorAmplitude,
  SENSOR_RANGE,
  sensorTau,
  type SensorDraw,
  type SensorQuadrants
} from '../../../chip/hicann-x/sensors'
import { CIRCUITS, COLUMNS, LARGEST_CODE, QUADRANTS, quadrantOf, ROWS } from '../../../chip/hicann-x/topology'
import { exp } from '../../../numerics/functions'
import type { CorrelationPort } from '../../correlation-port'
import { copyOf, putBack } from '../../../numerics/state'
import { check } from '../written/memory'
import { pairingOf, type Branch, type Pairing } from './pairing'
import { inTime, NONE, postLists, timesFor, type LabelledPulse, type PrePulse, type Pulses } from './pulses'
import { indexOf } from '../routed/routing'
import type { SensorBench } from './bench'

type Bias = 'ramp' | 'store'

interface Storage {
  causal: Float32Array
  acausal: Float32Array
  /** kind of the last pulse; 0: none since power-up */
  last: Uint8Array
  timeTrim: Uint8Array
  amplitudeTrim: Uint8Array
  drawn: SensorDraw
}

interface SavedSensors {
  arrays: (Omit<Storage, 'drawn'> | null)[]
  written: Record<Bias, Uint16Array>
  held: Record<Bias, Float64Array>
  acausalOffsets: Int8Array
  on: boolean
}

export class Correlation implements CorrelationPort {
  readonly #arrays: (Storage | undefined)[] = []
  readonly #written: Record<Bias, Uint16Array>
  readonly #held: Record<Bias, Float64Array>
  readonly #acausalOffsets = new Int8Array(CIRCUITS)
  readonly #quadrants: SensorQuadrants
  #channels: ReturnType<typeof drawAcausalChannels> | null = null
  #on = false

  constructor(private readonly bench: SensorBench) {
    const each = (code: number): Uint16Array => new Uint16Array(QUADRANTS).fill(code)
    this.#written = { ramp: each(NOMINAL_BIAS.ramp), store: each(NOMINAL_BIAS.store) }
    this.#held = {
      ramp: writeShared(this.#written.ramp, bench.writes),
      store: writeShared(this.#written.store, bench.writes)
    }
    this.#quadrants = drawSensorQuadrants(bench.draw.seed, bench.draw.mismatch)
  }

  /** see numerics/state.ts; arrays that were never used are left out */
  save(): SavedSensors {
    const arrays = [0, 1].map((array) => {
      const { drawn: _drawn, ...storage } = this.#arrays[array] ?? { drawn: null }
      return 'last' in storage ? storage : null
    })
    return copyOf({
      arrays,
      written: this.#written,
      held: this.#held,
      acausalOffsets: this.#acausalOffsets,
      on: this.#on
    })
  }

  restore({ arrays, on, ...same }: SavedSensors): void {
    putBack({ written: this.#written, held: this.#held, acausalOffsets: this.#acausalOffsets }, same)
    arrays.forEach((storage, k) => {
      if (storage) putBack(this.#storage(k === 0 ? 0 : 1), storage)
    })
    this.#on = on
  }

  enable(on: boolean): void {
    this.#on = on
  }

  get on(): boolean {
    return this.#on
  }

  writeBias(cell: Bias, codes: Uint16Array): void {
    check(`bias ${cell}`, codes, QUADRANTS, 0, LARGEST_CODE)
    this.#written[cell].set(codes)
    this.#held[cell] = writeShared(codes, this.bench.writes)
    this.bench.settle()
  }

  readBias(cell: Bias): Uint16Array {
    return this.#written[cell].slice()
  }

  writeTrims(array: 'top' | 'bottom', row: number, time: Uint8Array, amplitude: Uint8Array): void {
    check('synapse row', [row], 1, 0, ROWS - 1)
    check(`time trims of row ${row}`, time, COLUMNS, 0, LARGEST_TRIM)
    check(`amplitude trims of row ${row}`, amplitude, COLUMNS, 0, LARGEST_TRIM)
    const storage = this.#storage(indexOf(array))
    storage.timeTrim.set(time, row * COLUMNS)
    storage.amplitudeTrim.set(amplitude, row * COLUMNS)
  }

  readTrims(array: 'top' | 'bottom', row: number): { time: Uint8Array; amplitude: Uint8Array } {
    check('synapse row', [row], 1, 0, ROWS - 1)
    const { timeTrim, amplitudeTrim } = this.#storage(indexOf(array))
    const [from, to] = [row * COLUMNS, (row + 1) * COLUMNS]
    return { time: timeTrim.slice(from, to), amplitude: amplitudeTrim.slice(from, to) }
  }

  writeAcausalConverterOffsets(offsets: Int8Array): void {
    check('converter offsets', offsets, CIRCUITS, -128, 127)
    this.#acausalOffsets.set(offsets)
  }

  /** what was paired last stays: the sensor's memory of the last pulse is not part of the storage */
  reset(array: 'top' | 'bottom'): void {
    const { causal, acausal } = this.#storage(indexOf(array))
    causal.fill(0)
    acausal.fill(0)
  }

  read(array: 'top' | 'bottom', row: number): { causal: Uint8Array; acausal: Uint8Array } {
    check('synapse row', [row], 1, 0, ROWS - 1)
    return this.#read(indexOf(array), row, 1)
  }

  readArray(array: 'top' | 'bottom'): { causal: Uint8Array; acausal: Uint8Array } {
    return this.#read(indexOf(array), 0, ROWS)
  }

  /** ground truth, for the emulator's inspector: amplitude of both branches and time constant of each synapse as set */
  parameters(array: 0 | 1): { causal: Float64Array; acausal: Float64Array; tau: Float64Array } {
    const { drawn, timeTrim, amplitudeTrim } = this.#storage(array)
    const { tau, amplitude } = this.#factors(array)
    const half = (at: number): 0 | 1 => (at % COLUMNS < COLUMNS / 2 ? 0 : 1)
    const of = (value: (at: number) => number): Float64Array =>
      Float64Array.from({ length: ROWS * COLUMNS }, (_, at) => value(at))
    return {
      causal: of((at) => amplitude[half(at)][amplitudeTrim[at]] * drawn.causal[at]),
      acausal: of((at) => amplitude[half(at)][amplitudeTrim[at]] * drawn.acausal[at]),
      tau: of((at) => tau[half(at)][timeTrim[at]] * drawn.tau[at])
    }
  }

  /** shift of a circuit's converter, CADC LSB */
  shift(circuit: number): number {
    const q = quadrantOf(circuit)
    return converterShift(this.#written.ramp[q], this.#written.store[q])
  }

  /** what one presentation stores */
  present({ pre, prePulses, post }: Pulses): void {
    for (const array of [0, 1] as const) {
      const rows = this.#rows(array, pre, prePulses)
      const columns = postLists(array, post)
      if (rows.every((list) => list === NONE) && columns.every((list) => list === NONE)) continue
      this.#store(array, rows, columns)
    }
  }

  /** pulses of each row, ascending; rows that see the same share one list */
  #rows(array: 0 | 1, pre: readonly PrePulse[], prePulses: readonly number[]): (readonly LabelledPulse[])[] {
    const signs = this.bench.synapses.signs[array]
    const common = prePulses.length === 0 ? NONE : inTime(prePulses.map((timeUs) => ({ timeUs, label: -1 })))
    const own = new Map<number, LabelledPulse[]>()
    for (const { timeUs, row, label, ...pulse } of pre) {
      if (pulse.array !== array || signs[row] === 0) continue
      const list = own.get(row)
      if (list) list.push({ timeUs, label })
      else own.set(row, [{ timeUs, label }])
    }
    const seen = new Map<string, readonly LabelledPulse[]>()
    return Array.from({ length: ROWS }, (_, row) => {
      const list = own.get(row)
      if (!list) return signs[row] === 0 ? NONE : common
      const key = list.map(({ timeUs, label }) => `${timeUs} ${label}`).join()
      const same = seen.get(key) ?? inTime([...list, ...common])
      seen.set(key, same)
      return same
    })
  }

  #store(array: 0 | 1, rows: (readonly LabelledPulse[])[], columns: (readonly number[])[]): void {
    const storage = this.#storage(array)
    const labels = this.bench.labels[array]
    const factors = this.#factors(array)
    const known = new Map<readonly LabelledPulse[], Map<readonly number[], (Pairing | undefined)[]>>()
    for (let row = 0; row < ROWS; row++) {
      const list = rows[row]
      const labelled = list.some(({ label }) => label >= 0)
      let byColumn = known.get(list)
      if (!byColumn) known.set(list, (byColumn = new Map<readonly number[], (Pairing | undefined)[]>()))
      for (let column = 0; column < COLUMNS; column++) {
        const post = columns[column]
        if (list === NONE && post === NONE) continue
        let cases = byColumn.get(post)
        if (!cases) byColumn.set(post, (cases = []))
        const at = row * COLUMNS + column
        const label = labelled ? labels[at] : 0
        const key = 3 * label + storage.last[at]
        const pairing = (cases[key] ??= pairingOf(timesFor(list, label), post, storage.last[at]))
        storage.last[at] = pairing.last
        const q = column < COLUMNS / 2 ? 0 : 1
        const tau = factors.tau[q][storage.timeTrim[at]] * storage.drawn.tau[at]
        const amplitude = factors.amplitude[q][storage.amplitudeTrim[at]]
        add(storage.causal, at, amplitude * storage.drawn.causal[at], tau, pairing.causal)
        add(storage.acausal, at, amplitude * storage.drawn.acausal[at], tau, pairing.acausal)
      }
    }
  }

  /** the columns' acausal channels, with the digital offsets written to them */
  secondConverter(): Converter {
    const { draw, acausalConverter } = this.bench
    this.#channels ??= drawAcausalChannels(draw.seed, draw.mismatch, draw.channelOffset)
    return acausalConverter(this.#acausalOffsets, this.#channels)
  }

  #read(array: 0 | 1, row: number, rows: number): { causal: Uint8Array; acausal: Uint8Array } {
    const { causalConverter, measure } = this.bench
    const { causal, acausal, drawn } = this.#storage(array)
    const converters = [causalConverter(), this.secondConverter()]
    const trial = measure(rows)
    const result = { causal: new Uint8Array(rows * COLUMNS), acausal: new Uint8Array(rows * COLUMNS) }
    for (let k = 0; k < rows * COLUMNS; k++) {
      const [at, channel] = [row * COLUMNS + k, array * COLUMNS + (k % COLUMNS)]
      result.causal[k] = convert(converters[0], channel, drawn.baselineCausal[at] - causal[at], trial.normal())
      result.acausal[k] = convert(converters[1], channel, drawn.baselineAcausal[at] - acausal[at], trial.normal())
    }
    return result
  }

  /** what biases and quadrants make of each trim setting, [half][trim] */
  #factors(array: 0 | 1): { tau: number[][]; amplitude: number[][] } {
    const of = (value: (q: number, trim: number) => number): number[][] =>
      [0, 1].map((half) => [0, 1, 2, 3].map((trim) => value(2 * array + half, trim)))
    return {
      tau: of((q, trim) => sensorTau(this.#held.ramp[q], trim) * this.#quadrants.tau[q]),
      amplitude: of((q, trim) => sensorAmplitude(this.#held.store[q], trim) * this.#quadrants.amplitude[q])
    }
  }

  #storage(array: 0 | 1): Storage {
    const { seed, mismatch } = this.bench.draw
    const count = ROWS * COLUMNS
    return (this.#arrays[array] ??= {
      causal: new Float32Array(count),
      acausal: new Float32Array(count),
      last: new Uint8Array(count),
      timeTrim: new Uint8Array(count),
      amplitudeTrim: new Uint8Array(count),
      drawn: drawSensors(seed, mismatch, array)
    })
  }
}

/** beyond so many time constants a pair stores nothing that a reading could show */
const FAR = 40

/** η Σ w e^(−Δt / τ) into the storage, as far as it reaches */
function add(into: Float32Array, at: number, amplitude: number, tau: number, { delays, weights }: Branch): void {
  let sum = 0
  for (let k = 0; k < delays.length; k++) {
    const far = delays[k] / tau
    if (far < FAR) sum += weights[k] * exp(-far)
  }
  if (sum > 0) into[at] = Math.min(SENSOR_RANGE, into[at] + amplitude * sum)
}
