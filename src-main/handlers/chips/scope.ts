/** A chip looked at: one trace of a neuron, what is written to its blocks, where a network's weights lie. Nothing is recorded. */
import type { scope as endpoints } from '../../contract/scope'
import type { OnChip } from '../../compute/protocol'
import { InloopError } from '../../contract/errors'
import type { Output } from '../../contract/index'
import type { StoredMap } from '../../jobs/kinds/calibrate'
import { chipSpec } from '../../jobs/kinds/chip-spec'
import type { Context, Handlers } from '../context'
import { mustHave } from './neurons'
import { type Placement, place } from './placement'

export const scope: Handlers<keyof typeof endpoints> = {
  'chip.scope': async ({ chip: named, calibration: choice, ...request }, context) => {
    const { store, engine } = context
    const { id, neurons } = store.chips.get(named)
    mustHave(id, neurons, [request.neuron])
    const { placed, spec } = onChip(context, named, choice)
    const written = { nodes: store.chips.nodes(id), sources: store.chips.sources(id) }
    const trace = await engine.ask('scope', { chip: spec, request, written })
    const own = placed.calibration === null ? {} : store.calibrations.get(placed.calibration).targets
    const { targets } = await engine.ask('aim', { targets: own, routines: null, detune: null })
    const { leak, reset, threshold } = targets
    const { calibration, calibrationUse } = placed
    const where = { chip: String(placed.chip), calibration, calibrationUse, neuron: request.neuron }
    // arrays that crossed from another process are this one's own
    return { scope: { ...where, targets: { leak, reset, threshold }, ...trace } as Output<'chip.scope'>['scope'] }
  },
  'chip.state': async ({ chip: named, calibration: choice }, context) => {
    const { store, engine } = context
    const { placed, spec } = onChip(context, named, choice)
    const { calibration, calibrationUse, excluded } = placed
    const written = await engine.ask('settings', { settings: spec.settings })
    const { id, neurons } = store.chips.get(named)
    const quarter = neurons / written.length
    const quadrants = written.map((state, index) => {
      const usable = spec.usable?.subarray(index * quarter, (index + 1) * quarter)
      return { index, neurons: quarter, usable: usable?.reduce((sum, one) => sum + one, 0) ?? quarter, ...state }
    })
    const routines = (calibration === null ? [] : store.calibrations.routines(calibration)).map((routine) => {
      const map = store.calibrations.array<StoredMap>(String(calibration), `${routine.name}/map`)
      return { routine: routine.name, label: routine.label, per: map?.per ?? 'neuron', failed: routine.failed }
    })
    const where = {
      chip: String(placed.chip),
      calibration,
      calibrationUse,
      nodes: store.chips.nodes(id),
      sources: store.chips.sources(id)
    }
    return { state: { ...where, quadrants, routines, excluded } as State }
  },
  'chip.node': async ({ chip: named, reset, ...node }, { store, engine, emit }) => {
    const { id } = store.chips.get(named)
    // the chip knows which nodes it has
    await engine.ask('written', { nodes: [node], sources: [] })
    if (reset) store.chips.resetNode(id, node.input, node.output)
    else store.chips.writeNode(id, node)
    emit('changed', { what: 'chips' })
    return { nodes: store.chips.nodes(id) }
  },
  'chip.noise': async ({ chip: named, off, ...settings }, { store, engine, emit }) => {
    const { id } = store.chips.get(named)
    const source = { ...settings, on: !off }
    await engine.ask('written', { nodes: [], sources: [source] })
    store.chips.writeSource(id, source)
    emit('changed', { what: 'chips' })
    return { sources: store.chips.sources(id) }
  },
  'runs.synapses': async ({ run: id }, { store, engine }) => {
    const run = store.runs.get(id)
    const spec = chipSpec(store, run)
    if (spec.kind === 'ideal' || run.chip === null) {
      throw new InloopError('bad-input', `run: ${run.id} given, trained on ideal; allowed: a run trained on a chip`)
    }
    const checkpoint = store.runArrays.checkpoint(run.id)
    if (!checkpoint) throw new InloopError('conflict', `run: ${run.id} has no weights yet (no epoch was finished)`)
    const { method, dataset } = run
    const config = run.config as { [key: string]: string | number | boolean | null }
    const arrays = await engine.ask('synapses', { method, dataset, config, checkpoint, usable: spec.usable })
    return { synapses: { run: run.id, chip: run.chip, ...arrays } as Output<'runs.synapses'>['synapses'] }
  }
}

type State = Output<'chip.state'>['state']

/** a chip as it is opened: with the choice's settings, or the active calibration's, or the data sheet's */
export function onChip(
  { store }: Context,
  named: string,
  choice: string | undefined,
  allowOtherChip = false
): { placed: Placement; spec: OnChip } {
  const { id, active } = store.chips.get(named)
  const placed = place(store, id, choice ?? (active === null ? 'none' : 'active'), allowOtherChip)
  const spec = chipSpec(store, { ...placed, config: { ...placed } })
  if (spec.kind === 'ideal') throw new InloopError('bad-input', `chip: "${named}" given; allowed: a chip on this bench`)
  return { placed, spec }
}
