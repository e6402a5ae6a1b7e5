/** Values of a record in a table: no JSON, lists by their number, all of it for the tooltip. */
import { describe, expect, it } from 'vitest'
import { recordValue } from '../../src-renderer/lib/text/record-value'

describe('a value of a record', () => {
  it('is written as it is where it is one', () => {
    expect(recordValue(150)).toEqual({ text: '150', whole: '150' })
    expect(recordValue(null)).toEqual({ text: 'none', whole: 'none' })
    expect(recordValue('c-12')).toEqual({ text: 'c-12', whole: 'c-12' })
  })

  it('cuts a hash, and keeps all of it for the tooltip', () => {
    const hash = '9c41f0aa'.repeat(8)
    expect(recordValue(hash).text.length).toBeLessThan(12)
    expect(recordValue(hash).whole).toBe(hash)
  })

  it('names the first of a long list after their number', () => {
    expect(recordValue(['leak', 'reset', 'threshold'])).toEqual({
      text: 'leak, reset, threshold',
      whole: 'leak, reset, threshold'
    })
    expect(recordValue(['a', 'b', 'c', 'd', 'e'])).toEqual({ text: '5: a, b, c, …', whole: '5: a, b, c, d, e' })
    expect(recordValue([])).toEqual({ text: 'none', whole: 'none' })
  })

  it('writes names with their values', () => {
    expect(recordValue({ os: 'linux', cores: 2, list: [1, 2, 3, 4] })).toEqual({
      text: 'os linux, cores 2, list 4: 1, 2, 3, …',
      whole: 'os linux, cores 2, list 4: 1, 2, 3, 4'
    })
    expect(recordValue({})).toEqual({ text: 'none', whole: 'none' })
  })
})
