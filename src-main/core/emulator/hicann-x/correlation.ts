/**
 * The correlation sensors behind the CorrelationPort: storage that keeps what pairs of pulses have left, until reset.
 *
 * Pairing is the reduced symmetric nearest-neighbour scheme (Morrison et al. 2008, Pfeil et al. 2012 for this family):
 * a pulse pairs with the pulse of the other kind that came just before it, and with none if its own kind came last.
 *
 * A sensor also remembers of which kind the last pulse was, however long ago (issue 4021; calix sends one pulse of the
 * second kind before it measures). What that does to the next pair is not published: here a pair whose first pulse
 * followed one of its own kind, or none since power-up, stores 0.8 of its amplitude.
 */
import { convert, type Converter } from '../../chip/hicann-x/column-converter'
import type { ChipDraw } from '../../chip/hicann-x/draw'
import { writeShared } from '../../chip/hicann-x/parameter-memory'
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
} from '../../chip/hicann-x/sensors'
import { CIRCUITS, COLUMNS, LARGEST_CODE, QUADRANTS, quadrantOf, ROWS } from '../../chip/hicann-x/topology'
import { exp } from '../../numerics/functions'
import type { Stream } from '../../random/stream'
import type { CorrelationPort } from '../correlation-port'
import type { TrialNoise } from '../trial-noise'
import type { SynapseMemory } from './drive'
import { check } from './memory'
import type { Pulses } from './pulses'
import { indexOf } from './routing'

type Bias = 'ramp' | 'store'
const REPEATED = 0.8
const PRE = 1
const POST = 2

interface Storage {
  causal: Float32Array
  acausal: Float32Array
  /** kind of the last pulse; 0: none since power-up */
  last: Uint8Array
  timeTrim: Uint8Array
  amplitudeTrim: Uint8Array
  drawn: SensorDraw
}

export interface SensorBench {
  draw: ChipDraw
  synapses: SynapseMemory
  labels: readonly [Uint8Array, Uint8Array]
  /** noise of writes */
  writes: Stream
  /** a stream for one measurement's noise, which takes so much time */
  measure(): TrialNoise
  causalConverter(): Converter
  acausalConverter(offsets: Int8Array, fixed: Pick<ChipDraw, 'channelOffset' | 'stuck'>): Converter
  /** a bias was written: cells settle, converters shift */
  settle(): void
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
    const { draw, causalConverter, acausalConverter, measure } = this.bench
    const { causal, acausal, drawn } = this.#storage(indexOf(array))
    this.#channels ??= drawAcausalChannels(draw.seed, draw.mismatch, draw.channelOffset)
    const converters = [causalConverter(), acausalConverter(this.#acausalOffsets, this.#channels)]
    const trial = measure()
    const result = { causal: new Uint8Array(COLUMNS), acausal: new Uint8Array(COLUMNS) }
    for (let column = 0; column < COLUMNS; column++) {
      const [at, channel] = [row * COLUMNS + column, indexOf(array) * COLUMNS + column]
      result.causal[column] = convert(converters[0], channel, drawn.baselineCausal[at] - causal[at], trial.normal())
      result.acausal[column] = convert(converters[1], channel, drawn.baselineAcausal[at] - acausal[at], trial.normal())
    }
    return result
  }

  /** shift of a circuit's converter, CADC LSB */
  shift(circuit: number): number {
    const q = quadrantOf(circuit)
    return converterShift(this.#written.ramp[q], this.#written.store[q])
  }

  /** what one presentation stores; pairs reach no further back than its start, where the chip had been at rest */
  present({ pre, post }: Pulses): void {
    for (const array of [0, 1] as const) {
      const rows = new Map<number, { timeUs: number; label: number }[]>()
      for (const pulse of pre) {
        if (pulse.array !== array || this.bench.synapses.signs[array][pulse.row] === 0) continue
        const list = rows.get(pulse.row)
        if (list) list.push(pulse)
        else rows.set(pulse.row, [pulse])
      }
      const columns = Array.from({ length: COLUMNS }, (_, column) =>
        Float64Array.from(
          post.filter(({ circuit }) => circuit < 0 || circuit === array * COLUMNS + column),
          ({ timeUs }) => timeUs
        ).sort()
      )
      if (rows.size === 0 && columns.every(({ length }) => length === 0)) continue
      const storage = this.#storage(array)
      for (const list of rows.values()) list.sort((a, b) => a.timeUs - b.timeUs)
      for (let row = 0; row < ROWS; row++) {
        const before = rows.get(row)
        for (let column = 0; column < COLUMNS; column++) {
          if (before) this.#pair(storage, array, row, column, before, columns[column])
          else if (columns[column].length > 0) storage.last[row * COLUMNS + column] = POST
        }
      }
    }
  }

  #pair(
    storage: Storage,
    array: 0 | 1,
    row: number,
    column: number,
    pre: readonly { timeUs: number; label: number }[],
    post: Float64Array
  ): void {
    const at = row * COLUMNS + column
    const label = this.bench.labels[array][at]
    const q = quadrantOf(array * COLUMNS + column)
    const tau = sensorTau(this.#held.ramp[q], storage.timeTrim[at]) * this.#quadrants.tau[q] * storage.drawn.tau[at]
    const amplitude = sensorAmplitude(this.#held.store[q], storage.amplitudeTrim[at]) * this.#quadrants.amplitude[q]
    let last = storage.last[at]
    let lastUs = -Infinity
    /** the last pulse followed one of its own kind */
    let repeated = true
    const pulse = (kind: number, timeUs: number, into: Float32Array, own: number): void => {
      if (kind === last || last === 0) repeated = true
      else {
        const stored = amplitude * own * exp((lastUs - timeUs) / tau) * (repeated ? REPEATED : 1)
        into[at] = Math.min(SENSOR_RANGE, into[at] + stored)
        repeated = false
      }
      last = kind
      lastUs = timeUs
    }
    let i = 0
    let k = 0
    while (i < pre.length || k < post.length) {
      if (i < pre.length && pre[i].label >= 0 && pre[i].label !== label) i++
      else if (k >= post.length || (i < pre.length && pre[i].timeUs <= post[k])) {
        pulse(PRE, pre[i++].timeUs, storage.acausal, storage.drawn.acausal[at])
      } else pulse(POST, post[k++], storage.causal, storage.drawn.causal[at])
    }
    storage.last[at] = last
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
