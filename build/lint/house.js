// The house as a table: who may import whom. Everything that is not listed is refused (imports.js does the refusing).
//
// A place is a path of the project without extension; the longest name that fits counts, for the importer and for the
// imported. Naming a place names what lies in it, except the `closed` places there, which must be named themselves.
// A place may always import itself. `types`: only types may be taken from there. Packages that are not listed are
// refused as well ('node:' stands for Node's own modules, '*' for anything).

const core = (...names) => names.map((name) => `src-main/core/${name}`)
const main = (...names) => names.map((name) => `src-main/${name}`)
const window = (...names) => names.map((name) => `src-renderer/${name}`)

/** open to all of core */
const OPEN = core('units', 'random', 'statistics', 'numerics', 'errors')
/** all that calibration and training know of a chip: what a real one would show */
const PORTS = core(
  'emulator/chip-port',
  'emulator/network-port',
  'emulator/first-spike-port',
  'emulator/placement',
  'emulator/routing-port',
  'emulator/correlation-port'
)
/** what a chip drew from its seed, and how the emulator holds it */
const GROUND_TRUTH = core('chip', 'emulator/hicann-x')
/** opens a chip by its seed and gives out nothing but its port */
const DOOR = core('emulator/hicann-x/index')
/** shows the tests what was drawn */
const INSPECTOR = core('emulator/inspector')
/** what the emulator is made of; its ports are places of their own */
const EMULATOR = [...OPEN, ...PORTS, ...core('kernels', 'emulator', 'chip')]
/** what works on a chip without seeing what it drew */
const SCIENCE = [...OPEN, ...PORTS, ...core('kernels', 'calibration', 'scope', 'datasets', 'training')]
const CORE_TYPES = [...SCIENCE, ...core('experiments', 'verify')]

const DRAWING = ['svelte', 'bits-ui', 'chart.js', 'chartjs-plugin-annotation', '@lucide/svelte', 'svelte-sonner']

export const PLACES = {
  // core is pure: no package, nothing of the platform
  ...Object.fromEntries(OPEN.map((place) => [place, { may: OPEN }])),
  'src-main/core/kernels': { may: OPEN, types: PORTS },
  'src-main/core/chip': { may: OPEN, closed: true },
  ...Object.fromEntries(PORTS.map((place) => [place, { may: OPEN, types: [...PORTS, ...core('kernels')] }])),
  'src-main/core/emulator': { may: EMULATOR },
  'src-main/core/emulator/hicann-x': { may: EMULATOR, closed: true },
  'src-main/core/emulator/hicann-x/index': { may: [...EMULATOR, ...GROUND_TRUTH], closed: true },
  'src-main/core/emulator/inspector': { may: [...EMULATOR, ...GROUND_TRUTH], closed: true },
  'src-main/core/calibration': { may: [...OPEN, ...PORTS] },
  'src-main/core/scope': { may: [...OPEN, ...PORTS] },
  'src-main/core/datasets': { may: [...OPEN, ...core('kernels')], types: [...PORTS, ...core('training')] },
  'src-main/core/training': { may: [...OPEN, ...PORTS, ...core('kernels', 'datasets')] },
  'src-main/core/experiments': { may: SCIENCE },
  'src-main/core/verify': { may: [...SCIENCE, ...core('emulator')] },

  // the processes around it
  'src-main/contract/errors': {},
  'src-main/contract/run-style': {},
  'src-main/contract/run-groups': {},
  'src-main/contract/run-activity': {},
  'src-main/contract/samples': {},
  'src-main/contract/accuracy-delta': {},
  'src-main/contract/yin-yang': {},
  'src-main/contract/map-view': {},
  'src-main/contract/keymap': {},
  'src-main/contract/chip-order': {},
  'src-main/contract': { types: CORE_TYPES, packages: ['zod'] },
  'src-main/compute': {
    may: [...SCIENCE, ...DOOR, ...core('experiments', 'verify', 'emulator')],
    packages: ['node:', 'fflate', 'h5wasm']
  },
  'src-main/compute/protocol': { types: CORE_TYPES },
  'src-main/store': { may: main('contract/run-groups'), types: CORE_TYPES, packages: ['node:', 'better-sqlite3'] },
  'src-main/jobs': { may: main('compute/protocol', 'store'), types: CORE_TYPES, packages: ['node:'] },
  'src-main/interchange': {
    may: [...main('store', 'contract'), ...core('statistics')],
    types: CORE_TYPES,
    packages: ['node:', 'zod', 'fflate']
  },
  'src-main/cluster': { may: main('jobs', 'contract'), packages: ['node:'] },
  'src-main/handlers': {
    may: main('contract', 'jobs', 'store', 'interchange', 'cluster'),
    types: [...CORE_TYPES, ...main('compute/protocol')],
    packages: ['node:', 'zod']
  },
  'src-main/electron': { may: main('handlers', 'contract'), packages: ['node:', 'electron'] },
  'src-main/cli': { may: main('handlers', 'contract'), packages: ['node:', 'commander', 'zod'] },

  // the window: primitives, then components, then views; of main it knows the contract
  'src-renderer': { may: window('app'), types: main('contract') },
  'src-renderer/styles': {},
  'src-renderer/api': {
    may: main('contract/errors'),
    types: [...window('lib'), ...main('contract')],
    packageTypes: ['zod']
  },
  'src-renderer/lib': {
    may: main(
      'contract/run-style',
      'contract/run-groups',
      'contract/run-activity',
      'contract/samples',
      'contract/accuracy-delta',
      'contract/yin-yang',
      'contract/map-view',
      'contract/keymap',
      'contract/chip-order'
    ),
    types: [...window('api'), ...main('contract')],
    packages: ['svelte']
  },
  'src-renderer/state': {
    may: window('api', 'lib'),
    types: main('contract'),
    packages: ['svelte', 'svelte-sonner', 'tinykeys']
  },
  'src-renderer/ui': { may: window('lib'), packages: DRAWING },
  'src-renderer/components': { may: window('ui', 'lib', 'state', 'api'), packages: DRAWING },
  'src-renderer/views': { may: window('components', 'ui', 'lib', 'state', 'api'), packages: DRAWING },
  'src-renderer/app': {
    may: window('views', 'components', 'ui', 'lib', 'state', 'api', 'styles'),
    types: main('contract'),
    packages: [...DRAWING, 'tinykeys', '@fontsource-variable/inter']
  },

  // tests see everything but what a chip drew; the tests of chip and emulator see that too
  test: { may: ['src-main', 'src-renderer', 'build', ...DOOR, ...INSPECTOR], packages: ['*'] },
  'test/core/chip': { may: ['src-main', 'test', ...GROUND_TRUTH, ...DOOR, ...INSPECTOR], packages: ['*'] },
  'test/core/emulator': { may: ['src-main', 'test', ...GROUND_TRUTH, ...DOOR, ...INSPECTOR], packages: ['*'] },
  build: { packages: ['*'] }
}
