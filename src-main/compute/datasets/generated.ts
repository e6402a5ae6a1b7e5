/** Data sets that a published generator makes: in memory that all members of a team share; once, in milliseconds. */
import { createHash } from 'node:crypto'
import type { GeneratedSet } from '../../core/datasets/catalog'
import type { ImageSet } from '../../core/training/types'
import type { DataSetInfo } from '../protocol'
import type { Prepared } from './images-file'

export function generatedInfo(set: GeneratedSet): DataSetInfo {
  const samples = set.train.samples + set.test.samples
  return {
    name: set.name,
    present: true,
    samples,
    sha256: generated(set).sha256,
    origin: `made here: ${set.generator}`
  }
}

const generatedSets = new Map<string, Prepared>()

export function generated(set: GeneratedSet): Prepared {
  const known = generatedSets.get(set.name)
  if (known) return known
  const { train, test } = set.generate()
  const sha256 = createHash('sha256').update(set.bytes(train)).update(set.bytes(test)).digest('hex')
  const prepared = { train: inSharedMemory(train), test: inSharedMemory(test), sha256 }
  generatedSets.set(set.name, prepared)
  return prepared
}

function inSharedMemory(set: ImageSet): ImageSet {
  const bytes = (from: Uint8Array): Uint8Array => {
    const to = new Uint8Array(new SharedArrayBuffer(from.length))
    to.set(from)
    return to
  }
  const values = new Float64Array(new SharedArrayBuffer((set.values?.length ?? 0) * 8))
  if (set.values) values.set(set.values)
  return { ...set, pixels: bytes(set.pixels), labels: bytes(set.labels), ...(set.values ? { values } : {}) }
}
