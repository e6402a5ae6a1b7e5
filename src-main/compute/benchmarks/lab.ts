/**
 * Measures on the very tasks that jobs run. The chip is calibrated first, so that its network spikes as a working one does.
 */
import { resolveTargets } from '../../core/calibration/targets'
import type { ChipSettings } from '../../core/calibration/types'
import { firstSamples } from '../../core/datasets/mnist'
import { median } from '../../core/statistics/summary'
import type { Checkpoint } from '../../core/training/types'
import { prepare } from '../datasets/index'
import { methodNamed } from '../methods'
import type { ChipSpec, TaskEnd, TaskReport, TaskResults } from '../protocol'
import type { LaneEnd, LaneKind, LaneResults } from '../tasks/index'
import type { Images } from '../tasks/task'
import type { LinearInput, LinearResult } from '../tasks/linear'
import type { Teams } from '../teams'
import type { Lab, Measurement, Workload } from './entry'

/** the first epoch of each is not counted: the processor warms up, code is compiled */
const EPOCHS = 9
const TRAIN_SAMPLES = 60_000
const TEST_SAMPLES = 10_000
const LINEAR_SAMPLES = 2_000
const CHIP = { seed: 1, mismatch: 1 }
const SEED = 1
const BATCH = 100
/** an epoch of Yin-Yang is short, and only a trained network spikes as one does */
const SPIKE_EPOCHS = 20
/** the network that is presented has learnt for so long: by then more than 20 hidden units fire an image */
const PRESENTED_EPOCHS = 18
const SPIKE_BATCH = 150

/** beside the median that is the figure: all that was measured */
const spreadOf = (rates: readonly number[]) => ({
  slowest: Math.min(...rates),
  fastest: Math.max(...rates),
  each: rates.map(Math.round)
})

/** a run of benchmarks ends early when it is stopped or a task fails */
export class Ended extends Error {
  constructor(readonly end: Exclude<TaskEnd, { how: 'done' }>) {
    super(end.how)
  }
}

export class TeamLab implements Lab {
  #calibration: Promise<TaskResults['calibrate']> | undefined
  #weights: Checkpoint | undefined

  constructor(readonly teams: Teams) {}

  calibration(): Promise<TaskResults['calibrate']> {
    return (this.#calibration ??= this.#done(
      this.teams.run('calibrate', this.#calibrateInput(), 1, () => {})
    ) as Promise<TaskResults['calibrate']>)
  }

  async chip(): Promise<ChipSpec> {
    const { settings, usable }: { settings: ChipSettings; usable: Uint8Array } = (await this.calibration()).result
    return { kind: 'chip', ...CHIP, settings, median: false, usable }
  }

  /** images a second, median over epochs */
  async train(chip: ChipSpec, threads: number, workload?: Workload, epochs = EPOCHS): Promise<Measurement> {
    const rates: number[] = []
    const processor: number[] = []
    let hiddenSpikes = 0
    const hear = (report: TaskReport): void => {
      if (report.kind !== 'epoch') return
      rates.push(report.epoch.samplesPerSecond)
      processor.push(process.cpuUsage().user / 1e6)
      hiddenSpikes = report.epoch.hiddenSpikesPerSample
      if (epochs === PRESENTED_EPOCHS) this.#weights = report.checkpoint
    }
    const data = { dataset: 'mnist16', limitTrain: TRAIN_SAMPLES, limitTest: BATCH }
    const config = methodNamed('surrogate').resolve(workload?.set ?? {})
    const images = workload?.images ?? (await this.#images(TRAIN_SAMPLES, BATCH))
    const basis = { method: 'surrogate', chip, data, config, epochs, batch: BATCH, seed: SEED, resume: null }
    await this.#done(this.teams.run('train', { ...basis, images }, threads, hear))
    const counted = rates.slice(1)
    const samples = images.train.labels.length
    const perProcessorSecond = (samples * counted.length) / (processor[processor.length - 1] - processor[0])
    const details = { samples, batch: BATCH, hiddenSpikes, ...spreadOf(counted), perProcessorSecond }
    return { value: median(counted), details }
  }

  /** samples a second, median over epochs */
  async firstSpike(threads: number): Promise<number> {
    const rates: number[] = []
    const hear = (report: TaskReport): void => {
      if (report.kind === 'epoch') rates.push(report.epoch.samplesPerSecond)
    }
    const data = { dataset: 'yin-yang', limitTrain: null, limitTest: null }
    const method = 'first-spike'
    const images = await prepare('yin-yang', this.teams.surroundings)
    const basis = { method, chip: { kind: 'ideal' } as const, data, config: methodNamed(method).resolve({}) }
    const input = { ...basis, epochs: SPIKE_EPOCHS, batch: SPIKE_BATCH, seed: SEED, resume: null, images }
    await this.#done(this.teams.run('train', input, threads, hear))
    return median(rates.slice(SPIKE_EPOCHS / 2))
  }

  async emulate(threads: number): Promise<Measurement> {
    const chip = await this.chip()
    if (!this.#weights) await this.train(chip, this.teams.surroundings.threads, undefined, PRESENTED_EPOCHS)
    const config = methodNamed('surrogate').resolve({})
    const input = { chip, config, batch: BATCH, seed: SEED, checkpoint: this.#weights as Checkpoint }
    const images = await this.#images(1, TEST_SAMPLES)
    const measured = await this.#done(this.teams.run('bench', { ...input, images }, threads, () => {}))
    const { rates, testAccuracy, hiddenSpikes, emulation } = measured
    return {
      value: median(rates),
      details: { testAccuracy, hiddenSpikes, images: TEST_SAMPLES, ...spreadOf(rates), ...emulation }
    }
  }

  async linear(input: Omit<LinearInput, 'images'>): Promise<LinearResult> {
    return this.#done(
      this.teams.run('linear', { ...input, images: await this.#images(1, LINEAR_SAMPLES) }, 1, () => {})
    )
  }

  #calibrateInput() {
    const excluded = new Uint8Array(512)
    return {
      chip: CHIP,
      targets: { ...resolveTargets() },
      lists: {},
      routines: null,
      from: null,
      known: [],
      resume: null,
      excluded,
      seed: SEED
    }
  }

  async #images(train: number, test: number): Promise<Images> {
    const set = await prepare('mnist16', this.teams.surroundings)
    return { train: firstSamples(set.train, train), test: firstSamples(set.test, test) }
  }

  async #done<K extends LaneKind>(run: Promise<LaneEnd<K>>): Promise<LaneResults[K]> {
    const end = await run
    if (end.how !== 'done') throw new Ended(end)
    return end.result
  }
}
