/**
 * The calibration suite: brings a chip into a known state, runs the routines in calix's order, writes what was found
 * for good and measures it.
 */
import type { ChipPort } from '../emulator/chip-port'
import { Bench } from './bench'
import { defectsOf, lostNeurons } from './defects'
import { effortOf } from './effort'
import { partsOf } from './further-settings'
import { BASELINE, chooseRoutines, CORRELATION, DRIVERS, FIRST, INPUTS, RATE, REFINED, SECOND, SEPARATE } from './order'
import { Progress } from './progress'
import { measureResults } from './results'
import type { Done } from './results'
import type { CalibrationRequest } from './request'
import type { Routine } from './routine'
import { channelOffsets, rampOffset, rampSlope } from './routines/converter'
import { findLeaning, referenceExc, referenceInh } from './routines/input-reference'
import { enterPreparation, PREPARATION, recordRest } from './routines/preparation'
import { applySettings, defaultSettings, NEURONS, readSettings } from './settings'
import { resolveLists } from './targets'
import type { CalibrationProgress, CalibrationRun, ChipSettings, Targets } from './types'

/**
 * Calibrates a chip. With `routines` only those are run, on top of the settings of `from`; results then tell of those
 * alone, `defects` and `usable` of what was known of the chip (`known`) as well.
 * @throws InputError for targets out of range or unknown routines, before anything is written
 */
export function* calibrate(port: ChipPort, request: CalibrationRequest): CalibrationRun {
  const { targets, lists } = resolveLists(request.targets, request.lists ?? {})
  const chosen = chooseRoutines(request.routines)
  const stages = [FIRST, INPUTS, SECOND, DRIVERS, REFINED, SEPARATE, [...CORRELATION, ...RATE, ...BASELINE]].map(
    (stage) => stage.filter((routine) => chosen.includes(routine))
  )
  const [first, inputs, second, drivers, refined, separate, last] = stages
  const preparation = inputs.length > 0 ? PREPARATION : []
  const tasks = preparation.length + stages.reduce((sum, stage) => sum + stage.length, 0)
  const startedMs = port.elapsedMs
  const base = request.from ?? knownState(defaultSettings(targets), targets)
  const bench = new Bench(port, targets, base.converterOffsets, lists)
  applySettings(port, base)
  // searches and results must see alike: the routine of the channels looks at them when it is through; where that does not
  // run, they are looked at whenever a ramp has moved
  const ramps = first.includes(channelOffsets) ? [] : [rampOffset, rampSlope]
  if (request.from || ramps.length > 0) bench.look()
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0, offsetCurrent: 0, joined: 0 })
  const effort =
    preparation.length * effortOf('preparation').search +
    stages.flat().reduce((sum, { name }) => sum + effortOf(name).search, 0) +
    chosen.reduce((sum, { name }) => sum + 2 * effortOf(name).reading, 0)
  const progress = new Progress(tasks + 2 * chosen.length, effort, bench, request.journal)

  const done = new Map<Routine, Done>()
  function* run(routines: readonly Routine[]): Generator<CalibrationProgress, void, void> {
    for (const routine of routines) {
      const { search, hardwareMs } = yield* progress.follow(routine.name, routine.label, routine.search)
      done.set(routine, { routine, search, hardwareMs: (done.get(routine)?.hardwareMs ?? 0) + hardwareMs })
      if (ramps.includes(routine)) bench.look()
    }
  }

  yield* run(first)
  if (inputs.length > 0) {
    const leave = enterPreparation(bench)
    for (const task of preparation) yield* progress.follow('preparation', 'Input preparation', task)
    yield* progress.note('preparation', 'Input preparation: rest', () => recordRest(bench))
    // a reference that is not to be matched stays as it is, connected
    if (inputs.includes(referenceExc) && inputs.includes(referenceInh)) {
      yield* progress.note('preparation', 'Input preparation: one-sided inputs', () => findLeaning(bench))
    } else bench.leaning.fill(1)
    yield* run(inputs)
    leave()
  }
  yield* run(second)
  bench.setAll({ inputExc: 1, inputInh: 1 })
  yield* run(drivers)
  yield* run(refined)
  // those that only run when they are named, on the chip as it will be used
  bench.setAll({ threshold: 1 })
  yield* run(separate)
  bench.setAll({ threshold: 0 })
  yield* run(last)
  // in rate mode neurons integrate and do not fire; what runs on top of a calibration leaves that as it is
  const integrates = last.some((routine) => RATE.includes(routine))
  if (request.from && !integrates) port.writeSwitches({ threshold: request.from.switches.threshold })
  else bench.setAll({ threshold: integrates ? 0 : 1 })

  const added = chosen.flatMap(({ part }) => part ?? [])
  const parts = [...new Set([...partsOf(base), ...added])]
  const settings = yield* progress.note('settings', 'Settings', () =>
    readSettings(port, bench.converterOffsets, parts, base.correlation?.acausalOffsets)
  )
  const results = chosen.map((routine) => done.get(routine)!)
  const routines = yield* measureResults(bench, settings, results, request, progress)
  const defects = defectsOf(routines, request.known)
  const lost = lostNeurons(routines, defects)
  const usable = Uint8Array.from({ length: NEURONS }, (_, n) => (request.excluded[n] || lost[n] ? 0 : 1))
  return {
    targets,
    lists,
    settings,
    routines,
    usable,
    defects,
    hardwareMs: port.elapsedMs - startedMs
  }
}

/** shorter ones leave the fast converter few samples of a line: then all the current that synapses have */
const SHORT_US = 1

/** leak high, membrane not too slow, long synaptic lines (calix, hagen/neuron_helpers.py, configure_chip) */
function knownState(settings: ChipSettings, targets: Targets): ChipSettings {
  const { neuron, quadrant } = settings
  neuron.leak.fill(700)
  neuron.leakBias.fill(200)
  neuron.synapticTauExc.fill(1022)
  neuron.synapticTauInh.fill(1022)
  if (Math.min(targets.tau_syn_exc, targets.tau_syn_inh) < SHORT_US) {
    quadrant.synapseDacBias.fill(targets.synapse_dac_bias)
  }
  return settings
}
