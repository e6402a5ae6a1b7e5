import { describe, expect, it } from 'vitest'
import { samplesOf } from '../../src-main/contract/samples'
import { CATALOG } from '../../src-main/core/datasets/catalog'

describe('what samples are called', () => {
  it('is known of every data set of the catalogue, by what it is made of', () => {
    for (const set of CATALOG) {
      const { many } = samplesOf(set.name)
      expect([set.name, many]).toEqual([
        set.name,
        'points' in set ? 'points' : set.side === 0 ? 'recordings' : 'images'
      ])
    }
    expect(samplesOf('my own')).toEqual({ one: 'sample', many: 'samples' })
  })
})
