/**
 * Every shortcut of the window, once. The sheet of keys, the hints on buttons and the listener are made from this list.
 * `window` keys work everywhere; a key of a scope is a plain letter and works only while that map or list (or nothing)
 * has the focus, never while a person types. (No zod here: the window's library takes it.)
 */
export const SCOPES = {
  window: 'Everywhere',
  map: 'Neuron map',
  scope: 'Oscilloscope',
  train: 'Training',
  runs: 'List of runs',
  compare: 'Comparison'
} as const
export type Scope = keyof typeof SCOPES

interface Shortcut {
  /** in the notation of tinykeys; `$mod` is Ctrl, or Cmd on macOS */
  keys: readonly string[]
  scope: Scope
  label: string
}

export const KEYMAP = {
  palette: { keys: ['$mod+k', '$mod+Shift+p'], scope: 'window', label: 'Search or run a command' },
  quickOpen: { keys: ['$mod+p'], scope: 'window', label: 'Open a chip or a run by its name' },
  keys: { keys: ['Shift+?', '$mod+/'], scope: 'window', label: 'Show the keys' },
  help: { keys: ['Shift+F1'], scope: 'window', label: 'Open the help' },
  start: { keys: ['$mod+Enter'], scope: 'window', label: 'Start: create, calibrate or train' },
  stop: { keys: ['$mod+Backspace'], scope: 'window', label: 'Stop at the next safe point' },
  forceStop: { keys: ['$mod+Shift+Backspace'], scope: 'window', label: 'Force stop: at once, after a question' },
  undo: { keys: ['$mod+z'], scope: 'window', label: 'Undo the last edit' },
  redo: { keys: ['$mod+Shift+z'], scope: 'window', label: 'Do again what was undone' },
  cli: { keys: ['$mod+Shift+c'], scope: 'window', label: 'Copy what is shown as a command line' },
  inspector: { keys: ['$mod+i'], scope: 'window', label: 'Fold or unfold the inspector' },
  jobs: { keys: ['$mod+Shift+j'], scope: 'window', label: 'Show what runs, waits and ended' },
  nextRegion: { keys: ['F6'], scope: 'window', label: 'Next part of the window: top, views, view, inspector, foot' },
  previousRegion: { keys: ['Shift+F6'], scope: 'window', label: 'Previous part of the window' },
  protocol1: { keys: ['F1'], scope: 'window', label: 'Protocol 1, after a question' },
  protocol2: { keys: ['F2'], scope: 'window', label: 'Protocol 2' },
  protocol3: { keys: ['F3'], scope: 'window', label: 'Protocol 3' },
  protocol4: { keys: ['F4'], scope: 'window', label: 'Protocol 4' },
  previousChip: { keys: ['Alt+ArrowLeft'], scope: 'window', label: 'Previous chip, on the same page' },
  nextChip: { keys: ['Alt+ArrowRight'], scope: 'window', label: 'Next chip' },
  chips: { keys: ['Alt+1'], scope: 'window', label: 'Go to Chips' },
  calibrate: { keys: ['Alt+2'], scope: 'window', label: 'Go to Calibrate' },
  train: { keys: ['Alt+3'], scope: 'window', label: 'Go to Train' },
  runs: { keys: ['Alt+4'], scope: 'window', label: 'Go to Runs' },
  compare: { keys: ['Alt+5'], scope: 'window', label: 'Go to Compare' },
  data: { keys: ['Alt+6'], scope: 'window', label: 'Go to Data' },
  sql: { keys: ['Alt+7'], scope: 'window', label: 'Go to SQL' },
  settings: { keys: ['Alt+8'], scope: 'window', label: 'Go to Settings' },
  before: { keys: ['1'], scope: 'map', label: 'Before calibration' },
  after: { keys: ['2'], scope: 'map', label: 'After calibration' },
  setting: { keys: ['3'], scope: 'map', label: 'Setting' },
  target: { keys: ['4'], scope: 'map', label: 'Target' },
  residual: { keys: ['5'], scope: 'map', label: 'Residual: after minus target' },
  previousMetric: { keys: ['['], scope: 'map', label: 'Previous metric' },
  nextMetric: { keys: [']'], scope: 'map', label: 'Next metric' },
  peek: { keys: ['b'], scope: 'map', label: 'Show before while held' },
  unbrush: { keys: ['Escape'], scope: 'map', label: 'Pick nothing out any more' },
  exclude: { keys: ['x'], scope: 'map', label: 'Exclude the neuron, or take it back into use' },
  exportMaps: { keys: ['e'], scope: 'map', label: 'Export the calibration as CSV, a row a neuron' },
  freeze: { keys: ['f'], scope: 'scope', label: 'Hold the trace while settings change, or go on' },
  keepTrace: { keys: ['o'], scope: 'scope', label: 'Lay the trace under those to come' },
  again: { keys: ['a'], scope: 'scope', label: 'Another trial of the same' },
  fitAxis: { keys: ['v'], scope: 'scope', label: 'Fit the axis to the trace' },
  zoomCursors: { keys: ['z'], scope: 'scope', label: 'Zoom to what lies between the cursors, or out' },
  previousNeuron: { keys: [',', 'PageUp'], scope: 'scope', label: 'Previous neuron' },
  nextNeuron: { keys: ['.', 'PageDown'], scope: 'scope', label: 'Next neuron' },
  exportTrace: { keys: ['e'], scope: 'scope', label: 'Export the trace as CSV' },
  hold: { keys: ['h'], scope: 'train', label: 'Hold the test sample' },
  filter: { keys: ['/'], scope: 'runs', label: 'Go to the filter' },
  star: { keys: ['s'], scope: 'runs', label: 'Star the run' },
  addToCompare: { keys: ['c'], scope: 'runs', label: 'Add the run to the comparison, or remove it' },
  note: { keys: ['n'], scope: 'runs', label: 'Write a note' },
  rename: { keys: ['r'], scope: 'runs', label: 'Rename the run' },
  exportRun: { keys: ['e'], scope: 'runs', label: 'Export the run in one file' },
  trash: { keys: ['x'], scope: 'runs', label: 'Move the run to the trash, or take it out' },
  exportReport: { keys: ['e'], scope: 'compare', label: 'Save a report of the comparison' },
  differences: { keys: ['d'], scope: 'compare', label: 'Show differing settings only, or all' }
} as const satisfies Record<string, Shortcut>

export type Action = keyof typeof KEYMAP

/** where both work, a key can mean one of two only */
export const overlap = (a: Scope, b: Scope): boolean => a === b || a === 'window' || b === 'window'
