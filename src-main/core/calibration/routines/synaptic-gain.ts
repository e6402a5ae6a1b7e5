/**
 * Synaptic gain (calix, hagen/neuron_synin.py, SynBiasCalib): the change of the membrane over a series of events, made
 * equal for all neurons; the target is the median at a nominal gain, the inhibitory target that of the excitatory
 * input. Each step matches the reference again first, because the offset current grows with the gain.
 *
 * calix takes nominal gain and DAC bias as given, so that chips have synapses of different strength. Here the median
 * neuron is to answer with `synaptic_response`: networks then find the same strength on every chip that can give it. The
 * nominal gain is `i_synin_gm`, and the DAC biases of all quadrants are lowered in proportion to what is needed. The
 * other way round, a low gain behind a strong DAC, would give the same response to one event, but the input stage
 * (hardware.md 2) has a limited range for its line's voltage: where many events come at once it would saturate.
 *
 * calix drives 8 rows at weight 10; a neuron's weight offset (2 LSB rms) would then be taken for gain. Here full
 * weights are used, few events a run, and another set of rows in each run, so that the spread of single synapses
 * averages out as well.
 */
import { median } from '../../statistics/summary'
import type { Bench } from '../bench'
import { averaged } from '../reading'
import { peakHeight, peakTime, responseAt } from '../response'
import { cellTask, neuronSetting, settle } from '../routine'
import type { Check, Routine, Task } from '../routine'
import { HIGHEST_CODE } from '../settings'
import { burst } from '../stimulus'
import { connect, EXC, INH, referenceTask } from './input-reference'
import type { Input } from './input-reference'
import { TAU_MEM_US, TAU_SYN_US } from './preparation'

/** of the events that a gain is read with */
export const WEIGHT = 63
const EVENTS = 15
const EVENT_US = 1
const RUNS = 5
/** column reads averaged in a run */
const READS = 4
/** larger responses are not linear any more (calix) */
const RELIABLE = 60

/** response to `events` events, mean over runs on different rows, in the direction that the input should have */
function amplitude(bench: Bench, input: Input, events: number): Float64Array {
  return averaged(RUNS, (run) => {
    const endUs = 1 + (events + 1) * EVENT_US
    const [before, after] = bench.columns(
      { durationUs: endUs + 1, events: burst(events, 1, EVENT_US, run * events), columnReads: [0.5, endUs] },
      READS
    )
    return after.map((v, n) => input.sign * (v - before[n]))
  })
}

/** low enough that an input of any chip answers linearly, high enough to be seen */
const PROBE_CODE = 200
const PROBE_EVENTS = 3

/** The nominal code of the gain: leaves it written, the references matched to it, and the DAC biases that go with it. */
function nominalCode(bench: Bench, input: Input, write: (code: number) => void): number {
  const highest = bench.targets.i_synin_gm
  const probe = Math.min(PROBE_CODE, highest)
  write(probe)
  const { tau_mem, tau_syn_exc, synaptic_response } = bench.targets
  // `amplitude` reads two steps after the last event
  let shape = 0
  for (let k = 0; k < PROBE_EVENTS; k++) shape += responseAt((k + 2) * EVENT_US, TAU_MEM_US, TAU_SYN_US)
  const wanted = (synaptic_response * WEIGHT * shape) / peakHeight(tau_mem, tau_syn_exc)
  const found = median(amplitude(bench, input, PROBE_EVENTS))
  const part = (probe * wanted) / (found * highest)
  if (part < 1) {
    const matched = bench.port.readQuadrant('synapseDacBias')
    bench.port.writeQuadrant(
      'synapseDacBias',
      matched.map((code) => Math.max(1, Math.round(part * code)))
    )
  }
  write(highest)
  return highest
}

function chooseEvents(bench: Bench, input: Input, nominal: number): NonNullable<Bench['gainTarget']> {
  for (let events = EVENTS; ; events = Math.floor(events * 0.8)) {
    const response = median(amplitude(bench, input, events))
    if (response < RELIABLE || events === 1) return { nominal, events, amplitude: response }
  }
}

function task(bench: Bench, input: Input): Task {
  const rows = EVENTS * RUNS
  bench.connectRows(input.sign, rows, WEIGHT)
  connect(bench, input)
  const match = (reads: number): void => {
    settle(bench, referenceTask(bench, input, bench.restWithoutInput, reads))
  }
  const write = (code: number): void => {
    bench.writeAll(input.gain, code)
    match(READS)
  }
  if (bench.gainTarget) write(bench.gainTarget.nominal)
  else bench.gainTarget = chooseEvents(bench, input, nominalCode(bench, input, write))
  const { nominal, events, amplitude: target } = bench.gainTarget
  return cellTask(bench, input.gain, {
    sign: 1,
    target,
    high: Math.min(HIGHEST_CODE, Math.round(1.8 * nominal + 100)),
    measure: () => {
      match(READS)
      return amplitude(bench, input, events)
    },
    finish: () => {
      bench.disconnectRows(rows)
      bench.setAll({ inputExc: 0, inputInh: 0 })
    }
  })
}

/**
 * Rows that the readings of the finished chip take turns in. They are none of those that the search drives: else the
 * spread of single synapses, which it has made up for on its own rows, would seem to be gone.
 */
const CHECK = { first: 160, rows: 90 }
/** one event a run where it is seen well, so that a strong input stays in range; else as many as give about … LSB */
const SEEN_WELL = 15
const WANTED = 30

/** height of the response to `events` events, scaled to that of one, per weight LSB, at the finished chip's time constants */
function height(bench: Bench, input: Input, events: number, row: number): Float64Array {
  const { tau_mem: tauMem, [`tau_syn_${input.kind}`]: tauSyn } = bench.targets
  const readUs = events === 1 ? 1 + peakTime(tauMem, tauSyn) : 1 + (events + 1) * EVENT_US
  let shape = events === 1 ? 1 : 0
  for (let k = 0; k < events && events > 1; k++) {
    shape += responseAt((k + 2) * EVENT_US, tauMem, tauSyn) / peakHeight(tauMem, tauSyn)
  }
  const [before, after] = bench.columns(
    { durationUs: readUs + 1, events: burst(events, 1, EVENT_US, row), columnReads: [0.5, readUs] },
    1
  )
  return after.map((v, n) => (input.sign * (v - before[n])) / (WEIGHT * shape))
}

/** a reading is the mean over `READS` sets of rows */
function check(input: Input): Check {
  let events = 1
  const reading = (bench: Bench, k: number): Float64Array =>
    averaged(READS, (run) => {
      const row = CHECK.first + (((k * READS + run) * events) % (CHECK.rows - events + 1))
      return height(bench, input, events, row)
    })
  return {
    prepare: (bench) => {
      const restore = bench.hold({ switches: ['threshold'] })
      bench.setAll({ threshold: 0 })
      bench.connectRows(input.sign, CHECK.rows, WEIGHT, CHECK.first)
      events = 1
      const single = WEIGHT * median(reading(bench, 0))
      if (single < SEEN_WELL) events = Math.min(EVENTS, Math.ceil(WANTED / Math.max(1, single)))
      return () => {
        bench.disconnectRows(CHECK.rows, CHECK.first)
        restore()
      }
    },
    read: reading
  }
}

function routine(input: Input, label: string, symbol: string): Routine {
  return {
    name: `gain_${input.kind}`,
    label,
    symbol,
    quantity: 'height of the response to an event, per weight LSB',
    unit: 'LSB/weight',
    ...neuronSetting(input.gain),
    target: () => null,
    search: (bench) => task(bench, input),
    check: check(input)
  }
}

export const gainExc = routine(EXC, 'Excitatory synaptic gain', 'g_exc')
export const gainInh = routine(INH, 'Inhibitory synaptic gain', 'g_inh')
