import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CATALOG, checkFile, dataSet } from '../../../src-main/core/datasets/catalog'
import { parseIdx } from '../../../src-main/core/datasets/idx'
import { firstSamples, mnist28 } from '../../../src-main/core/datasets/mnist'
import { resamplingMatrix } from '../../../src-main/core/datasets/resample'

const root = join(import.meta.dirname, '../../..')
const vectors = JSON.parse(readFileSync(join(root, 'resources/vectors/mnist16.json'), 'utf8')) as {
  sha256: Record<'train' | 'test', string>
  images: { split: 'train' | 'test'; index: number; label: number; pixels: number[] }[]
}
const set = dataSet('mnist16')
const read = (name: string): Uint8Array =>
  readFileSync(join(root, 'node_modules', set.origin.package, set.origin.folder, name))
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function idx(type: number, shape: number[], data: number[]): Uint8Array {
  return Uint8Array.from([0, 0, type, shape.length, ...shape.flatMap((n) => [0, 0, n >> 8, n & 255]), ...data])
}

describe('MNIST files', () => {
  it('come with their published checksums', () => {
    for (const split of [set.train, set.test]) {
      for (const file of [split.images, split.labels]) {
        const bytes = read(file.name)
        expect(() => checkFile(file, bytes.length, sha256(bytes))).not.toThrow()
      }
    }
    expect(() => checkFile(set.test.labels, 10_008, 'f'.repeat(64))).toThrow(/t10k-labels-idx1-ubyte: SHA-256 ffff/)
    expect(() => checkFile(set.test.labels, 7, '')).toThrow('7 bytes, the published file has 10008')
  })

  it('resample to the very pixels that scipy gives', () => {
    for (const split of ['train', 'test'] as const) {
      const images = set.build(read(set[split].images.name), read(set[split].labels.name))
      expect(images.labels.length).toBe(set[split].samples)
      for (const image of vectors.images.filter((each) => each.split === split)) {
        expect(images.labels[image.index]).toBe(image.label)
        expect([...images.pixels.subarray(image.index * 256, (image.index + 1) * 256)]).toEqual(image.pixels)
      }
      expect(sha256(images.pixels)).toBe(vectors.sha256[split])
    }
  })

  it('resampling keeps constants and cubic polynomials inside the image', () => {
    const matrix = resamplingMatrix(24, 16)
    const at = (k: number, f: (x: number) => number): number => {
      let sum = 0
      for (let x = 0; x < 24; x++) sum += matrix[k * 24 + x] * f(x)
      return sum
    }
    for (let k = 0; k < 16; k++) expect(at(k, () => 1)).toBeCloseTo(1, 13)
    expect(at(0, (x) => x * 7)).toBeCloseTo(0, 10)
    expect(at(15, (x) => x * 7)).toBeCloseTo(23 * 7, 10)
  })

  it('a name that is not in the catalogue is refused with the names that are', () => {
    expect(() => dataSet('mnist17')).toThrow("data set 'mnist17' is unknown; allowed are mnist28, mnist16")
    expect(CATALOG.map((entry) => entry.side)).toEqual([28, 16, 10, 16, 0, 2])
  })
})

describe('IDX', () => {
  it('reads shape and elements', () => {
    const { shape, data } = parseIdx(idx(8, [2, 3], [1, 2, 3, 4, 5, 6]), 'x', 2)
    expect(shape).toEqual([2, 3])
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('names what is wrong', () => {
    expect(() => parseIdx(Uint8Array.of(0, 0), 'x', 1)).toThrow('x: 2 bytes, an IDX file has at least 4')
    expect(() => parseIdx(Uint8Array.of(0x1f, 0x8b, 8, 0), 'x', 1)).toThrow('x: is compressed')
    expect(() => parseIdx(Uint8Array.of(1, 0, 8, 1), 'x', 1)).toThrow('x: does not begin with two zero bytes')
    expect(() => parseIdx(idx(9, [1], [1]), 'x', 1)).toThrow('x: element type 0x9, allowed is 0x08')
    expect(() => parseIdx(idx(8, [1], [1]), 'x', 3)).toThrow('x: 1 dimensions, expected 3')
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 2, 0), 'x', 2)).toThrow('its header alone needs 12')
    expect(() => parseIdx(idx(8, [2, 3], [1, 2, 3, 4, 5]), 'x', 2)).toThrow('x: 17 bytes, 2 × 3 elements need 18')
  })

  it('refuses images and labels that do not belong together', () => {
    const picture = new Array<number>(784).fill(0)
    const images = idx(8, [1, 28, 28], picture)
    expect(() => mnist28(images, idx(8, [2], [1, 2]))).toThrow('MNIST: 1 images but 2 labels')
    expect(() => mnist28(images, idx(8, [1], [11]))).toThrow('label 11 at sample 0, allowed are 0 … 9')
    expect(() => mnist28(idx(8, [1, 2, 2], [0, 0, 0, 0]), idx(8, [1], [1]))).toThrow('2 × 2 pixels, expected 28 × 28')
    expect(firstSamples(mnist28(images, idx(8, [1], [7])), 5).labels.length).toBe(1)
  })
})
