/** Calibrations: recorded, run, measured again; how they are shown stands in shown.ts. */
import type { calibrations as endpoints } from '../../contract/calibrations'
import { InloopError } from '../../contract/errors'
import type { Output, Parsed } from '../../contract/index'
import type { StoredCurve, StoredMap, StoredSearch } from '../../jobs/kinds/calibrate'
import type { Chip } from '../../store/chips'
import type { Store } from '../../store/index'
import type { Handlers } from '../context'
import { mustHave } from '../chips/neurons'
import { onItsChip } from '../chips/placement'
import { recordOf, submit } from '../provenance'
import { completed } from './completed'
import { detail, instancesOf, listOf, mapsInUse, neuronMaps, traceOf, withMaps } from './shown'
import { summaries } from './staleness'

type Curves = Output<'calibration.curves'>['curves']

export const calibrations: Handlers<keyof typeof endpoints> = {
  calibrate: async (input, context) => {
    const { store } = context
    const chip = store.chips.get(input.chip)
    const preset = await context.engine.ask('preset', { name: input.preset })
    const detune = detuneOf(input, chip)
    const chosen = input.routines?.length ? input.routines : preset.routines
    const from = detune || input.routines?.length || preset.onTop ? chip.active : null
    const base = from === null ? {} : targetsOf(store, from)
    const wanted = detune ? base : { ...base, ...preset.targets, ...input.targets }
    const aim = { targets: wanted, routines: detune ? null : chosen, detune }
    const { targets, lists, warnings, routines } = await context.engine.ask('aim', aim)
    const excluded = store.chips.exclusions(chip.id).map((e) => e.neuron)
    const { seed, activate } = input
    const config = {
      chip: chip.serial,
      chipSeed: chip.seed,
      mismatch: chip.mismatch,
      recipe: chip.recipe,
      quirks: chip.quirks,
      ageDays: chip.ageDays,
      temperature: chip.temperature,
      preset: preset.name,
      targets,
      lists,
      warnings,
      routines: routines ?? chosen,
      from,
      excluded,
      seed,
      activate,
      ...(detune ? { detune: detune.share, detuneSeed: detune.seed } : {})
    }
    const record = await recordOf(context, config)
    return submit(
      context,
      {
        kind: 'calibrate',
        title: `Calibrate ${chip.name}${input.title ? ` (${input.title})` : ''}`,
        chip: chip.id,
        input,
        resumable: true
      },
      (job) =>
        store.calibrations.create({
          ...record,
          chip: chip.id,
          job,
          targets,
          seed,
          chipSerial: chip.serial,
          chipSeed: chip.seed,
          ageDays: chip.ageDays,
          temperature: chip.temperature,
          excluded,
          neurons: chip.neurons
        })
    )
  },
  accept: (input, context) => {
    const { store } = context
    const calibration = completed(store, input.calibration)
    const chip = store.chips.get(input.chip ?? calibration.chip)
    onItsChip(calibration, chip, input.allowOtherChip)
    const job = { kind: 'accept', title: `Measure ${chip.name} again (${calibration.id})`, chip: chip.id, input }
    return submit(context, { ...job, resumable: true }, () => calibration.id)
  },
  'calibration.list': ({ chip }, { store }) => ({
    calibrations: summaries(store, chip === undefined ? undefined : store.chips.get(chip).id)
  }),
  'calibration.show': ({ calibration }, { store }) => ({ calibration: detail(store, calibration) }),
  'calibration.activate': ({ calibration }, context) => {
    const { store } = context
    const { chip, id } = completed(store, calibration)
    store.chips.activate(chip, id)
    context.emit('changed', { what: 'calibrations' })
    return { calibration: detail(store, id) }
  },
  'calibration.maps': ({ calibration, kept }, { store }) => {
    const { id } = completed(store, calibration)
    return { maps: kept ? mapsInUse(store, id) : neuronMaps(store, id) }
  },
  'calibration.instances': ({ calibration, per }, { store }) => {
    const { id } = completed(store, calibration)
    return {
      maps: withMaps(store, id).flatMap(({ routine, map }) => {
        if (map?.per !== 'driver' && map?.per !== 'synapse') return []
        return per === undefined || per === map.per ? [instancesOf(routine, map.per, map)] : []
      })
    }
  },
  'calibration.curves': ({ calibration }, { store }) => {
    const { id } = completed(store, calibration)
    return {
      curves: store.calibrations.routines(id).flatMap(({ name: metric }) => {
        const curves = store.calibrations.array<StoredCurve[]>(id, `${metric}/curves`) ?? []
        return curves.map((curve) => ({ ...(curve as Omit<Curves[number], 'metric'>), metric }))
      })
    }
  },
  'calibration.search': ({ calibration, neuron }, { store }) => {
    const { id, chip, neurons } = completed(store, calibration)
    mustHave(chip, neurons, [neuron])
    return {
      traces: store.calibrations.routines(id).flatMap((routine) => {
        const search = store.calibrations.array<StoredSearch>(id, `${routine.name}/search`)
        const map = store.calibrations.array<StoredMap>(id, `${routine.name}/map`)
        return search && map && (map.per ?? 'neuron') === 'neuron'
          ? [
              traceOf(
                { ...routine, target: listOf(store, id, routine.name)?.[neuron] ?? routine.target },
                search,
                map.setting,
                neuron,
                neurons
              )
            ]
          : []
      })
    }
  }
}

/** what is to be set wrong; it stands on the active calibration, whose targets the draws lie around */
function detuneOf(input: Parsed<'calibrate'>, chip: Chip): { share: number; seed: number; neurons: number } | null {
  const { detune: share, detuneSeed: seed, routines = [], targets } = input
  if (share === undefined) return null
  if (chip.active === null)
    throw new InloopError('bad-input', `detune: chip ${chip.id} has no active calibration; calibrate it first`)
  const given = [...(routines.length ? ['routines'] : []), ...(Object.keys(targets).length ? ['targets'] : [])]
  if (given.length)
    throw new InloopError('bad-input', `detune: given with ${given.join(' and ')}; allowed: alone, it chooses them`)
  return { share, seed, neurons: chip.neurons }
}

/** the targets of a calibration as they were asked for: a number, or one a neuron */
function targetsOf(store: Store, id: string): { [name: string]: number | number[] } {
  const { targets, config } = store.calibrations.get(id)
  return { ...targets, ...((config['lists'] ?? {}) as { [name: string]: number[] }) }
}
