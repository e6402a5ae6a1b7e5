/**
 * A workspace as large as the budgets speak of: 10,000 runs on 500 chips with 1,000 calibrations, ten of the runs with
 * 300 epochs, and arrays beside them that no list may read.
 */
import { hashOf } from '../../src-main/store/canonical'
import type { Store } from '../../src-main/store/index'
import type { NewRun } from '../../src-main/store/runs/runs'
import { idealRun, record } from './made'

export const LARGE = { runs: 10_000, chips: 500, calibrations: 1000, compared: 10, epochs: 300 } as const

const STATUS = ['done', 'done', 'done', 'failed', 'cancelled', 'interrupted'] as const
/** newest runs, whose curves a list shows */
const CURVED = 200
const CURVED_EPOCHS = 30
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
  const made = {
    kind,
    title: `${kind} ${k}`,
    chip,
    input: asked(kind, chip, k),
    owner: 'nobody',
    resumable: false,
    createdAt: time(k)
  }
  const id = store.jobs.create(made)
  store.jobs.end(id, k % 7 ? 'done' : STATUS[k % STATUS.length], time(k + 1), false)
  return id
}

/** of a training as the window asks: all fields, and what of the method was changed */
function asked(kind: string, chip: string | null, k: number): object {
  if (kind !== 'train') return { chip, targets: {}, seed: k }
  const set = k % 2 ? { slope: 10 * (k % 20), learningRate: (k % 50) / 1e4 } : {}
  const where = { chip: chip ?? 'ideal', calibration: 'active', allowOtherChip: false }
  return { method: 'surrogate', dataset: 'mnist16', ...where, epochs: 300, batch: 100, seed: k % 10, seeds: 1, set }
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
    ...recorded(chip, k),
    name: k % 7 ? `run ${k}` : `sweep ${k}`,
    method: k % 3 ? 'surrogate' : 'first-spike',
    seed: k % 10,
    epochs: k < LARGE.runs - CURVED ? LARGE.epochs : CURVED_EPOCHS,
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
  if (chip) store.runs.setConversion(id, CONVERSION)
  if (k % 13 === 0) store.runs.note(id, 'the threshold was moved by hand, see the log of that day')
  const done = k % 7 || STATUS[k % STATUS.length] === 'done'
  const last = k < LARGE.runs - CURVED ? 1 : done ? CURVED_EPOCHS : 4 + (k % 20)
  for (let epoch = 1; epoch <= last; epoch++) {
    const short = 0.4 * (Math.exp(-epoch / 8) - Math.exp(-last / 8))
    store.runs.append(id, epochOf(epoch, 0.5 + ((k * 1009) % 4999) / 10_000 - short), 10_000)
  }
  if (k % 5 === 0) store.runs.tag(id, ['night'])
  if (k % 11 === 0) store.runs.star(id, true)
  return id
}

/** as `train` records it: every setting, what the chip was, versions */
function recorded(chip: Chip | null, k: number): Pick<NewRun, 'config' | 'configHash' | 'versions' | 'host'> {
  const basis = {
    method: k % 3 ? 'surrogate' : 'first-spike',
    dataset: 'mnist16',
    datasetSha256: HASH,
    epochs: LARGE.epochs,
    batch: 100,
    seed: k % 10,
    limitTrain: null,
    limitTest: null
  }
  const place = {
    chip: chip?.serial ?? 'ideal',
    chipSeed: chip?.seed ?? null,
    mismatch: chip ? 1 : null,
    recipe: chip ? 'A' : null,
    quirks: chip ? false : null,
    ageDays: chip ? 0 : null,
    temperature: chip ? 30 : null,
    calibration: chip ? 'calibrated' : 'ideal',
    calibrationHash: chip ? HASH.replace('a', String(chip.seed % 10)) : null,
    excluded: chip ? '3,4' : ''
  }
  const config = { ...basis, ...place, ...METHOD, learningRate: (k % 50) / 1e4, slope: 10 * (k % 20) }
  const versions = { app: '0.1.0', core: 'f4b97d5321d5e076', schema: 121, runtime: 'Electron 33.2.1', threads: 2 }
  return { config, configHash: hashOf(config), versions, host: 'bench (linux x64)' }
}

/** settings of a method, as they are resolved */
const METHOD = {
  ...{ hidden: 246, decay: 0.97, burst: 0.0005, schedule: 'exponential', weightDecay: 0.1, outputDecay: 0 },
  ...{ amplitude: 0, rotation: 0, validation: 0, patience: 0, keep: 'last', recurrent: false, readout: 'max', rate: 0 },
  ...{ rateLimit: 0, spikeMembrane: 'threshold', readoutScale: 10, initScale: 0.7, initMean: 0.001, tauMemUs: 6 },
  ...{ tauSynUs: 6, bins: 20, binUs: 1.7, inputTauUs: 8, inputThreshold: 0.2, channels: 70, compression: 2000 },
  ...{ channelJitter: 0, dropout: 0, spread: 0, spreadSeed: 1, weightLimit: null }
}

/** as measured before training on a chip */
const CONVERSION = {
  ...{ membranePerUnit: 68.1267266673546, weightPerUnit: 255.29232158050743, outputPerUnit: 265.9295016463619 },
  ...{ responsePerCodeExc: 0.2672584656082423, responsePerCodeInh: 0.26645697280043373 },
  ...{ responseMad: 0.009290158951876404, thresholdMad: 1.3949306530651597, unitsMeasured: 237 },
  ...{ unitsFiringAtRest: 0, unitsNeverFiring: 9, silentHidden: 9 }
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
