/** What is to be said of a block on this very chip: what is written to it, what failed there, what was counted there. */
import type { ChipState, ScopeTrace } from '../../api/types'
import { count, fixed, signed } from '../text/format'
import { times } from '../text/time-base.svelte'
import type { BlockFact } from './block-kinds'
import { halfOf, type Block } from './blocks'

export interface BlockState {
  /** a few words for the list; `warn`: something is not as it should be */
  text: string
  warn: boolean
  facts: BlockFact[]
  /** neurons that failed a routine or are excluded, with the reason */
  neurons: { label: string; list: number[] }[]
}

const NOTHING: BlockState = { text: 'nothing to set', warn: false, facts: [], neurons: [] }

export function blockState(block: Block, state: ChipState, trace: ScopeTrace | null): BlockState {
  const quadrant = state.quadrants.at(block.quadrant)
  const calibrated = state.calibrationUse === 'calibrated'
  const words = calibrated ? 'calibrated' : state.calibrationUse === 'median' ? 'median codes' : 'data sheet codes'
  const top = halfOf(block) === 0
  const halves = top ? state.quadrants.slice(0, 2) : state.quadrants.slice(2)
  switch (block.kind) {
    case 'neurons': {
      if (!quadrant) return NOTHING
      const bad = badNeurons(state, block.quadrant)
      const facts = quadrant.switches.map(({ name, low, median, high }) => switched(name, low, median, high))
      return {
        text: `${quadrant.usable}/${quadrant.neurons} usable`,
        warn: quadrant.usable < quadrant.neurons,
        facts,
        neurons: bad
      }
    }
    case 'memory':
      if (!quadrant) return NOTHING
      return {
        text: words,
        warn: !calibrated,
        facts: [
          ...quadrant.cells.map(({ name, low, median, high }) => range(CELLS[name] ?? name, low, median, high)),
          ...quadrant.shared.map(({ name, code }) => ({
            label: CELLS[name] ?? name,
            value: fixed(code),
            unit: 'shared'
          }))
        ],
        neurons: []
      }
    case 'synapses': {
      if (!quadrant) return NOTHING
      const bias = quadrant.shared.find(({ name }) => name === 'synapseDacBias')
      return {
        text: bias ? `DAC bias ${fixed(bias.code)}` : words,
        warn: false,
        facts: [
          ...(bias ? [{ label: 'Synapse DAC bias', value: fixed(bias.code), unit: 'code' }] : []),
          { label: 'Weights', value: 'written by each run', unit: 'see Synapses' }
        ],
        neurons: []
      }
    }
    case 'converters':
      return {
        text: words,
        warn: !calibrated,
        facts: halves.flatMap((q) => [
          {
            label: `Q${q.index}, channel offset`,
            value: `${signed(q.converterOffset.median)}`,
            unit: `(${signed(q.converterOffset.low)} … ${signed(q.converterOffset.high)}) LSB`
          },
          ...q.shared
            .filter(({ name }) => name.startsWith('converter'))
            .map(({ name, code }) => ({
              label: `Q${q.index}, ${CELLS[name] ?? name}`,
              value: fixed(code),
              unit: 'code'
            }))
        ]),
        neurons: []
      }
    case 'drivers':
      return driverState(top, state, trace)
    case 'crossbar':
      return counted(trace, state.nodes.length)
    case 'links':
      return linkState(trace)
    case 'fast':
      return trace?.axis.unit === 'MADC LSB'
        ? { ...NOTHING, text: `on n ${trace.neuron}`, facts: [{ label: 'Connected to', value: `n ${trace.neuron}` }] }
        : { ...NOTHING, text: 'not connected' }
    case 'noise':
      return noiseState(state)
    default:
      return { ...NOTHING, text: 'no program', facts: [{ label: 'Program', value: 'none' }] }
  }
}

function noiseState({ sources }: ChipState): BlockState {
  const on = sources.filter((one) => one.on)
  return {
    ...NOTHING,
    text: on.length === 0 ? 'off' : `${on.length} on`,
    facts: [
      { label: 'Sources switched on', value: String(on.length), unit: 'of 8' },
      ...on.map(({ source, poisson, period }) => ({
        label: `Source ${source}`,
        value: fixed(times.of(0.008 * period), 2),
        unit: `${times.unit('µs')}, ${poisson ? 'Poisson' : 'regular'}`
      }))
    ]
  }
}

function range(label: string, low: number, median: number, high: number): BlockFact {
  return low === high
    ? { label, value: fixed(median) }
    : { label, value: fixed(median), unit: `(${fixed(low)} … ${fixed(high)})` }
}

/** a switch of a quadrant's neurons in words, where all stand alike */
function switched(name: string, low: number, median: number, high: number): BlockFact {
  const { label, words } = SWITCHES[name] ?? { label: name }
  if (!words) return range(label, low, median, high)
  return { label, value: low === high ? (words[low] ?? fixed(low)) : 'differs' }
}

/** what failed in routines that measure this kind of thing */
export function failed(state: ChipState, kind: 'neuron' | 'driver'): { label: string; list: number[] }[] {
  return state.routines.filter(({ per }) => per === kind).map(({ label, failed: list }) => ({ label, list }))
}

/** the 128 drivers of one half: what was measured on them, and which are out of order */
function driverState(top: boolean, state: ChipState, trace: ScopeTrace | null): BlockState {
  const measured = failed(state, 'driver')
  const mine = (list: readonly number[]): number[] => list.filter((k) => k < 128 === top).map((k) => k % 128)
  const dead = new Set(measured.flatMap(({ list }) => mine(list)))
  const use = trace
    ? [{ label: 'In the scope’s use', value: count(trace.synapses.rows.length), unit: 'rows a half' }]
    : []
  if (measured.length === 0) {
    const unknown = { label: 'Out of order', value: 'not known', unit: 'drivers were not measured' }
    return { ...NOTHING, text: 'not measured', facts: [unknown, ...use] }
  }
  return {
    text: dead.size > 0 ? `${dead.size} out of order` : 'calibrated',
    warn: dead.size > 0,
    facts: [
      ...measured.map(({ label, list }) => ({ label, value: count(mine(list).length), unit: 'of 128 failed' })),
      ...(dead.size > 0 ? [{ label: 'Out of order', value: [...dead].join(', ') }] : []),
      ...use
    ],
    neurons: []
  }
}

/** of one quadrant */
function badNeurons(state: ChipState, quadrant: number): BlockState['neurons'] {
  const mine = (list: readonly number[]): number[] => list.filter((n) => Math.floor(n / 128) === quadrant)
  return [
    ...failed(state, 'neuron').map(({ label, list }) => ({ label: `failed: ${label}`, list: mine(list) })),
    { label: 'excluded', list: mine(state.excluded) }
  ].filter(({ list }) => list.length > 0)
}

function counted(trace: ScopeTrace | null, written: number): BlockState {
  const byHand = { label: 'Written by hand', value: count(written), unit: 'of 76 nodes' }
  if (!trace?.crossbar) return { ...NOTHING, text: written ? `${written} by hand` : 'no events yet', facts: [byHand] }
  const sum = (list: ArrayLike<number>): number => Array.from(list).reduce((total, one) => total + one, 0)
  const [passed, dropped] = [sum(trace.crossbar.passed), sum(trace.crossbar.dropped)]
  return {
    text: `${count(passed)} events`,
    warn: dropped > 0,
    facts: [
      { label: 'Left it', value: count(passed), unit: 'events, last trace' },
      { label: 'Dropped', value: count(dropped), unit: 'events, last trace' },
      byHand
    ],
    neurons: []
  }
}

function linkState(trace: ScopeTrace | null): BlockState {
  if (!trace) return { ...NOTHING, text: 'no events yet' }
  return {
    ...NOTHING,
    text: `${count(trace.spikes.neuron.length)} spikes`,
    facts: [
      { label: 'Spikes received', value: count(trace.spikes.neuron.length), unit: 'last trace' },
      { label: 'Events sent', value: count(trace.events.length), unit: 'last trace' }
    ]
  }
}

/** parameter cells and switches as people call them */
const CELLS: Record<string, string> = {
  leak: 'Leak potential',
  reset: 'Reset potential',
  threshold: 'Threshold',
  leakBias: 'Leak bias',
  resetBias: 'Reset bias',
  synapticTauExc: 'Time constant, exc.',
  synapticTauInh: 'Time constant, inh.',
  synapticReferenceExc: 'Input reference, exc.',
  synapticReferenceInh: 'Input reference, inh.',
  synapticGainExc: 'Input gain, exc.',
  synapticGainInh: 'Input gain, inh.',
  offsetCurrent: 'Offset current',
  converterRampOffset: 'ramp offset',
  converterRampSlope: 'ramp slope',
  synapseDacBias: 'Synapse DAC bias'
}

const ON = ['off', 'on']
const RANGE = ['as it is', 'divided by 8', 'times 8']
/** and what each setting means; without words it is a number */
const SWITCHES: Record<string, { label: string; words?: readonly string[] } | undefined> = {
  capacitance: { label: 'Capacitance' },
  leakRange: { label: 'Leak conductance', words: RANGE },
  inputExc: { label: 'Excitatory input', words: ON },
  inputInh: { label: 'Inhibitory input', words: ON },
  highResistanceExc: { label: 'High resistance, exc.', words: ON },
  highResistanceInh: { label: 'High resistance, inh.', words: ON },
  threshold: { label: 'Comparator', words: ON },
  offsetCurrent: { label: 'Offset current', words: ['off', 'into it', 'out of it'] },
  refractory: { label: 'Refractory, cycles' },
  joined: { label: 'Joined with its partner', words: ['no', 'yes'] }
}
