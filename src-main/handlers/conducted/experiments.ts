/**
 * A paper's experiment: a job that has other jobs done one after the other (chip, calibration, runs), and judges what
 * came out. Runs that this workspace has already, with the same configuration and code, are taken as they are: so an
 * experiment that was interrupted goes on where it was.
 */
import path from 'node:path'
import { contract, type Output, type Parsed } from '../../contract/index'
import { InloopError } from '../../contract/errors'
import type { experiments as endpoints } from '../../contract/experiments'
import type { Experiment, ExperimentRun } from '../../core/experiments/types'
import { calibrations } from '../calibrations/calibrations'
import { chips } from '../chips/chips'
import type { Context, Handlers } from '../context'
import { conduct, ended, oneRun, type Tell } from './conductor'
import { evaluations } from '../runs/evaluations'
import { robustness } from '../runs/robustness'
import { system } from '../workspace/system'

type Result = Output<'experiment'>['experiment']

const CHIP = { name: 'experiments', seed: 1 }
const PRESET = 'spiking2'

export const experiments: Handlers<keyof typeof endpoints> = {
  'experiment.list': async (_input, { engine }) => ({
    experiments: (await engine.ask('experiments', null)).map(({ name, title, paper, seeds, runs: made, checks }) => {
      return { name, title, paper, seeds, runs: made.map(({ key }) => key), checks: checks.map((c) => c.name) }
    })
  }),
  experiment: async (input, context) => {
    const { title } = await declared(input.name, context)
    return { job: conduct('experiment', conductExperiment, title, null, input, context), subject: null }
  }
}

async function declared(name: string, { engine }: Context): Promise<Experiment> {
  const all = await engine.ask('experiments', null)
  const found = all.find((each) => each.name === name)
  if (found) return found
  throw new InloopError('bad-input', `name: "${name}" given; allowed: ${all.map((each) => each.name).join(', ')}`)
}

export async function conductExperiment(job: string, context: Context, tell: Tell): Promise<{ experiment: Result }> {
  const { store, engine, resources } = context
  const input = store.jobs.input(job) as Parsed<'experiment'>
  const { quick } = input
  const experiment = await declared(input.name, context)
  const seeds = input.seeds ?? (quick ? 1 : experiment.seeds)
  const list = experiment.runs.filter((each) => !quick || each.quick !== null)
  // who asks for few gets few; a run that needs more than the others has more otherwise
  const asked = quick || input.seeds !== undefined
  const seedsOf = (each: ExperimentRun): number =>
    asked ? Math.min(seeds, each.seeds ?? seeds) : (each.seeds ?? seeds)
  const steps = list.reduce((sum, each) => sum + seedsOf(each), 0)
  const progress = (done: number, text: string): void => {
    tell(done / (steps + 1), text)
  }

  progress(0, 'reference vectors')
  const checks: Result['checks'] = []
  for (const suite of experiment.suites) {
    const vectors = [path.join(resources, 'vectors', `${suite}.json`)]
    const started = await system['verify']({ vectors }, context)
    await ended(started.job, job, context)
    const { suites } = store.jobs.result(started.job) as Output<'verify'>
    const { maxError, passed } = suites[0]
    checks.push({
      name: `reference vectors ${suite}, error / limit`,
      value: maxError,
      paper: null,
      band: [null, 1],
      passed
    })
  }

  const made: Result['runs'] = []
  const accuracies: { [key: string]: number[] } = {}
  let done = 0
  for (const each of list) {
    const where =
      each.on === 'chip'
        ? await calibratedChip(each.preset ?? PRESET, job, context, () => progress(done, 'calibrating'))
        : { chip: 'ideal' }
    for (let seed = 1; seed <= seedsOf(each); seed++) {
      progress(done, `${each.key}, seed ${seed}/${seedsOf(each)}`)
      const set = each.detune ? await detunedChip(where.chip, each.detune, seed, job, context) : where
      const run = await oneRun(inputOf(each, set, seed, quick, experiment), job, context)
      const { testAccuracy, hiddenSpikesPerSample } = store.runs.summary(run).metrics
      made.push({ key: each.key, seed, run, testAccuracy })
      const keep = (key: string, value: number | null): void => {
        if (value !== null) (accuracies[key] ??= []).push(value)
      }
      keep(each.key, testAccuracy === null ? null : 100 * testAccuracy)
      keep(`${each.key}, spikes`, hiddenSpikesPerSample)
      if (each.vary) {
        progress(done, `${each.key}, seed ${seed}/${seedsOf(each)}: ${each.vary.name}`)
        for (const { level, accuracy } of await disturbed(each.vary, run, seed, job, context)) {
          keep(`${each.key}, ${each.vary.name} ${level}`, 100 * accuracy.median)
        }
      }
      for (const share of each.moved ?? []) {
        if (!list.some(({ detune }) => detune === share)) continue
        progress(done, `${each.key}, seed ${seed}/${seedsOf(each)}: moved to ${share}`)
        const { calibration } = await detunedChip(where.chip, share, seed, job, context)
        keep(`${each.key}, moved to ${share}`, 100 * (await accuracyOn(calibration, run, job, context)))
      }
      done++
    }
  }
  const judged = await engine.ask('judge', { name: experiment.name, accuracies, quick })
  checks.push(...judged.checks)
  const { name, title, paper } = experiment
  const passed = checks.every((c) => c.passed)
  return {
    experiment: {
      name,
      title,
      paper,
      quick,
      seeds,
      checks,
      passed,
      figures: accuracies,
      plots: judged.plots,
      runs: made
    }
  }
}

function inputOf(
  { key, method, dataset, batch, set, epochs, quick: short }: ExperimentRun,
  where: { chip: string; calibration?: string },
  seed: number,
  quick: boolean,
  experiment: Experiment
): Parsed<'train'> {
  const size =
    quick && short
      ? { epochs: short.epochs, ...(short.limitTrain === undefined ? {} : { limitTrain: short.limitTrain }) }
      : { epochs }
  const name = `${experiment.name}: ${key}, seed ${seed}${quick ? ', quick' : ''}`
  return contract.train.input.parse({ method, dataset, ...where, batch, seed, set, name, ...size })
}

/** a run's evaluations with something disturbed, made now: they take seconds */
async function disturbed(
  { name, levels, draws }: NonNullable<ExperimentRun['vary']>,
  run: string,
  seed: number,
  parent: string,
  context: Context
): Promise<Output<'robustness'>['robustness']['levels']> {
  const vary = { [name]: levels.join(',') }
  const { job } = await robustness.robustness(contract.robustness.input.parse({ run, vary, draws, seed }), context)
  await ended(job, parent, context)
  return (context.store.jobs.result(job) as Output<'robustness'>).robustness.levels
}

async function accuracyOn(calibration: string, run: string, parent: string, context: Context): Promise<number> {
  const { job, subject } = await evaluations.evaluate(contract.evaluate.input.parse({ run, calibration }), context)
  await ended(job, parent, context)
  return context.store.evaluations.get(String(subject)).testAccuracy
}

/** the experiments' chip set wrong by a share of each target, drawn once for a seed */
async function detunedChip(
  chip: string,
  detune: number,
  detuneSeed: number,
  parent: string,
  context: Context
): Promise<{ chip: string; calibration: string }> {
  const { store } = context
  const { active } = store.chips.get(chip)
  const made = store.calibrations.list(chip).find(({ id, complete }) => {
    const { config } = store.calibrations.get(id)
    return complete && config['from'] === active && config['detune'] === detune && config['detuneSeed'] === detuneSeed
  })
  if (made) return { chip, calibration: made.id }
  const input = contract.calibrate.input.parse({ chip, detune, detuneSeed, activate: false })
  const { job, subject } = await calibrations.calibrate(input, context)
  await ended(job, parent, context)
  return { chip, calibration: String(subject) }
}

/** the chip that all experiments of a workspace share, calibrated once with each preset */
async function calibratedChip(
  preset: string,
  parent: string,
  context: Context,
  about: () => void
): Promise<{ chip: string; calibration: string }> {
  const { store } = context
  const known = store.chips.list().find(({ name }) => name === CHIP.name)
  const chip = known?.id ?? (await chips['chip.new'](contract['chip.new'].input.parse(CHIP), context)).chip.id
  const { active } = store.chips.get(chip)
  // of the usual preset it is the active one; the newest of another
  if (active !== null && preset === PRESET) return { chip, calibration: active }
  const made = store.calibrations
    .list(chip)
    .find(({ id, complete }) => complete && store.calibrations.get(id).config['preset'] === preset)
  if (made) return { chip, calibration: made.id }
  about()
  const input = contract.calibrate.input.parse({ chip, preset, activate: preset === PRESET })
  const { job, subject } = await calibrations.calibrate(input, context)
  await ended(job, parent, context)
  return { chip, calibration: String(subject) }
}
