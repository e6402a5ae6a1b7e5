import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDataSets, prepare } from '../../src-main/compute/data'

let cache: string
beforeAll(() => {
  cache = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-cache-'))
})
afterAll(() => fs.rmSync(cache, { recursive: true, force: true }))

describe('mnist16', { timeout: 60_000 }, () => {
  it('is prepared once, with a hash over every pixel and label', async () => {
    const made = await prepare('mnist16', cache)
    const { train, test, sha256 } = made
    expect([train.labels.length, test.labels.length, train.side, train.classes]).toEqual([60_000, 10_000, 16, 10])
    expect(train.pixels).toHaveLength(60_000 * 256)
    const hash = createHash('sha256')
    for (const part of [train.pixels, train.labels, test.pixels, test.labels]) hash.update(part)
    expect(hash.digest('hex')).toBe(sha256)
    const written = fs.statSync(path.join(cache, 'mnist16.images')).mtimeMs
    expect((await prepare('mnist16', cache)).sha256).toBe(sha256)
    expect(fs.statSync(path.join(cache, 'mnist16.images')).mtimeMs).toBe(written)
    expect(listDataSets(cache).find((set) => set.name === 'mnist16')).toMatchObject({
      present: true,
      samples: 70_000,
      sha256
    })
  })

  it('lies in shared memory, so that threads need no copies', async () => {
    const { train } = await prepare('mnist16', cache)
    expect(train.pixels.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('is made anew when its cache was damaged', async () => {
    const file = path.join(cache, 'mnist16.images')
    const { sha256 } = await prepare('mnist16', cache)
    const bytes = fs.readFileSync(file)
    bytes[5000] ^= 1
    fs.writeFileSync(file, bytes)
    expect((await prepare('mnist16', cache)).sha256).toBe(sha256)
    expect(fs.readFileSync(file)[5000]).toBe(bytes[5000] ^ 1)
    fs.writeFileSync(file, 'nonsense')
    expect((await prepare('mnist16', cache)).sha256).toBe(sha256)
  })
})

it('an unknown data set is refused with the names there are', async () => {
  await expect(prepare('mnist17', cache)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('mnist16') as string
  })
})
