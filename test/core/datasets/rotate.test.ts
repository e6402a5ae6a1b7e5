import { describe, expect, it } from 'vitest'
import { angleOf, rotate } from '../../../src-main/core/datasets/rotate'
import { sineCosine } from '../../../src-main/core/numerics/angle'
import { hash, Stream } from '../../../src-main/core/random/stream'

const SIDE = 16
const turned = (image: Uint8Array, degrees: number): Uint8Array => {
  const into = new Uint8Array(image.length)
  rotate(image, 0, SIDE, degrees, into, 0)
  return into
}

describe('sine and cosine', () => {
  it('follow the engine to 3e-14 over many turns', () => {
    for (let k = -4000; k <= 4000; k++) {
      const x = k / 40 + 1e-3
      const [s, c] = sineCosine(x)
      expect(Math.abs(s - Math.sin(x)) + Math.abs(c - Math.cos(x))).toBeLessThan(3e-14)
    }
  })
})

describe('a turned image', () => {
  const stream = new Stream(3, 'image')
  const noise = Uint8Array.from({ length: SIDE * SIDE }, () => stream.below(256))

  it('is the image itself at 0°, and pixel for pixel another order at 90° and 180°', () => {
    expect(turned(noise, 0)).toEqual(noise)
    const quarter = turned(noise, 90)
    const half = turned(noise, 180)
    for (let r = 0; r < SIDE; r++) {
      for (let c = 0; c < SIDE; c++) {
        expect(half[r * SIDE + c]).toBe(noise[(SIDE - 1 - r) * SIDE + SIDE - 1 - c])
        // what is at the top after the turn was at the right
        expect(quarter[r * SIDE + c]).toBe(noise[c * SIDE + SIDE - 1 - r])
      }
    }
  })

  it('of a ramp is the ramp in the new direction (bilinear is exact on planes)', () => {
    const ramp = Uint8Array.from({ length: SIDE * SIDE }, (_, k) => 60 + 8 * (k % SIDE))
    const angle = 12
    const image = turned(ramp, angle)
    for (let r = 5; r < 11; r++) {
      for (let c = 5; c < 11; c++) {
        const x = 7.5 + (c - 7.5) * Math.cos((angle * Math.PI) / 180) - (r - 7.5) * Math.sin((angle * Math.PI) / 180)
        expect(Math.abs(image[r * SIDE + c] - (60 + 8 * x))).toBeLessThanOrEqual(0.5 + 1e-9)
      }
    }
  })

  it('has angles evenly from the whole range, others in each epoch', () => {
    const draw = hash(1, 'rotation')
    const angles = Array.from({ length: 20_000 }, (_, sample) => angleOf(draw, 1, sample, 15))
    const mean = angles.reduce((sum, a) => sum + a, 0) / angles.length
    const square = angles.reduce((sum, a) => sum + a * a, 0) / angles.length
    expect(Math.abs(mean)).toBeLessThan(0.2)
    expect(square).toBeGreaterThan(75 * 0.97)
    expect(square).toBeLessThan(75 * 1.03)
    expect(Math.max(...angles)).toBeGreaterThan(14.9)
    expect(Math.max(...angles)).toBeLessThanOrEqual(15)
    expect(angleOf(draw, 2, 0, 15)).not.toBe(angles[0])
  })
})
