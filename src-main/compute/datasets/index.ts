/** Data sets by name: published, shipped, generated, and those that a person added, which come first. */
import fs from 'node:fs'
import path from 'node:path'
import { CATALOG, type DataSet, dataSet } from '../../core/datasets/catalog'
import { InputError } from '../../core/errors/input-error'
import type { Shape } from '../../core/training/types'
import type { DataSetInfo } from '../protocol'
import { readEvents, writeEvents } from './events-file'
import { generated, generatedInfo } from './generated'
import { readRecordings } from './hdf5'
import { fileOf, type Header, type Prepared, readHeader, readImages } from './images-file'
import { addOwn, type NewDataSet } from './own'
import { type Folders, packedInfo, preparePacked } from './packed'
import { preparePublished, publishedInfo } from './published'

/** beside the cache, which may be thrown away */
const ownFolder = ({ cache }: Folders): string => path.join(path.dirname(cache), 'datasets')

const OWN_NAME = /^[a-z][\w-]{0,39}$/

export function listDataSets(where: Folders): DataSetInfo[] {
  const own = ownHeaders(where)
  const added = own.map(({ dataset, train, test, sha256, origin = '' }): DataSetInfo => ({
    name: dataset,
    present: true,
    samples: train + test,
    sha256,
    origin
  }))
  return [
    ...CATALOG.filter(({ name }) => !own.some((set) => set.dataset === name)).map((set) => info(set, where)),
    ...added
  ]
}

export function dataSetNames(where: Folders): string[] {
  const names = [...CATALOG.map((set) => set.name), ...ownHeaders(where).map((set) => set.dataset)]
  return [...new Set(names)]
}

/** @throws InputError `bad-input` that lists the names there are */
export function shapeOf(name: string, where: Folders): Shape {
  const own = ownHeader(name, where)
  if (own) return { side: own.side, classes: own.classes, ...(own.channels ? { channels: own.channels } : {}) }
  if (!CATALOG.some((set) => set.name === name))
    throw new InputError('bad-input', `data set '${name}' is unknown; allowed are ${dataSetNames(where).join(', ')}`)
  return dataSet(name)
}

/** @throws InputError `bad-input` (no such data set) or `damaged-file` (one line that names the file) */
export async function prepare(name: string, where: Folders): Promise<Prepared> {
  const own = ownHeader(name, where)
  if (own) return prepareOwn(own, where)
  shapeOf(name, where)
  const set = dataSet(name)
  if ('generate' in set) return generated(set)
  if ('supply' in set)
    throw new InputError(
      'bad-input',
      `data set '${name}' is not there: add ${set.supply}; inloop dataset add ${name} FOLDER`
    )
  return 'file' in set ? preparePacked(set, where) : preparePublished(set, where.cache)
}

/** @returns the set as it is listed; one that a person added before is not replaced: runs speak of it by its name */
export async function addDataSet(given: NewDataSet, where: Folders): Promise<DataSetInfo> {
  const known = CATALOG.find((set) => set.name === given.name)
  if (known && !('file' in known) && !('supply' in known))
    throw new InputError('bad-input', `name: "${given.name}" is a set of the program's own; choose another name`)
  if (!OWN_NAME.test(given.name))
    throw new InputError(
      'bad-input',
      `name: "${given.name}" given; allowed: a small letter, then letters, digits, - and _`
    )
  const there = ownHeader(given.name, where)
  if (there)
    throw new InputError(
      'bad-input',
      `name: "${given.name}" is there already (${there.origin ?? 'added before'}); allowed: another name, or this one once that set is removed`
    )
  if (known ? 'supply' in known : hasRecordings(given.path)) await addRecordings(given, ownFolder(where))
  else addOwn({ ...given, side: known ? known.side : given.side }, ownFolder(where))
  const made = listDataSets(where).find((set) => set.name === given.name)
  if (!made) throw new Error(`data set ${given.name} was not written`)
  return made
}

const RECORDINGS = ['shd_train.h5', 'shd_test.h5'] as const

const hasRecordings = (folder: string): boolean => RECORDINGS.every((name) => fs.existsSync(path.join(folder, name)))

/** @throws InputError that names the file and what is wrong with it; nothing is kept then */
async function addRecordings({ name, path: given }: NewDataSet, folder: string): Promise<void> {
  const from = path.resolve(given)
  const missing = RECORDINGS.filter((file) => !fs.existsSync(path.join(from, file)))
  if (missing.length > 0)
    throw new InputError(
      'bad-input',
      `path: ${from} given, without ${missing.join(' and ')}; allowed: a folder with ${RECORDINGS.join(' and ')}, unpacked`
    )
  const train = await readRecordings(path.join(from, RECORDINGS[0]))
  const test = await readRecordings(path.join(from, RECORDINGS[1]))
  writeEvents(fileOf(folder, name), name, [train, test], `added from ${path.basename(from)}`)
}

/** @throws InputError that lists the sets that can be removed */
export function removeDataSet(name: string, where: Folders): null {
  const own = ownHeaders(where).map(({ dataset }) => dataset)
  if (!own.includes(name))
    throw new InputError('bad-input', `name: "${name}" given; allowed: ${own.join(', ') || 'none, no set was added'}`)
  fs.rmSync(fileOf(ownFolder(where), name))
  return null
}

function info(set: DataSet, where: Folders): DataSetInfo {
  if ('generate' in set) return generatedInfo(set)
  if ('supply' in set) {
    const samples = set.train.samples + set.test.samples
    const { name, supply } = set
    return { name, present: false, samples, sha256: null, origin: `not shipped: add ${supply}`, supply }
  }
  return 'file' in set ? packedInfo(set, where) : publishedInfo(set, where.cache)
}

function ownHeader(name: string, where: Folders): Header | undefined {
  return OWN_NAME.test(name) ? readHeader(fileOf(ownFolder(where), name)) : undefined
}

function ownHeaders(where: Folders): Header[] {
  const folder = ownFolder(where)
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .sort()
    .flatMap((file) => (file.endsWith('.images') ? (readHeader(path.join(folder, file)) ?? []) : []))
}

function prepareOwn(header: Header, where: Folders): Prepared {
  const file = fileOf(ownFolder(where), header.dataset)
  const samples = header.channels === undefined ? readImages(file) : readEvents(file, header)
  if (samples) return samples
  throw new InputError('damaged-file', `${file} does not carry the samples its checksum says; add the data set again`)
}
