/** Data sets by name: published, shipped, generated, and those that a person added, which come first. */
import fs from 'node:fs'
import path from 'node:path'
import { CATALOG, type DataSet, dataSet } from '../../core/datasets/catalog'
import { InputError } from '../../core/errors/input-error'
import type { DataSetInfo } from '../protocol'
import { generated, generatedInfo } from './generated'
import { fileOf, type Header, type Prepared, readHeader, readImages } from './images-file'
import { addOwn, type NewDataSet } from './own'
import { type Folders, packedInfo, preparePacked } from './packed'
import { preparePublished, publishedInfo } from './published'

/** what methods and forms need to know of a set before its images are read */
export interface Shape {
  side: number
  classes: number
}

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
  if (own) return { side: own.side, classes: own.classes }
  if (!CATALOG.some((set) => set.name === name))
    throw new InputError('bad-input', `data set '${name}' is unknown; allowed are ${dataSetNames(where).join(', ')}`)
  return dataSet(name)
}

/** @throws InputError `bad-input` (no such data set) or `damaged-file` (one line that names the file) */
export async function prepare(name: string, where: Folders): Promise<Prepared> {
  if (ownHeader(name, where)) return prepareOwn(name, where)
  shapeOf(name, where)
  const set = dataSet(name)
  if ('generate' in set) return generated(set)
  return 'file' in set ? preparePacked(set, where) : preparePublished(set, where.cache)
}

/** @returns the set as it is listed; an older one of the same name is replaced once the new one is whole */
export function addDataSet(given: NewDataSet, where: Folders): DataSetInfo {
  const known = CATALOG.find((set) => set.name === given.name)
  if (known && !('file' in known))
    throw new InputError('bad-input', `name: "${given.name}" is a set of the program's own; choose another name`)
  if (!OWN_NAME.test(given.name))
    throw new InputError(
      'bad-input',
      `name: "${given.name}" given; allowed: a small letter, then letters, digits, - and _`
    )
  addOwn({ ...given, side: known ? known.side : given.side }, ownFolder(where))
  const made = listDataSets(where).find((set) => set.name === given.name)
  if (!made) throw new Error(`data set ${given.name} was not written`)
  return made
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

function prepareOwn(name: string, where: Folders): Prepared {
  const file = fileOf(ownFolder(where), name)
  const images = readImages(file)
  if (images) return images
  throw new InputError('damaged-file', `${file} does not carry the images its checksum says; add the data set again`)
}
