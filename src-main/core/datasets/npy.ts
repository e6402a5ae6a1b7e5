/** Images from NumPy's array files (NEP 1, format 1.0 to 3.0): `x` [sample, side, side] or [sample, side²], `y` [sample]. */
import { InputError } from '../errors/input-error'
import type { ImageSet } from '../training/types'
import { imagesOf } from './own'

interface Npy {
  shape: number[]
  /** element by element, row-major */
  at: (k: number) => number
  length: number
  float: boolean
}

const READERS: {
  readonly [type: string]: { bytes: number; float?: boolean; read: (v: DataView, at: number) => number }
} = {
  u1: { bytes: 1, read: (v, at) => v.getUint8(at) },
  b1: { bytes: 1, read: (v, at) => v.getUint8(at) },
  i1: { bytes: 1, read: (v, at) => v.getInt8(at) },
  u2: { bytes: 2, read: (v, at) => v.getUint16(at, true) },
  i2: { bytes: 2, read: (v, at) => v.getInt16(at, true) },
  u4: { bytes: 4, read: (v, at) => v.getUint32(at, true) },
  i4: { bytes: 4, read: (v, at) => v.getInt32(at, true) },
  i8: { bytes: 8, read: (v, at) => Number(v.getBigInt64(at, true)) },
  u8: { bytes: 8, read: (v, at) => Number(v.getBigUint64(at, true)) },
  f4: { bytes: 4, float: true, read: (v, at) => v.getFloat32(at, true) },
  f8: { bytes: 8, float: true, read: (v, at) => v.getFloat64(at, true) }
}

/** @throws InputError `damaged-file`, one line that names the array */
function parseNpy(bytes: Uint8Array, name: string): Npy {
  const fail = (what: string): never => {
    throw new InputError('damaged-file', `${name}: ${what}`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || bytes[0] !== 0x93 || text(bytes.subarray(1, 6)) !== 'NUMPY') fail('is no array of NumPy')
  const wide = bytes[6] >= 2
  const start = wide ? 12 : 10
  const header = text(bytes.subarray(start, start + (wide ? view.getUint32(8, true) : view.getUint16(8, true))))
  const order = /'descr':\s*'([<|>=]?)([a-z]\d)'/.exec(header)
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)
  if (!order || !shape) return fail('has a header that cannot be read')
  const reader = READERS[order[2]] as (typeof READERS)[string] | undefined
  if (!reader || order[1] === '>')
    return fail(`elements of type ${order[1]}${order[2]}; allowed: little-endian numbers`)
  if (/'fortran_order':\s*True/.test(header)) fail('is in column order; allowed: row order (np.ascontiguousarray)')
  const sizes = shape[1]
    .split(',')
    .map((n) => n.trim())
    .filter(Boolean)
    .map(Number)
  const length = sizes.reduce((product, n) => product * n, 1)
  const from = start + header.length
  if (bytes.length < from + length * reader.bytes)
    fail(`${bytes.length} bytes, its shape needs ${from + length * reader.bytes}`)
  return { shape: sizes, length, float: reader.float ?? false, at: (k) => reader.read(view, from + k * reader.bytes) }
}

/** pixels are whole numbers from 0 to 255, or numbers from 0 to 1 */
export function imagesFromNpy(x: Uint8Array, y: Uint8Array, xName: string, yName: string): ImageSet {
  const images = parseNpy(x, xName)
  const answers = parseNpy(y, yName)
  const [, second, third] = images.shape
  const side = images.shape.length === 2 ? Math.round(Math.sqrt(second)) : second
  if (images.shape.length < 2 || images.shape.length > 3 || (images.shape.length === 2 && side * side !== second))
    throw new InputError('damaged-file', `${xName}: shape ${images.shape.join(' × ')}; allowed: sample × side × side`)
  const pixels = new Uint8Array(images.length)
  const scale = images.float ? 255 : 1
  for (let k = 0; k < images.length; k++) {
    const value = images.at(k) * scale
    if (!(value >= 0 && value <= 255))
      throw new InputError('damaged-file', `${xName}: a pixel of ${images.at(k)}; allowed: 0 to ${255 / scale}`)
    pixels[k] = Math.floor(value + 0.5)
  }
  const labels = Uint8Array.from({ length: answers.length }, (_, k) => {
    const label = answers.at(k)
    if (Number.isInteger(label) && label >= 0 && label < 256) return label
    throw new InputError('damaged-file', `${yName}: a label of ${label}; allowed: whole numbers from 0`)
  })
  return imagesOf(pixels, labels, [side, images.shape.length === 2 ? side : third], [xName, yName])
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
