/** Records a program whose events move by themselves: what its repetitions (windows.ts) show of themselves. */
import { convert } from '../../../chip/hicann-x/column-converter'
import { EVENT_LOSS, LABEL_BITS } from '../../../chip/hicann-x/router'
import { CIRCUITS, quadrantOf } from '../../../chip/hicann-x/topology'
import { InputError } from '../../../errors/input-error'
import { MADC_STEP_US, type Program, type Recording } from '../../chip-port'
import { sampleLine, sampleMembrane, sampleTimes } from '../program/fast-converter'
import { throughLinks } from './links'
import { check, checkSamples, liveTrace, received, type Spike } from '../program/recorder'
import { Walkers } from './walkers'
import { present, type RoutedBench } from './windows'
import { timelineOf } from '../program/timeline'

export function recordRouted(bench: RoutedBench): Recording {
  const { state, program, dispatch, trial } = bench
  const repeats = program.repeats ?? 1
  check(program, repeats)
  checkRouted(program)
  const reads = program.columnReads ?? []
  const columnReads = new Uint8Array(repeats * reads.length * CIRCUITS)
  const spikes: Spike[] = []
  const live = liveTrace(program, state.readoutLimit)
  const voltages = new Float64Array(live ? live.times.length : 0)
  const walkers = new Walkers(state, dispatch.rateMode)
  const also = live && {
    circuit: live.neuron,
    times: live.times,
    onObserved: (k: number, v: number): void => void (voltages[k] = v)
  }
  for (let repeat = 0; repeat < repeats; repeat++) {
    const onObserved = (n: number, k: number, v: number): void => {
      const at = (repeat * reads.length + k) * CIRCUITS
      columnReads[at + n] = convert(state.converter, n, v, trial.normal())
    }
    const fired = present(bench, walkers, { repeat, times: reads, only: null, onObserved, ...(also && { also }) })
    for (const spike of program.spikes ? fired : []) {
      if (state.eventOutput[spike.neuron] && trial.uniform() >= EVENT_LOSS) spikes.push(spike)
    }
  }
  live?.take(voltages, trial)
  const { traces, samples } = live
    ? { traces: live.samples, samples: live.times.length }
    : recordTraces(bench, walkers, repeats)
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

/** each neuron in a repetition of its own, after the others */
function recordTraces(bench: RoutedBench, walkers: Walkers, repeats: number): { traces: Uint16Array; samples: number } {
  const { program, trial, state } = bench
  if (!program.trace) return { traces: new Uint16Array(0), samples: 0 }
  const { source, fromUs, toUs, neurons = Array.from({ length: CIRCUITS }, (_, n) => n) } = program.trace
  const times = sampleTimes(fromUs, toUs)
  const samples = times.length
  checkSamples(samples)
  const traces = new Uint16Array(neurons.length * samples)
  const observed = new Float64Array(samples)
  neurons.forEach((n, index) => {
    const arrivals: { timeUs: number; weight: number }[] = []
    const [side, taus] =
      source === 'lineInh' ? (['inh', state.circuits.tauSynInh] as const) : (['exc', state.circuits.tauSynExc] as const)
    present(bench, walkers, {
      repeat: repeats + index,
      times: source === 'membrane' ? times : [],
      only: n,
      onObserved: (circuit, k, v) => {
        if (circuit === n) observed[k] = v
      },
      onArrivals: (timesUs, drive) => {
        if (source === 'membrane') return
        timesUs.forEach((timeUs, k) => arrivals.push({ timeUs, weight: drive[side][k * CIRCUITS + n] }))
      }
    })
    if (source === 'membrane') {
      sampleMembrane(observed, state.readoutLimit, trial, traces, index * samples)
      return
    }
    const events = arrivals.map(({ timeUs }) => ({ timeUs, array: 'both' as const, row: 0 }))
    const timeline = timelineOf({ durationUs: program.durationUs, events }, times, Infinity)
    const dac = state.dacFactors[quadrantOf(n)]
    const weightOf = (event: number): number => arrivals[event].weight
    sampleLine(timeline, weightOf, taus[n], dac, observed, trial, traces, index * samples)
  })
  return { traces, samples }
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
