/** Data sets that ship with the program in one compressed file, which carries a published checksum. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import type { PackedSet } from '../../core/datasets/catalog'
import { InputError } from '../../core/errors/input-error'
import type { DataSetInfo } from '../protocol'
import { fileOf, type Prepared, readHeader, readImages, writeImages } from './images-file'

export interface Folders {
  resources: string
  cache: string
}

export function packedInfo(set: PackedSet, { resources, cache }: Folders): DataSetInfo {
  return {
    name: set.name,
    present: fs.existsSync(path.join(resources, 'data', set.file.name)),
    samples: set.train.samples + set.test.samples,
    sha256: readHeader(fileOf(cache, set.name))?.sha256 ?? null,
    origin: set.origin
  }
}

/** the cache tells by its own hash that it is whole; the shipped file is read only to make it */
export function preparePacked(set: PackedSet, { resources, cache }: Folders): Prepared {
  const file = fileOf(cache, set.name)
  return readImages(file) ?? unpack(set, path.join(resources, 'data', set.file.name), file)
}

function unpack(set: PackedSet, from: string, to: string): Prepared {
  const damaged = (what: string): InputError => new InputError('damaged-file', `${from}: ${what}`)
  let bytes: Buffer
  try {
    bytes = zlib.brotliDecompressSync(fs.readFileSync(from))
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error))
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== set.file.sha256) throw damaged(`SHA-256 ${sha256}, the shipped images have ${set.file.sha256}`)
  const { train, test } = set.unpack(bytes)
  return writeImages(to, set.name, train, test)
}
