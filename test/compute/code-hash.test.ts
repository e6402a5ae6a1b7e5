/** The hash of a record's code follows what computes, and nothing else. */
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { codeHash, reachedFrom } from '../../src-main/compute/code-hash'
import { temporaryFolder } from '../store/fixtures'

const BUILT = path.join(import.meta.dirname, '../../out/main')

function bundles(changed: { [name: string]: string } = {}): { folder: string; hash: string } {
  const folder = temporaryFolder()
  const files = {
    'compute.js': 'import { a } from "./shared-a.js"\nawait import("./late.js")',
    'lane.js': "import{b}from'./shared-b.js';\nimport './side.js'\nimport fs from 'node:fs'",
    'shared-a.js': 'import { b } from "./shared-b.js"\nexport const a = b',
    'shared-b.js': 'export const b = 1',
    'late.js': 'export {}',
    'side.js': '',
    'shared-service.js': 'import { a } from "./shared-a.js"\nexport const handlers = a',
    'kernels.wasm': 'kernels',
    ...changed
  }
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text)
  return { folder, hash: codeHash(folder, path.join(folder, 'kernels.wasm')) }
}

it('follows imports of every kind, each file once', () => {
  expect(reachedFrom(bundles().folder, ['compute.js', 'lane.js'])).toEqual([
    'compute.js',
    'lane.js',
    'late.js',
    'shared-a.js',
    'shared-b.js',
    'side.js'
  ])
})

it('is another one where the kernels or anything that computes is, and the same where handlers are', () => {
  const { hash } = bundles()
  expect(hash).toMatch(/^[0-9a-f]{16}$/)
  expect(bundles().hash).toBe(hash)
  expect(bundles({ 'shared-service.js': 'export const handlers = 2' }).hash).toBe(hash)
  for (const name of ['compute.js', 'lane.js', 'shared-b.js', 'late.js', 'kernels.wasm'])
    expect(bundles({ [name]: 'other' }).hash, name).not.toBe(hash)
})

it('reaches in what is built the training of every method, and no handler', () => {
  const reached = reachedFrom(BUILT, ['compute.js', 'lane.js'])
  const text = reached.map((name) => fs.readFileSync(path.join(BUILT, name), 'utf8')).join('\n')
  for (const part of ['surrogate', 'first-spike', 'delgrad', 'tau_mem', 'spikeMembrane']) expect(text).toContain(part)
  for (const part of ['runs.list', 'better-sqlite3', 'workspace.prune']) expect(text).not.toContain(part)
})
