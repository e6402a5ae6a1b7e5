/** Runs programs on the present state of a chip and records what its converters and event links deliver. */
import type { Circuits } from '../../../chip/hicann-x/circuits'
import { convert, type Converter } from '../../../chip/hicann-x/column-converter'
import { EVENT_LOSS } from '../../../chip/hicann-x/router'
import { CIRCUITS, COLUMNS, quadrantOf, ROWS } from '../../../chip/hicann-x/topology'
import { InputError } from '../../../errors/input-error'
import { MADC_STEP_US, type Program, type Recording } from '../../chip-port'
import type { TrialNoise } from '../../trial-noise'
import type { Drive } from './drive'
import { GroupMembranes } from './group-membranes'
import type { CircuitGroups } from './groups'
import { MOST_SAMPLES, sampleLine, sampleMembrane, sampleTimes } from './fast-converter'
import { hostOutput, throughLinks } from '../routed/links'
import { Membrane, SPIKING_STEP_US, type Bypass, type Walk } from './membranes'
import { timelineOf } from './timeline'

/** the chip as it is now */
export interface ChipState {
  circuits: Circuits
  /** with joined circuits as one */
  membranes: Circuits
  joined: Uint8Array
  /** the circuits that are more than plain neurons; a group's circuits are recorded together */
  groups: CircuitGroups
  converter: Converter
  dacFactors: Float64Array
  bypass: Bypass | null
  /** 1: the circuit's spikes leave for crossbar and host */
  eventOutput: Uint8Array
  /** above this the fast converter's multiplexer leaks, CADC LSB; Infinity: it does not */
  readoutLimit: number
}

export interface Spike {
  repeat: number
  timeUs: number
  neuron: number
}

/** @param onFire hears every spike, also of those that never reach the host; within a repeat, neuron by neuron */
export function record(
  state: ChipState,
  program: Program,
  drive: Drive,
  trial: TrialNoise,
  onFire?: (repeat: number, timeUs: number, neuron: number) => void
): Recording {
  const repeats = program.repeats ?? 1
  check(program, repeats)
  const reads = program.columnReads ?? []
  const columnReads = new Uint8Array(repeats * reads.length * CIRCUITS)
  const spikes: Spike[] = []
  const hear = (spike: Spike): void => {
    onFire?.(spike.repeat, spike.timeUs, spike.neuron)
    if (program.spikes && state.eventOutput[spike.neuron] && trial.uniform() >= EVENT_LOSS) spikes.push(spike)
  }
  const live = liveTrace(program, state.readoutLimit)
  if (reads.length > 0 || program.spikes || onFire || live) {
    const all = prepare(state, program, drive, reads, trial)
    const traced = live && { ...live, walk: prepare(state, program, drive, [...reads, ...live.times], trial) }
    const top = live && (state.joined[live.neuron % COLUMNS] ? live.neuron % COLUMNS : live.neuron)
    for (let n = 0; n < CIRCUITS; n++) {
      const group = state.groups[n]
      if (group) {
        if (n !== group.circuits[0]) continue
        const mine = traced && group.circuits.includes(traced.neuron) ? traced : null
        const membranes = new GroupMembranes(mine?.walk ?? all, group)
        const seen = group.circuits.map(() => new Float64Array(reads.length + (mine?.times.length ?? 0)))
        for (let repeat = 0; repeat < repeats; repeat++) {
          membranes.present(seen, (neuron, timeUs) => hear({ repeat, timeUs, neuron }))
          group.circuits.forEach((circuit, u) => {
            for (let k = 0; k < reads.length; k++) {
              const at = (repeat * reads.length + k) * CIRCUITS + circuit
              columnReads[at] = convert(state.converter, circuit, seen[u][k], trial.normal())
            }
          })
        }
        mine?.take(seen[group.circuits.indexOf(mine.neuron)], trial)
        continue
      }
      const lower = state.joined[n % COLUMNS] === 1 ? n + COLUMNS : n
      // a joined column is one membrane: the top circuit stands for both
      if (lower >= CIRCUITS) continue
      const mine = n === top ? traced : null
      const membrane = new Membrane(mine?.walk ?? all, n, lower)
      const observed = new Float64Array(reads.length + (mine?.times.length ?? 0))
      for (let repeat = 0; repeat < repeats; repeat++) {
        membrane.present(observed, (timeUs) => hear({ repeat, timeUs, neuron: n }))
        for (let k = 0; k < reads.length; k++) {
          const at = (repeat * reads.length + k) * CIRCUITS
          columnReads[at + n] = convert(state.converter, n, observed[k], trial.normal())
          if (lower !== n) columnReads[at + lower] = convert(state.converter, lower, observed[k], trial.normal())
        }
      }
      mine?.take(observed, trial)
    }
  }
  const { traces, samples } = live
    ? { traces: live.samples, samples: live.times.length }
    : program.trace
      ? recordTraces(state, program, program.trace, drive, trial)
      : { traces: new Uint16Array(0), samples: 0 }
  return {
    columnReads,
    traces,
    traceSamples: samples,
    traceStepUs: MADC_STEP_US,
    spikes: received(spikes)
  }
}

/** spikes as a recording lists them: those that the links to the host can carry */
export function received(spikes: Spike[]): Recording['spikes'] {
  spikes.sort((a, b) => a.repeat - b.repeat || a.timeUs - b.timeUs || a.neuron - b.neuron)
  const arrived = throughLinks(spikes, ({ neuron }) => hostOutput(neuron))
  return {
    repeat: Uint16Array.from(arrived, ({ repeat }) => repeat),
    timeUs: Float64Array.from(arrived, ({ timeUs }) => timeUs),
    neuron: Uint16Array.from(arrived, ({ neuron }) => neuron)
  }
}

function prepare(
  state: ChipState,
  program: Program,
  drive: Drive,
  observations: ArrayLike<number>,
  trial: TrialNoise
): Walk {
  let fine: ReturnType<typeof timelineOf> | undefined
  return {
    membranes: state.membranes,
    drive,
    coarse: timelineOf(program, observations, Infinity),
    fine: () => (fine ??= timelineOf(program, observations, SPIKING_STEP_US)),
    trial,
    bypass: state.bypass
  }
}

function recordTraces(
  state: ChipState,
  program: Program,
  trace: NonNullable<Program['trace']>,
  drive: Drive,
  trial: TrialNoise
): { traces: Uint16Array; samples: number } {
  const times = sampleTimes(trace.fromUs, trace.toUs)
  const samples = times.length
  checkSamples(samples)
  const neurons = trace.neurons ?? Array.from({ length: CIRCUITS }, (_, n) => n)
  const traces = new Uint16Array(neurons.length * samples)
  const walk = prepare(state, program, drive, times, trial)
  const scratch = new Float64Array(samples)
  neurons.forEach((n, index) => {
    if (trace.source === 'membrane') {
      const group = state.groups[n]
      if (group) {
        const all = group.circuits.map(() => new Float64Array(samples))
        new GroupMembranes(walk, group).present(all, () => undefined)
        sampleMembrane(all[group.circuits.indexOf(n)], state.readoutLimit, trial, traces, index * samples)
        return
      }
      const c = n % COLUMNS
      const joined = state.joined[c] === 1
      const membrane = joined ? new Membrane(walk, c, c + COLUMNS) : new Membrane(walk, n, n)
      membrane.present(scratch, () => undefined)
      sampleMembrane(scratch, state.readoutLimit, trial, traces, index * samples)
      return
    }
    const [weights, taus] =
      trace.source === 'lineExc' ? [drive.exc, state.circuits.tauSynExc] : [drive.inh, state.circuits.tauSynInh]
    const dac = state.dacFactors[quadrantOf(n)]
    const weightOf = (event: number): number => weights[event * CIRCUITS + n]
    sampleLine(walk.coarse, weightOf, taus[n], dac, scratch, trial, traces, index * samples)
  })
  return { traces, samples }
}

export interface LiveTrace {
  neuron: number
  times: Float64Array
  samples: Uint16Array
  /** converts the last of these observations, CADC LSB: those at `times` */
  take(observed: Float64Array, trial: TrialNoise): void
}

/** the trace that a program asks for in its own repetition; null: none */
export function liveTrace({ trace, repeats = 1 }: Program, readoutLimit: number): LiveTrace | null {
  if (!trace?.live) return null
  const { source, fromUs, toUs, neurons = [] } = trace
  if (source !== 'membrane' || neurons.length !== 1 || repeats !== 1) {
    throw new InputError('bad-input', 'a live trace is of one membrane, in a program without repeats')
  }
  const times = sampleTimes(fromUs, toUs)
  checkSamples(times.length)
  const samples = new Uint16Array(times.length)
  const take = (observed: Float64Array, trial: TrialNoise): void =>
    sampleMembrane(observed.slice(observed.length - times.length), readoutLimit, trial, samples, 0)
  return { neuron: neurons[0], times, samples, take }
}

export function checkSamples(samples: number): void {
  if (samples <= MOST_SAMPLES) return
  throw new InputError('bad-input', `a trace of ${samples} samples: at most ${MOST_SAMPLES} fit into a recording`)
}

/** what the timeline does not see by itself */
export function check(program: Program, repeats: number): void {
  const refuse = (what: string): never => {
    throw new InputError('bad-input', what)
  }
  if (!(program.durationUs >= 0 && program.durationUs < Infinity)) {
    refuse(`a program of ${program.durationUs} us: the duration is a finite number >= 0`)
  }
  if (!(Number.isInteger(repeats) && repeats >= 1 && repeats <= 65536)) {
    refuse(`${repeats} repeats: a whole number in 1 … 65536`)
  }
  for (const { row } of program.events ?? []) {
    if (!(Number.isInteger(row) && row >= 0 && row < ROWS)) refuse(`event on row ${row}: rows are 0 … ${ROWS - 1}`)
  }
  for (const n of program.trace?.neurons ?? []) {
    if (!(Number.isInteger(n) && n >= 0 && n < CIRCUITS)) refuse(`trace of neuron ${n}: 0 … ${CIRCUITS - 1} exist`)
  }
}
