import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { yinYang, yinYangClass } from '../../../src-main/core/datasets/yin-yang'
import { Mersenne } from '../../../src-main/core/random/mersenne'

interface Vectors {
  rng_notes: { first_uint32_words_seed42: number[]; interleaved_calls_seed42: [string, number | number[]][] }
}
const file = join(import.meta.dirname, '../../../resources/vectors/yin_yang.json')
const { rng_notes: notes } = JSON.parse(readFileSync(file, 'utf8')) as Vectors

describe('MT19937 as NumPy seeds and draws it', () => {
  it('gives the words of seed 42', () => {
    const random = new Mersenne(42)
    expect(notes.first_uint32_words_seed42.map(() => random.bits())).toEqual(notes.first_uint32_words_seed42)
  })

  it('draws whole and real numbers in turn as RandomState does', () => {
    const random = new Mersenne(42)
    for (const [call, expected] of notes.interleaved_calls_seed42) {
      if (call === 'randint(3)') expect(random.below(3)).toBe(expected)
      else expect([random.uniform(), random.uniform()]).toEqual(expected)
    }
  })
})

describe('Yin-Yang', () => {
  it('has three classes about equally often, inside the disc, and its mirrored coordinates', () => {
    const { values, labels, pixels } = yinYang(3000, 7)
    const counts = [0, 0, 0]
    labels.forEach((label, k) => {
      counts[label]++
      const [x, y, mx, my] = values.subarray(k * 4, k * 4 + 4)
      expect(Math.hypot(x - 0.5, y - 0.5)).toBeLessThanOrEqual(0.5)
      expect([mx, my]).toEqual([1 - x, 1 - y])
      expect(yinYangClass(x, y)).toBe(label)
      expect(pixels[k * 4]).toBe(Math.round(x * 255))
    })
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt((3000 * 2) / 9))
  })

  it('is point-symmetric but for the two classes that change places', () => {
    expect(yinYangClass(0.25, 0.5)).toBe(2)
    expect(yinYangClass(0.75, 0.5)).toBe(2)
    expect(yinYangClass(0.5, 0.9)).toBe(1)
    expect(yinYangClass(0.5, 0.1)).toBe(0)
  })
})
