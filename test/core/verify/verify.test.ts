import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataSet } from '../../../src-main/core/datasets/catalog'
import { VECTOR_FILES, verify } from '../../../src-main/core/verify'
import type { VerifyTools } from '../../../src-main/core/verify'
import type { ImageSet } from '../../../src-main/core/training/types'
import { kernelsForTest } from '../kernels/load'

const root = join(import.meta.dirname, '../../..')
const set = dataSet('mnist16')
const bytes = (name: string): Uint8Array => readFileSync(join(root, 'node_modules', set.origin.package, set.origin.folder, name))
let images: { train: ImageSet; test: ImageSet } | undefined
const tools: VerifyTools = {
  kernels: kernelsForTest(),
  sha256: (data) => createHash('sha256').update(data).digest('hex'),
  mnist16: () =>
    (images ??= {
      train: set.build(bytes(set.train.images.name), bytes(set.train.labels.name)),
      test: set.build(bytes(set.test.images.name), bytes(set.test.labels.name))
    })
}

// eslint-free access into parsed JSON
type Json = { [key: string]: Json } & Json[]
const read = (name: string): Json => JSON.parse(readFileSync(join(root, 'resources/vectors', name), 'utf8')) as Json

describe('verify', () => {
  it.each(VECTOR_FILES)('%s is met', (name) => {
    const suite = verify(read(name), name, tools)
    console.log(JSON.stringify(suite, null, 1))
    expect(suite.cases).toBeGreaterThan(0)
    expect(suite.maxError).toBeLessThanOrEqual(1)
    expect(suite.passed).toBe(true)
  })
})
