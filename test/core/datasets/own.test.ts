/** Images from the containers people have them in; every fault is named in one line. */
import { describe, expect, it } from 'vitest'
import { imagesFromCsv } from '../../../src-main/core/datasets/csv'
import { fashionOrder, FASHION_SIDE, fold } from '../../../src-main/core/datasets/fashion16'
import { imagesFromNpy } from '../../../src-main/core/datasets/npy'
import { imagesFromIdx } from '../../../src-main/core/datasets/own'
import { resample, resamplingMatrix } from '../../../src-main/core/datasets/resample'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

/** an array file as NumPy writes it (NEP 1): magic, version, header padded to 64 bytes, data */
function npy(descr: string, shape: number[], data: Uint8Array, fortran = 'False'): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${tuple}, }`
  const header = text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11) + '\n'
  return Uint8Array.from([
    0x93,
    ...bytes('NUMPY'),
    1,
    0,
    header.length & 255,
    header.length >> 8,
    ...bytes(header),
    ...data
  ])
}
const le = (values: number[], write: (v: DataView, k: number, x: number) => void, size: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(values.length * size))
  values.forEach((x, k) => write(view, k * size, x))
  return new Uint8Array(view.buffer)
}

describe('CSV', () => {
  it('a label and the pixels of a square a line, with or without a heading, any line end', () => {
    const set = imagesFromCsv(bytes('label,a,b,c,d\r\n1,0,10,20,255\r\n0,1,2,3,4\n'), 'train.csv')
    expect(set).toMatchObject({ side: 2, classes: 2 })
    expect([...set.labels]).toEqual([1, 0])
    expect([...set.pixels]).toEqual([0, 10, 20, 255, 1, 2, 3, 4])
    expect(imagesFromCsv(bytes('1,0,10,20,255\n0,1,2,3,4'), 'x').pixels).toEqual(set.pixels)
  })

  it.each([
    ['1,0,0,0,256\n', 'train.csv, line 1: a value above 255'],
    ['1,0,0,0,0\n1,0,0\n', 'train.csv, line 2: 3 fields, the lines before have 5'],
    ['1,0,0,x,0\n', 'train.csv, line 1: "x"'],
    ['1,,0,0,0\n', 'train.csv, line 1: an empty field'],
    ['1,0,0\n', 'train.csv: 3 fields a line'],
    ['', 'train.csv: 0 fields a line']
  ])('%j is refused', (text, message) => {
    expect(() => imagesFromCsv(bytes(text), 'train.csv')).toThrow(message)
  })
})

describe('NumPy arrays', () => {
  const labels = npy(
    '<i8',
    [2],
    le([1, 0], (v, at, x) => v.setBigInt64(at, BigInt(x), true), 8)
  )

  it('bytes, and numbers from 0 to 1 as floats', () => {
    const set = imagesFromNpy(npy('|u1', [2, 2, 2], Uint8Array.of(0, 10, 20, 255, 1, 2, 3, 4)), labels, 'x', 'y')
    expect([...set.pixels]).toEqual([0, 10, 20, 255, 1, 2, 3, 4])
    expect([...set.labels]).toEqual([1, 0])
    const share = le([0, 0.5, 1, 0.25, 0, 0, 0, 1], (v, at, x) => v.setFloat32(at, x, true), 4)
    expect([...imagesFromNpy(npy('<f4', [2, 4], share), labels, 'x', 'y').pixels]).toEqual([
      0, 128, 255, 64, 0, 0, 0, 255
    ])
  })

  it.each([
    [bytes('not an array at all'), 'x: is no array of NumPy'],
    [npy('>f4', [2, 2, 2], new Uint8Array(32)), 'x: elements of type >f4'],
    [npy('|u1', [2, 2, 2], new Uint8Array(8), 'True'), 'x: is in column order'],
    [npy('|u1', [2, 2, 2], new Uint8Array(7)), 'bytes, its shape needs'],
    [npy('|u1', [2, 3], new Uint8Array(6)), 'x: shape 2 × 3'],
    [npy('|u1', [2, 2, 3], new Uint8Array(12)), 'x: images of 2 × 3'],
    [npy('|u1', [3, 2, 2], new Uint8Array(12)), 'y: 2 labels for 3 images of x']
  ])('a wrong one is refused (%#)', (array, message) => {
    expect(() => imagesFromNpy(array, labels, 'x', 'y')).toThrow(message)
  })
})

it('IDX: labels must be as many as images', () => {
  const images = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 9, 8, 7, 6])
  const labels = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 1, 1])
  expect([...imagesFromIdx(images, labels, 'i', 'l').pixels]).toEqual([9, 8, 7, 6])
  const two = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 2, 1, 1])
  expect(() => imagesFromIdx(images, two, 'i', 'l')).toThrow('l: 2 labels for 1 images of i')
})

describe('resampling', () => {
  it.each([
    [28, 16],
    [24, 16],
    [16, 10]
  ])('%i to %i keeps a constant, and the corners (a spline passes through its samples)', (from, to) => {
    const matrix = resamplingMatrix(from, to)
    for (let k = 0; k < to; k++)
      expect(matrix.subarray(k * from, (k + 1) * from).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    expect(matrix[0]).toBeCloseTo(1, 12)
    expect(matrix[to * from - 1]).toBeCloseTo(1, 12)
  })

  it('of an image that rises evenly is one that rises evenly', () => {
    const side = 28
    const pixels = Uint8Array.from({ length: side * side }, (_, k) => 7 * (k % side))
    const { pixels: small } = resample({ side, classes: 1, pixels, labels: Uint8Array.of(0) }, 0, 16)
    // away from the mirrored ends
    for (let c = 4; c < 12; c++) expect(Math.abs(small[16 * 8 + c] - (7 * 27 * c) / 15)).toBeLessThanOrEqual(0.6)
  })
})

describe('Fashion-MNIST', () => {
  it('the order of a class holds each image once, those that occur twice first', () => {
    const twice = Array.from({ length: 7000 }, (_, k) => k % 1000 === 3)
    const order = fashionOrder(4, twice)
    expect(new Set(order).size).toBe(7000)
    expect([...order.subarray(0, 7)].every((k) => k % 1000 === 3)).toBe(true)
    expect(fashionOrder(4, twice)).toEqual(order)
    expect(fashionOrder(5, twice)).not.toEqual(order)
  })

  it('folding an even image leaves one number', () => {
    const folded = new Uint8Array(FASHION_SIDE ** 2)
    fold(new Uint8Array(FASHION_SIDE ** 2).fill(200), folded)
    expect(folded[0]).toBe(200)
    expect(folded.subarray(1).every((value) => value === 0)).toBe(true)
  })
})
