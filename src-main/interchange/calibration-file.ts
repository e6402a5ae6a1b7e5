/**
 * A calibration as a file of its own: everything that the database keeps of it, as JSON with its arrays in base64. What is
 * read is checked before anything is made of it; whoever reads gets one line that says what is wrong.
 */
import { z } from 'zod'
import type { Calibration, Routine } from '../store/calibrations'
import { arraysHash } from '../store/calibrations'
import { canonical, hashOf, type Json } from '../store/canonical'
import { fromJson, toJson } from './arrays-json'

const FORMAT = 'inloop-calibration'
const FILE_SCHEMA = 1

const spread = z.object({ median: z.number(), mad: z.number(), sd: z.number() }).nullable()
const routine = z.object({
  name: z.string().min(1),
  label: z.string(),
  symbol: z.string(),
  quantity: z.string(),
  unit: z.string(),
  target: z.number().nullable(),
  limit: z.number().nullable(),
  before: spread,
  after: spread,
  spreadRatio: z.number().nullable(),
  passed: z.boolean(),
  reads: z.int().min(1),
  failed: z.array(z.int().min(0)),
  seconds: z.number()
})
const json: z.ZodType = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)])
)
const file = z.object({
  format: z.literal(FORMAT),
  schema: z.literal(FILE_SCHEMA),
  calibration: z.object({
    id: z.string(),
    chipName: z.string(),
    chipSerial: z.string().min(1),
    chipSeed: z.int().min(0),
    mismatch: z.number().min(0),
    createdAt: z.iso.datetime(),
    seconds: z.number().min(0),
    hardwareMs: z.number().min(0),
    neurons: z.int().min(1),
    seed: z.int().min(0),
    ageDays: z.number().min(0),
    temperature: z.number(),
    targets: z.record(z.string(), z.number()),
    excluded: z.array(z.int().min(0)),
    config: z.record(z.string(), json),
    configHash: z.string().length(64),
    versions: z.record(z.string(), z.union([z.string(), z.number()])),
    host: z.string(),
    sha256: z.string().length(64)
  }),
  routines: z.array(routine),
  arrays: z.record(z.string(), json)
})

type CalibrationFile = Omit<z.infer<typeof file>, 'arrays' | 'routines'> & {
  routines: Routine[]
  arrays: { [part: string]: unknown }
}

export interface Written {
  calibration: Calibration
  chipName: string
  hardwareMs: number
  routines: readonly Routine[]
  arrays: { readonly [part: string]: unknown }
}

export function calibrationJson({ calibration, chipName, hardwareMs, routines, arrays }: Written): string {
  const { id, chipSerial, config, createdAt, seconds, neurons, seed, ageDays, temperature } = calibration
  const { targets, excluded, configHash, versions, host } = calibration
  const made = { id, chipName, chipSerial, chipSeed: config['chipSeed'], mismatch: config['mismatch'], createdAt }
  const cost = { seconds, hardwareMs, neurons, seed, ageDays, temperature }
  const record = { targets, excluded, config, configHash, versions, host, sha256: arraysHash(arrays) }
  return `${JSON.stringify({
    format: FORMAT,
    schema: FILE_SCHEMA,
    calibration: { ...made, ...cost, ...record },
    routines,
    arrays: toJson(arrays)
  })}\n`
}

/** @throws Error in one line */
export function readCalibration(text: string): CalibrationFile {
  const raw = parse(text)
  const head = (raw ?? {}) as { format?: unknown; schema?: unknown }
  if (head.format !== FORMAT) throw new Error('this is not a calibration that Inloop exported')
  if (head.schema !== FILE_SCHEMA) {
    throw new Error(`schema ${JSON.stringify(head.schema)} given; this version reads schema ${FILE_SCHEMA}`)
  }
  const parsed = file.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`${issue.path.map(String).join('.')}: ${issue.message}`)
  }
  const { calibration, routines, ...rest } = parsed.data
  const arrays = fromJson(rest.arrays) as { [part: string]: unknown }
  if (arraysHash(arrays) !== calibration.sha256) throw new Error('its arrays are damaged (their SHA-256 does not fit)')
  checkRecord(calibration)
  checkShape(arrays, calibration.neurons, routines)
  return { ...rest, calibration, routines, arrays }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`this is not JSON (${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)})`, {
      cause: error
    })
  }
}

/** the record must be the one that the calibration was made with; what an import added to it is not hashed */
function checkRecord({ config, configHash, targets }: CalibrationFile['calibration']): void {
  const { imported: _imported, ...made } = config
  if (hashOf(made as Json) !== configHash) throw new Error('calibration.configHash does not fit its config')
  const aimed = made['targets']
  if (aimed !== undefined && canonical(aimed as Json) !== canonical(targets)) {
    throw new Error('calibration.targets are not those of its config')
  }
}

/** whoever wrote the file may have written nonsense with a hash that fits */
function checkShape(arrays: { [part: string]: unknown }, neurons: number, routines: readonly Routine[]): void {
  const settings = arrays['settings'] as { neuron?: { [cell: string]: unknown } } | undefined
  const cells = Object.entries(settings?.neuron ?? {})
  if (cells.length === 0) throw new Error('arrays.settings: no neuron has a setting')
  for (const [cell, codes] of cells) length(`arrays.settings.neuron.${cell}`, codes, neurons)
  length('arrays.usable', arrays['usable'], neurons)
  for (const { name, failed } of routines) {
    const map = arrays[`${name}/map`] as StoredMap | undefined
    // a result may belong to drivers or synapses instead: then it has one setting each
    const own = map?.per && map.per !== 'neuron' ? (map.setting?.length ?? 0) : neurons
    length(`arrays.${name}/map.failed`, map?.failed, own)
    if (map?.after) length(`arrays.${name}/map.after`, map.after, own)
    const beyond = failed.find((instance) => instance >= own)
    if (beyond !== undefined) throw new Error(`routine ${name}: number ${beyond} failed; there are ${own}`)
  }
}

interface StoredMap {
  per?: string
  setting?: { length: number }
  after?: unknown
  failed?: unknown
}

function length(what: string, values: unknown, neurons: number): void {
  const found = ArrayBuffer.isView(values) ? (values as Uint8Array).length : 'no'
  if (found !== neurons) throw new Error(`${what}: ${found} values where ${neurons} are needed`)
}
