import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDataSet, dataSetNames, listDataSets, prepare, shapeOf } from '../../src-main/compute/datasets/index'

let cache: string
let where: { cache: string; resources: string }
beforeAll(() => {
  cache = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-cache-')), 'cache')
  where = { cache, resources: path.resolve('resources') }
})
afterAll(() => fs.rmSync(path.dirname(cache), { recursive: true, force: true }))

describe('mnist16', { timeout: 60_000 }, () => {
  it('is prepared once, with a hash over every pixel and label', async () => {
    const made = await prepare('mnist16', where)
    const { train, test, sha256 } = made
    expect([train.labels.length, test.labels.length, train.side, train.classes]).toEqual([60_000, 10_000, 16, 10])
    expect(train.pixels).toHaveLength(60_000 * 256)
    const hash = createHash('sha256')
    for (const part of [train.pixels, train.labels, test.pixels, test.labels]) hash.update(part)
    expect(hash.digest('hex')).toBe(sha256)
    const written = fs.statSync(path.join(cache, 'mnist16.images')).mtimeMs
    expect((await prepare('mnist16', where)).sha256).toBe(sha256)
    expect(fs.statSync(path.join(cache, 'mnist16.images')).mtimeMs).toBe(written)
    expect(listDataSets(where).find((set) => set.name === 'mnist16')).toMatchObject({
      present: true,
      samples: 70_000,
      sha256
    })
  })

  it('lies in shared memory, so that threads need no copies', async () => {
    const { train } = await prepare('mnist16', where)
    expect(train.pixels.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('is made anew when its cache was damaged', async () => {
    const file = path.join(cache, 'mnist16.images')
    const { sha256 } = await prepare('mnist16', where)
    const bytes = fs.readFileSync(file)
    bytes[5000] ^= 1
    fs.writeFileSync(file, bytes)
    expect((await prepare('mnist16', where)).sha256).toBe(sha256)
    expect(fs.readFileSync(file)[5000]).toBe(bytes[5000] ^ 1)
    fs.writeFileSync(file, 'nonsense')
    expect((await prepare('mnist16', where)).sha256).toBe(sha256)
  })
})

it('an unknown data set is refused with the names there are', async () => {
  await expect(prepare('mnist17', where)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('mnist16') as string
  })
})

describe('mnist10x5', () => {
  it('has the five digits and no others, in the order of MNIST', async () => {
    const { train, test } = await prepare('mnist10x5', where)
    const whole = await prepare('mnist16', where)
    expect([train.labels.length, test.labels.length, train.side, train.classes]).toEqual([30_690, 5083, 10, 5])
    const digits = [0, 1, 4, 6, 7]
    expect(Array.from(test.labels, (label) => digits[label])).toEqual(
      Array.from(whole.test.labels).filter((label) => digits.includes(label))
    )
    // a digit's grey is kept: a hundred means of four are the sum of its pixels over four, but for rounding
    const mean = (pixels: Uint8Array): number => pixels.reduce((sum, p) => sum + p, 0) / pixels.length
    expect(mean(train.pixels)).toBeGreaterThan(50)
    expect(mean(train.pixels)).toBeLessThan(80)
  })
})

describe('sets that ship', () => {
  it('fashion16 is whole, 6,000 and 1,000 images a class, none of the test images in the training half', async () => {
    const { train, test } = await prepare('fashion16', where)
    const counts = (labels: Uint8Array): number[] =>
      Array.from({ length: 10 }, (_, label) => labels.filter((l) => l === label).length)
    expect(counts(train.labels)).toEqual(new Array(10).fill(6000))
    expect(counts(test.labels)).toEqual(new Array(10).fill(1000))
    const image = (set: typeof train, k: number): string =>
      `${set.labels[k]} ${Buffer.from(set.pixels.subarray(k * 256, (k + 1) * 256)).toString('base64')}`
    const seen = new Set(Array.from({ length: 60_000 }, (_, k) => image(train, k)))
    expect(Array.from({ length: 10_000 }, (_, k) => image(test, k)).filter((text) => seen.has(text))).toEqual([])
  })

  it('a damaged file is named, and nothing is kept', async () => {
    const resources = path.join(path.dirname(cache), 'resources')
    fs.mkdirSync(path.join(resources, 'data'), { recursive: true })
    const bytes = fs.readFileSync(path.resolve('resources/data/fashion16.br'))
    fs.writeFileSync(path.join(resources, 'data/fashion16.br'), bytes.subarray(0, 5_000_000))
    const elsewhere = { resources, cache: path.join(path.dirname(cache), 'other') }
    await expect(prepare('fashion16', elsewhere)).rejects.toMatchObject({
      code: 'damaged-file',
      message: expect.stringContaining('fashion16.br') as string
    })
    expect(fs.existsSync(elsewhere.cache)).toBe(false)
  })
})

describe('sets that a person adds', () => {
  const csv = (rows: number): string =>
    Array.from(
      { length: rows },
      (_, k) => `${k % 3},${Array.from({ length: 16 }, (_p, p) => (k * p) % 256).join(',')}`
    ).join('\n')

  it('are copied into the workspace, listed, trained from, and not replaced unseen', async () => {
    const folder = path.join(path.dirname(cache), 'mine')
    fs.mkdirSync(folder)
    fs.writeFileSync(path.join(folder, 'train.csv'), csv(30))
    fs.writeFileSync(path.join(folder, 'test.csv'), csv(9))
    expect(await addDataSet({ name: 'mine', path: folder, side: null }, where)).toMatchObject({
      samples: 39,
      present: true
    })
    fs.writeFileSync(path.join(folder, 'train.csv'), csv(33))
    await expect(addDataSet({ name: 'mine', path: folder, side: null }, where)).rejects.toThrow(
      'name: "mine" is there already (added from mine); allowed: another name'
    )
    fs.rmSync(folder, { recursive: true })
    const { train, test } = await prepare('mine', where)
    expect([train.side, train.classes, train.labels.length, test.labels.length]).toEqual([4, 3, 30, 9])
    expect(shapeOf('mine', where)).toEqual({ side: 4, classes: 3 })
    expect(listDataSets(where).map((set) => set.name)).toContain('mine')
    expect(dataSetNames(where)).toContain('mine')
  })

  it.each([
    [{ name: 'mnist16' }, 'choose another name'],
    [{ name: '../out' }, 'name: "../out" given'],
    [{ name: 'new', path: 'nowhere' }, 'there is no such file'],
    [{ name: 'new', path: os.tmpdir() }, 'holds neither']
  ])('%j is refused in one line', async (given, words) => {
    await expect(addDataSet({ path: '.', side: null, ...given }, where)).rejects.toThrow(words)
  })
})
