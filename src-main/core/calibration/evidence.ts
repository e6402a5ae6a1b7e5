/**
 * The measurement behind one number of a calibration, for the eye: what a routine's check plays is played again on the
 * chip as it stands, and the fast converter's trace of one neuron is kept with the curve that says the number: the
 * exponential that the routine fits, the response behind a gain (evidence-response.ts), what lies between two spikes
 * (evidence-refractory.ts).
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../emulator/chip-port'
import type { ChipPort, Program, Recording } from '../emulator/chip-port'
import { InputError } from '../errors/input-error'
import { exp } from '../numerics/functions'
import { Bench } from './bench'
import { tauMem } from './routines/membrane-time'
import { tauSynExc, tauSynInh } from './routines/synaptic-time'
import { residualSd, type Evidence } from './evidence-fit'
import { refractoryEvidence } from './evidence-refractory'
import { responseEvidence } from './evidence-response'
import { refractory } from './routines/refractory'
import { gainExc, gainInh } from './routines/synaptic-gain'
import { fitDecay } from './traces'
import type { TargetLists, Targets } from './types'

/** routines whose check fits traces of the fast converter */
const TRACED = [tauMem, tauSynExc, tauSynInh]

/**
 * @param name of a routine
 * @param converterOffsets as the calibration wrote them
 * @returns null where the routine's check records no trace
 * @throws InputError where the chip has no such neuron
 */
export function evidenceOf(
  port: ChipPort,
  name: string,
  neuron: number,
  { targets, lists, converterOffsets }: { targets: Targets; lists: TargetLists; converterOffsets: Int8Array }
): Evidence | null {
  const { neurons } = port.identity
  if (neuron >= neurons) {
    throw new InputError('bad-input', `neuron: ${neuron} given; allowed: whole numbers 0 … ${neurons - 1}`)
  }
  const settings = { targets, lists, converterOffsets }
  const gain = [gainExc, gainInh].find((one) => one.name === name)
  if (gain) return responseEvidence(port, gain, neuron, settings)
  if (name === refractory.name) return refractoryEvidence(new Bench(port, targets, converterOffsets, lists), neuron)
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
  return {
    ...base,
    fit: { quantity: 'time constant', value: tauUs, unit: 'µs', curve },
    residualSd: residualSd(samples, curve, base.fitted, 3)
  }
}
