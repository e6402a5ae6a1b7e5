/** Runs to one file and back. What is read is checked as a whole, then kept in one transaction beside what is here. */
import fs from 'node:fs'
import path from 'node:path'
import type { bundles as endpoints } from '../../contract/bundles'
import { InloopError } from '../../contract/errors'
import type { Output } from '../../contract/index'
import { readRunBundle, type RunBundle, writeRunBundle } from '../../interchange/bundle/run-bundle'
import { sha256 } from '../../store/canonical'
import { calibrations } from '../calibrations/calibrations'
import { documentOf, exportCalibration, importCalibration } from '../calibrations/files'
import type { Context, Handlers } from '../context'
import { writeWhole } from '../workspace/written'
import { bundleOf } from './bundled'
import { keepBundle } from './unbundled'
import { detail } from './shown'

type Imported = Output<'import'>

export const bundles: Handlers<keyof typeof endpoints> = {
  export: async ({ subject, file }, context) => {
    if (/^c-\d+$/.test(subject)) {
      const to = file ?? (await documentOf(context, subject, 'json')).name
      const { format: _format, ...made } = await exportCalibration(context, { calibration: subject, file: to })
      return { ...made, parts: [path.basename(made.file)] }
    }
    const { name, bytes, parts } = await packed(subject, context)
    return { ...writeWhole(path.resolve(file ?? name), bytes), parts }
  },
  'export.document': async ({ run }, context) => {
    const { name, bytes } = await packed(run, context)
    return { name, bytes, sha256: sha256(bytes) }
  },
  import: ({ file }, context) => {
    const bytes = readFile(file)
    const name = path.basename(file)
    // zip archives begin with "PK"
    if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || /\.zip$/i.test(name)) return importRun(bytes, name, context)
    return importOther(bytes, file, context)
  },
  'import.document': ({ name, base64 }, context) => {
    const bytes = Buffer.from(base64, 'base64')
    sizeFits(bytes.length, name)
    return importRun(bytes, path.basename(name), context)
  }
}

/** more than any file of ours */
const LARGEST = 1 << 30

function sizeFits(bytes: number, file: string): void {
  const made = 'one that `inloop export` made'
  if (bytes === 0) throw new InloopError('bad-input', `file: ${file} is empty; allowed: ${made}`)
  if (bytes > LARGEST)
    throw new InloopError('bad-input', `file: ${file} has ${bytes} bytes; allowed: ${made}, at most ${LARGEST} bytes`)
}

async function packed(
  id: string,
  context: Context
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer>; parts: string[] }> {
  const { store, version } = context
  const { name } = store.runs.summary(id)
  const bundle = await bundleOf(context, id)
  const { bytes, parts } = writeRunBundle(bundle, version)
  const words = name === id ? '' : `-${name.replace(/[^\w.-]+/g, '_').slice(0, 60)}`
  return { name: `${id}${words}.zip`, bytes, parts }
}

async function importRun(bytes: Uint8Array, source: string, context: Context): Promise<Imported> {
  const { store, emit } = context
  const bundle = understand(bytes, source)
  const digest = sha256(bytes)
  const { run, chip, calibration, notes } = await keepBundle(context, bundle, { file: source, sha256: digest })
  for (const what of ['chips', 'calibrations', 'runs'] as const) emit('changed', { what })
  return { file: source, sha256: digest, run: detail(store, run), chip, calibration, notes }
}

function understand(bytes: Uint8Array, source: string): RunBundle {
  try {
    return readRunBundle(bytes)
  } catch (error) {
    throw new InloopError('damaged-file', `${source}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** a calibration's file, or none of ours */
async function importOther(bytes: Buffer, file: string, context: Context): Promise<Imported> {
  const id = importCalibration(context, { file, allowOtherChip: false, activate: false })
  const { calibration } = await calibrations['calibration.show']({ calibration: id }, context)
  return {
    file: path.basename(file),
    sha256: sha256(bytes),
    run: null,
    chip: calibration.chip,
    calibration: id,
    notes: []
  }
}

function readFile(file: string): Buffer {
  const from = path.resolve(file)
  const found = fs.statSync(from, { throwIfNoEntry: false })
  if (found?.isFile()) sizeFits(found.size, file)
  else {
    const why = found ? 'is no file' : 'does not exist'
    throw new InloopError('bad-input', `file: ${file} ${why}; allowed: one that \`inloop export\` made`)
  }
  try {
    return fs.readFileSync(from)
  } catch (error) {
    throw new InloopError('bad-input', `file: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
