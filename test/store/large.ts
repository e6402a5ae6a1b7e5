/**
 * A workspace as large as the budgets speak of: 10,000 runs on 500 chips with 1,000 calibrations, ten of the runs with
 * 300 epochs, and arrays beside them that no list may read.
 */
import type { Store } from '../../src-main/store/index'
import { idealRun, record } from './made'

export const LARGE = { runs: 10_000, chips: 500, calibrations: 1000, compared: 10, epochs: 300 } as const

const STATUS = ['done', 'done', 'done', 'failed', 'cancelled', 'interrupted'] as const
const HASH = 'a'.repeat(64)
const time = (minutes: number): string => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString()

/** @returns ids of the runs with 300 epochs */
export function fillWorkspace(store: Store): string[] {
  return store.transaction(() => {
    const chips = Array.from({ length: LARGE.chips }, (_, k) => {
      const serial = `HX-${k}`
      const chip = { model: 'hicann-x', seed: k, mismatch: 1, neurons: 512, serial, createdAt: time(k) }
      return store.chips.create({ ...chip, name: `HX-${String(k).padStart(3, '0')}` })
    })
    const calibrations = Array.from({ length: LARGE.calibrations }, (_, k) => calibrate(store, chips[k % 500], k))
    calibrations.forEach((id, k) => store.chips.activate(chips[k % 500].id, id))
    const ids = Array.from({ length: LARGE.runs }, (_, k) => {
      const chip = k % 4 === 0 ? null : chips[k % 500]
      return train(store, chip, chip ? calibrations[k % 500] : null, k)
    })
    const compared = ids.slice(0, LARGE.compared)
    for (const id of compared) {
      for (let epoch = 2; epoch <= LARGE.epochs; epoch++) store.runs.append(id, epochOf(epoch, 0.9), 10_000)
      store.runArrays.saveCheckpoint(id, {
        epoch: LARGE.epochs,
        arrays: { weights: new Float32Array(65_000) },
        numbers: {}
      })
      store.runArrays.saveDashboard(id, {
        confusion: new Float64Array(100).fill(1),
        classes: 10,
        weights: null,
        sample: null
      })
    }
    return compared
  })
}

type Chip = ReturnType<Store['chips']['create']>

function job(store: Store, kind: string, chip: string | null, k: number): string {
  const made = { kind, title: `${kind} ${k}`, chip, input: {}, owner: 'nobody', resumable: false, createdAt: time(k) }
  const id = store.jobs.create(made)
  store.jobs.end(id, k % 7 ? 'done' : STATUS[k % STATUS.length], time(k + 1), false)
  return id
}

function calibrate(store: Store, chip: Chip, k: number): string {
  const id = store.calibrations.create({
    ...record,
    chip: chip.id,
    job: job(store, 'calibrate', chip.id, k),
    targets: { leak: 80, threshold: 150 },
    seed: k,
    chipSerial: chip.serial,
    chipSeed: chip.seed,
    ageDays: 0,
    temperature: 30,
    excluded: [],
    neurons: 512,
    createdAt: time(k)
  })
  store.calibrations.finish(id, {
    complete: true,
    usable: 508,
    seconds: 20,
    hardwareMs: 900,
    targets: { leak: 80, threshold: 150 },
    routines: [],
    arrays: { settings: { codes: new Uint16Array(4096) } }
  })
  return id
}

function train(store: Store, chip: Chip | null, calibration: string | null, k: number): string {
  const id = store.runs.create({
    ...idealRun(job(store, 'train', chip?.id ?? null, k)),
    config: { learningRate: k / 1e6, hidden: 246, batch: 100, epochs: LARGE.epochs },
    configHash: HASH,
    name: k % 7 ? `run ${k}` : `sweep ${k}`,
    method: k % 3 ? 'surrogate' : 'first-spike',
    seed: k % 10,
    epochs: LARGE.epochs,
    createdAt: time(k),
    ...(chip && calibration
      ? {
          chip: chip.id,
          chipSerial: chip.serial,
          chipSeed: chip.seed,
          mismatch: 1,
          calibration,
          calibrationUse: 'calibrated' as const
        }
      : {})
  })
  store.runs.append(id, epochOf(1, 0.5 + (k % 4999) / 10_000), 10_000)
  if (k % 5 === 0) store.runs.tag(id, ['night'])
  if (k % 11 === 0) store.runs.star(id, true)
  return id
}

function epochOf(epoch: number, accuracy: number) {
  return {
    epoch,
    loss: 1 / epoch,
    trainAccuracy: accuracy,
    testAccuracy: accuracy,
    hiddenSpikesPerSample: 40,
    samplesPerSecond: 20_000,
    seconds: 3
  }
}
