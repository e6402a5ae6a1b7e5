/**
 * One trace of the oscilloscope on an opened chip, through its port alone: writes what the stimulus needs, runs one
 * program, gives back the trace with its axes, all spikes of the same repetition, and what the chip's counters say.
 */
import { type ChipPort, MADC_INVALID_US, MADC_STEP_US, type Program, type Recording } from '../emulator/chip-port'
import { readNodes, writeOver, type PlacedNode, NOTHING_WRITTEN, type Written } from './crossbar'
import { checkScope, type ScopeRequest } from './request'
import { connect, EVENT_LABEL, eventTimes, fromHost, onRows, reached, rowsUsed } from './stimulus'

/** period of the column converter when a processor samples with it (hardware.md 1.5; not published as measured) */
const COLUMN_PERIOD_US = 1.7
/**
 * Counts of the fast converter on a membrane: 70 + 2.93 · column count, before the column's own offset and gain
 * (hardware.md 1.5, derived from brainscales2-demos)
 */
const FAST_SCALE = { offset: 70, slope: 2.93 }
/** a count of the column converter is about 4.2 mV (hardware.md 1.5, derived) */
const MILLIVOLTS = 4.2
/** the program begins so much before time 0: what the fast converter delivers first is not valid */
const LEAD_US = MADC_INVALID_US
const HIGHEST_CODE = 1022

export interface ScopeAxis {
  /** of one count, for people: CADC LSB (8 bit) or MADC LSB (10 bit) */
  unit: 'CADC LSB' | 'MADC LSB'
  /** largest count */
  fullScale: number
  /** about so many mV are one count; null: not a membrane's voltage */
  millivolts: number | null
  /** a membrane at v column counts lies at offset + slope · v; null: not a membrane */
  ofColumn: { offset: number; slope: number } | null
}

export interface CrossbarState {
  /** every node there is */
  nodes: PlacedNode[]
  /** events dropped at each of 20 inputs, events that left by each of 12 outputs, during the trace */
  dropped: Uint16Array
  passed: Uint32Array
}

export interface ScopeTrace {
  axis: ScopeAxis
  /** time of the first sample and between two samples, µs; stimulus and spikes have the same zero */
  startUs: number
  stepUs: number
  /** counts */
  samples: Uint16Array
  /** so many of the first samples are not valid */
  invalid: number
  /** input events, µs */
  events: Float64Array
  /** all that reached the host, by time, µs */
  spikes: { timeUs: Float64Array; neuron: Uint16Array }
  /** what the neurons' own counters say (8 bit), and whether they have been all round */
  counted: { count: Uint8Array; overflow: Uint8Array }
  /** null where the events were set on the rows, past the crossbar: lines are traced so */
  crossbar: CrossbarState | null
  /** synapses that the stimulus uses: rows of both arrays, which neurons (1 each), and what is written there */
  synapses: { rows: number[]; neurons: Uint8Array; weight: number; sign: 'exc' | 'inh'; label: number }
  /** hardware time of the program, ms */
  hardwareMs: number
}

/**
 * @param port a chip with its settings written to it; synapses, router and stimulus are overwritten
 * @param written nodes of the crossbar and noise sources, over what the stimulus needs
 * @throws InputError naming the setting that is out of range
 */
export function takeTrace(port: ChipPort, request: ScopeRequest, written: Written = NOTHING_WRITTEN): ScopeTrace {
  checkScope(request, port.identity.neurons)
  const { neuron, converter, source, durationUs, rows } = request
  connect(port, request)
  writeOver(port, written)
  stimulate(port, request)
  const times = eventTimes(request)
  const routed = source === 'membrane'
  const end = LEAD_US + durationUs
  const fast = converter === 'fast'
  const reads = Array.from({ length: Math.floor(end / COLUMN_PERIOD_US + 1e-9) + 1 }, (_, k) => k * COLUMN_PERIOD_US)
  const program: Program = {
    durationUs: end,
    spikes: true,
    ...(routed ? { labelled: fromHost(times, LEAD_US) } : { events: onRows(times, LEAD_US, rows) }),
    ...(fast
      ? { trace: { source, fromUs: 0, toUs: end, neurons: [neuron], live: source === 'membrane' } }
      : { columnReads: reads })
  }
  port.routing.resetEventCounters()
  port.routing.resetSpikeCounters()
  port.routing.enableSpikeCounters(true)
  const before = port.elapsedMs
  const recording = port.run(program)
  return {
    axis: axisOf(request),
    startUs: -LEAD_US,
    stepUs: fast ? MADC_STEP_US : COLUMN_PERIOD_US,
    samples: fast ? recording.traces : columnOf(recording, neuron),
    invalid: fast ? Math.ceil(MADC_INVALID_US / MADC_STEP_US) : 0,
    events: Float64Array.from(times),
    spikes: { timeUs: recording.spikes.timeUs.map((t) => t - LEAD_US), neuron: recording.spikes.neuron },
    counted: port.routing.readSpikeCounters(),
    crossbar: routed ? { nodes: readNodes(port), ...port.routing.readEventCounters() } : null,
    synapses: {
      rows: rowsUsed(rows),
      neurons: reached(request),
      weight: request.weight,
      sign: request.sign,
      label: EVENT_LABEL
    },
    hardwareMs: port.elapsedMs - before
  }
}

/** leak and offset current of the neurons that are stimulated */
function stimulate(port: ChipPort, request: ScopeRequest): void {
  const targets = reached(request)
  const { leakShift, offsetCurrent } = request
  if (leakShift !== 0) {
    const leak = port.readNeuron('leak')
    port.writeNeuron(
      'leak',
      leak.map((code, n) => Math.max(0, Math.min(HIGHEST_CODE, code + targets[n] * leakShift)))
    )
  }
  if (offsetCurrent > 0) {
    port.writeNeuron('offsetCurrent', new Uint16Array(targets.length).fill(offsetCurrent))
    port.writeSwitches({ offsetCurrent: targets })
  }
}

function axisOf({ converter, source }: ScopeRequest): ScopeAxis {
  if (converter === 'column') {
    return { unit: 'CADC LSB', fullScale: 255, millivolts: MILLIVOLTS, ofColumn: { offset: 0, slope: 1 } }
  }
  const membrane = source === 'membrane'
  return {
    unit: 'MADC LSB',
    fullScale: 1023,
    millivolts: membrane ? MILLIVOLTS / FAST_SCALE.slope : null,
    ofColumn: membrane ? FAST_SCALE : null
  }
}

function columnOf({ columnReads }: Recording, neuron: number): Uint16Array {
  return Uint16Array.from({ length: columnReads.length / 512 }, (_, k) => columnReads[k * 512 + neuron])
}
