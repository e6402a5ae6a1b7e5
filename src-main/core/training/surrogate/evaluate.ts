/** Reads a test set with trained weights, on the port they were trained on or on another. */
import type { NetworkPort } from '../../emulator/network-port'
import type { Kernels } from '../../kernels/module'
import type { Team } from '../../kernels/team'
import { silencedUnits } from '../disturbed'
import type { Disturbed } from '../disturbed'
import { InputError } from '../../errors/input-error'
import { conversionOfPort } from '../conversion'
import type { Conversion } from '../conversion'
import { TRIAL, trialOf } from './trials'
import { lastOf } from '../readings'
import type { Checkpoint, Config, Evaluation, ImageSet } from '../types'
import { stateOf } from './checkpoint'
import { Session } from './session'
import { inputsOf, surrogateConfig } from './settings'

export interface EvaluateRequest {
  config: Config
  batch: number
  test: ImageSet
  port: NetworkPort
  usable: Uint8Array | null
  kernels: Kernels
  team: Team
  checkpoint: Checkpoint
  /** to the port's units; measured through the port if it is not given, so that weights can move between chips */
  conversion?: Conversion
  disturbed?: Disturbed
}

/** Every member of the team calls it. @throws InputError if the weights have another shape than the configuration says */
export const evaluateSurrogate = (request: EvaluateRequest): Evaluation => lastOf(readSurrogate(request))

/** the same, batch by batch */
export function* readSurrogate(request: EvaluateRequest): Generator<Evaluation, void, void> {
  const { test, checkpoint } = request
  const config = surrogateConfig(request.config)
  const inputs = inputsOf(test, config)
  checkShape(checkpoint, 'hidden', inputs, config.hidden)
  checkShape(checkpoint, 'output', config.hidden, test.classes)
  if (config.recurrent) checkShape(checkpoint, 'recurrent', config.hidden, config.hidden)
  const session = new Session({ ...request, config, inputs, classes: test.classes }, test.labels.length)
  session.convert(request.conversion ?? conversionOfPort(session.opened).conversion)
  const split = session.encode(test)
  session.network.load(stateOf(checkpoint))
  session.network.write(silenced(request, config.hidden))
  yield* session.readings(split, trialOf(TRIAL.test, checkpoint.epoch, 0))
}

/** address of the mask of silenced hidden units, if there are any */
function silenced({ disturbed, kernels, team }: EvaluateRequest, hidden: number): number | undefined {
  if (disturbed?.vary !== 'silenced') return undefined
  const mask = kernels.arena.u8(hidden)
  if (team.index === 0) mask.data.set(silencedUnits(hidden, Math.round(disturbed.level * hidden), disturbed))
  team.barrier()
  return mask.at
}

export function checkShape(
  checkpoint: Checkpoint,
  name: 'hidden' | 'output' | 'recurrent',
  rows: number,
  columns: number
): void {
  const length = checkpoint.arrays[name]?.length ?? 0
  if (length === rows * columns) return
  throw new InputError('bad-input', `the ${name} weights have ${length} values, the network needs ${rows} × ${columns}`)
}
