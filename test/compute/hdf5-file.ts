/**
 * Writes small HDF5 files in the layout of the Spiking Heidelberg Digits, after the HDF5 file format specification (version
 * 0 of the superblock, version 1 of object headers, links in messages, lists of numbers in a global heap). Independent of
 * the library that reads them, which cannot write lists.
 */
import fs from 'node:fs'

const NONE = 0xffffffffffffffffn

class Bytes {
  readonly #parts: Buffer[] = []
  length = 0

  raw(part: Buffer): this {
    this.#parts.push(part)
    this.length += part.length
    return this
  }
  u8(...values: number[]): this {
    return this.raw(Buffer.from(values))
  }
  u16(value: number): this {
    const b = Buffer.alloc(2)
    b.writeUInt16LE(value)
    return this.raw(b)
  }
  u32(value: number): this {
    const b = Buffer.alloc(4)
    b.writeUInt32LE(value)
    return this.raw(b)
  }
  u64(value: number | bigint): this {
    const b = Buffer.alloc(8)
    b.writeBigUInt64LE(BigInt(value))
    return this.raw(b)
  }
  text(value: string): this {
    return this.raw(Buffer.from(value, 'latin1'))
  }
  padded(to: number): this {
    return this.raw(Buffer.alloc((to - (this.length % to)) % to))
  }
  whole(): Buffer {
    return Buffer.concat(this.#parts)
  }
}

type Message = [type: number, data: Buffer]

function objectHeader(messages: readonly Message[]): Buffer {
  const body = new Bytes()
  for (const [type, data] of messages) {
    const padded = new Bytes().raw(data).padded(8).whole()
    body.u16(type).u16(padded.length).u8(0, 0, 0, 0).raw(padded)
  }
  return new Bytes().u8(1, 0).u16(messages.length).u32(1).u32(body.length).u32(0).raw(body.whole()).whole()
}

const group = (links: { [name: string]: number }): Buffer =>
  objectHeader([
    [0x0002, new Bytes().u8(0, 0).u64(NONE).u64(NONE).whole()],
    ...Object.entries(links).map(([name, at]): Message => [
      0x0006,
      new Bytes().u8(1, 0, name.length).text(name).u64(at).whole()
    ])
  ])

const uint = (size: number): Buffer =>
  new Bytes()
    .u8(0x10, 0, 0, 0)
    .u32(size)
    .u16(0)
    .u16(8 * size)
    .whole()
/** exponent and mantissa in bits */
const float = (size: number, exponent: number, mantissa: number): Buffer =>
  new Bytes()
    .u8(0x11, 0x20, 8 * size - 1, 0)
    .u32(size)
    .u16(0)
    .u16(8 * size)
    .u8(mantissa, exponent, 0, mantissa)
    .u32(2 ** (exponent - 1) - 1)
    .whole()
const listOf = (base: Buffer): Buffer => new Bytes().u8(0x19, 0, 0, 0).u32(16).raw(base).whole()

const dataset = (type: Buffer, count: number, at: number, bytes: number): Buffer =>
  objectHeader([
    [0x0001, new Bytes().u8(1, 1, 0, 0).u32(0).u64(count).whole()],
    [0x0003, type],
    [0x0005, new Bytes().u8(2, 2, 0, 0).whole()],
    [0x0008, new Bytes().u8(3, 1).u64(at).u64(bytes).whole()]
  ])

/** IEEE 754 binary16 of a number that it holds within its precision, 0 … 2 */
export function toHalf(value: number): number {
  if (value < 2 ** -14) return Math.round(value * 2 ** 24)
  const exponent = Math.floor(Math.log2(value))
  return ((exponent + 15) << 10) + Math.round((value / 2 ** exponent - 1) * 1024)
}

export interface Recording {
  /** seconds */
  times: number[]
  units: number[]
  label: number
}

/** @param precision of the times, bits: 16 (as published) or 32 @param leave out this part of the layout */
export function writeShd(file: string, recordings: readonly Recording[], precision: 16 | 32 = 16, without = ''): void {
  const parts: { at: number; bytes: Buffer }[] = []
  let end = 2048
  const put = (bytes: Buffer): number => {
    const at = end
    parts.push({ at, bytes })
    end += Math.ceil(bytes.length / 8) * 8
    return at
  }
  const lists = (type: Buffer, items: Buffer[], size: number): number => {
    const pointers = new Bytes()
    // an index has 16 bits, so that there may be several heaps
    for (let from = 0; from < items.length; from += 1000) {
      const some = items.slice(from, from + 1000)
      const objects = new Bytes()
      some.forEach((item, k) =>
        objects
          .u16(k + 1)
          .u16(1)
          .u32(0)
          .u64(item.length)
          .raw(item)
          .padded(8)
      )
      const room = Math.max(4096, 16 + objects.length + 16)
      // what is free, its own header with it
      const free = room - 16 - objects.length
      objects.u16(0).u16(0).u32(0).u64(free)
      const heap = new Bytes().text('GCOL').u8(1, 0, 0, 0).u64(room).raw(objects.whole()).whole()
      const at = put(Buffer.concat([heap, Buffer.alloc(room - heap.length)]))
      some.forEach((item, k) =>
        pointers
          .u32(item.length / size)
          .u64(at)
          .u32(k + 1)
      )
    }
    return put(dataset(listOf(type), items.length, put(pointers.whole()), pointers.length))
  }
  const half = (times: number[]): Buffer => Buffer.from(Uint16Array.from(times, toHalf).buffer)
  const single = (times: number[]): Buffer => Buffer.from(Float32Array.from(times).buffer)
  const links: { [name: string]: number } = {
    times:
      precision === 16
        ? lists(
            float(2, 5, 10),
            recordings.map(({ times }) => half(times)),
            2
          )
        : lists(
            float(4, 8, 23),
            recordings.map(({ times }) => single(times)),
            4
          ),
    units: lists(
      uint(2),
      recordings.map(({ units }) => Buffer.from(Uint16Array.from(units).buffer)),
      2
    )
  }
  delete links[without]
  const labels = Buffer.from(Uint16Array.from(recordings, ({ label }) => label).buffer)
  const root: { [name: string]: number } = {
    labels: put(dataset(uint(2), recordings.length, put(labels), labels.length)),
    spikes: put(group(links))
  }
  delete root[without]
  const top = put(group(root))
  const superblock = new Bytes()
    .raw(Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'))
    .u8(0, 0, 0, 0, 0, 8, 8, 0)
    .u16(4)
    .u16(16)
    .u32(0)
    .u64(0)
    .u64(NONE)
    .u64(end)
    .u64(NONE)
    .u64(0)
    .u64(top)
    .u32(0)
    .u32(0)
    .u64(0)
    .u64(0)
    .whole()
  const whole = Buffer.alloc(end)
  superblock.copy(whole)
  for (const { at, bytes } of parts) bytes.copy(whole, at)
  fs.writeFileSync(file, whole)
}
