/** An input, or several odd ones, for every endpoint that the window may ask: who adds one there adds one here. */
import type { Input } from '../../src-main/contract/index'
import type { CHANGED, READ } from '../../src-renderer/lib/text/lines'

export type Lined = keyof typeof READ | keyof typeof CHANGED

/** odd words: quotes, blanks, a leading minus, what looks like an option */
const ODD = `- it's "odd" --json $HOME`
const run = 'r-1'
const chip = "o'hara"

export const INPUTS: { [K in Lined]: Input<K>[] } = {
  'chip.list': [{}, { filter: 'HX-0 stale', sort: 'usable', descending: true }, { filter: '-x "y' }],
  'chip.show': [{ chip }, { chip: '-7' }],
  'chip.state': [{ chip }, { chip, calibration: 'none' }],
  'chip.scope': [
    { chip },
    {
      chip,
      neuron: 7,
      source: 'lineExc',
      durationUs: 200,
      rateKHz: 80,
      offsetCurrent: 3,
      leakShift: -12,
      calibration: 'none'
    }
  ],
  'chip.converters': [{ chip }, { chip, calibration: 'c-1' }],
  'chip.timeline': [{ chip, neuron: 3 }],
  'calibration.list': [{}, { chip }],
  'calibration.show': [{ calibration: 'c-1' }],
  'calibration.maps': [{ calibration: 'c-1', kept: true }],
  'calibration.instances': [{ calibration: 'c-1' }, { calibration: 'c-1', per: 'driver' }],
  'calibration.curves': [{ calibration: 'c-1' }],
  'calibration.search': [{ calibration: 'c-1', neuron: 5 }],
  'calibration.trace': [{ calibration: 'c-1', metric: 'tau_mem', neuron: 5 }],
  'calibration.diff': [
    { a: 'c-1', b: 'c-2' },
    { a: 'c-1', b: 'c-2', sigmas: 0, tolerance: { leak: 1, tau_mem: 0.5 } }
  ],
  'calibration.document': [{ calibration: 'c-1', format: 'csv' }],
  'calibration.schedules': [{}],
  'runs.list': [
    {},
    { filter: ODD, deleted: true, sort: 'accuracy', descending: false, limit: 7, offset: 3 },
    { filter: '-star:yes', descending: true }
  ],
  'runs.facets': [{ filter: '-star:yes', deleted: true }],
  'runs.groups': [{ filter: '-tag:night', by: ['chip', 'seed'] }],
  'runs.show': [{ run }],
  'runs.dashboard': [{ run }],
  'runs.curves': [{ runs: [run, 'r-2'] }],
  'runs.paired': [{ base: 'r-2', runs: [run, 'r-3'] }],
  'runs.related': [{ run }],
  'runs.planes': [{ run }],
  'runs.synapses': [{ run }],
  'runs.whatIf': [{ run }, { run, spread: 0.2, temperature: 40, bits: 4, dead: 3, samples: 100 }],
  'report.document': [{ subjects: [run, 'r-2'], by: 'chip', base: run, tolerance: 0.5 }, { subjects: [chip] }],
  'export.document': [{ run }],
  'jobs.list': [{}, { limit: 3 }],
  'jobs.result': [{ job: 'j-1' }],
  'dataset.list': [{}],
  'workspace.list': [{}],
  'workspace.size': [{}],
  'preferences.get': [{}],
  'sql.views': [{}],
  sql: [{ query: "-- it's\nselect 'a   b'", limit: 5 }],
  doctor: [{}],
  'chip.new': [{ seed: 1 }, { model: 'hicann-x', seed: 0xffffffff, name: ODD, mismatch: 0, recipe: 'B', quirks: true }],
  'chip.rename': [{ chip, name: ODD }],
  'chip.delete': [{ chip }],
  'chip.note': [{ chip, neuron: 7, note: ODD }],
  'chip.node': [
    { chip, input: 8, output: 3, mask: 0x3f, target: 0x2a, countDrops: true },
    { chip, input: 8, output: 3, reset: true }
  ],
  'chip.noise': [
    { chip, source: 2, poisson: true, period: 99, rate: 12, seed: 4, label: 7, mask: 3 },
    { chip, source: 2, off: true }
  ],
  exclude: [{ chip, neurons: [1, 2], reason: ODD }],
  include: [{ chip, neurons: [1, 2] }],
  calibrate: [
    { chip },
    { chip, preset: 'nightly', routines: ['leak', 'reset'], targets: { leak: [1, 2.5], reset: 70 }, seed: 9 }
  ],
  accept: [{ calibration: 'c-1' }, { calibration: 'c-1', control: true }],
  'calibration.activate': [{ calibration: 'c-1' }],
  'calibration.schedule': [
    { chip, time: '03:00' },
    { chip, time: 'off' }
  ],
  'calibration.import': [{ file: '-a b.json', chip, allowOtherChip: true, activate: true }],
  train: [
    { method: 'delgrad' },
    {
      method: 'surrogate',
      dataset: 'my set',
      chip,
      calibration: 'none',
      allowOtherChip: true,
      epochs: 3,
      batch: 7,
      seed: 5,
      seeds: 2,
      set: { decay: 0.9, unitCodes: false, recurrent: true, keep: 'best', clip: null },
      limitTrain: 100,
      limitTest: 50,
      name: ODD
    }
  ],
  evaluate: [{ run }, { run, chip, calibration: 'none', allowOtherChip: true, limitTest: 7, seed: 3 }],
  reproduce: [{ run }],
  resume: [{ job: 'j-1' }],
  'jobs.pause': [{ job: 'j-1' }],
  'jobs.unpause': [{ job: 'j-1' }],
  'jobs.cancel': [{ job: 'j-1' }, { job: 'j-1', force: true }],
  'runs.star': [{ run }, { run, star: false }],
  'runs.rename': [{ run, name: ODD }],
  'runs.note': [
    { run, note: ODD },
    { run, note: '' }
  ],
  'runs.tag': [
    { run, tags: ['a b', '-x'] },
    { run, tags: [] }
  ],
  'runs.colour': [
    { run, colour: 'ochre', line: 'dash-dot' },
    { run, colour: 'blue' }
  ],
  'runs.bulk': [
    { action: 'tag', runs: [run, 'r-2'], tag: '-x' },
    { action: 'trash', filter: ODD }
  ],
  'runs.delete': [{ run }],
  'runs.restore': [{ run }],
  'import.document': [{ name: 'r 1.zip', base64: '' }],
  'dataset.add': [
    { name: 'mine', path: "/data/o'hara", side: 16 },
    { name: '-mine', path: '-x' }
  ],
  'dataset.remove': [{ name: 'mine' }, { name: '-mine' }],
  'workspace.prune': [{ what: ['trash', 'space'] }],
  'workspace.open': [{ path: "/home/o'hara/bench" }, { path: '-bench' }],
  'preferences.set': [
    { key: 'theme', value: 'dark' },
    { key: 'keys', value: { jobs: ['$mod+j'], exclude: ["'"] } },
    { key: 'runs.filter', value: '-7' },
    { key: 'runs.filter', value: '7' },
    { key: 'runs.filter', value: '' },
    { key: 'sql.kept', value: [{ name: ODD, query: 'select 1' }] },
    { key: 'left', value: ['j-1'] }
  ],
  backup: [{ file: "/tmp/o'hara.db" }, { file: '-b.db' }],
  diagnostics: [{ file: '-d.zip' }, { file: '/tmp/a b.zip', withWorkspace: true }]
}
