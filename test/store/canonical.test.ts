import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonical, hashOf, type Json } from '../../src-main/store/canonical'

it('canonical JSON sorts keys at every depth and leaves no space', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: 0.1 })).toBe('{"a":0.1,"b":[1,{"c":"x","d":null}]}')
})

it('is the same JSON value, and the same text in whatever order keys were written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), (object) => {
      const reversed = Object.fromEntries(Object.entries(object).reverse())
      expect(canonical(reversed)).toBe(canonical(object))
      expect(JSON.parse(canonical(object))).toEqual({ ...object })
    })
  )
})

it('hashes that text with SHA-256', () => {
  const value: Json = { epochs: 3, seed: 1 }
  expect(hashOf(value)).toBe(createHash('sha256').update('{"epochs":3,"seed":1}').digest('hex'))
})

it('refuses numbers that JSON does not have', () => {
  expect(() => canonical({ loss: NaN })).toThrow('NaN')
})
