/**
 * A run out of a file, kept beside what is here: its chip is found by its serial number or made anew as it was, its
 * calibration found by its hash or kept as a further version, the run itself is always a new one. All of it or nothing.
 */
import { InloopError } from '../../contract/errors'
import { readCalibration } from '../../interchange/calibration-file'
import type { RunBundle } from '../../interchange/bundle/run-bundle'
import type { BundledChip } from '../../interchange/bundle/run-record'
import type { Chip } from '../../store/chips'
import type { Store } from '../../store/index'
import { keepCalibration } from '../calibrations/files'
import { IDEAL } from '../chips/placement'
import type { Context } from '../context'

interface Source {
  file: string
  sha256: string
}

export interface Kept {
  run: string
  chip: string | null
  calibration: string | null
  notes: string[]
}

/** @throws InloopError naming the file and what does not fit */
export async function keepBundle(context: Context, bundle: RunBundle, source: Source): Promise<Kept> {
  const { store } = context
  const { run } = bundle
  const notes = await strangeness(context, bundle)
  const calibration = bundle.calibration === null ? null : calibrationOf(bundle.calibration, source)
  if (run.chip) await sameSilicon(context, run.chip, source)
  const kept = store.transaction(() => {
    const chip = run.chip && chipFor(store, run.chip, notes)
    const version = chip && calibration && versionFor(context, calibration, chip, source, notes)
    const id = keepRun(context, bundle, source, chip, version)
    return { run: id, chip: chip?.id ?? null, calibration: version }
  })
  return { ...kept, notes }
}

/** what of the file is not as it is here; refuses a method that this version has not */
async function strangeness({ store, engine }: Context, { run, checkpoint }: RunBundle): Promise<string[]> {
  const notes: string[] = []
  const { core, methods } = await engine.ask('catalogue', null)
  if (!methods.some(({ name }) => name === run.method)) {
    const known = methods.map(({ name }) => name).join(', ')
    throw new InloopError('bad-input', `method: ${run.method} in the file; this version knows ${known}`)
  }
  if (run.versions['core'] !== core) {
    notes.push(`made by other code (${run.versions['core']}; this is ${core}): run again, it may come out otherwise`)
  }
  const data = (await engine.ask('datasets', null)).find(({ name }) => name === run.dataset)
  if (!data?.present) notes.push(`data set ${run.dataset} is not here: it can be looked at, not evaluated`)
  else if (data.sha256 !== null && data.sha256 !== run.datasetSha256) {
    notes.push(
      `data set ${run.dataset} is another one here (sha256 ${data.sha256.slice(0, 12)}, not ${run.datasetSha256.slice(0, 12)})`
    )
  }
  const weights = checkpoint && store.runArrays.digestOf(checkpoint)
  const twins = weights === null ? [] : store.runOrigins.twins(run.configHash, weights)
  if (twins.length > 0) notes.push(`the same settings and weights are here already: ${twins.join(', ')}`)
  return notes
}

function calibrationOf(text: string, { file }: Source): ReturnType<typeof readCalibration> {
  try {
    return readCalibration(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new InloopError('damaged-file', `${file}: calibration.json: ${message}`)
  }
}

/** the seed must draw the same chip here: otherwise its runs and calibrations mean another */
async function sameSilicon({ engine }: Context, chip: BundledChip, { file }: Source): Promise<void> {
  if (chip.model !== 'hicann-x') {
    throw new InloopError('bad-input', `${file}: a chip of model ${chip.model}; allowed: hicann-x`)
  }
  const { seed, mismatch, recipe } = chip
  const { serial, neurons } = await engine.ask('identify', { seed, mismatch, recipe })
  if (serial === chip.serial && neurons === chip.neurons) return
  throw new InloopError(
    'conflict',
    `${file}: chip ${chip.name} has serial ${chip.serial}; this version draws ${serial} from its seed ${seed}`
  )
}

function chipFor(store: Store, then: BundledChip, notes: string[]): Chip {
  const same = store.chips.list().filter(({ serial }) => serial === then.serial)
  const asThen = (chip: Chip): boolean =>
    chip.ageDays === then.ageDays && chip.temperature === then.temperature && chip.quirks === then.quirks
  const found = same.find(asThen) ?? (same[0] as Chip | undefined)
  if (found) {
    if (!asThen(found)) notes.push(`chip ${found.id} is of another age or temperature now than when the run was made`)
    return found
  }
  const { model, seed, mismatch, recipe, quirks, neurons, serial, ageDays, temperature, exclusions } = then
  const now = new Date().toISOString()
  const { id } = store.chips.create({
    ...freeName(store, then.name),
    model,
    seed,
    mismatch,
    recipe,
    quirks,
    neurons,
    serial,
    createdAt: now
  })
  if (ageDays !== 0 || temperature !== 30) store.chips.age(id, ageDays, temperature, now)
  for (const { neuron, reason } of exclusions) store.chips.exclude(id, [neuron], reason, 'import', now)
  notes.push(`chip ${id} was made from its seed, as it was when the run was made; it was not here`)
  return store.chips.get(id)
}

/** a chip that nobody named is named by its id, and that is another one here */
function freeName(store: Store, name: string): { name?: string } {
  if (/^hx-\d+$/i.test(name)) return {}
  const taken = new Set(store.chips.list().flatMap((chip) => [chip.name.toLowerCase(), chip.id.toLowerCase()]))
  let free = name
  for (let k = 2; taken.has(free.toLowerCase()); k++) free = `${name} ${k}`
  return { name: free }
}

/** found by the hash of all that it came to, or kept as a version; the first of a chip becomes its active one */
function versionFor(
  { store, owner }: Context,
  found: ReturnType<typeof readCalibration>,
  chip: Chip,
  { file, sha256: digest }: Source,
  notes: string[]
): string {
  const here = store.calibrations.list(chip.id).find(({ sha256: own }) => own === found.calibration.sha256)
  if (here) {
    notes.push(`calibration ${here.id} of chip ${chip.id} is the one of the file`)
    return here.id
  }
  const made = keepCalibration({ store, owner }, found, chip, { from: file, sha256: digest })
  const first = chip.active === null
  if (first) store.chips.activate(chip.id, made)
  notes.push(`calibration ${made} of chip ${chip.id} came with the file${first ? '; it is active' : ', not activated'}`)
  return made
}

function keepRun(
  { store, owner }: Context,
  { run, history, checkpoint, dashboard, planes }: RunBundle,
  source: Source,
  chip: Chip | null,
  calibration: string | null
): string {
  const now = new Date().toISOString()
  const use = run.calibrationUse
  // the ids of the other workspace mean nothing here
  const place = { chip: chip?.id ?? IDEAL, ...(calibration !== null && use === 'calibrated' ? { calibration } : {}) }
  const job = store.jobs.create({
    kind: 'train',
    title: `Import ${source.file}`,
    chip: chip?.id ?? null,
    input: { ...run.input, ...place },
    owner,
    resumable: false,
    createdAt: now
  })
  const { method, dataset, datasetSha256, seed, seeds, epochs, excluded, config, configHash, versions, host } = run
  const work = { method, dataset, datasetSha256, seed, seeds, epochs, excluded, config, configHash, versions, host }
  const on = run.chip
    ? { chip: chip?.id ?? null, chipSerial: run.chip.serial, chipSeed: run.chip.seed, mismatch: run.chip.mismatch }
    : { chip: null, chipSerial: IDEAL, chipSeed: null, mismatch: null }
  const id = store.runs.create({
    ...work,
    ...on,
    job,
    calibration,
    calibrationUse: use,
    createdAt: run.createdAt,
    ...(run.name === run.id ? {} : { name: run.name })
  })
  store.jobs.setSubject(job, id)
  for (const epoch of history) store.runs.append(id, epoch, run.metrics.n)
  store.runs.setConversion(id, run.conversion)
  if (checkpoint) store.runArrays.saveCheckpoint(id, checkpoint)
  if (dashboard) store.runArrays.saveDashboard(id, dashboard)
  for (const { epoch, plane } of planes) store.runArrays.savePlane(id, epoch, plane)
  store.runs.star(id, run.star)
  store.runs.tag(id, run.tags)
  store.runs.note(id, run.note)
  if (run.colour && run.line) store.runs.style(id, { colour: run.colour, line: run.line })
  const from = { file: source.file, sha256: source.sha256, run: run.id, host: run.host }
  store.runOrigins.set(id, { kind: 'imported', ...from, at: now, before: run.origin })
  store.jobs.end(job, run.status as 'done', now, false)
  return id
}
