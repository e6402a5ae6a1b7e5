/** Answers to the main process's questions. All are quick; the longest is preparing a data set, once. */
import { chooseRoutines, ROUTINES } from '../core/calibration/order'
import { measureChannels } from '../core/calibration/channels'
import { evidenceOf } from '../core/calibration/evidence'
import { settingsState } from '../core/calibration/state'
import { detuned, DETUNED_ROUTINES } from '../core/calibration/detuned'
import { presetNamed, PRESETS, type Preset } from '../core/calibration/presets'
import { resolveLists, resolveTargets, targetWarnings } from '../core/calibration/targets'
import { TARGETS } from '../core/calibration/target-table'
import { writeOver } from '../core/scope/crossbar'
import { takeTrace } from '../core/scope/session'
import { EXPERIMENTS } from '../core/experiments/index'
import { drawn, judge } from '../core/experiments/judge'
import { InputError } from '../core/errors/input-error'
import { BENCHMARKS } from './benchmarks/index'
import { codeHash } from './code-hash'
import { addDataSet, dataSetNames, listDataSets, prepare, removeDataSet, shapeOf } from './datasets/index'
import { methodNamed, METHODS } from './methods'
import type { Catalogue, PresetInfo, Question, Questions } from './protocol'
import type { Surroundings } from './teams'
import { bareChip, chipWithSettings, columnsOf } from './tasks/chips'
import { whatIf } from './what-if/host'

type Answers = {
  [Q in Question]: (
    input: Questions[Q]['input'],
    where: Surroundings
  ) => Questions[Q]['answer'] | Promise<Questions[Q]['answer']>
}

const ANSWERS: Answers = {
  catalogue: (_input, where) => catalogue(where),
  health: ({ chip, seed }) => bareChip(chip, seed).readHousekeeping(),
  identify: (chip) => {
    const { serial, neurons } = bareChip(chip, 0).identity
    return { serial, neurons }
  },
  whatIf,
  scope: ({ chip, request, written }) => takeTrace(chipWithSettings(chip, request.seed), request, written),
  written: (input) => {
    writeOver(bareChip({ seed: 0, mismatch: 0 }, 0), input)
    return null
  },
  evidence: ({ chip, metric, neuron, targets, lists, seed }) => {
    const converterOffsets = chip.settings?.converterOffsets ?? new Int8Array(512)
    return evidenceOf(chipWithSettings(chip, seed), metric, neuron, { targets, lists, converterOffsets })
  },
  converters: ({ chip, seed }) => measureChannels(chipWithSettings(chip, seed)),
  settings: ({ settings }) => settingsState(settings),
  synapses: ({ method: name, config, dataset, checkpoint, usable }, where) => {
    const images = shapeOf(dataset, where)
    const method = methodNamed(name)
    if (method.synapses === null) {
      const mapped = METHODS.filter(({ synapses }) => synapses !== null).map((each) => each.name)
      throw new InputError(
        'bad-input',
        `method ${name}: there is no map of its synapses; allowed: ${mapped.join(', ')}`
      )
    }
    const settings = method.settingsOf(config)
    method.checkWeights(checkpoint, settings, images)
    return method.synapses(checkpoint, settings, images, usable && columnsOf(usable))
  },
  datasets: (_input, where) => listDataSets(where),
  addDataSet: (input, where) => addDataSet(input, where),
  removeDataSet: ({ name }, where) => removeDataSet(name, where),
  prepare: async ({ dataset }, where) => {
    const { sha256, train, test } = await prepare(dataset, where)
    return { sha256, train: train.labels.length, test: test.labels.length }
  },
  configure: ({ method: name, dataset, set }, where) => {
    const method = methodNamed(name)
    const data = shapeOf(dataset, where)
    method.checkImages(data)
    return { config: method.resolve(set, data) }
  },
  usual: ({ method: name, dataset, onChip, set }, where) => {
    const method = methodNamed(name)
    const data = shapeOf(dataset, where)
    return method.usual(method.resolve(set, data), data, onChip)
  },
  experiments: () => [...EXPERIMENTS],
  judge: ({ name, accuracies, quick }) => {
    const experiment = EXPERIMENTS.find((each) => each.name === name)
    if (!experiment) throw new InputError('bad-input', `experiment '${name}' is unknown`)
    return {
      checks: judge(experiment, accuracies, quick),
      plots: (experiment.plots ?? []).map((p) => drawn(p, accuracies))
    }
  },
  fits: ({ method: name, config, dataset, checkpoint }, where) => {
    const method = methodNamed(name)
    method.checkWeights(checkpoint, method.settingsOf(config), shapeOf(dataset, where))
    return null
  },
  preset: ({ name }) => presetInfo(presetNamed(name)),
  aim: ({ targets, routines, detune }) => {
    chooseRoutines(routines ?? undefined)
    const own: { [name: string]: number } = {}
    const each: { [name: string]: number[] } = {}
    for (const [name, value] of Object.entries(targets)) {
      if (Array.isArray(value)) each[name] = value
      else own[name] = value
    }
    // whoever trains on it goes on to assume the targets themselves, which is what it is recorded to aim at
    const centre = detune && resolveTargets(own)
    if (centre) Object.assign(each, detuned(centre, detune.share, detune.seed, detune.neurons))
    const resolved = resolveLists(own, each)
    const lists = Object.fromEntries(Object.entries(resolved.lists).map(([name, list]) => [name, Array.from(list)]))
    const warned = detune ? [`set wrong on purpose: sd ${detune.share} of each target, seed ${detune.seed}`] : []
    return {
      routines: detune ? [...DETUNED_ROUTINES] : routines,
      targets: { ...(centre ?? resolved.targets) },
      lists,
      warnings: [...warned, ...targetWarnings(resolved.targets, resolved.lists)]
    }
  }
}

export async function answer(question: Question, input: unknown, where: Surroundings): Promise<unknown> {
  return ANSWERS[question](input as never, where)
}

function presetInfo({ name, label, help, routines, targets, onTop }: Preset): PresetInfo {
  return { name, label, help, routines: routines.map((routine) => routine.name), targets: { ...targets }, onTop }
}

function catalogue(where: Surroundings): Catalogue {
  return {
    routines: ROUTINES.map(({ name, label }) => ({ name, label })),
    presets: PRESETS.map(presetInfo),
    targets: TARGETS.map(({ key, type, default: value, unit, min, max, label, help, each }) => {
      return { key, type, default: value, unit, min, max, help: `${label}: ${help}`, each }
    }),
    methods: METHODS.map(({ name, label, settings, preset, targets, synapses }) => ({
      name,
      label,
      mapped: synapses !== null,
      settings: [...settings],
      preset,
      targets: { ...targets }
    })),
    datasets: dataSetNames(where),
    benchmarks: BENCHMARKS.map(({ name, unit, help }) => ({ name, unit, help })),
    core: codeHash(import.meta.dirname, where.kernels)
  }
}
