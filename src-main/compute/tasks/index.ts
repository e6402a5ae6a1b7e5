/** The tasks that a team runs, one file each; a kind without a task does not compile. */
import type { Failure, TaskInputs, TaskResults } from '../protocol'
import { accept } from './accept'
import { bench, type BenchInput, type BenchResult } from './bench'
import { calibrate } from './calibrate'
import { evaluate } from './evaluate'
import { linear, type LinearInput, type LinearResult } from './linear'
import type { Images, LaneContext, Stopped } from './task'
import { robustness } from './robustness'
import { train } from './train'
import { verify, type VerifyInput } from './verify'

export { STOPPED } from './task'

export interface LaneInputs {
  calibrate: TaskInputs['calibrate']
  accept: TaskInputs['accept']
  train: TaskInputs['train'] & { images: Images }
  evaluate: TaskInputs['evaluate'] & { images: Images }
  robustness: TaskInputs['robustness'] & { images: Images }
  verify: VerifyInput
  bench: BenchInput
  linear: LinearInput
}
export type LaneKind = keyof LaneInputs

export type LaneResults = Omit<TaskResults, 'bench'> & { bench: BenchResult; linear: LinearResult }

/** how a team's work ended */
export type LaneEnd<K extends LaneKind = LaneKind> =
  { how: 'done'; result: LaneResults[K] } | { how: 'stopped' } | { how: 'killed' } | { how: 'failed'; failure: Failure }

export type LaneTask = { [K in LaneKind]: { kind: K; input: LaneInputs[K] } }[LaneKind]

const TASKS: { [K in LaneKind]: (input: LaneInputs[K], context: LaneContext) => LaneResults[K] | Stopped } = {
  calibrate,
  accept,
  train,
  evaluate,
  robustness,
  verify,
  bench,
  linear
}

export function runLaneTask(task: LaneTask, context: LaneContext): LaneResults[LaneKind] | Stopped {
  return TASKS[task.kind](task.input as never, context)
}
