/**
 * One-dimensional arrays as NumPy's files (NEP 1, format 1.0), little-endian: `np.load` reads them, and every number keeps
 * its bits. Only what `toNpy` writes is read back.
 */
type Numbers = Float32Array | Float64Array | Int32Array

const TYPES = { '<f4': Float32Array, '<f8': Float64Array, '<i4': Int32Array } as const
const MAGIC = Buffer.from('\x93NUMPY\x01\x00', 'latin1')
/** the header ends at a multiple of it */
const ALIGNED = 64

export function toNpy(array: Numbers): Uint8Array {
  const type = Object.entries(TYPES).find(([, Type]) => array instanceof Type)?.[0]
  if (type === undefined) throw new Error('arrays of this type cannot be written')
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${array.length},), }`
  const before = MAGIC.length + 2
  const header = `${text.padEnd(text.length + ((ALIGNED - ((before + text.length + 1) % ALIGNED)) % ALIGNED))}\n`
  const length = Buffer.alloc(2)
  length.writeUInt16LE(header.length)
  const numbers = Buffer.from(array.buffer, array.byteOffset, array.byteLength)
  return Buffer.concat([MAGIC, length, Buffer.from(header, 'latin1'), numbers])
}

/** @throws Error in one line */
export function fromNpy(bytes: Uint8Array): Numbers {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const before = MAGIC.length + 2
  if (file.length < before || !file.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('is no array of NumPy')
  const start = before + file.readUInt16LE(MAGIC.length)
  const header = file.toString('latin1', before, start)
  const found = /^\{'descr': '(<\w\d)', 'fortran_order': False, 'shape': \((\d+),\), \} *\n$/.exec(header)
  if (!found || !Object.hasOwn(TYPES, found[1])) {
    throw new Error(`is an array of another kind; allowed: one dimension of ${Object.keys(TYPES).join(', ')}`)
  }
  const Type = TYPES[found[1] as keyof typeof TYPES]
  const length = Number(found[2])
  if (file.length !== start + length * Type.BYTES_PER_ELEMENT) {
    throw new Error(`says ${length} numbers and holds ${file.length - start} bytes`)
  }
  const array = new Type(length)
  new Uint8Array(array.buffer).set(file.subarray(start))
  return array
}
