/**
 * What a routine is: a measurement and a search, in a state of the chip that both agree on (calix, common/base.py:
 * prelude, configure, measure, postlude). And the one way to run a search on a chip.
 */
import type { DynamicsCell, NeuronCell } from '../emulator/chip-port'
import type { Bench } from './bench'
import { noisyBinarySearch } from './search'
import type { Algorithm, Found, Problem } from './search'
import { HIGHEST_CODE, NEURONS } from './settings'
import type { Check as Verdict, ChipSettings, Curve, FurtherPart, Instance, Targets } from './types'

/** one search, ready to run: the chip is in the state that it needs */
export interface Task {
  problem: Problem
  algorithm: Algorithm
  /** that the algorithm takes, where they are not those of the noisy bisection; for telling progress */
  steps?: number
  write(codes: Int16Array): void
  measure(): ArrayLike<number>
  /** leaves that state; the codes found stay on the chip */
  finish(): void
}

/** a reading of the result on the finished chip, for before, after and acceptance; it never changes the result's cell */
export interface Check {
  /** readings averaged at most; one of all synapses takes its time */
  mostReads?: number
  /** puts the chip into the state for reading; the answer leaves it again */
  prepare(bench: Bench): () => void
  /** one reading of every instance, number `k` of several; NaN: could not be measured */
  read(bench: Bench, k: number): Float64Array
}

export interface OwnMeasure {
  before: Float64Array
  after: Float64Array
  target: number | null
  list?: Float64Array
  counted: ArrayLike<number>
}

export interface Routine {
  name: string
  label: string
  symbol: string
  quantity: string
  unit: string
  /** what the check reads; neurons where it is not said */
  per?: Instance
  /** neurons that share one setting */
  group: 1 | 128
  /** part of the settings that the routine adds to what every calibration holds */
  part?: FurtherPart
  /** a search that ended at a bound of its range did not succeed (calix, common/boundary_check.py) */
  boundFails: boolean
  /** tells of the chip and sets nothing, so that overwritten settings need not show in it */
  measuresOnly?: boolean
  /** target that neurons may have values of their own for */
  aims?: string
  /** what the check should come to; null: only equality is asked for */
  target(targets: Targets): number | null
  search(bench: Bench): Task
  check: Check
  /** codes of the setting, one a neuron or quadrant (or what else the routine is about) */
  codes(settings: ChipSettings): ArrayLike<number>
  /** writes these codes */
  write(bench: Bench, codes: ArrayLike<number>): void
  /** 1 = off by more than a working instance can be, where limits.ts does not say it; `list`: targets of single neurons */
  missed?(after: Float64Array, targets: Targets, list?: Float64Array): Uint8Array
  /** limits of its own on what was measured before and after; `counted`: 1 = the instance counts */
  judge?(measured: OwnMeasure): Verdict[]
  /** a measurement of its own for acceptance, on the chip as it stands; it leaves the chip as it was */
  inspect?(bench: Bench): Verdict[]
  /** measured on the finished chip, for pictures */
  curves?(bench: Bench): Curve[]
}

/** the parts of a routine whose setting is one code a neuron */
export function neuronSetting(cell: NeuronCell): Pick<Routine, 'group' | 'boundFails' | 'codes' | 'write'> {
  return {
    group: 1,
    boundFails: true,
    codes: (settings) => settings.neuron[cell],
    write: (bench, codes) => bench.write(cell, codes)
  }
}

/** the same for a cell of the further parts */
export function dynamicsSetting(
  cell: DynamicsCell
): Pick<Routine, 'group' | 'boundFails' | 'part' | 'codes' | 'write'> {
  return {
    group: 1,
    boundFails: true,
    part: 'dynamics',
    codes: (settings) => settings.dynamics!.cells[cell],
    write: (bench, codes) => bench.write(cell, codes)
  }
}

interface CellSearch {
  sign: Problem['sign']
  target: Problem['target']
  /** highest code to try */
  high?: number
  algorithm?: Algorithm
  measure(): ArrayLike<number>
  finish?(): void
}

/** noisy bisection of a neuron cell, calix's default for the parameter memory */
export function cellTask(bench: Bench, cell: NeuronCell | DynamicsCell, search: CellSearch): Task {
  const { sign, target, high = HIGHEST_CODE, algorithm = noisyBinarySearch, measure, finish = () => {} } = search
  return {
    problem: { instances: NEURONS, low: 0, high, sign, target },
    algorithm,
    write: (codes) => bench.write(cell, codes),
    measure,
    finish
  }
}

/** Runs a task to its end and leaves the best codes on the chip. Yields after every step. */
export function* runTask(bench: Bench, task: Task): Generator<number, Found, void> {
  const searching = task.algorithm(task.problem, bench.random)
  let step = 0
  let next = searching.next()
  while (!next.done) {
    task.write(next.value)
    const observed = task.measure()
    yield ++step
    next = searching.next(observed)
  }
  task.write(next.value.codes)
  task.finish()
  return next.value
}

/** the same in one go, for searches nested in a measurement */
export function settle(bench: Bench, task: Task): Found {
  const run = runTask(bench, task)
  let next = run.next()
  while (!next.done) next = run.next()
  return next.value
}
