/**
 * A record run once more: the same settings, seeds, data, chip as it was then, and calibration, whatever has become of
 * them since. What is not the same here is told, or refused where the run would be another one.
 */
import { InloopError } from '../../contract/errors'
import { siliconOf } from '../../jobs/kinds/chip-spec'
import type { Json } from '../../store/canonical'
import type { WorkRecord } from '../../store/records'
import type { Run } from '../../store/runs/runs'
import { settingsHash } from '../calibrations/completed'
import type { Context } from '../context'
import { recordOf, submit } from '../provenance'

interface Prepared {
  run: Run
  record: WorkRecord
  warnings: string[]
}

/** refused before anything is recorded */
export async function preparedAgain(id: string, context: Context): Promise<Prepared> {
  const { store, engine } = context
  const run = store.runs.get(id)
  if (run.epochsDone === 0) throw new InloopError('conflict', `run: ${id} has no epoch to compare with`)
  const { sha256 } = await engine.ask('prepare', { dataset: run.dataset })
  if (sha256 !== run.datasetSha256) {
    const given = `data set ${run.dataset} has sha256 ${sha256.slice(0, 12)}`
    throw new InloopError('conflict', `run: ${id} was made of ${run.datasetSha256.slice(0, 12)}; ${given} here`)
  }
  const { config, added } = await settingsNow(run, context)
  const record = await recordOf(context, config)
  const warnings = [...codeWarnings(run, record), ...added, ...(await chipWarnings(run, context))]
  return { run, record, warnings }
}

/** records the run and queues it. @returns its id */
export async function startAgain(id: string, context: Context): Promise<string> {
  const { store } = context
  const { run, record } = await preparedAgain(id, context)
  const { method, dataset, datasetSha256, seed, seeds, chip, chipSerial, chipSeed, mismatch, epochs } = run
  const { calibration, calibrationUse, excluded, chipName } = run
  const name = `${run.name} again`.slice(0, 120)
  const same = { method, dataset, datasetSha256, seed, seeds, chip, chipSerial, chipSeed, mismatch, epochs }
  const job = { kind: 'train', title: `${name} on ${chipName ?? 'ideal'}`, chip, resumable: true }
  const { subject } = submit(context, { ...job, input: store.jobs.input(run.job) }, (made) => {
    const again = store.runs.create({ ...record, ...same, calibration, calibrationUse, excluded, job: made, name })
    store.runOrigins.set(again, { kind: 'again', of: id, reproduced: null, firstDifference: null })
    return again
  })
  context.emit('changed', { what: 'runs' })
  return String(subject)
}

/** the record's own; settings that the code has learnt since have their defaults, which change nothing */
async function settingsNow(
  run: Run,
  { engine }: Context
): Promise<{ config: { readonly [key: string]: Json }; added: string[] }> {
  const { core, methods } = await engine.ask('catalogue', null)
  const known = methods.find(({ name }) => name === run.method)
  if (!known) throw new InloopError('conflict', `run: ${run.id} is of method ${run.method}, which this version has not`)
  if (run.versions['core'] === core) return { config: run.config, added: [] }
  const own = known.settings.filter(({ key }) => key in run.config).map(({ key }) => [key, run.config[key]])
  const set = Object.fromEntries(own) as { [key: string]: string | number | boolean | null }
  const { config } = await engine.ask('configure', { method: run.method, dataset: run.dataset, set })
  const added = Object.entries(config).filter(([key]) => !(key in run.config))
  const words = added.map(([key, value]) => `${key}=${String(value)}`).join(', ')
  return {
    config: { ...run.config, ...config },
    added: added.length > 0 ? [`settings that the record has not: ${words}`] : []
  }
}

function codeWarnings(run: Run, record: WorkRecord): string[] {
  const [then, now] = [run.versions, record.versions]
  if (then['core'] === now['core']) return []
  return [`made by other code: ${then['core']} (${then['app']}); this is ${now['core']} (${now['app']})`]
}

async function chipWarnings(run: Run, { store, engine }: Context): Promise<string[]> {
  if (run.chip === null) return []
  const chip = store.chips.get(run.chip)
  const { seed, mismatch, recipe = 'A', ageDays = 0, temperature = 30, quirks = false } = siliconOf(run.config)
  const then = 'the run is made on it as it was'
  const list: string[] = []
  const { serial } = await engine.ask('identify', { seed, mismatch, recipe })
  if (serial !== run.chipSerial)
    list.push(`chip ${chip.id}: this code draws serial ${serial}, the record has ${run.chipSerial}`)
  if (chip.ageDays !== ageDays) list.push(`chip ${chip.id} was ${ageDays} days old, now ${chip.ageDays}; ${then}`)
  if (chip.temperature !== temperature)
    list.push(`chip ${chip.id} was at ${temperature} °C, now ${chip.temperature} °C; ${then}`)
  if (chip.quirks !== quirks) list.push(`quirks of chip ${chip.id} were ${quirks ? 'on' : 'off'}; ${then}`)
  const excluded = store.chips.exclusions(chip.id).map(({ neuron }) => neuron)
  if (excluded.join() !== run.excluded.join()) list.push(`other neurons of chip ${chip.id} are excluded now; ${then}`)
  const { calibration, config } = run
  if (calibration !== null && settingsHash(store, calibration) !== config['calibrationHash'])
    list.push(`calibration ${calibration} writes other settings than the record says`)
  return list
}
