/**
 * Spike recordings out of HDF5 files in the layout of the Spiking Heidelberg Digits: /spikes/times (lists of float16, 32
 * or 64, seconds), /spikes/units (lists of channels), /labels. The library reads no 16-bit floats, so lists are taken out of
 * its memory here. Read in pieces: a published file holds some 70 million spikes.
 */
import fs from 'node:fs'
import type { Dataset, File as H5File, Library } from 'h5wasm/node'
import { TICK_SECONDS } from '../../core/datasets/events'
import { InputError } from '../../core/errors/input-error'

/** recordings that are read at once */
const PIECE = 256
const CHANNELS = 700
const MOST_LABEL = 31

export interface Recordings {
  channels: number
  start: Int32Array
  channel: Uint16Array
  tick: Uint16Array
  labels: Uint8Array
}

/** @throws InputError `damaged-file` that names the file and what is wrong with it */
export async function readRecordings(file: string): Promise<Recordings> {
  const { default: h5wasm, ready } = await import('h5wasm/node')
  const module = await ready
  // what is wrong shall be told in one line, not printed
  module.activate_throwing_error_handler()
  const damaged = (what: string): InputError => new InputError('damaged-file', `${file}: ${what}`)
  const magic = Buffer.alloc(8)
  const handle = fs.openSync(file, 'r')
  fs.readSync(handle, magic, 0, 8, 0)
  fs.closeSync(handle)
  if (magic.toString('latin1') !== '\x89HDF\r\n\x1a\n') throw damaged('is no HDF5 file')
  let opened: H5File | undefined
  try {
    opened = new h5wasm.File(file, 'r')
    return collected(opened, module)
  } catch (error) {
    throw damaged((error instanceof Error ? error.message : String(error)).split('\n')[0])
  } finally {
    opened?.close()
  }
}

function collected(file: H5File, module: Library): Recordings {
  const [times, units, labels] = ['spikes/times', 'spikes/units', 'labels'].map((name) => {
    const found = file.get(name)
    if (found && 'shape' in found && found.shape?.length === 1) return found
    throw new Error(`has no list ${name}; the layout of SHD has spikes/times, spikes/units and labels`)
  })
  const samples = labels.shape?.[0] ?? 0
  for (const list of [times, units])
    if (list.shape?.[0] !== samples) throw new Error(`${list.shape?.[0]} recordings in ${list.path}, ${samples} labels`)
  const channel: Uint16Array[] = []
  const tick: Uint16Array[] = []
  const start = new Int32Array(samples + 1)
  for (let from = 0; from < samples; from += PIECE) {
    const to = Math.min(samples, from + PIECE)
    const [seconds, channels] = [lists(times, from, to, module), lists(units, from, to, module)]
    for (let k = 0; k < to - from; k++) {
      const n = channels[k].length
      if (seconds[k].length !== n) throw new Error(`recording ${from + k}: ${seconds[k].length} times, ${n} units`)
      if (channels[k].some((c) => !(c < CHANNELS)))
        throw new Error(`recording ${from + k}: a unit beyond ${CHANNELS - 1}`)
      const ticks = seconds[k].map((t) => Math.round(t / TICK_SECONDS))
      if (ticks.some((t) => !(t >= 0 && t < 65536))) throw new Error(`recording ${from + k}: a time beyond 0 to 1.6 s`)
      channel.push(Uint16Array.from(channels[k]))
      tick.push(Uint16Array.from(ticks))
      start[from + k + 1] = start[from + k] + n
    }
  }
  const given = Array.from(labels.value as ArrayLike<number | bigint>, Number)
  const wrong = given.findIndex((label) => !(label >= 0 && label <= MOST_LABEL))
  if (wrong >= 0) throw new Error(`label ${given[wrong]} at recording ${wrong}; allowed: 0 to ${MOST_LABEL}`)
  if (samples === 0) throw new Error('no recording')
  return { channels: CHANNELS, start, channel: joined(channel), tick: joined(tick), labels: Uint8Array.from(given) }
}

function joined(parts: readonly Uint16Array[]): Uint16Array {
  const whole = new Uint16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** rows from … to of a data set of lists of numbers */
function lists(of: Dataset, from: number, to: number, module: Library): Float64Array[] {
  const { metadata, path, file_id: id } = of
  const base = metadata.vlen_type
  if (!base) throw new Error(`${path} holds no lists`)
  const number = reader(base.type, base.size, base.signed)
  const count = [BigInt(to - from)]
  const bytes = metadata.size * (to - from)
  const at = module._malloc(bytes)
  try {
    // what was not read is told by an empty list
    module.HEAPU8.fill(0, at, at + bytes)
    if (module.get_dataset_data(id, path, count, [BigInt(from)], [1n], BigInt(at)) < 0)
      throw new Error(`${path} cannot be read, recordings ${from} to ${to - 1}`)
    // pairs of (length, address), 32 bits each
    const pairs = new Uint32Array(module.HEAPU8.slice(at, at + bytes).buffer)
    return Array.from({ length: to - from }, (_, k) => {
      const [length, first] = [pairs[2 * k], pairs[2 * k + 1]]
      const view = new DataView(module.HEAPU8.slice(first, first + length * base.size).buffer)
      return Float64Array.from({ length }, (_item, j) => number(view, j * base.size))
    })
  } finally {
    module.reclaim_vlen_memory_count(id, path, '', BigInt(at), count)
    module._free(at)
  }
}

/** little-endian numbers; classes 0 and 1 of HDF5 are whole and floating */
function reader(type: number, size: number, signed: boolean): (view: DataView, at: number) => number {
  const name = `${type === 1 ? 'float' : signed ? 'int' : 'uint'}${8 * size}`
  const readers: { [name: string]: (view: DataView, at: number) => number } = {
    float16: (view, at) => half(view.getUint16(at, true)),
    float32: (view, at) => view.getFloat32(at, true),
    float64: (view, at) => view.getFloat64(at, true),
    uint8: (view, at) => view.getUint8(at),
    uint16: (view, at) => view.getUint16(at, true),
    uint32: (view, at) => view.getUint32(at, true),
    int16: (view, at) => view.getInt16(at, true),
    int32: (view, at) => view.getInt32(at, true),
    int64: (view, at) => Number(view.getBigInt64(at, true)),
    uint64: (view, at) => Number(view.getBigUint64(at, true))
  }
  const found = readers[name] as ((view: DataView, at: number) => number) | undefined
  if (found) return found
  throw new Error(`lists of ${name}; allowed: ${Object.keys(readers).join(', ')}`)
}

/** IEEE 754 binary16 */
export function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023]
  const size =
    exponent === 31
      ? fraction === 0
        ? Infinity
        : NaN
      : exponent === 0
        ? fraction * 2 ** -24
        : (1024 + fraction) * 2 ** (exponent - 25)
  return bits & 0x8000 ? -size : size
}
