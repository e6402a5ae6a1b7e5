/**
 * The measurement behind one number of a calibration, for the eye: what a routine's check plays is played again on the
 * chip as it stands, and the fast converter's trace of one neuron is kept with the exponential that the routine fits to it.
 * Routines that read the columns' converters alone have no such trace.
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../emulator/chip-port'
import type { ChipPort, Program, Recording } from '../emulator/chip-port'
import { exp } from '../numerics/functions'
import { Bench } from './bench'
import { tauMem } from './routines/membrane-time'
import { tauSynExc, tauSynInh } from './routines/synaptic-time'
import { fitDecay } from './traces'
import type { TargetLists, Targets } from './types'

export interface Evidence {
  /** MADC LSB, every `stepUs` from the end of the stimulus on */
  samples: Uint16Array
  stepUs: number
  /** first sample that was fitted: those before are clipped */
  fitted: number
  /** a·e^(−t/τ) + c through the samples fitted, t from the first of them; null: no decay is seen */
  fit: { tauUs: number; amplitude: number; offset: number; curve: Float64Array } | null
  /** sd of the samples about the fit, MADC LSB; NaN without a fit */
  residualSd: number
}

/** routines whose check fits traces of the fast converter */
const TRACED = [tauMem, tauSynExc, tauSynInh]

/**
 * @param name of a routine
 * @param converterOffsets as the calibration wrote them
 * @returns null where the routine's check records no trace
 */
export function evidenceOf(
  port: ChipPort,
  name: string,
  neuron: number,
  { targets, lists, converterOffsets }: { targets: Targets; lists: TargetLists; converterOffsets: Int8Array }
): Evidence | null {
  const routine = TRACED.find((one) => one.name === name)
  if (!routine) return null
  const traces: Uint16Array[] = []
  const bench = new Bench(
    tapped(port, neuron, (recorded) => traces.push(recorded)),
    targets,
    converterOffsets,
    lists
  )
  const leave = routine.check.prepare(bench)
  routine.check.read(bench, 0)
  leave()
  const last = traces.at(-1)
  return last ? described(last) : null
}

/** the same port, but that the fast converter is connected to one neuron alone and what it records is handed over */
function tapped(port: ChipPort, neuron: number, keep: (trace: Uint16Array) => void): ChipPort {
  const run = (program: Program): Recording => {
    if (!program.trace) return port.run(program)
    const recording = port.run({ ...program, trace: { ...program.trace, neurons: [neuron] } })
    keep(recording.traces.slice(0, recording.traceSamples))
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

function described(trace: Uint16Array): Evidence {
  const start = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  const samples = trace.slice(start)
  const { from, fit } = fitDecay(trace)
  const base = { samples, stepUs: MADC_STEP_US, fitted: from - start }
  if (!Number.isFinite(fit.tau)) return { ...base, fit: null, residualSd: NaN }
  const { tau: tauUs, amplitude, offset } = fit
  const curve = Float64Array.from(
    { length: samples.length - base.fitted },
    (_, k) => offset + amplitude * exp((-k * MADC_STEP_US) / tauUs)
  )
  let squares = 0
  for (let k = 0; k < curve.length; k++) squares += (samples[k + base.fitted] - curve[k]) ** 2
  return {
    ...base,
    fit: { tauUs, amplitude, offset, curve },
    residualSd: Math.sqrt(squares / Math.max(1, curve.length - 3))
  }
}
