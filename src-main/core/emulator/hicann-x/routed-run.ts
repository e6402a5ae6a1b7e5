/**
 * Runs a program whose events move by themselves. All membranes walk side by side through windows of time: within a
 * window no spike can come back, because the loop through the crossbar takes longer, so that every event that arrives
 * in it is known when it begins. Inside a window each membrane is walked exactly as in any other program (membranes.ts).
 */
import { convert } from '../../chip/hicann-x/column-converter'
import { CIRCUITS, COLUMNS } from '../../chip/hicann-x/topology'
import { EVENT_LOSS, LABEL_BITS } from '../../chip/hicann-x/router'
import { InputError } from '../../errors/input-error'
import { MADC_STEP_US, type Program, type Recording } from '../chip-port'
import type { TrialNoise } from '../trial-noise'
import { SHORTEST_LOOP_US, type Dispatch } from './dispatch'
import { sampleMembrane, sampleTimes } from './fast-converter'
import { throughLinks } from './links'
import { Membrane, SPIKING_STEP_US, type Walk } from './membranes'
import type { Pulses } from './pulses'
import { check, checkSamples, liveTrace, received, type ChipState, type Spike } from './recorder'
import { timelineOf } from './timeline'

/** events in one window where no spike comes back: what they do to all circuits is held at once */
const EVENTS_A_WINDOW = 64

export interface RoutedBench {
  state: ChipState
  program: Program
  dispatch: Dispatch
  recurrent: boolean
  trial: TrialNoise
  /** hears each repeat's pulses and spikes when it is over (not those of a trace's repetitions) */
  onRepeat(pulses: Pulses, spikes: readonly Spike[]): void
}

type Settled = ReturnType<Membrane['settled']>

interface Watch {
  repeat: number
  times: ArrayLike<number>
  /** the only circuit observed; null: all */
  only: number | null
  onObserved(circuit: number, index: number, v: number): void
  /** besides, one membrane is observed at further times */
  also?: { circuit: number; times: Float64Array; onObserved(index: number, v: number): void }
}

export function recordRouted(bench: RoutedBench): Recording {
  const { state, program, dispatch, trial } = bench
  const repeats = program.repeats ?? 1
  check(program, repeats)
  checkRouted(program)
  checkNeurons(state)
  const reads = program.columnReads ?? []
  const columnReads = new Uint8Array(repeats * reads.length * CIRCUITS)
  const spikes: Spike[] = []
  const live = liveTrace(program, state.readoutLimit)
  const voltages = new Float64Array(live ? live.times.length : 0)
  const also = live && {
    circuit: joined(state, live.neuron % COLUMNS) ? live.neuron % COLUMNS : live.neuron,
    times: live.times,
    onObserved: (k: number, v: number): void => void (voltages[k] = v)
  }
  for (let repeat = 0; repeat < repeats; repeat++) {
    const onObserved = (n: number, k: number, v: number): void => {
      const at = (repeat * reads.length + k) * CIRCUITS
      columnReads[at + n] = convert(state.converter, n, v, trial.normal())
      const lower = n + COLUMNS
      if (joined(state, n)) columnReads[at + lower] = convert(state.converter, lower, v, trial.normal())
    }
    const fired = present(bench, { repeat, times: reads, only: null, onObserved, ...(also && { also }) })
    if (program.spikes) for (const spike of fired) if (trial.uniform() >= EVENT_LOSS) spikes.push(spike)
  }
  live?.take(voltages, trial)
  const { traces, samples } = live ? { traces: live.samples, samples: live.times.length } : recordTraces(bench, repeats)
  const leaving = dispatch.toHost
    .filter(({ repeat }) => repeat < repeats)
    .sort((a, b) => a.repeat - b.repeat || a.timeUs - b.timeUs || a.output - b.output)
  const host = throughLinks(leaving, ({ output }) => output).filter(() => trial.uniform() >= EVENT_LOSS)
  return {
    columnReads,
    traces,
    traceSamples: samples,
    traceStepUs: MADC_STEP_US,
    spikes: received(spikes),
    hostEvents: {
      repeat: Uint16Array.from(host, ({ repeat }) => repeat),
      timeUs: Float64Array.from(host, ({ timeUs }) => timeUs),
      label: Uint16Array.from(host, ({ label }) => label),
      output: Uint8Array.from(host, ({ output }) => output)
    }
  }
}

/** the windows walk plain neurons */
function checkNeurons(state: ChipState): void {
  const circuit = state.groups.findIndex((group) => group !== null && !group.plain)
  if (circuit < 0) return
  throw new InputError(
    'bad-input',
    `routed events: circuit ${circuit} has adaptation, exponential term, conductance-based input, hold-off or ` +
      'connections switched on, which only programs without them emulate: switch them off'
  )
}

/** each neuron in a repetition of its own, after the others */
function recordTraces(bench: RoutedBench, repeats: number): { traces: Uint16Array; samples: number } {
  const { program, trial } = bench
  if (!program.trace) return { traces: new Uint16Array(0), samples: 0 }
  const { source, fromUs, toUs, neurons = Array.from({ length: CIRCUITS }, (_, n) => n) } = program.trace
  if (source !== 'membrane') {
    throw new InputError('bad-input', `a trace of ${source}: with routed events only the membrane can be traced`)
  }
  const times = sampleTimes(fromUs, toUs)
  const samples = times.length
  checkSamples(samples)
  const traces = new Uint16Array(neurons.length * samples)
  const observed = new Float64Array(samples)
  neurons.forEach((n, index) => {
    const only = joined(bench.state, n % COLUMNS) ? n % COLUMNS : n
    present(bench, { repeat: repeats + index, times, only, onObserved: (_, k, v) => void (observed[k] = v) })
    sampleMembrane(observed, bench.state.readoutLimit, trial, traces, index * samples)
  })
  return { traces, samples }
}

function joined(state: ChipState, n: number): boolean {
  return n < COLUMNS && state.joined[n] === 1
}

/** one repetition; returns its spikes */
function present(bench: RoutedBench, watch: Watch): Spike[] {
  const { state, program, dispatch } = bench
  const circuits = circuitsToWalk(bench, watch.only)
  const states: (Settled | undefined)[] = []
  // where no comparator is on, noise need not be drawn often enough to make one fire
  const longest = state.circuits.fires.includes(1) ? SPIKING_STEP_US : Infinity
  const pulses: Pulses = { pre: [], prePulses: [], post: [] }
  const spikes: Spike[] = []
  const times = Float64Array.from(watch.times)

  dispatch.begin(watch.repeat, program.durationUs, program.events ?? [], program.labelled ?? [])
  const ends = bench.recurrent ? loopWindows(program.durationUs) : quietWindows(dispatch.times(), program.durationUs)
  let from = 0
  ends.forEach((to, index) => {
    const last = index === ends.length - 1
    const deliveries = dispatch.take(to, last)
    const drive = dispatch.drive(deliveries, (pulse) => pulses.pre.push(pulse))
    const within = (t: number): boolean => t >= from && (t < to || (last && t === to))
    const seen = Array.from(times.keys()).filter((k) => within(times[k]))
    const { also } = watch
    const further = also ? Array.from(also.times.keys()).filter((k) => within(also.times[k])) : []
    const part: Program = {
      ...conditions(program, from, to),
      events: deliveries.map(({ timeUs }) => ({ timeUs: timeUs - from, array: 'both', row: 0 }))
    }
    const steps = timelineOf(
      part,
      seen.map((k) => times[k] - from),
      longest
    )
    const unseen = watch.only === null || seen.length === 0 ? steps : timelineOf(part, [], longest)
    const observations = [...seen.map((k) => times[k] - from), ...further.map((k) => (also?.times[k] ?? 0) - from)]
    const finest = also ? timelineOf(part, observations, SPIKING_STEP_US) : steps
    const observed = new Float64Array(observations.length)
    const fired: Spike[] = []
    for (const n of circuits) {
      const isSeen = watch.only === null || watch.only === n
      const timeline = also?.circuit === n ? finest : isSeen ? steps : unseen
      const walk: Walk = {
        membranes: state.membranes,
        drive,
        coarse: timeline,
        fine: () => timeline,
        trial: bench.trial,
        linear: dispatch.rateMode
      }
      const membrane = new Membrane(walk, n, joined(state, n) ? n + COLUMNS : n, true)
      membrane.proceed((states[n] ??= membrane.settled()), observed, (afterUs) => {
        fired.push({ repeat: watch.repeat, timeUs: from + afterUs, neuron: n })
      })
      if (isSeen) seen.forEach((k, j) => watch.onObserved(n, k, observed[j]))
      if (also?.circuit === n) further.forEach((k, j) => also.onObserved(k, observed[seen.length + j]))
    }
    // spikes enter the router in the order of time, whichever neuron was walked first
    fired.sort((a, b) => a.timeUs - b.timeUs || a.neuron - b.neuron)
    for (const spike of fired) {
      dispatch.spike(spike.neuron, spike.timeUs)
      spikes.push(spike)
    }
    from = to
  })
  for (const { neuron, timeUs } of spikes) {
    pulses.post.push({ timeUs, circuit: neuron })
    if (joined(state, neuron)) pulses.post.push({ timeUs, circuit: neuron + COLUMNS })
  }
  if (watch.only === null) bench.onRepeat(pulses, spikes)
  return spikes
}

/** one circuit a membrane; where one is observed and no spike comes back, the others do not matter */
function circuitsToWalk({ state, recurrent }: RoutedBench, only: number | null): number[] {
  if (only !== null && !recurrent) return [only]
  const all = Array.from({ length: CIRCUITS }, (_, n) => n)
  return all.filter((n) => n < COLUMNS || state.joined[n - COLUMNS] === 0)
}

/** ends of windows shorter than the shortest loop */
function loopWindows(durationUs: number): number[] {
  const us = SHORTEST_LOOP_US - 1e-6
  const count = Math.max(1, Math.ceil(durationUs / us))
  return Array.from({ length: count }, (_, k) => (k === count - 1 ? durationUs : (k + 1) * us))
}

function quietWindows(times: Float64Array, durationUs: number): number[] {
  const ends: number[] = []
  for (let k = EVENTS_A_WINDOW; k < times.length; k += EVENTS_A_WINDOW) {
    if (times[k] > (ends.at(-1) ?? 0) && times[k] < durationUs) ends.push(times[k])
  }
  return [...ends, durationUs]
}

/** the program's conditions between two times, which become 0 … duration */
function conditions(program: Program, from: number, to: number): Program {
  const clip = (window: { fromUs: number; toUs: number }): { fromUs: number; toUs: number } => {
    const inside = (t: number): number => Math.max(0, Math.min(to - from, t - from))
    return { fromUs: inside(window.fromUs), toUs: inside(window.toUs) }
  }
  return {
    durationUs: to - from,
    ...(program.offsetCurrent && { offsetCurrent: clip(program.offsetCurrent) }),
    ...(program.forcedReset && { forcedReset: clip(program.forcedReset) })
  }
}

/** what no part of the program would notice */
function checkRouted(program: Program): void {
  const inside = (timeUs: number): void => {
    if (!(timeUs >= 0 && timeUs <= program.durationUs)) {
      throw new InputError('bad-input', `time ${timeUs} us lies outside the program (0 … ${program.durationUs} us)`)
    }
  }
  for (const { timeUs } of program.events ?? []) inside(timeUs)
  for (const timeUs of program.columnReads ?? []) inside(timeUs)
  for (const { timeUs, label } of program.labelled ?? []) {
    inside(timeUs)
    if (!(Number.isInteger(label) && label >= 0 && label < 2 ** LABEL_BITS)) {
      throw new InputError('bad-input', `event of label ${label}: labels are 0 … ${2 ** LABEL_BITS - 1}`)
    }
  }
  for (const window of [program.offsetCurrent, program.forcedReset, program.trace]) {
    if (window) [window.fromUs, window.toUs].forEach(inside)
  }
}
