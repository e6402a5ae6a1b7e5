/**
 * One repetition of a program whose events move by themselves. All membranes walk side by side through windows of time:
 * within a window no spike can come back, because the loop through the crossbar takes longer, so that every event that
 * arrives in it is known when it begins. Inside a window each membrane is walked exactly as in any other program.
 */
import { COLUMNS } from '../../../chip/hicann-x/topology'
import type { Program } from '../../chip-port'
import type { TrialNoise } from '../../trial-noise'
import { SHORTEST_LOOP_US, type Dispatch } from './dispatch'
import type { Drive } from '../program/drive'
import { SPIKING_STEP_US, type Walk } from '../program/membranes'
import type { Pulses } from '../sensors/pulses'
import type { ChipState, Spike } from '../program/recorder'
import type { Walkers } from './walkers'
import { timelineOf } from '../program/timeline'

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

export interface Watch {
  repeat: number
  times: ArrayLike<number>
  /** the only circuit observed; null: all */
  only: number | null
  onObserved(circuit: number, index: number, v: number): void
  /** besides, one circuit's membrane is observed at further times */
  also?: { circuit: number; times: Float64Array; onObserved(index: number, v: number): void }
  /** hears what arrives in each window: times, and what it adds to each synaptic input */
  onArrivals?(times: readonly number[], drive: Drive): void
}

/** one repetition; returns its spikes */
export function present(bench: RoutedBench, walkers: Walkers, watch: Watch): Spike[] {
  const { state, program, dispatch, trial, recurrent } = bench
  // where one is observed and no spike comes back, the others do not matter
  const walking = walkers.begin(recurrent ? null : watch.only)
  // where no comparator is on, noise need not be drawn often enough to make one fire
  const longest = state.circuits.fires.includes(1) ? SPIKING_STEP_US : Infinity
  const pulses: Pulses = { pre: [], prePulses: [], post: [] }
  const spikes: Spike[] = []
  const times = Float64Array.from(watch.times)

  dispatch.begin(watch.repeat, program.durationUs, program.events ?? [], program.labelled ?? [])
  const ends = recurrent ? loopWindows(program.durationUs) : quietWindows(dispatch.times(), program.durationUs)
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
    const walk = (observations: number[], most: number): Walk => {
      const steps = timelineOf(part, observations, most)
      const { membranes, bypass } = state
      return { membranes, drive, coarse: steps, fine: () => steps, trial, linear: dispatch.rateMode, bypass }
    }
    const offsets = seen.map((k) => times[k] - from)
    const steps = walk(offsets, longest)
    const unseen = watch.only === null || seen.length === 0 ? steps : walk([], longest)
    const observations = also ? [...offsets, ...further.map((k) => also.times[k] - from)] : offsets
    const finest = also ? walk(observations, SPIKING_STEP_US) : steps
    watch.onArrivals?.(
      deliveries.map(({ timeUs }) => timeUs),
      drive
    )
    const room: Float64Array[] = []
    const fired: Spike[] = []
    for (const walker of walking) {
      const { circuits } = walker
      const isSeen = watch.only === null || circuits.includes(watch.only)
      const traced = also ? circuits.indexOf(also.circuit) : -1
      const observed = circuits.map((_, c) => (room[c] ??= new Float64Array(observations.length)))
      walker.proceed(traced >= 0 ? finest : isSeen ? steps : unseen, observed, (neuron, afterUs) => {
        fired.push({ repeat: watch.repeat, timeUs: from + afterUs, neuron })
      })
      if (isSeen) seen.forEach((k, j) => circuits.forEach((n, c) => watch.onObserved(n, k, observed[c][j])))
      if (also && traced >= 0) further.forEach((k, j) => also.onObserved(k, observed[traced][seen.length + j]))
    }
    // spikes enter the router in the order of time, whichever neuron was walked first
    fired.sort((a, b) => a.timeUs - b.timeUs || a.neuron - b.neuron)
    for (const spike of fired) {
      if (state.eventOutput[spike.neuron]) dispatch.spike(spike.neuron, spike.timeUs)
      spikes.push(spike)
    }
    from = to
  })
  for (const { neuron, timeUs } of spikes) {
    pulses.post.push({ timeUs, circuit: neuron })
    if (neuron < COLUMNS && state.joined[neuron] === 1) pulses.post.push({ timeUs, circuit: neuron + COLUMNS })
  }
  if (watch.only === null) bench.onRepeat(pulses, spikes)
  return spikes
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
