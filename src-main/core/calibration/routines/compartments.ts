/**
 * Inter-compartment conductance (calix, spiking multi-compartment; hardware.md 5.4): circuits are measured in pairs of
 * neighbours, one membrane on the soma line through its conductance, the other directly. A current into one of them is
 * switched off, and the difference of the two membranes decays with 1 / (2 / tau_icc + 1 / tau_leak), whatever their
 * common part does; ÷4 and ×4 of the conductance are chosen as for the leak. tau_icc is the membrane's capacitance over
 * the conductance. The switches that connect circuits are left as they were: pairs are the experiment's business.
 */
import { MADC_INVALID_US, MADC_STEP_US } from '../../emulator/chip-port'
import { fitExponential } from '../../statistics/fits'
import { median } from '../../statistics/summary'
import type { Bench } from '../bench'
import { cellTask, dynamicsSetting } from '../routine'
import type { Routine } from '../routine'
import { HIGHEST_CODE, NEURONS } from '../settings'

/**
 * Wished difference between the membranes of the median pair, CADC LSB, and the most that the current may raise the one
 * that it flows into: the common part comes on top, and pairs whose current is half as large again must still be seen by
 * the fast converter, which ends 240 LSB above a usual leak (hardware.md 1.5). The code that both are scaled from.
 */
const DIFFERENCE = 80
const RISE = 130
const CODE_PROBE = 50
const LEAST_AMPLITUDE = 10
const NONE = new Uint8Array(NEURONS)
const even = (n: number): number => (n % 2 === 0 ? 1 : 0)
const mask = (f: (n: number) => number): Uint8Array => Uint8Array.from({ length: NEURONS }, (_, n) => f(n))

/** connects pairs (0, 1), (2, 3), …; `left`: the even circuits through their conductances */
function connect(bench: Bench, left: boolean): void {
  const through = mask((n) => (left ? even(n) : 1 - even(n)))
  bench.port.writeDynamics({ conductance: through, somaLine: through.map((x) => 1 - x), somaRight: mask(even) })
}

function disconnect(bench: Bench): void {
  bench.port.writeDynamics({ conductance: NONE, somaLine: NONE, somaRight: NONE })
}

/** traces averaged before a fit: pairs with little current differ by a few LSB more than they are noisy by */
const TRACES = 4

/** decay time of the difference within each pair, µs, of the pair's two circuits */
function differenceTimes(bench: Bench, pulseUs: number, lengthUs: number): Float64Array {
  const fromUs = pulseUs + 0.1
  const recordings = Array.from({ length: TRACES }, () =>
    bench.port.run({
      durationUs: fromUs + lengthUs,
      offsetCurrent: { fromUs: 0, toUs: pulseUs },
      trace: { source: 'membrane', fromUs: fromUs - MADC_INVALID_US, toUs: fromUs + lengthUs }
    })
  )
  const { traceSamples } = recordings[0]
  const first = Math.ceil(MADC_INVALID_US / MADC_STEP_US)
  const difference = new Float64Array(traceSamples)
  const out = new Float64Array(NEURONS)
  for (let n = 0; n < NEURONS; n += 2) {
    difference.fill(0)
    for (const { traces } of recordings) {
      for (let k = first; k < traceSamples; k++) {
        difference[k] += (traces[n * traceSamples + k] - traces[(n + 1) * traceSamples + k]) / TRACES
      }
    }
    const fit = fitExponential(difference, first, traceSamples, MADC_STEP_US)
    out[n] = out[n + 1] = Math.abs(fit.amplitude) >= LEAST_AMPLITUDE ? fit.tau : Infinity
  }
  return out
}

/** tau_icc of every circuit, µs */
function readTau(bench: Bench): Float64Array {
  const { tau_mem: leak, tau_icc } = bench.targets
  const total = 1 / (2 / tau_icc + 1 / leak)
  const pulseUs = Math.max(20, 10 * leak)
  const out = new Float64Array(NEURONS)
  for (const left of [true, false]) {
    connect(bench, left)
    const tau = differenceTimes(bench, pulseUs, Math.max(2, 6 * total))
    for (let n = left ? 0 : 1; n < NEURONS; n += 2) {
      const rate = (1 / tau[n] - 1 / leak) / 2
      out[n] = rate > 0 ? 1 / rate : Infinity
    }
  }
  disconnect(bench)
  return out
}

/** a current into the even circuits that gives the wished difference */
function prepare(bench: Bench): () => void {
  const restore = bench.hold({
    cells: ['offsetCurrent'],
    switches: ['threshold', 'offsetCurrent', 'inputExc', 'inputInh']
  })
  bench.setAll({ threshold: 0, inputExc: 0, inputInh: 0 })
  bench.port.writeSwitches({ offsetCurrent: mask(even) })
  const { tau_mem: leak, tau_icc } = bench.targets
  bench.writeAll('offsetCurrent', CODE_PROBE)
  const shortUs = Math.min(2, leak / 3)
  const pulse = { durationUs: shortUs, columnReads: [0, shortUs], offsetCurrent: { fromUs: 0, toUs: shortUs } }
  const [before, after] = bench.columns(pulse, 30)
  const slope = median(after.filter((_, n) => n % 2 === 0).map((v, k) => (v - before[2 * k]) / shortUs))
  const differs = 1 / (2 / tau_icc + 1 / leak)
  const wanted = Math.min(DIFFERENCE / differs, (2 * RISE) / (leak + differs))
  const code = Math.round((CODE_PROBE * wanted) / slope)
  bench.writeAll('offsetCurrent', slope > 0 ? Math.max(10, Math.min(HIGHEST_CODE - 10, code)) : HIGHEST_CODE)
  return restore
}

/** divides the conductance by 4 where that reaches the target, multiplies where nothing else does */
function chooseRange(bench: Bench): void {
  const shortest = (range: number): Float64Array => {
    bench.port.writeDynamics({ conductanceRange: new Uint8Array(NEURONS).fill(range) })
    bench.writeAll('interCompartment', HIGHEST_CODE - 63)
    return readTau(bench)
  }
  const target = bench.targets.tau_icc
  const divided = shortest(1)
  const plain = shortest(0)
  bench.port.writeDynamics({ conductanceRange: mask((n) => (divided[n] < target ? 1 : plain[n] < target ? 0 : 2)) })
}

export const interCompartment: Routine = {
  name: 'inter_compartment',
  label: 'Inter-compartment time constant',
  symbol: 'τ_icc',
  quantity: 'decay of the difference of two connected membranes, less the leak',
  unit: 'µs',
  ...dynamicsSetting('interCompartment'),
  target: (targets) => targets.tau_icc,
  search: (bench) => {
    const finish = prepare(bench)
    chooseRange(bench)
    const target = bench.targets.tau_icc
    return cellTask(bench, 'interCompartment', { sign: -1, target, measure: () => readTau(bench), finish })
  },
  // one reading takes as long as ten of other routines, and its fits are good to a per cent
  check: { mostReads: 2, prepare, read: readTau }
}
