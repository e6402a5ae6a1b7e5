/**
 * Training on first-spike times with exact gradients (Göltz, Kriener et al. 2021) and, with delays that are learnt beside
 * the weights, DelGrad (Göltz, Weber, Kriener et al. 2025). In the loop, spike times are the chip's and derivatives the
 * model's at these times.
 *
 * One program for every member of the team; the reports and checkpoints have the same bits for any team size, and after
 * resuming from any checkpoint.
 */
import { Stream } from '../../random/stream'
import { InputError } from '../../errors/input-error'
import { bestOf, withBest } from '../best'
import { holdOut, Patience } from '../held-out'
import { planeEpoch } from '../plane'
import { lastOf } from '../readings'
import { rateShare } from '../schedule'
import type { Checkpoint, DelayGroup, EpochReport, Evaluation, TrainRequest, TrainRun } from '../types'
import { checkpointOf, COUNTERS, initialise, madeForChip, measuredOf, restore } from './checkpoint'
import { Session } from './session'
import type { SessionRequest } from './types'
import { viewSample } from './view'

const REPORT_EVERY = 10

export function* trainSpikes(method: SessionRequest['method'], request: TrainRequest): TrainRun {
  const { team, seed, resume, train, test, kernels } = request
  const measured = resume ? measuredOf(resume) : {}
  const session = new Session({ ...request, ...measured, method }, train)
  const { network, config, substrate } = session
  const keepsBest = config.keep === 'best'
  if (keepsBest && config.validation === 0)
    throw new InputError('bad-input', "setting 'keep' is best; allowed with validation above 0 only")
  yield {
    kind: 'conversion',
    conversion: { ...substrate.measured.report, ...shown(session) }
  }
  const trainSet = session.encode(train)
  const testSet = session.encode(test)
  const { plane } = request
  const planeSet = plane && session.encode(plane.points)
  if (resume) restore(network, resume)
  else initialise(network, config, seed)
  const { learnt, aside } = holdOut(train.labels.length, config.validation, seed)
  const samples = learnt.length
  const order = kernels.arena.i32(samples)
  const batches = Math.ceil(samples / request.batch)

  let last: Checkpoint = checkpointOf(network, resume?.epoch ?? 0, substrate.codesPerUnit, substrate.measured)
  let best = resume ? bestOf(resume) : null
  const patience = new Patience(config.patience, resume?.numbers['best'], resume?.numbers['bestEpoch'])
  for (let epoch = last.epoch + 1; epoch <= request.epochs; epoch++) {
    if (patience.over(last.epoch)) break
    team.barrier()
    if (team.index === 0) {
      const drawn = new Stream(seed, 'shuffle', epoch).permutation(samples)
      drawn.forEach((k, at) => (order.data[at] = learnt[k]))
    }
    team.barrier()
    const factor = rateShare(config, epoch, request.epochs)
    const total = new Totals(config.hidden)
    const recent = new Totals(config.hidden)
    for (let batch = 0; batch < batches; batch++) {
      const from = batch * request.batch
      const count = Math.min(request.batch, samples - from)
      if (team.index === 0) network.index.data.set(order.data.subarray(from, from + count))
      session.present(trainSet, count, epoch, batch)
      const sums = network.sums(train.labels, count)
      for (const each of [total, recent]) each.add(count, sums.loss, sums.correct, sums.silentHidden)
      // with rates that fall to nothing, whole bumps could not be learnt away any more (the papers' rates hardly fall)
      const bump = config.schedule === 'cosine' ? factor : 1
      const rates = { weights: factor * config.learningRate, delays: factor * config.delayRate, bump }
      network.learn(sums, count, rates, substrate.limit)
      team.barrier()
      if (batch % REPORT_EVERY === REPORT_EVERY - 1 || batch === batches - 1) {
        const fraction = epoch - 1 + (batch + 1) / batches
        yield { kind: 'batch', epoch: fraction, batch: batch + 1, batches, ...recent.means() }
        recent.clear()
      }
    }
    const kept = (): Checkpoint =>
      checkpointOf(network, epoch, substrate.codesPerUnit, substrate.measured, patience.saved)
    // what the run ends with is what is tested
    let validation = keepsBest ? session.evaluate(trainSet, aside).testAccuracy : null
    if (validation !== null) {
      patience.hear(epoch, validation)
      if (best === null || patience.bestEpoch === epoch) best = kept()
      team.barrier()
      if (patience.bestEpoch !== epoch && (epoch === request.epochs || patience.over(epoch))) restore(network, best)
    }
    const reading = session.evaluate(testSet)
    if (!keepsBest && aside.length > 0) {
      validation = session.evaluate(trainSet, aside).testAccuracy
      patience.hear(epoch, validation)
    }
    const seen = plane && planeSet && planeEpoch(epoch, request.epochs) ? session.plane(plane, planeSet) : null
    const view = viewSample(session, testSet, (epoch - 1) % test.labels.length)
    last = kept()
    const ends = epoch === request.epochs || patience.over(epoch)
    if (best !== null && !ends) last = withBest(last, best, COUNTERS)
    const { loss, accuracy } = total.means()
    const report: EpochReport = {
      kind: 'epoch',
      epoch,
      loss,
      trainAccuracy: accuracy,
      testAccuracy: reading.testAccuracy,
      ...(validation === null ? {} : { validationAccuracy: validation }),
      testSamples: reading.n,
      hiddenSpikesPerSample: reading.hiddenSpikesPerSample,
      confusion: reading.confusion,
      right: reading.right ?? new Uint8Array(),
      sample: view,
      checkpoint: last,
      ...(seen ? { plane: seen } : {}),
      delays: delaysOf(session),
      ...(reading.decision ? { decision: reading.decision } : {})
    }
    yield report
  }
  return last
}

/** Every member calls it. @throws InputError if the weights have another shape than the configuration says */
export const evaluateSpikes = (request: SpikeEvaluation): Evaluation => lastOf(readSpikes(request))

type SpikeEvaluation = SessionRequest & { test: TrainRequest['test']; checkpoint: Checkpoint }

/** the same, batch by batch */
export function* readSpikes(request: SpikeEvaluation): Generator<Evaluation, void, void> {
  const session = new Session({ ...request, madeForChip: madeForChip(request.checkpoint) }, request.test)
  restore(session.network, request.checkpoint)
  yield* session.readings(session.encode(request.test))
}

/** µs, as the circuits have them */
function delaysOf({ network, config }: Session): DelayGroup[] {
  const { delayShift, delayScale, tauSynUs } = config
  return [network.hidden, network.output].flatMap(({ delays }, layer) => {
    if (!delays) return []
    const values = Float32Array.from(
      { length: delays.length },
      (_, k) => delays.delay(k, delayShift, delayScale) * tauSynUs
    )
    return [{ name: layer === 0 ? 'input to hidden' : 'hidden to output', values }]
  })
}

/** what the papers' values came to, for the run's record */
function shown({ config, network }: Session): Record<string, number> {
  const { learningRate, delayRate, decay, decayEvery, threshold, copies, biasTime, missHidden, missOutput } = config
  const rates = { learningRate, decay, decayEvery, ...(config.delays === 'none' ? {} : { delayRate }) }
  return { ...rates, threshold, copies, biasTime, missHidden, missOutput, parameters: network.parameters }
}

class Totals {
  #samples = 0
  #loss = 0
  #correct = 0
  #silent = 0

  constructor(readonly hidden: number) {}

  add(samples: number, loss: number, correct: number, silent: number): void {
    this.#samples += samples
    this.#loss += loss
    this.#correct += correct
    this.#silent += silent
  }

  clear(): void {
    this.#samples = this.#loss = this.#correct = this.#silent = 0
  }

  means(): { loss: number; accuracy: number; hiddenSpikesPerSample: number } {
    const n = this.#samples
    return { loss: this.#loss / n, accuracy: this.#correct / n, hiddenSpikesPerSample: this.hidden - this.#silent / n }
  }
}
