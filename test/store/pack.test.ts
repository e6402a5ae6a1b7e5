import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pack, unpack } from '../../src-main/store/pack'

const numeric = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.int32Array(),
  fc.float32Array(),
  fc.float64Array()
)
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    fc.boolean(),
    fc.constant(null),
    numeric,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '$array' && key !== '__proto__'),
      tie('node'),
      { maxKeys: 3, noNullPrototype: true }
    )
  )
})).node

describe('packed arrays', () => {
  it('come back as they were, with their types', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(unpack(pack(given))).toEqual(given)
      })
    )
  })

  it('are little-endian numbers behind a JSON header, readable without this program', () => {
    const bytes = pack({ name: 'leak', values: Float32Array.of(1.5, -2) })
    expect(bytes.toString('latin1', 0, 4)).toBe('INLP')
    const start = 8 + bytes.readUInt32LE(4)
    const header = JSON.parse(bytes.toString('utf8', 8, start)) as { values: unknown }
    expect(header).toEqual({ name: 'leak', values: { $array: { dtype: 'f32', length: 2, at: 0 } } })
    expect([bytes.readFloatLE(start), bytes.readFloatLE(start + 4)]).toEqual([1.5, -2])
  })

  it('keep NaN and the sign of zero', () => {
    const [nan, zero] = unpack<Float64Array>(pack(Float64Array.of(NaN, -0)))
    expect(nan).toBeNaN()
    expect(Object.is(zero, -0)).toBe(true)
  })

  it('are refused when cut off or foreign', () => {
    const bytes = pack({ values: new Float64Array(100) })
    expect(() => unpack(bytes.subarray(0, bytes.length - 8))).toThrow('end early')
    expect(() => unpack(Buffer.from('something else'))).toThrow('not packed arrays')
  })
})
