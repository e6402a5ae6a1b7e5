/**
 * The first calibration set in calix's order (spiking/__init__.py, spiking/neuron.py): converter; both synaptic time
 * constants; synapse DAC bias; threshold; the preparation stage with gains and references in it; leak, membrane time
 * constant, reset, leak again; then the converter again and refined threshold, reset and leak. At the end everything
 * is written for good and each routine's result is measured, before (median code for all) and after.
 */
import type { ChipPort } from '../emulator/chip-port'
import { median } from '../statistics/summary'
import { Bench } from './bench'
import { judge, missed } from './limits'
import { takeReading } from './reading'
import { runTask } from './routine'
import type { Routine, Task } from './routine'
import { channelOffsets, rampOffset, rampSlope } from './routines/converter'
import { referenceExc, referenceInh } from './routines/input-reference'
import { tauMem } from './routines/membrane-time'
import { leak, reset } from './routines/potentials'
import { enterPreparation, PREPARATION, recordRest } from './routines/preparation'
import { synapseDacBias } from './routines/synapse-dac-bias'
import { gainExc, gainInh } from './routines/synaptic-gain'
import { tauSynExc, tauSynInh } from './routines/synaptic-time'
import { threshold } from './routines/threshold'
import { applySettings, defaultSettings, NEURONS, readSettings } from './settings'
import { resolveTargets } from './targets'
import type {
  CalibrationProgress,
  CalibrationRequest,
  CalibrationResult,
  CalibrationRun,
  ChipSettings,
  RoutineResult,
  Search
} from './types'

/** every routine, in the order of reports */
export const ROUTINES: readonly Routine[] = [
  rampOffset,
  rampSlope,
  channelOffsets,
  tauSynExc,
  tauSynInh,
  synapseDacBias,
  gainExc,
  gainInh,
  referenceInh,
  referenceExc,
  tauMem,
  threshold,
  reset,
  leak
]

const CONVERTER = [rampOffset, rampSlope, channelOffsets]
const INPUTS = [gainExc, gainInh, referenceInh, referenceExc]

/** the stages in order; a routine that comes twice is refined the second time, when all else is in place */
const FIRST = [...CONVERTER, tauSynExc, tauSynInh, synapseDacBias, threshold]
const SECOND = [leak, tauMem, reset, leak]
const REFINED = [...CONVERTER, threshold, reset, leak]

/**
 * Calibrates a chip.
 * @throws RangeError for targets out of range or unknown routines
 */
export function* calibrate(port: ChipPort, request: CalibrationRequest): CalibrationRun {
  const targets = resolveTargets(request.targets)
  const chosen = chooseRoutines(request.routines)
  const wanted = (list: readonly Routine[]): Routine[] => list.filter((routine) => chosen.includes(routine))
  const base = request.from ?? knownState(defaultSettings(targets))
  const startedMs = port.elapsedMs
  const bench = new Bench(port, targets, base.converterOffsets)
  applySettings(port, base)
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0, offsetCurrent: 0 })

  const inputs = wanted(INPUTS)
  const first = wanted(FIRST)
  const second = wanted(SECOND)
  const refined = wanted(REFINED)
  const total =
    first.length + (inputs.length > 0 ? PREPARATION.length + inputs.length : 0) + second.length + refined.length
  const progress = new Progress(total, chosen.length)
  const searches = new Map<Routine, Search>()
  const spentMs = new Map<Routine, number>()

  function* runAll(routines: readonly Routine[]): Generator<CalibrationProgress, void, void> {
    for (const routine of routines) {
      const fromMs = port.elapsedMs
      const found = yield* progress.follow(routine.name, routine.label, bench, routine.search(bench))
      searches.set(routine, found.search)
      spentMs.set(routine, (spentMs.get(routine) ?? 0) + port.elapsedMs - fromMs)
    }
  }

  yield* runAll(first)
  if (inputs.length > 0) {
    const leave = enterPreparation(bench)
    for (const task of PREPARATION)
      yield* progress.follow('preparation', 'Preparation of the inputs', bench, task(bench))
    recordRest(bench)
    yield* runAll(inputs)
    leave()
  }
  yield* runAll(second)
  bench.setAll({ inputExc: 1, inputInh: 1 })
  yield* runAll(refined)
  bench.setAll({ inputExc: 1, inputInh: 1, threshold: 1 })

  const settings = readSettings(port, bench.converterOffsets)
  const routines = yield* measureAll(bench, settings, chosen, searches, spentMs, request, progress)
  const usable = Uint8Array.from({ length: NEURONS }, (_, n) =>
    request.excluded[n] || routines.some((routine) => routine.failed[n]) ? 0 : 1
  )
  return { targets, settings, routines, usable, hardwareMs: port.elapsedMs - startedMs } satisfies CalibrationResult
}

function chooseRoutines(names: readonly string[] | undefined): readonly Routine[] {
  if (!names) return ROUTINES
  for (const name of names) {
    if (!ROUTINES.some((routine) => routine.name === name)) {
      throw new RangeError(`routine "${name}" does not exist; there are: ${ROUTINES.map((r) => r.name).join(', ')}`)
    }
  }
  return ROUTINES.filter((routine) => names.includes(routine.name))
}

/** leak high, short enough membrane, long synaptic lines, references mid-way (calix, neuron_helpers.configure_chip) */
function knownState(settings: ChipSettings): ChipSettings {
  const { neuron } = settings
  neuron.leak.fill(700)
  neuron.leakBias.fill(200)
  neuron.synapticTauExc.fill(1022)
  neuron.synapticTauInh.fill(1022)
  return settings
}

/** counts tasks and steps for the one who watches */
class Progress {
  #done = 0

  constructor(
    readonly tasks: number,
    readonly checks: number
  ) {}

  *follow(name: string, label: string, bench: Bench, task: Task) {
    const steps = EXPECTED_STEPS
    const run = runTask(bench, task)
    for (let next = run.next(); ; next = run.next()) {
      if (next.done) {
        this.#done++
        return next.value
      }
      yield this.at(name, label, next.value, Math.max(steps, next.value))
    }
  }

  at(name: string, label: string, step: number, steps: number): CalibrationProgress {
    const of = this.tasks + this.checks
    return { routine: name, label, index: this.#done, of, step, steps, share: (this.#done + step / (steps + 1)) / of }
  }

  finishCheck(): void {
    this.#done++
  }
}

const EXPECTED_STEPS = 13

/** before and after of every routine, and what follows from them */
function* measureAll(
  bench: Bench,
  settings: ChipSettings,
  chosen: readonly Routine[],
  searches: ReadonlyMap<Routine, Search>,
  spentMs: ReadonlyMap<Routine, number>,
  request: CalibrationRequest,
  progress: Progress
): Generator<CalibrationProgress, RoutineResult[], void> {
  const { port, targets } = bench
  const { reads, excluded } = request
  applySettings(port, settings)
  const before = new Map<Routine, Float64Array>()
  for (const routine of chosen) {
    yield progress.at(routine.name, `${routine.label}: before`, 0, 2)
    before.set(routine, readBefore(bench, routine, settings, reads))
    yield progress.at(routine.name, `${routine.label}: before`, 1, 2)
    progress.finishCheck()
  }
  applySettings(port, settings)
  const results: RoutineResult[] = []
  for (const routine of chosen) {
    const { mean: after, sigma } = takeReading(bench, routine.check, reads)
    const search = searches.get(routine) ?? null
    const target = routine.target(targets)
    const codes = routine.codes(settings)
    const failed = missed(routine.name, target, after)
    for (let n = 0; n < NEURONS; n++) {
      if (routine.boundFails && search && search.bound[Math.floor(n / routine.group)] !== 0) failed[n] = 1
    }
    const { name, label, symbol, quantity, unit } = routine
    const measured = { name, label, unit, target, before: before.get(routine)!, after, sigma, reads }
    const verdict = judge(
      measured,
      failed.map((bad, n) => (bad || excluded[n] ? 0 : 1))
    )
    results.push({
      ...measured,
      symbol,
      quantity,
      limit: verdict.limit,
      setting: Float64Array.from({ length: NEURONS }, (_, n) => codes[Math.floor(n / routine.group)]),
      failed,
      spreadRatio: verdict.spreadRatio,
      passed: verdict.passed,
      seconds: (spentMs.get(routine) ?? 0) / 1000,
      search
    })
  }
  // the threshold's reading rewrites the leak bias; leave the chip as calibrated
  applySettings(port, settings)
  return results
}

/** reading with the median code of `settings` in all cells of the routine; the codes found are written back */
export function readBefore(
  bench: Bench,
  routine: Routine,
  settings: ChipSettings,
  reads: number,
  back: ArrayLike<number> = routine.codes(settings)
): Float64Array {
  const codes = routine.codes(settings)
  routine.write(
    bench,
    Array.from({ length: codes.length }, () => Math.round(median(codes)))
  )
  const { mean } = takeReading(bench, routine.check, reads)
  routine.write(bench, back)
  return mean
}
