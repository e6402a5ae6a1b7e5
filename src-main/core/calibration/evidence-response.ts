/**
 * The response behind a synaptic gain, for the eye. The routine reads it from the columns' converters at two instants;
 * the same events are played again, a little later, with the fast converter on one membrane, and the response that a leaky
 * membrane gives to them (response.ts) is fitted in height and rest, at the time constants that the routine assumes.
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../emulator/chip-port'
import type { ChipPort, Program, Recording, RowEvent } from '../emulator/chip-port'
import { Bench } from './bench'
import { residualSd, type Evidence } from './evidence-fit'
import { peakHeight, responseAt } from './response'
import { WEIGHT } from './routines/synaptic-gain'
import type { Routine } from './routine'
import type { TargetLists, Targets } from './types'

/** how long the decay is followed after what the routine reads, membrane time constants */
const DECAY = 4

interface Played {
  samples: Uint16Array
  events: readonly RowEvent[]
}

/** @returns null where the routine's check sends no events */
export function responseEvidence(
  port: ChipPort,
  routine: Routine,
  neuron: number,
  { targets, lists, converterOffsets }: { targets: Targets; lists: TargetLists; converterOffsets: Int8Array }
): Evidence | null {
  const played: Played[] = []
  const longer = DECAY * targets.tau_mem
  const bench = new Bench(
    watched(port, neuron, longer, (one) => played.push(one)),
    targets,
    converterOffsets,
    lists
  )
  const leave = routine.check.prepare(bench)
  routine.check.read(bench, 0)
  leave()
  const last = played.at(-1)
  if (!last) return null
  const kind = routine.name === 'gain_inh' ? 'inh' : 'exc'
  return fitted(last, kind === 'exc' ? 1 : -1, targets.tau_mem, targets[`tau_syn_${kind}`])
}

/** programs that read columns after events start so late that the fast converter is valid, and it watches one membrane */
function watched(port: ChipPort, neuron: number, longerUs: number, keep: (one: Played) => void): ChipPort {
  const later = (times: readonly number[]): number[] => times.map((t) => t + MADC_INVALID_US)
  const run = (program: Program): Recording => {
    const { events, columnReads } = program
    if (program.trace || !columnReads || !events || events.length === 0) return port.run(program)
    const durationUs = program.durationUs + MADC_INVALID_US + longerUs
    const moved = events.map((event) => ({ ...event, timeUs: event.timeUs + MADC_INVALID_US }))
    const recording = port.run({
      ...program,
      durationUs,
      events: moved,
      columnReads: later(columnReads),
      trace: { source: 'membrane', fromUs: 0, toUs: durationUs, neurons: [neuron] }
    })
    keep({ samples: recording.traces.slice(0, recording.traceSamples), events: moved })
    return recording
  }
  return new Proxy(port, {
    get(target, key) {
      if (key === 'run') return run
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    }
  })
}

/** least squares of rest + height · Σ response(t − event), heights relative to that of one event */
function fitted({ samples: all, events }: Played, sign: 1 | -1, tauMem: number, tauSyn: number): Evidence {
  const start = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  const samples = all.slice(start)
  const peak = peakHeight(tauMem, tauSyn)
  const shape = Float64Array.from(samples, (_, k) => {
    const t = (start + k) * MADC_STEP_US
    return events.reduce((sum, { timeUs }) => sum + responseAt(t - timeUs, tauMem, tauSyn), 0) / peak
  })
  let [s, ss, y, sy] = [0, 0, 0, 0]
  samples.forEach((value, k) => {
    s += shape[k]
    ss += shape[k] * shape[k]
    y += value
    sy += shape[k] * value
  })
  const n = samples.length
  const height = (n * sy - s * y) / (n * ss - s * s)
  const rest = (y - height * s) / n
  const curve = shape.map((value) => rest + height * value)
  return {
    samples,
    stepUs: MADC_STEP_US,
    fitted: 0,
    fit: {
      quantity: 'height of the response to an event',
      value: (sign * height) / WEIGHT,
      unit: 'MADC LSB/weight',
      curve
    },
    residualSd: residualSd(samples, curve, 0, 2)
  }
}
