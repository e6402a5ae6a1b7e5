/** Records with which rows can be made; known to the tests of the window, too, which are no tests of vitest. */
import type { NewRun } from '../../src-main/store/runs/runs'

const HASH = 'a'.repeat(64)

export const record = {
  config: { seed: 1 },
  configHash: HASH,
  versions: { app: '0.1.0' },
  host: 'here',
  createdAt: '2026-01-01T00:00:00.000Z'
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
