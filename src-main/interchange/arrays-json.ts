/**
 * Arrays in JSON: `{ "$array": { "dtype": "u16", "length": 512, "base64": "…" } }`, little-endian, in place of each typed
 * array. Reading one can run no code, and every number comes back with its bits.
 */
import { type Dtype, DTYPES, type Numbers } from '../store/pack'

export function toJson(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const array = value as Numbers
    const dtype = (Object.keys(DTYPES) as Dtype[]).find((name) => array instanceof DTYPES[name])
    if (!dtype) throw new Error('arrays of this type cannot be written')
    const base64 = Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64')
    return { $array: { dtype, length: array.length, base64 } }
  }
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, toJson(child)]))
}

/** @throws Error in one line, saying what is wrong with an array */
export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value !== 'object' || value === null) return value
  if ('$array' in value) return arrayOf(value.$array)
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, fromJson(child)]))
}

function arrayOf(written: unknown): Numbers {
  const { dtype, length, base64 } = (written ?? {}) as { [key: string]: unknown }
  const known = typeof dtype === 'string' && Object.hasOwn(DTYPES, dtype)
  if (!known) throw new Error(`an array of type ${JSON.stringify(dtype)}; allowed: ${Object.keys(DTYPES).join(', ')}`)
  const Type = DTYPES[dtype as Dtype]
  const bytes = Buffer.from(typeof base64 === 'string' ? base64 : '', 'base64')
  if (typeof length !== 'number' || bytes.length !== length * Type.BYTES_PER_ELEMENT) {
    throw new Error(`an array of ${String(length)} ${String(dtype)} values with ${bytes.length} bytes`)
  }
  const array = new Type(length)
  new Uint8Array(array.buffer).set(bytes)
  return array
}
