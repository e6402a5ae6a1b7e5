/**
 * Recordings of spikes in one file of the workspace that carries a hash of its own, beside the sets of images
 * (images-file.ts) and with the same first line. After it: beginnings of the recordings (i32), channels and ticks (u16),
 * labels (u8), of training and test one after the other in each.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { ImageSet } from '../../core/training/types'
import type { Recordings } from './hdf5'
import type { Header, Prepared } from './images-file'

type Splits = [train: Recordings, test: Recordings]

/** @returns what was written, in shared memory */
export function writeEvents(file: string, dataset: string, splits: Splits, origin: string): Prepared {
  const [train, test] = splits
  const of = (part: (r: Recordings) => Uint8Array): Uint8Array[] => splits.map(part)
  const bytes = (list: Int32Array | Uint16Array): Uint8Array =>
    new Uint8Array(list.buffer, list.byteOffset, list.byteLength)
  const parts = [
    ...of((r) => bytes(r.start)),
    ...of((r) => bytes(r.channel)),
    ...of((r) => bytes(r.tick)),
    ...of((r) => r.labels)
  ]
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  const labels = Math.max(...splits.flatMap((r) => [...r.labels]))
  const header: Header = {
    dataset,
    side: 0,
    classes: labels + 1,
    train: train.labels.length,
    test: test.labels.length,
    sha256: hash.digest('hex'),
    channels: train.channels,
    spikes: splits.map((r) => r.channel.length),
    origin
  }
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const made = `${file}.${process.pid}`
  const handle = fs.openSync(made, 'w')
  fs.writeSync(handle, `${JSON.stringify(header)}\n`)
  for (const part of parts) fs.writeSync(handle, part)
  fs.closeSync(handle)
  fs.renameSync(made, file)
  const body = new Uint8Array(new SharedArrayBuffer(bodyBytes(header)))
  let at = 0
  for (const part of parts) {
    body.set(part, at)
    at += part.length
  }
  return split(body, header)
}

function bodyBytes({ train, test, spikes = [0, 0] }: Header): number {
  return 4 * (train + test + 2) + 4 * (spikes[0] + spikes[1]) + train + test
}

/** undefined if the file does not carry the hash it says */
export function readEvents(file: string, header: Header): Prepared | undefined {
  const bytes = fs.readFileSync(file)
  const body = bytes.subarray(bytes.indexOf(10) + 1)
  if (body.length !== bodyBytes(header)) return undefined
  if (createHash('sha256').update(body).digest('hex') !== header.sha256) return undefined
  const shared = new Uint8Array(new SharedArrayBuffer(body.length))
  shared.set(body)
  return split(shared, header)
}

function split({ buffer }: Uint8Array, header: Header): Prepared {
  const { train, test, classes, sha256, channels = 0, spikes = [0, 0] } = header
  let at = 0
  const take = <T>(length: number, size: number, make: (at: number) => T): T => {
    const list = make(at)
    at += length * size
    return list
  }
  const counts = [train, test]
  const start = counts.map((n) => take(n + 1, 4, (from) => new Int32Array(buffer, from, n + 1)))
  const channel = spikes.map((n) => take(n, 2, (from) => new Uint16Array(buffer, from, n)))
  const tick = spikes.map((n) => take(n, 2, (from) => new Uint16Array(buffer, from, n)))
  const labels = counts.map((n) => take(n, 1, (from) => new Uint8Array(buffer, from, n)))
  const set = (k: number): ImageSet => ({
    side: 0,
    classes,
    pixels: new Uint8Array(new SharedArrayBuffer(0)),
    labels: labels[k],
    events: { channels, start: start[k], channel: channel[k], tick: tick[k] }
  })
  return { train: set(0), test: set(1), sha256 }
}
