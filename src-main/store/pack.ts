/**
 * Arrays as the database keeps them: a small JSON header that describes every array (type, length, place), then the
 * raw little-endian numbers. Any language reads it in ten lines, and reading it can run no code (unlike pickles).
 *
 *   bytes 0-3  "INLP"      4-7  u32 header length in bytes      8 …  header, padded with spaces to a multiple of 8
 *   then the arrays, each at its `at` (counted from the end of the header), 8-byte aligned
 *
 * The header is the packed value itself, with `{ "$array": { dtype, length, at } }` in place of each typed array.
 */
const MAGIC = 0x504c4e49

/** the kinds of arrays that are kept, and their names in files */
export const DTYPES = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array
} as const
export type Dtype = keyof typeof DTYPES
export type Numbers = InstanceType<(typeof DTYPES)[Dtype]>

interface Reference {
  $array: { dtype: Dtype; length: number; at: number }
}

/** @throws if the value holds anything but plain JSON and numeric arrays */
export function pack(value: unknown): Buffer {
  const parts: Buffer[] = []
  let at = 0
  const put = (array: Numbers): Reference => {
    const reference: Reference = { $array: { dtype: dtypeOf(array), length: array.length, at } }
    const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength)
    parts.push(bytes, Buffer.alloc(-bytes.length & 7))
    at += bytes.length + (-bytes.length & 7)
    return reference
  }
  const walk = (node: unknown): unknown => {
    if (ArrayBuffer.isView(node)) return put(node as Numbers)
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)]))
  }
  const text = Buffer.from(JSON.stringify(walk(value)))
  const header = Buffer.concat([text, Buffer.alloc(-text.length & 7, ' ')])
  const start = Buffer.alloc(8)
  start.writeUInt32LE(MAGIC, 0)
  start.writeUInt32LE(header.length, 4)
  return Buffer.concat([start, header, ...parts])
}

/** @throws if the bytes are not a whole pack */
export function unpack<T>(bytes: Uint8Array): T {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length < 8 || buffer.readUInt32LE(0) !== MAGIC) throw new Error('not packed arrays')
  const start = 8 + buffer.readUInt32LE(4)
  const take = ({ $array: { dtype, length, at } }: Reference): Numbers => {
    const Type = DTYPES[dtype]
    const array = new Type(length)
    const end = start + at + array.byteLength
    if (end > buffer.length) throw new Error('packed arrays end early')
    new Uint8Array(array.buffer).set(buffer.subarray(start + at, end))
    return array
  }
  return JSON.parse(buffer.toString('utf8', 8, start), (_key, node: unknown) =>
    isReference(node) ? take(node) : node
  ) as T
}

function isReference(node: unknown): node is Reference {
  return typeof node === 'object' && node !== null && '$array' in node
}

function dtypeOf(array: Numbers): Dtype {
  for (const [name, Type] of Object.entries(DTYPES)) if (array instanceof Type) return name as Dtype
  throw new Error(`arrays of type ${Object.prototype.toString.call(array)} cannot be stored`)
}
