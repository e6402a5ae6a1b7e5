/**
 * What a chip shows of its mismatch before any calibration, measured through its port alone, as it would be on silicon:
 * the data sheet's code for all neurons; only the column converters are trimmed, as whoever measures a membrane has to.
 */
import { Bench } from '../../calibration/bench'
import { takeReading } from '../../calibration/reading'
import { settle, type Routine } from '../../calibration/routine'
import { channelOffsets, rampOffset, rampSlope } from '../../calibration/routines/converter'
import { tauMem } from '../../calibration/routines/membrane-time'
import { leak, reset } from '../../calibration/routines/potentials'
import { tauSynExc, tauSynInh } from '../../calibration/routines/synaptic-time'
import { threshold } from '../../calibration/routines/threshold'
import { applySettings, defaultSettings, NEURONS } from '../../calibration/settings'
import { resolveTargets } from '../../calibration/targets'
import type { ChipPort } from '../../emulator/chip-port'

const READS = { potential: 4, threshold: 6, time: 2 }
const CONVERTER_END = 250
const LINE_CODE = 310
const LINE_READS = 100

/** of each neuron, NaN where it could not be measured (dead circuit, stuck channel, failed fit) */
export interface Spreads {
  /** CADC LSB */
  leak: Float64Array
  reset: Float64Array
  threshold: Float64Array
  /** µs */
  tauMem: Float64Array
  tauSynExc: Float64Array
  tauSynInh: Float64Array
  /** what each channel of the untrimmed converters reads of the same voltage, CADC LSB */
  channel: Float64Array
  /** sd of single conversions of that voltage, CADC LSB */
  channelNoise: Float64Array
}

export function measureSpreads(port: ChipPort): Spreads {
  // all capacitors on, as both published chips had them
  const targets = resolveTargets({ membrane_capacitance: 63 })
  const settings = defaultSettings(targets)
  const bench = new Bench(port, targets, settings.converterOffsets)
  applySettings(port, settings)
  bench.setAll({ inputExc: 0, inputInh: 0, threshold: 0 })
  const { mean: channel, sd: channelNoise } = line(port)
  for (const routine of [rampOffset, rampSlope, channelOffsets]) settle(bench, routine.search(bench))
  const read = (routine: Routine, reads: number): Float64Array =>
    bench.mask(takeReading(bench, routine.check, reads).mean).map((v) => (Number.isFinite(v) ? v : NaN))
  const highest = read(threshold, READS.threshold)
  const decay = read(tauMem, READS.time)
  return {
    leak: read(leak, READS.potential),
    reset: read(reset, READS.potential),
    // a membrane that no comparator stops runs into the converter's end; a dead circuit's does not move at all
    threshold: highest.map((v, n) => (v < CONVERTER_END && decay[n] > 0 ? v : NaN)),
    tauMem: decay,
    tauSynExc: read(tauSynExc, READS.time),
    tauSynInh: read(tauSynInh, READS.time),
    channel: bench.mask(channel),
    channelNoise: bench.mask(channelNoise)
  }
}

function line(port: ChipPort): { mean: Float64Array; sd: Float64Array } {
  const reads = port.readDebugLine(LINE_CODE, LINE_READS)
  const mean = new Float64Array(NEURONS)
  const sd = new Float64Array(NEURONS)
  for (let n = 0; n < NEURONS; n++) {
    let [sum, squares] = [0, 0]
    for (let k = 0; k < LINE_READS; k++) sum += reads[k * NEURONS + n]
    mean[n] = sum / LINE_READS
    for (let k = 0; k < LINE_READS; k++) squares += (reads[k * NEURONS + n] - mean[n]) ** 2
    sd[n] = Math.sqrt(squares / (LINE_READS - 1))
  }
  return { mean, sd }
}

/** intervals of neurons whose leak lies over their threshold */
const FIRING = { leak: 1000, threshold: 400, durationUs: 600, fewest: 20 }

/**
 * Coefficient of variation of each neuron's interspike intervals, leak over threshold; NaN for neurons that hardly fire.
 * Codes as in the public demonstration of a single firing neuron (about 180 over 154 CADC LSB).
 */
export function measureIntervals(port: ChipPort): Float64Array {
  applySettings(port, defaultSettings(resolveTargets({ membrane_capacitance: 63 })))
  port.writeSwitches({ inputExc: new Uint8Array(NEURONS), inputInh: new Uint8Array(NEURONS) })
  port.writeNeuron('leak', new Uint16Array(NEURONS).fill(FIRING.leak))
  port.writeNeuron('threshold', new Uint16Array(NEURONS).fill(FIRING.threshold))
  const { spikes } = port.run({ durationUs: FIRING.durationUs, spikes: true })
  const times: number[][] = Array.from({ length: NEURONS }, () => [])
  spikes.neuron.forEach((n, k) => times[n].push(spikes.timeUs[k]))
  return Float64Array.from(times, (list) => {
    const intervals = list.slice(1).map((t, k) => t - list[k])
    if (intervals.length < FIRING.fewest) return NaN
    const mean = intervals.reduce((a, b) => a + b, 0) / intervals.length
    // an event lost on the way to the host leaves a double interval: not the neuron's variation
    const whole = intervals.filter((x) => x < 1.7 * mean)
    const centre = whole.reduce((a, b) => a + b, 0) / whole.length
    return Math.sqrt(whole.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (whole.length - 1)) / centre
  })
}

/** a volley: all neurons wait near their thresholds and get one strong excitatory event */
const VOLLEY = {
  threshold: 300,
  gain: 800,
  dacBias: 1000,
  leakBias: 1022,
  capacitance: 0,
  rows: 16,
  weight: 63,
  atUs: 5,
  durationUs: 8,
  settleUs: 4
}

export interface Volley {
  /** spikes of the volley that the neurons' own counters saw, and that the host received */
  fired: number
  received: number
}

export function measureVolley(port: ChipPort): Volley {
  const targets = resolveTargets({ membrane_capacitance: VOLLEY.capacitance })
  applySettings(port, defaultSettings(targets))
  const bench = new Bench(port, targets, new Int8Array(NEURONS))
  port.writeNeuron('threshold', new Uint16Array(NEURONS).fill(VOLLEY.threshold))
  port.writeNeuron('synapticGainExc', new Uint16Array(NEURONS).fill(VOLLEY.gain))
  port.writeQuadrant('synapseDacBias', new Uint16Array(4).fill(VOLLEY.dacBias))
  // a strong leak: what the unmatched input references add then moves no membrane
  port.writeNeuron('leakBias', new Uint16Array(NEURONS).fill(VOLLEY.leakBias))
  // one spike a neuron: the refractory period outlasts the program
  bench.setAll({ inputInh: 0, refractory: 255 })
  bench.connectRows(1, VOLLEY.rows, VOLLEY.weight)
  const events = Array.from({ length: VOLLEY.rows }, (_, row) => ({
    timeUs: VOLLEY.atUs,
    array: 'both' as const,
    row
  }))
  port.routing.enableSpikeCounters(true)
  const count = (): number => port.routing.readSpikeCounters().count.reduce((sum, spikes) => sum + spikes, 0)
  // those that fire by themselves are counted without the events
  const before = count()
  const silent = port.run({ durationUs: VOLLEY.durationUs, spikes: true })
  const alone = count() - before
  const { spikes } = port.run({ durationUs: VOLLEY.durationUs, events, spikes: true })
  const fired = count() - before - 2 * alone
  port.routing.enableSpikeCounters(false)
  const own = silent.spikes.neuron.length
  return { fired, received: spikes.neuron.length - own }
}
