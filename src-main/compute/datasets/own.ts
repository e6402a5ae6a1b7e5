/**
 * Data sets that a person adds: a folder of IDX files under MNIST's names (gzip allowed), a folder with train.csv and
 * test.csv, or one .npz. They are checked and copied into the workspace, so that a run can be repeated without them.
 */
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { unzipSync } from 'fflate'
import { imagesFromCsv } from '../../core/datasets/csv'
import { imagesFromIdx, MOST_CLASSES } from '../../core/datasets/own'
import { imagesFromNpy } from '../../core/datasets/npy'
import { resample } from '../../core/datasets/resample'
import { InputError } from '../../core/errors/input-error'
import type { ImageSet } from '../../core/training/types'
import { fileOf, type Prepared, writeImages } from './images-file'

export interface NewDataSet {
  name: string
  path: string
  /** resampled to this side (cubic spline), null: as they are */
  side: number | null
}

const IDX = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte'
] as const
const CSV = ['train.csv', 'test.csv'] as const
const NPZ = ['x_train', 'y_train', 'x_test', 'y_test'] as const

/** @throws InputError that names the file and what is wrong with it; nothing is kept then */
export function addOwn(given: NewDataSet, folder: string): Prepared {
  const from = path.resolve(given.path)
  if (!fs.existsSync(from)) throw new InputError('bad-input', `path: ${from} given; there is no such file or folder`)
  const [train, test] = read(from).map((set) => sized(set, given.side))
  if (train.side !== test.side)
    throw new InputError(
      'damaged-file',
      `${from}: training images have a side of ${train.side}, test images ${test.side}`
    )
  const classes = Math.max(train.classes, test.classes)
  if (classes < 2 || classes > MOST_CLASSES)
    throw new InputError(
      'damaged-file',
      `${from}: labels up to ${classes - 1}; allowed: 2 to ${MOST_CLASSES} classes from 0`
    )
  const origin = `added from ${path.basename(from)}`
  return writeImages(fileOf(folder, given.name), given.name, { ...train, classes }, { ...test, classes }, origin)
}

function read(from: string): [ImageSet, ImageSet] {
  // what may not be looked into seems to hold nothing
  if (fs.statSync(from, { throwIfNoEntry: false })?.isDirectory()) fs.readdirSync(from)
  if (from.endsWith('.npz')) return readNpz(from)
  const has = (name: string): boolean =>
    fs.existsSync(path.join(from, name)) || fs.existsSync(path.join(from, `${name}.gz`))
  if (IDX.every(has)) {
    const [images, labels, testImages, testLabels] = IDX.map((name) => bytesOf(path.join(from, name)))
    return [imagesFromIdx(images, labels, IDX[0], IDX[1]), imagesFromIdx(testImages, testLabels, IDX[2], IDX[3])]
  }
  if (CSV.every(has)) {
    const [train, test] = CSV.map((name) => imagesFromCsv(bytesOf(path.join(from, name)), name))
    return [train, test]
  }
  throw new InputError(
    'bad-input',
    `path: ${from} holds neither ${IDX.join(', ')} (plain or .gz) nor ${CSV.join(', ')}, and is no .npz`
  )
}

function readNpz(file: string): [ImageSet, ImageSet] {
  let entries: { [name: string]: Uint8Array }
  try {
    entries = unzipSync(fs.readFileSync(file))
  } catch (error) {
    throw new InputError('damaged-file', `${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const [x, y, xTest, yTest] = NPZ.map((name) => {
    const entry = entries[`${name}.npy`] as Uint8Array | undefined
    if (entry) return entry
    throw new InputError('damaged-file', `${file}: has no array ${name}; it must hold ${NPZ.join(', ')}`)
  })
  return [imagesFromNpy(x, y, 'x_train', 'y_train'), imagesFromNpy(xTest, yTest, 'x_test', 'y_test')]
}

function bytesOf(file: string): Uint8Array {
  if (fs.existsSync(file)) return fs.readFileSync(file)
  try {
    return zlib.gunzipSync(fs.readFileSync(`${file}.gz`))
  } catch (error) {
    throw new InputError('damaged-file', `${file}.gz: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function sized(set: ImageSet, side: number | null): ImageSet {
  return side === null || side === set.side ? set : resample(set, 0, side)
}
