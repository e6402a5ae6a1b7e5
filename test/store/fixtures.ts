/** A real database in a folder of its own, and records with which rows can be made. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore, type Store } from '../../src-main/store/index'
import type { NewRun } from '../../src-main/store/runs/runs'

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

const HASH = 'a'.repeat(64)

export const record = {
  config: { seed: 1 },
  configHash: HASH,
  versions: { app: '0.1.0' },
  host: 'here',
  createdAt: '2026-01-01T00:00:00.000Z'
}

export function newJob(store: Store, kind = 'train', owner = 'nobody'): string {
  const job = { kind, title: kind, chip: null, input: {}, owner, resumable: true, createdAt: record.createdAt }
  return store.jobs.create(job)
}

export function newChip(store: Store, name?: string): string {
  const chip = { model: 'hicann-x', seed: 1, mismatch: 1, neurons: 512, serial: 'HX-0001', createdAt: record.createdAt }
  return store.chips.create({ ...chip, ...(name === undefined ? {} : { name }) }).id
}

export function idealRun(job: string): NewRun {
  return {
    ...record,
    job,
    method: 'surrogate',
    dataset: 'mnist16',
    datasetSha256: HASH,
    seed: 1,
    seeds: { run: 1 },
    chip: null,
    chipSerial: 'ideal',
    chipSeed: null,
    mismatch: null,
    calibration: null,
    calibrationUse: 'ideal',
    excluded: [],
    epochs: 3
  }
}
