/** A real database in a folder of its own, and things to put into it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore, type Store } from '../../src-main/store/index'
import { record } from './made'

export { idealRun, record } from './made'

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-test-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function temporaryStore(): Store {
  const folder = temporaryFolder()
  const store = openStore(path.join(folder, 'inloop.db'))
  onTestFinished(() => store.close())
  return store
}

export function newJob(store: Store, kind = 'train', owner = 'nobody'): string {
  const job = { kind, title: kind, chip: null, input: {}, owner, resumable: true, createdAt: record.createdAt }
  return store.jobs.create(job)
}

export function newChip(store: Store, name?: string): string {
  const chip = { model: 'hicann-x', seed: 1, mismatch: 1, neurons: 512, serial: 'HX-0001', createdAt: record.createdAt }
  return store.chips.create({ ...chip, ...(name === undefined ? {} : { name }) }).id
}
