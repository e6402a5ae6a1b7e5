/**
 * The command line of everything that the window asks main for: who asks for an endpoint that has no line here does not
 * compile (api/client.ts). What only a window has stands in `WINDOW_ONLY`, with its reason.
 */
import type { Contract, Input, Name, Output } from '../../../src-main/contract'
import { cli } from './cli'
import { asked } from './shell'

type Kind<K extends Name> = Contract[K]['kind']
type Query = { [K in Name]: Kind<K> extends 'query' ? K : never }[Name]
type Change = Exclude<Name, Query>

export const WINDOW_ONLY = {
  'app.info': 'the frame of the window; `doctor` and `workspace size` say it',
  'app.choose': 'a dialog of the system',
  'app.place': 'a dialog of the system',
  'app.reveal': "the system's file manager",
  'train.usual': 'what the form shows in the fields that are left empty',
  catalogue: 'what forms are made of; `schema` prints it',
  'sql.stop': 'ends a question of this window; the terminal has Ctrl-C'
} as const satisfies { [K in Name]?: string }

/** what is read */
export const READ = {
  'chip.list': (input) => cli.chipList(input),
  'chip.show': ({ chip }) => cli.chipShow(chip),
  'chip.state': (input) => asked('chip state', input, { args: ['chip'] }),
  'chip.scope': (input) => cli.scope(input),
  'chip.converters': (input) => asked('chip converters', input, { args: ['chip'] }),
  'chip.timeline': (input) => asked('chip timeline', input, { args: ['chip'] }),
  'calibration.list': (input) => asked('calibration list', input),
  'calibration.show': ({ calibration }) => cli.calibrationShow(calibration),
  'calibration.maps': ({ calibration }) => cli.calibrationMaps({ calibrations: [calibration] }),
  'calibration.instances': ({ calibration, per }) => cli.calibrationInstances(calibration, per),
  'calibration.curves': ({ calibration }) => cli.calibrationCurves(calibration),
  'calibration.search': (input) => asked('calibration search', input, { args: ['calibration', 'neuron'] }),
  'calibration.trace': (input) => asked('calibration trace', input, { args: ['calibration', 'metric'] }),
  'calibration.diff': ({ a, b, sigmas, tolerance }) => cli.calibrationDiff(a, b, sigmas, tolerance),
  'calibration.document': ({ calibration, format }) => cli.calibrationExport(calibration, format),
  'calibration.schedules': () => asked('calibration schedules'),
  'runs.list': ({ filter, ...shown }) => cli.runsList(filter, shown),
  'runs.facets': (input) => asked('runs facets', input, { args: ['filter'] }),
  'runs.groups': (input) => asked('runs groups', input, { args: ['filter'] }),
  'runs.show': ({ run }) => cli.runShow(run),
  'runs.dashboard': ({ run }) => cli.runDashboard(run),
  'runs.curves': (input) => asked('runs curves', input, { args: ['runs'] }),
  'runs.related': (input) => asked('runs related', input, { args: ['run'] }),
  'runs.paired': (input) => asked('runs paired', input, { args: ['base', 'runs'] }),
  'runs.planes': (input) => asked('runs planes', input, { args: ['run'] }),
  'runs.synapses': ({ run }) => cli.runsSynapses(run),
  'runs.whatIf': (input) => asked('runs what-if', input, { args: ['run'] }),
  'report.document': ({ subjects, ...compared }) => cli.report(subjects, compared),
  'export.document': ({ run }) => cli.exportRun(run),
  'jobs.list': (input) => asked('jobs list', input),
  'jobs.result': (input) => asked('jobs result', input, { args: ['job'] }),
  'dataset.list': () => cli.datasetList(),
  'workspace.list': () => asked('workspace list'),
  'workspace.size': () => asked('workspace size'),
  'preferences.get': () => cli.preferencesList(),
  'sql.views': () => asked('sql views'),
  sql: (input) => asked('sql', input, { args: ['query'] }),
  doctor: () => cli.doctor()
} as const satisfies { [K in Query]?: (input: Input<K>) => string }

/** what is changed: the word that is said of it where nobody finds a better one, and the line */
export const CHANGED = {
  'chip.new': ['Chip created', (input) => cli.chipNew(input)],
  'chip.rename': ['Chip renamed', ({ chip, name }) => cli.chipRename(chip, name)],
  'chip.delete': ['Chip deleted', ({ chip }) => cli.chipDelete(chip)],
  'chip.note': ['Note kept', ({ chip, neuron, note }) => cli.chipNote(chip, neuron, note)],
  'chip.node': ['Crossbar node written', (input) => cli.chipNode(input)],
  'chip.noise': ['Noise source set', (input) => cli.chipNoise(input)],
  exclude: ['Neurons excluded', ({ chip, neurons, reason }) => cli.exclude(chip, neurons, reason)],
  include: ['Neurons taken back', ({ chip, neurons }) => cli.include(chip, neurons)],
  calibrate: ['Calibration started', (input) => cli.calibrate(input)],
  accept: ['Measuring again', ({ calibration, control }) => cli.accept(calibration, control ?? false)],
  'calibration.activate': ['Calibration active', ({ calibration }) => cli.calibrationActivate(calibration)],
  'calibration.schedule': ['Time kept', ({ chip, time }) => cli.calibrationSchedule(chip, time)],
  'calibration.import': [
    'Calibration imported',
    // the page hands over what it read; the file is named by whoever chose it
    ({ file = 'FILE', text: _text, ...input }) => asked('calibration import', { ...input, file }, { args: ['file'] })
  ],
  train: ['Training started', (input) => cli.train(input)],
  evaluate: ['Evaluation started', (input) => cli.evaluate(input)],
  reproduce: ['Running again', ({ run }) => cli.reproduce(run)],
  resume: ['Taken up again', ({ job }) => cli.resume(job)],
  'jobs.pause': ['Paused', ({ job }) => cli.jobPause(job)],
  'jobs.unpause': ['Goes on', ({ job }) => cli.jobUnpause(job)],
  'jobs.cancel': ['Stops', ({ job, force }) => cli.jobCancel(job, force)],
  'runs.star': ['Star kept', ({ run, star = true }) => cli.runStar(run, star)],
  'runs.rename': ['Run renamed', ({ run, name }) => cli.runRename(run, name)],
  'runs.note': ['Note kept', ({ run, note }) => cli.runNote(run, note)],
  'runs.tag': ['Tags kept', ({ run, tags }) => cli.runTag(run, tags)],
  'runs.colour': ['Colour kept', ({ run, colour, line }) => cli.runColour(run, colour, line)],
  'runs.bulk': ['Runs changed', (input) => asked('runs bulk', input, { args: ['action', 'runs'] })],
  'runs.delete': ['To the trash', ({ run }) => cli.runDeleted(run, true)],
  'runs.restore': ['Restored', ({ run }) => cli.runDeleted(run, false)],
  'import.document': ['Imported', ({ name }) => cli.importRun(name)],
  'dataset.add': ['Data set added', ({ name, path, side }) => cli.datasetAdd(name, path, side ?? null)],
  'dataset.remove': ['Data set removed', ({ name }) => cli.datasetRemove(name)],
  'workspace.prune': ['Freed', ({ what }) => cli.workspacePrune(...what)],
  'workspace.open': ['Workspace opened', ({ path }, { opened }) => cli.workspaceOpen(path ?? opened ?? '')],
  'preferences.set': ['Kept', ({ key, value }) => cli.preference(key, value)],
  backup: ['Copied', ({ file }) => cli.backup(file)],
  diagnostics: ['Written', ({ file, withWorkspace = false }, made) => cli.diagnostics(file ?? made.file, withWorkspace)]
} as const satisfies { [K in Change]?: readonly [string, (input: Input<K>, reply: Output<K>) => string] }

export type Changing = keyof typeof CHANGED
/** all that the window may ask for */
export type Spoken = keyof typeof WINDOW_ONLY | keyof typeof READ | Changing

export const isChange = (name: Name): name is Changing => name in CHANGED
