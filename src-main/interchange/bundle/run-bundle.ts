/**
 * A run in one file, to be read and used elsewhere. A zip archive of
 *
 *   manifest.json     SHA-256 of every part (archive.ts)
 *   run.json          the record: settings, seeds, versions, data set with its hash, chip, what a person wrote on it
 *   epochs.csv        every epoch, all digits
 *   weights.json      epoch, counters and names of the arrays;  weights/NAME.npy  each array: weights, delays, moments
 *   dashboard.json    confusion, histograms, a sample;  planes.json  of Yin-Yang runs
 *   calibration.json  the calibration that was written to the chip, as `calibration export` writes it
 */
import { z } from 'zod'
import { hashOf, type Json } from '../../store/canonical'
import type { Checkpoint } from '../../store/runs/arrays'
import type { Epoch } from '../../store/runs/runs'
import { fromJson, toJson } from '../arrays-json'
import { csv } from '../csv'
import { dashboard } from '../../contract/dashboard'
import { plane } from '../../contract/run-figures'
import { json, type Parts, readArchive, writeArchive } from './archive'
import { fromNpy, toNpy } from './npy'
import { type RunRecord, runRecord } from './run-record'

const KIND = { format: 'inloop-run', schema: 1 }

export interface RunBundle {
  run: RunRecord
  history: Epoch[]
  /** null: no epoch was finished */
  checkpoint: Checkpoint | null
  dashboard: object | null
  planes: { epoch: number; plane: object }[]
  /** text of a calibration file; null: none was written */
  calibration: string | null
}

const COLUMNS = [
  'epoch',
  'loss',
  'trainAccuracy',
  'testAccuracy',
  'validationAccuracy',
  'hiddenSpikesPerSample',
  'samplesPerSecond',
  'seconds'
] as const satisfies readonly (keyof Epoch)[]
/** columns that may be empty */
const OPTIONAL: ReadonlySet<string> = new Set(['testAccuracy', 'validationAccuracy'])

const weights = z.object({
  epoch: z.int().min(0),
  numbers: z.record(z.string(), z.number()),
  arrays: z.array(z.string().min(1))
})
const planes = z.array(z.object({ epoch: z.int(), plane }))

/** @param app version that writes it; the same run makes the same file */
export function writeRunBundle(bundle: RunBundle, app: string): { bytes: Uint8Array<ArrayBuffer>; parts: string[] } {
  const { run, history, checkpoint, planes: seen, calibration } = bundle
  const parts: Parts = new Map()
  const put = (name: string, value: unknown): void => {
    parts.set(name, Buffer.from(`${JSON.stringify(value, null, 1)}\n`))
  }
  put('run.json', run)
  const rows = history.map((epoch) => COLUMNS.map((column) => epoch[column] ?? null))
  parts.set('epochs.csv', Buffer.from(csv(COLUMNS, rows)))
  if (checkpoint) {
    const { epoch, numbers, arrays } = checkpoint
    put('weights.json', { epoch, numbers, arrays: Object.keys(arrays) })
    for (const [name, array] of Object.entries(arrays)) parts.set(arrayPart(name), toNpy(array))
  }
  if (bundle.dashboard) put('dashboard.json', toJson(bundle.dashboard))
  if (seen.length > 0) put('planes.json', toJson(seen))
  if (calibration !== null) parts.set('calibration.json', Buffer.from(calibration))
  return { bytes: writeArchive(KIND, app, parts), parts: [...parts.keys()] }
}

/** @throws Error in one line that names the part */
export function readRunBundle(bytes: Uint8Array): RunBundle {
  const parts = readArchive(KIND, bytes)
  const run = parsed(parts, 'run.json', runRecord)
  if (hashOf(run.config as Json) !== run.configHash) throw new Error('run.json: configHash does not fit its config')
  const calibration = parts.get('calibration.json')
  consistent(run, calibration !== undefined)
  return {
    run,
    history: epochsOf(whole(parts, 'epochs.csv')),
    checkpoint: parts.has('weights.json') ? checkpointOf(parts) : null,
    dashboard: parts.has('dashboard.json') ? shaped(parts, 'dashboard.json', dashboard) : null,
    planes: parts.has('planes.json') ? shaped(parts, 'planes.json', planes) : [],
    calibration: calibration ? Buffer.from(calibration).toString('utf8') : null
  }
}

/** whoever wrote the file may have written nonsense with digests that fit */
function consistent({ chip, config, calibrationUse }: RunRecord, calibrated: boolean): void {
  if ((chip === null) !== (calibrationUse === 'ideal')) throw new Error('run.json: chip does not fit calibrationUse')
  if (chip && config['chip'] !== chip.serial) throw new Error('run.json: chip.serial does not fit its config')
  if (!calibrated && (calibrationUse === 'calibrated' || calibrationUse === 'median')) {
    throw new Error('calibration.json is missing')
  }
}

const arrayPart = (name: string): string => `weights/${name}.npy`

function checkpointOf(parts: Parts): Checkpoint {
  const { epoch, numbers, arrays } = parsed(parts, 'weights.json', weights)
  const read = (name: string): [string, Checkpoint['arrays'][string]] => {
    const part = arrayPart(name)
    return [name, within(part, () => fromNpy(whole(parts, part)))]
  }
  return { epoch, arrays: Object.fromEntries(arrays.map(read)), numbers }
}

function epochsOf(bytes: Uint8Array): Epoch[] {
  const [head, ...lines] = Buffer.from(bytes).toString('utf8').trimEnd().split('\r\n')
  if (head !== COLUMNS.join(',')) throw new Error(`epochs.csv: columns ${head} given; allowed: ${COLUMNS.join(',')}`)
  return lines.map((line, k) => {
    const cells = line.split(',')
    const values = COLUMNS.map((column, at) => {
      const cell = cells[at] as string | undefined
      if (cell === '' && OPTIONAL.has(column)) return [column, null]
      const value = Number(cell)
      if (!cell || !Number.isFinite(value)) throw new Error(`epochs.csv: row ${k + 1}, ${column}: ${cell} given`)
      return [column, value]
    })
    return Object.fromEntries(values) as Epoch
  })
}

function whole(parts: Parts, name: string): Uint8Array {
  const bytes = parts.get(name)
  if (!bytes) throw new Error(`${name} is missing`)
  return bytes
}

function parsed<T>(parts: Parts, name: string, schema: z.ZodType<T>): T {
  return checked(name, json(whole(parts, name), name), schema) as T
}

/** with its arrays as they were; what the schema does not know stays */
function shaped<T>(parts: Parts, name: string, schema: z.ZodType<T>): T {
  const value = within(name, () => fromJson(json(whole(parts, name), name)))
  checked(name, value, schema)
  return value as T
}

function checked(name: string, value: unknown, schema: z.ZodType): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Error(`${name}: ${issue.path.map(String).join('.')}: ${issue.message}`)
}

/** errors name the part */
function within<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]
    throw new Error(message.startsWith(name) ? message : `${name}: ${message}`, { cause: error })
  }
}
