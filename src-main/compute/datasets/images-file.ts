/**
 * Prepared images in one file that carries a hash of its own: the workspace's cache of published sets, and the place
 * where the sets that a person added live.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { ImageSet } from '../../core/training/types'

export interface Prepared {
  train: ImageSet
  test: ImageSet
  /** of all pixels and labels, train then test */
  sha256: string
}

/** layout: one line of JSON (what it is), then train pixels, train labels, test pixels, test labels */
export interface Header {
  dataset: string
  side: number
  classes: number
  train: number
  test: number
  sha256: string
  /** of recordings of spikes (events-file.ts): channels, and spikes of training and test */
  channels?: number
  spikes?: number[]
  /** of a set that was added: where it came from */
  origin?: string
}

export function fileOf(folder: string, name: string): string {
  return path.join(folder, `${name}.images`)
}

export function readHeader(file: string): Header | undefined {
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
export function readImages(file: string): Prepared | undefined {
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

export function writeImages(file: string, dataset: string, train: ImageSet, test: ImageSet, origin?: string): Prepared {
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
    sha256: createHash('sha256').update(shared).digest('hex'),
    ...(origin === undefined ? {} : { origin })
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
