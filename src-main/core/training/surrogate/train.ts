/**
 * Surrogate-gradient training in the loop (Cramer, Billaudelle et al., PNAS 119, e2109194119): the forward pass happens
 * on the port, its measured membranes and spikes stand in the backward pass of the ideal model.
 *
 * One program for every member of the team; see gradient.ts and network.ts for who computes what. Given the same
 * request, the reports and checkpoints have the same bits for any team size, and after resuming from any checkpoint.
 */
import { dealRanges } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { InputError } from '../../errors/input-error'
import { Stream, hash } from '../../random/stream'
import { conversionOfPort } from '../conversion'
import { bestOf, withBest } from '../best'
import { holdOut, Patience, samplesOf } from '../held-out'
import { planeEpoch } from '../plane'
import { cosineShare } from '../schedule'
import type { Checkpoint, EpochReport, ImageSet, TrainRequest, TrainRun } from '../types'
import { checkpointOf, conversionOf, COUNTERS, stateOf } from './checkpoint'
import { checkShape } from './evaluate'
import { initialState } from './initial'
import { LoopGradient } from './loop-gradient'
import { Session } from './session'
import { inputsOf, surrogateConfig } from './settings'
import type { SurrogateConfig } from './settings'
import { epochsOf } from './turned'
import { viewSample } from './view'
import { TRIAL, trialOf } from './trials'

/** batches between two batch reports */
const REPORT_EVERY = 10
/** presentation of the sample that is shown: no batch has this number */
const SAMPLE = 0xffff
/** first presentation of the plane: no test set has so many batches */
const PLANE = 0xf000

export function* trainSurrogate(request: TrainRequest): TrainRun {
  const { kernels, team, seed, resume, train, test } = request
  const config = surrogateConfig(request.config)
  const inputs = inputsOf(train, config)
  if (resume) {
    checkShape(resume, 'hidden', inputs, config.hidden)
    checkShape(resume, 'output', config.hidden, train.classes)
    if (config.recurrent) checkShape(resume, 'recurrent', config.hidden, config.hidden)
  }
  if (config.keep === 'best' && config.validation === 0)
    throw new InputError('bad-input', "setting 'keep' is best; allowed with validation above 0 only")
  const { learnt, aside } = holdOut(train.labels.length, config.validation, seed)
  const samples = learnt.length
  const session = new Session(
    { ...request, config, inputs, classes: train.classes },
    Math.max(aside.length, test.labels.length, request.plane?.cells.length ?? 0)
  )
  const measured = resume ? conversionOf(resume) : conversionOfPort(session.opened)
  session.convert(measured.conversion)
  yield { kind: 'conversion', conversion: { ...measured.report, silentHidden: session.placement.silentHidden } }

  const epochStimulus = epochsOf(session, part(session, train, learnt), seed)
  const labels = Uint8Array.from(learnt, (sample) => train.labels[sample])
  const asideSplit = aside.length === 0 ? null : session.encode(part(session, train, aside))
  const testSplit = session.encode(test)
  const { plane } = request
  const planeSplit = plane && session.encode(plane.points)
  const order = kernels.arena.i32(samples)
  const mask = kernels.arena.u8(config.hidden)
  const { network, gradient } = session
  network.load(resume ? stateOf(resume) : initialState(config, inputs, train.classes, session.beta, seed))
  const decay = {
    hidden: (2 * config.weightDecay) / (inputs * config.hidden),
    output: (2 * config.outputDecay) / (config.hidden * train.classes)
  }
  const perUnit = 1 / session.conversion.membranePerUnit
  const batches = Math.ceil(samples / request.batch)

  let last: Checkpoint = checkpointOf(session, resume?.epoch ?? 0, measured.report)
  const keepsBest = config.keep === 'best'
  let best = resume ? bestOf(resume) : null
  const patience = new Patience(config.patience, resume?.numbers['best'], resume?.numbers['bestEpoch'])
  const rateOf = learningRates(config, request.epochs)
  for (let epoch = last.epoch + 1; epoch <= request.epochs; epoch++) {
    if (patience.over(last.epoch)) break
    const learningRate = rateOf(epoch)
    const stimulus = epochStimulus(epoch)
    shuffle(team, order.data, seed, epoch)
    const total = new Totals()
    const recent = new Totals()
    for (let batch = 0; batch < batches; batch++) {
      const from = batch * request.batch
      const count = Math.min(request.batch, samples - from)
      const index = order.at + from * 4
      network.write(silence(config, team, mask.data, seed, epoch, batch) ? mask.at : undefined)
      const trial = trialOf(TRIAL.train, epoch, batch)
      gradient.inputs(stimulus, index, count)
      const whole = gradient instanceof LoopGradient ? gradient : null
      const numbers = order.data.subarray(from, from + count)
      const draw = hash(seed, trial)
      network.tick(learningRate)
      let sums = gradient.sums(0)
      for (let first = 0; first < count; first += gradient.part) {
        const length = Math.min(gradient.part, count - first)
        const which = numbers.subarray(first)
        // all have read what the part before has left in the rows
        if (first > 0) team.barrier()
        // who has presented samples has what was measured of them in its cache
        dealRanges(team, length, (a, b) => {
          request.port.presentRows(stimulus, index + first * 4, a, b, trial)
          gradient.losses(labels, which, count, session.readoutPerUnit, session.outputGain, draw, a, b)
          whole?.adjoint(count, network.outputBlock(0), network.heard, perUnit, a, b)
        })
        team.barrier()
        sums = gradient.sums(length, sums)
        const last = first + length === count
        team.deal(network.blocks, (block) => {
          gradient.block(block, stimulus, index, count, network.outputBlock(block), perUnit, first)
          if (last) network.update(block, gradient.hidden.at, gradient.output.at, decay, whole?.recurrent?.at)
        })
      }
      const regulariser = (config.burst * sums.squares) / config.hidden
      for (const each of [total, recent]) each.add(count, sums.crossEntropy + regulariser, sums.correct, sums.spikes)
      if (batch % REPORT_EVERY === REPORT_EVERY - 1 || batch === batches - 1) {
        const fraction = epoch - 1 + (batch + 1) / batches
        yield { kind: 'batch', epoch: fraction, batch: batch + 1, batches, ...recent.means() }
        recent.clear()
      }
    }
    network.write()
    const validation = asideSplit && session.evaluate(asideSplit, trialOf(TRIAL.validation, epoch, 0)).testAccuracy
    if (validation !== null) patience.hear(epoch, validation)
    let kept = checkpointOf(session, epoch, measured.report, patience.saved)
    if (keepsBest && (best === null || patience.bestEpoch === epoch)) best = kept
    if (keepsBest && best !== null) {
      const ends = epoch === request.epochs || patience.over(epoch)
      if (ends && patience.bestEpoch !== epoch) {
        network.load(stateOf(best))
        network.write()
        kept = checkpointOf(session, epoch, measured.report, patience.saved)
      } else if (!ends) kept = withBest(kept, best, COUNTERS)
    }
    const reading = session.evaluate(testSplit, trialOf(TRIAL.test, epoch, 0))
    const seen =
      plane && planeSplit && planeEpoch(epoch, request.epochs)
        ? session.plane(plane, planeSplit, trialOf(TRIAL.test, epoch, PLANE))
        : null
    last = kept
    const { loss, accuracy } = total.means()
    const report: EpochReport = {
      kind: 'epoch',
      epoch,
      loss:
        loss +
        config.weightDecay * meanSquare(last.arrays['hidden']) +
        config.outputDecay * meanSquare(last.arrays['output']),
      trainAccuracy: accuracy,
      testAccuracy: reading.testAccuracy,
      ...(validation === null ? {} : { validationAccuracy: validation }),
      testSamples: reading.n,
      hiddenSpikesPerSample: reading.hiddenSpikesPerSample,
      confusion: reading.confusion,
      right: reading.right ?? new Uint8Array(),
      sample: viewSample(session, testSplit, (epoch - 1) % test.labels.length, trialOf(TRIAL.test, epoch, SAMPLE)),
      checkpoint: last,
      ...(seen ? { plane: seen } : {})
    }
    yield report
  }
  return last
}

/** the learning rate of each epoch, from 1 */
function learningRates({ schedule, learningRate, decay }: SurrogateConfig, epochs: number): (epoch: number) => number {
  if (schedule === 'constant') return () => learningRate
  if (schedule === 'cosine') return (epoch) => learningRate * cosineShare(epoch, epochs)
  return (epoch) => {
    let rate = learningRate
    for (let past = 1; past < epoch; past++) rate *= decay
    return rate
  }
}

/** those samples of the training set, in memory that the team shares */
function part(session: Session, train: ImageSet, which: Int32Array): ImageSet {
  if (which.length === train.labels.length) return train
  if (train.events) {
    const labels = Uint8Array.from(which, (sample) => train.labels[sample])
    return { ...train, labels, events: { ...train.events, of: which } }
  }
  const { team, kernels } = session.request
  const pixels = kernels.arena.u8(which.length * train.side * train.side)
  team.barrier()
  const taken = samplesOf(train, which, team.index === 0 ? pixels.data : null)
  team.barrier()
  return { ...taken, pixels: pixels.data }
}

/** the order of an epoch's samples, drawn from (seed, epoch) alone */
function shuffle(team: Team, order: Int32Array, seed: number, epoch: number): void {
  team.barrier()
  if (team.index === 0) order.set(new Stream(seed, 'shuffle', epoch).permutation(order.length))
  team.barrier()
}

/** draws the batch's dropout mask; false: nothing is silenced */
function silence(
  config: SurrogateConfig,
  team: Team,
  mask: Uint8Array,
  seed: number,
  epoch: number,
  batch: number
): boolean {
  if (config.dropout === 0) return false
  // The port has read the previous mask before the barriers of the previous step; the next barrier is inside write().
  if (team.index === 0) {
    const stream = new Stream(seed, 'dropout', epoch, batch)
    for (let h = 0; h < mask.length; h++) mask[h] = stream.uniform() < config.dropout ? 1 : 0
  }
  return true
}

class Totals {
  #samples = 0
  #loss = 0
  #correct = 0
  #spikes = 0

  add(samples: number, loss: number, correct: number, spikes: number): void {
    this.#samples += samples
    this.#loss += loss
    this.#correct += correct
    this.#spikes += spikes
  }

  clear(): void {
    this.#samples = this.#loss = this.#correct = this.#spikes = 0
  }

  means(): { loss: number; accuracy: number; hiddenSpikesPerSample: number } {
    const n = this.#samples
    return { loss: this.#loss / n, accuracy: this.#correct / n, hiddenSpikesPerSample: this.#spikes / n }
  }
}

function meanSquare(weights: Checkpoint['arrays'][string]): number {
  let sum = 0
  for (const w of weights) sum += w * w
  return sum / weights.length
}
