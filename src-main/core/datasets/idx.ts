/**
 * The IDX container of the MNIST family (LeCun, Cortes and Burges, "The MNIST database", file format section): two zero
 * bytes, an element type, the number of dimensions, each dimension as a big-endian 32-bit integer, then the elements.
 */
import { InputError } from '../errors/input-error'

/** the only element type that MNIST uses */
const UNSIGNED_BYTE = 0x08

export interface Idx {
  shape: readonly number[]
  /** a view into the bytes that were given, row-major */
  data: Uint8Array
}

/**
 * @param name what the error messages call the file
 * @param dimensions how many the file must have
 * @throws InputError `damaged-file`, one line that names what is wrong
 */
export function parseIdx(bytes: Uint8Array, name: string, dimensions: number): Idx {
  const fail = (what: string): never => {
    throw new InputError('damaged-file', `${name}: ${what}`)
  }
  if (bytes.length < 4) fail(`${bytes.length} bytes, an IDX file has at least 4`)
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) fail('is compressed (gzip); give the uncompressed IDX file')
  if (bytes[0] !== 0 || bytes[1] !== 0) fail('does not begin with two zero bytes, so it is no IDX file')
  if (bytes[2] !== UNSIGNED_BYTE) fail(`element type 0x${bytes[2].toString(16)}, allowed is 0x08 (unsigned byte)`)
  if (bytes[3] !== dimensions) fail(`${bytes[3]} dimensions, expected ${dimensions}`)
  const header = 4 + 4 * dimensions
  if (bytes.length < header) fail(`${bytes.length} bytes, its header alone needs ${header}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shape = Array.from({ length: dimensions }, (_, k) => view.getUint32(4 + 4 * k))
  const expected = header + shape.reduce((product, n) => product * n, 1)
  if (bytes.length !== expected) fail(`${bytes.length} bytes, ${shape.join(' × ')} elements need ${expected}`)
  return { shape, data: bytes.subarray(header) }
}
