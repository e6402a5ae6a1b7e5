/** Calibrations to files and back. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { InloopError } from '../../contract/errors'
import type { Output, Parsed } from '../../contract/index'
import { calibrationCsv, type CalibrationTable } from '../../interchange/calibration-csv'
import { calibrationJson, readCalibration } from '../../interchange/calibration-file'
import { calibrationHtml, type CalibrationReport } from '../../interchange/calibration-html'
import type { Store } from '../../store/index'
import { completed } from './completed'
import { detail, neuronMaps } from './shown'
import type { Context } from '../context'
import { writeWhole } from '../workspace/written'

type Format = Parsed<'calibration.document'>['format']

const TYPES: { [F in Format]: string } = { json: 'application/json', csv: 'text/csv', html: 'text/html' }

export async function documentOf(
  context: Context,
  id: string,
  format: Format
): Promise<Output<'calibration.document'>> {
  const { store } = context
  const calibration = completed(store, id)
  const chip = store.chips.get(calibration.chip)
  const name = `${chip.name.replace(/[^\w.-]+/g, '_')}-${id}.${format}`
  const made = (text: string): Output<'calibration.document'> => ({ name, type: TYPES[format], text })
  const routines = store.calibrations.routines(id)
  if (format === 'json') {
    const arrays = Object.fromEntries(
      store.calibrations.parts(id).map((part) => [part, store.calibrations.array(id, part)])
    )
    const hardwareMs = store.calibrations.hardwareMs(id)
    return made(calibrationJson({ calibration, chipName: chip.name, hardwareMs, routines, arrays }))
  }
  return made(
    format === 'csv' ? calibrationCsv(tableOf(store, id)) : calibrationHtml(await calibrationReport(context, id))
  )
}

function tableOf(store: Store, id: string): CalibrationTable {
  const { neurons, excluded } = completed(store, id)
  const usable = store.calibrations.array<Uint8Array>(id, 'usable') ?? new Uint8Array(neurons)
  return { neurons, usable, excluded, maps: neuronMaps(store, id) }
}

/** all that a report says of a calibration */
export async function calibrationReport({ store, engine }: Context, id: string): Promise<CalibrationReport> {
  const { chip, chipSerial, versions } = completed(store, id)
  const { targets } = await engine.ask('catalogue', null)
  return {
    ...tableOf(store, id),
    calibration: detail(store, id),
    chipName: store.chips.get(chip).name,
    chipSerial,
    versions,
    units: Object.fromEntries(targets.map(({ key, unit }) => [key, unit]))
  }
}

export async function exportCalibration(
  context: Context,
  { calibration, file, format }: Parsed<'calibration.export'>
): Promise<Output<'calibration.export'>> {
  const to = path.resolve(file)
  const chosen = format ?? (Object.keys(TYPES) as Format[]).find((one) => to.toLowerCase().endsWith(`.${one}`))
  if (!chosen)
    throw new InloopError('bad-input', `file: ${file} given; allowed: a name that ends in .json, .csv, .html`)
  const { text } = await documentOf(context, calibration, chosen)
  return { ...writeWhole(to, text), format: chosen }
}

/** becomes a calibration of its own, with the record that it was made with */
export function importCalibration(
  context: Context,
  { file, text, chip, allowOtherChip, activate }: Parsed<'calibration.import'>
): string {
  const { store, emit } = context
  const content = text ?? read(file)
  const source = file === undefined ? 'the text given' : path.basename(file)
  const found = understand(content, source)
  const { calibration } = found
  const target = chipFor(store, calibration, chip, source)
  if (target.serial !== calibration.chipSerial && !allowOtherChip) {
    throw new InloopError(
      'conflict',
      `chip: ${source} was made on ${calibration.chipName} (serial ${calibration.chipSerial}), chip ${target.id} has serial ${target.serial}; --allow-other-chip takes it all the same`
    )
  }
  const id = store.transaction(() => {
    const made = keepCalibration(context, found, target, { from: source, sha256: hash(content) })
    if (activate) store.chips.activate(target.id, made)
    return made
  })
  emit('changed', { what: 'calibrations' })
  return id
}

/**
 * Writes what was read from a file as a calibration of this chip; call it in a transaction.
 * @param source name and SHA-256 of the file
 */
export function keepCalibration(
  { store, owner }: Pick<Context, 'store' | 'owner'>,
  { calibration, routines, arrays }: ReturnType<typeof readCalibration>,
  target: { id: string; neurons: number },
  source: { from: string; sha256: string }
): string {
  if (calibration.neurons !== target.neurons) {
    throw new InloopError(
      'bad-input',
      `${source.from}: ${calibration.neurons} neurons; chip ${target.id} has ${target.neurons}`
    )
  }
  const { targets, excluded, config, configHash, versions, host, createdAt, seed, ageDays, temperature } = calibration
  const imported = { ...source, calibration: calibration.id }
  const now = new Date().toISOString()
  const job = store.jobs.create({
    kind: 'calibrate',
    title: `Import ${source.from}`,
    chip: target.id,
    input: imported,
    owner,
    resumable: false,
    createdAt: now
  })
  const made = store.calibrations.create({
    config: { ...config, imported } as Parameters<Store['calibrations']['create']>[0]['config'],
    configHash,
    versions,
    host,
    createdAt,
    chip: target.id,
    job,
    targets,
    seed,
    chipSerial: calibration.chipSerial,
    chipSeed: calibration.chipSeed,
    ageDays,
    temperature,
    excluded,
    neurons: calibration.neurons
  })
  const usable = (arrays['usable'] as Uint8Array).reduce((sum, ok) => sum + ok, 0)
  const { seconds, hardwareMs } = calibration
  store.calibrations.finish(made, { complete: true, usable, seconds, hardwareMs, targets, routines, arrays })
  store.jobs.setSubject(job, made)
  store.jobs.end(job, 'done', now, false)
  return made
}

function read(file: string | undefined): string {
  if (file === undefined)
    throw new InloopError('bad-input', 'file: nothing given; a file that `calibration export` made')
  // a device may never end
  if (fs.existsSync(file) && !fs.statSync(file).isFile())
    throw new InloopError('bad-input', `file: ${file} is no file; allowed: one that \`calibration export\` made`)
  try {
    return fs.readFileSync(path.resolve(file), 'utf8')
  } catch (error) {
    throw new InloopError('bad-input', `file: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

function understand(content: string, source: string): ReturnType<typeof readCalibration> {
  try {
    return readCalibration(content)
  } catch (error) {
    throw new InloopError('bad-input', `${source}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function chipFor(
  store: Store,
  made: { chipSerial: string; chipSeed: number; mismatch: number },
  named: string | undefined,
  source: string
): ReturnType<Store['chips']['get']> {
  if (named !== undefined) return store.chips.get(named)
  const own = store.chips.list().find(({ serial }) => serial === made.chipSerial)
  if (own) return own
  throw new InloopError(
    'not-found',
    `chip: ${source} was made on serial ${made.chipSerial}, which is not here; \`inloop chip new --seed ${made.chipSeed} --mismatch ${made.mismatch}\` makes it, --chip names another`
  )
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
