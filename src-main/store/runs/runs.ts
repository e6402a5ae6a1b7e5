/** Runs: the record of each, what it measured so far, and what a person wrote on it. Arrays are in arrays.ts. */
import type { Db } from '../database'
import { StoreError } from '../errors'
import { type CalibrationUse, recordColumns, type WorkRecord, type RecordColumns, recordOf } from '../records'
import type { NextId } from '../sequence'
import { settingsNumbers } from './settings'
import { type RunStyle, styleOfNumber } from './style'

export interface Metrics {
  trainAccuracy: number | null
  testAccuracy: number | null
  n: number
  hiddenSpikesPerSample: number | null
}

export interface RunSummary extends RunStyle {
  id: string
  name: string
  status: string
  method: string
  dataset: string
  chip: string | null
  chipName: string | null
  /** calibration whose settings (or their medians) were written */
  calibration: string | null
  calibrationUse: CalibrationUse
  seed: number
  configHash: string
  epochs: number
  epochsDone: number
  metrics: Metrics
  samplesPerSecond: number | null
  seconds: number
  createdAt: string
  star: boolean
  tags: string[]
  note: string
  deleted: boolean
  job: string
}

export interface Run extends RunSummary, WorkRecord {
  seeds: { [name: string]: number }
  datasetSha256: string
  chipSerial: string
  chipSeed: number | null
  mismatch: number | null
  excluded: number[]
  conversion: { [key: string]: string | number | boolean | null }
}

export interface Epoch {
  epoch: number
  loss: number
  trainAccuracy: number
  testAccuracy: number | null
  /** of training samples that were set aside; null: none were */
  validationAccuracy?: number | null
  hiddenSpikesPerSample: number
  samplesPerSecond: number
  seconds: number
}

export interface NewRun extends WorkRecord {
  job: string
  name?: string
  method: string
  dataset: string
  datasetSha256: string
  seed: number
  seeds: { readonly [name: string]: number }
  /** null: ideal dynamics */
  chip: string | null
  chipSerial: string
  chipSeed: number | null
  mismatch: number | null
  calibration: string | null
  calibrationUse: CalibrationUse
  excluded: readonly number[]
  epochs: number
}

/** the columns of a summary and where they come from; no table with arrays is among them */
export const RUN_SUMMARY = `select r.id, r.name, j.status, r.method, r.dataset, r.chip, c.name as chipName, r.calibration, r.calibration_use as calibrationUse, r.seed,
  r.config_hash as configHash, r.epochs, r.epochs_done as epochsDone, r.train_accuracy as trainAccuracy,
  r.test_accuracy as testAccuracy, r.n, r.hidden_spikes as hiddenSpikesPerSample,
  r.samples_per_second as samplesPerSecond, r.seconds, r.created_at as createdAt, r.star, r.tags, r.note, r.colour, r.line, r.deleted, r.job
  from run r join job j on j.id = r.job left join chip c on c.id = r.chip`

export type SummaryRow = Omit<RunSummary, 'metrics' | 'star' | 'tags' | 'deleted'> &
  Metrics & { star: number; tags: string; deleted: number }
interface FullRow extends RecordColumns {
  seeds: string
  dataset_sha256: string
  chip_serial: string
  chip_seed: number | null
  mismatch: number | null
  excluded: string
  conversion: string | null
}

export function runs(db: Db, nextId: NextId) {
  const one = db.prepare<[string], SummaryRow>(`${RUN_SUMMARY} where r.id = ?`)
  const rest = db.prepare<[string], FullRow>(
    `select config, config_hash, versions, host, created_at, seeds, dataset_sha256, chip_serial, chip_seed, mismatch,
       excluded, conversion from run where id = ?`
  )
  const insert = db.prepare(
    `insert into run (id, job, name, method, config, config_hash, seed, seeds, dataset, dataset_sha256, chip,
       chip_serial, chip_seed, mismatch, calibration, calibration_use, excluded, versions, host, epochs, created_at, colour, line,
       settings)
     values (@id, @job, @name, @method, @config, @config_hash, @seed, @seeds, @dataset, @datasetSha256, @chip,
       @chipSerial, @chipSeed, @mismatch, @calibration, @calibrationUse, @excluded, @versions, @host, @epochs, @created_at,
       @colour, @line, @settings)`
  )
  const numberOf = settingsNumbers(db)
  const insertEpoch = db.prepare(
    `insert or replace into run_epoch values (@run, @epoch, @loss, @trainAccuracy, @testAccuracy,
       @hiddenSpikesPerSample, @samplesPerSecond, @seconds, @validationAccuracy)`
  )
  const sum = db.prepare(
    `update run set epochs_done = @epoch, train_accuracy = @trainAccuracy, test_accuracy = @testAccuracy, n = @n,
       hidden_spikes = @hiddenSpikesPerSample,
       samples_per_second = (select avg(samples_per_second) from run_epoch where run = @run),
       seconds = (select sum(seconds) from run_epoch where run = @run) where id = @run`
  )
  const history = db.prepare<[string], Epoch>(
    `select epoch, loss, train_accuracy as trainAccuracy, test_accuracy as testAccuracy,
       hidden_spikes as hiddenSpikesPerSample, samples_per_second as samplesPerSecond, seconds,
       validation_accuracy as validationAccuracy
     from run_epoch where run = ? order by epoch`
  )
  const made = db.prepare<[string], { id: string; status: string; job: string; core: string }>(
    `select r.id, j.status, r.job, json_extract(r.versions, '$.core') as core from run r join job j on j.id = r.job
     where r.config_hash = ? and r.deleted = 0
       and coalesce(json_extract(r.origin, '$.kind'), '') <> 'imported' order by r.rowid`
  )
  const conversion = db.prepare('update run set conversion = ? where id = ?')
  const rename = db.prepare('update run set name = ? where id = ?')
  const star = db.prepare('update run set star = ? where id = ?')
  const tag = db.prepare('update run set tags = ? where id = ?')
  const note = db.prepare('update run set note = ? where id = ?')
  const style = db.prepare('update run set colour = @colour, line = @line where id = @id')
  const trash = db.prepare('update run set deleted = ? where id = ?')

  const summary = (id: string): RunSummary => {
    const row = one.get(id)
    if (!row) throw new StoreError('not-found', `run "${id}" does not exist; see \`inloop runs list\``)
    return summaryOf(row)
  }

  return {
    /** runs that were made here with this configuration, oldest first, and the code that made each */
    made: (configHash: string) => made.all(configHash),
    summary,
    get: (id: string): Run => {
      const basis = summary(id)
      const row = rest.get(id) as FullRow
      return {
        ...basis,
        ...recordOf(row),
        seeds: JSON.parse(row.seeds) as Run['seeds'],
        datasetSha256: row.dataset_sha256,
        chipSerial: row.chip_serial,
        chipSeed: row.chip_seed,
        mismatch: row.mismatch,
        excluded: JSON.parse(row.excluded) as number[],
        conversion: row.conversion === null ? {} : (JSON.parse(row.conversion) as Run['conversion'])
      }
    },
    create: (run: NewRun): string => {
      const id = nextId('r')
      const { config: _config, versions: _versions, ...plain } = run
      insert.run({
        ...plain,
        ...recordColumns(run),
        id,
        name: run.name ?? id,
        ...styleOfNumber(id),
        settings: numberOf(run.config),
        seeds: JSON.stringify(run.seeds),
        excluded: JSON.stringify(run.excluded)
      })
      return id
    },
    history: (id: string) => history.all(id),
    /** the epoch's row and the sums over the run; call it in a transaction with the checkpoint's */
    append: (id: string, epoch: Epoch, testSamples: number): void => {
      insertEpoch.run({ validationAccuracy: null, ...epoch, run: id })
      sum.run({ ...epoch, run: id, n: testSamples })
    },
    setConversion: (id: string, values: Run['conversion']): void => {
      conversion.run(JSON.stringify(values), id)
    },
    rename: (id: string, name: string): void => {
      rename.run(name, id)
    },
    star: (id: string, on: boolean): void => {
      star.run(on ? 1 : 0, id)
    },
    tag: (id: string, tags: readonly string[]): void => {
      tag.run(JSON.stringify(tags), id)
    },
    note: (id: string, text: string): void => {
      note.run(text, id)
    },
    style: (id: string, { colour, line }: RunStyle): void => {
      style.run({ id, colour, line })
    },
    trash: (id: string, deleted: boolean): void => {
      trash.run(deleted ? 1 : 0, id)
    }
  }
}

export function summaryOf(row: SummaryRow): RunSummary {
  const { trainAccuracy, testAccuracy, n, hiddenSpikesPerSample, star, tags, deleted, ...same } = row
  return {
    ...same,
    metrics: { trainAccuracy, testAccuracy, n, hiddenSpikesPerSample },
    star: star === 1,
    tags: JSON.parse(tags) as string[],
    deleted: deleted === 1
  }
}
