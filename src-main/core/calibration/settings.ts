/**
 * Complete chip settings: the known state that a calibration starts from, the data-sheet codes of a chip that was never
 * calibrated, and the way settings get onto a chip.
 */
import { REFRACTORY_CLOCK_MHZ } from '../emulator/chip-port'
import type { ChipPort, NeuronCell, NeuronSwitches, QuadrantCell } from '../emulator/chip-port'
import { median } from '../statistics/summary'
import { applyFurther, medianFurther, readFurther } from './further-settings'
import { mapRecord } from './record'
import { peakHeight } from './response'
import { resolveTargets } from './targets'
import type { ChipSettings, FurtherPart, Targets } from './types'

export const NEURONS = 512
export const QUADRANTS = 4
/** 1023 would mean "do not refresh" (haldls, capmem.h) */
export const HIGHEST_CODE = 1022

/**
 * Mean codes that a calibration of one published chip came to (fmi-basel/brainscales-2-surrogate-gradients, cube 66):
 * what anyone would try first on an unknown chip for leak 80, reset 80, threshold 150, 6 µs.
 */
const DATA_SHEET: Readonly<Record<NeuronCell, number>> = {
  leak: 629,
  reset: 625,
  threshold: 389,
  leakBias: 158,
  resetBias: 1022,
  synapticTauExc: 84,
  synapticTauInh: 78,
  synapticReferenceExc: 310,
  synapticReferenceInh: 310,
  synapticGainExc: 500,
  synapticGainInh: 500,
  offsetCurrent: 0
}

const DATA_SHEET_QUADRANT: Readonly<Record<QuadrantCell, number>> = {
  converterRampOffset: 31,
  converterRampSlope: 369,
  synapseDacBias: 1000
}

export const NEURON_CELLS = Object.keys(DATA_SHEET) as NeuronCell[]
export const QUADRANT_CELLS = Object.keys(DATA_SHEET_QUADRANT) as QuadrantCell[]

/** refractory counter for a time in µs, 1 … 255: the nearest whole number of clock cycles */
export function refractoryCycles(us: number): number {
  return Math.max(1, Math.min(255, Math.round(us * REFRACTORY_CLOCK_MHZ)))
}

/** switches of a finished calibration: both inputs connected, comparator on, every circuit on its own */
function finalSwitches(targets: Targets): NeuronSwitches {
  const all = (value: number): Uint8Array => new Uint8Array(NEURONS).fill(value)
  return {
    capacitance: all(targets.membrane_capacitance),
    leakRange: all(0),
    inputExc: all(1),
    inputInh: all(1),
    highResistanceExc: all(1),
    highResistanceInh: all(1),
    threshold: all(1),
    offsetCurrent: all(0),
    refractory: all(refractoryCycles(targets.refractory_time)),
    joined: all(0)
  }
}

/** what the data-sheet codes stand for: time constants at capacitance 63, and the response to an event at these, LSB/weight */
const DATA_SHEET_AT = { tauUs: 6, capacitance: 63, response: 0.28, gain: 500, dacBias: 1000 }

/** data-sheet codes, the same for all neurons: the best guess for a chip that was never calibrated */
export function defaultSettings(targets: Targets = resolveTargets()): ChipSettings {
  const { tauUs, capacitance, response, gain } = DATA_SHEET_AT
  const code = (value: number): number => Math.max(1, Math.min(HIGHEST_CODE, Math.round(value)))
  // currents scale with what they have to charge (hardware: C is proportional to setting + 3) and how fast
  const smaller = (targets.membrane_capacitance + 3) / (capacitance + 3)
  // as much of the strength as can be by the gain: the line's voltage stays in the linear range of the input stage
  const gm = targets.i_synin_gm
  // the same current gives a higher response the longer it lasts
  const lasting = peakHeight(tauUs, tauUs) / peakHeight(targets.tau_mem, targets.tau_syn_exc)
  const strength = (((gain * targets.synaptic_response * lasting) / response) * smaller) / gm
  const dac = code(DATA_SHEET_AT.dacBias * strength)
  const codes = {
    ...DATA_SHEET,
    leakBias: code((DATA_SHEET.leakBias * smaller * tauUs) / targets.tau_mem),
    synapticTauExc: code((DATA_SHEET.synapticTauExc * tauUs) / targets.tau_syn_exc),
    synapticTauInh: code((DATA_SHEET.synapticTauInh * tauUs) / targets.tau_syn_inh),
    synapticGainExc: gm,
    synapticGainInh: gm
  }
  return {
    neuron: mapRecord(codes, (code) => new Uint16Array(NEURONS).fill(code)),
    quadrant: mapRecord({ ...DATA_SHEET_QUADRANT, synapseDacBias: Math.min(targets.synapse_dac_bias, dac) }, (code) =>
      new Uint16Array(QUADRANTS).fill(code)
    ),
    switches: finalSwitches(targets),
    converterOffsets: new Int8Array(NEURONS)
  }
}

/**
 * The median calibrated code of every neuron cell (and switch) for all neurons; converter and quadrant settings are
 * kept. This is the "uncalibrated" chip to which calibration is compared.
 */
export function medianSettings(settings: ChipSettings): ChipSettings {
  const middle = (values: ArrayLike<number>): number => Math.round(median(values))
  return {
    neuron: mapRecord(settings.neuron, (codes) => new Uint16Array(codes.length).fill(middle(codes))),
    quadrant: mapRecord(settings.quadrant, (codes) => codes.slice()),
    switches: mapRecord(settings.switches, (values) => new Uint8Array(values.length).fill(middle(values))),
    converterOffsets: settings.converterOffsets.slice(),
    ...medianFurther(settings)
  }
}

/** Writes everything; the analog cells land with new write noise, as on a real chip. */
export function applySettings(port: ChipPort, settings: ChipSettings): void {
  for (const cell of QUADRANT_CELLS) port.writeQuadrant(cell, settings.quadrant[cell])
  for (const cell of NEURON_CELLS) port.writeNeuron(cell, settings.neuron[cell])
  port.writeSwitches(settings.switches)
  port.writeConverterOffsets(settings.converterOffsets)
  applyFurther(port, settings)
}

/**
 * What is on the chip now, of the further parts those asked for. The converters' digital offsets cannot be read back:
 * the caller knows what it wrote.
 */
export function readSettings(
  port: ChipPort,
  converterOffsets: Int8Array,
  parts: readonly FurtherPart[] = [],
  acausalOffsets: Int8Array = new Int8Array(NEURONS)
): ChipSettings {
  return {
    neuron: mapRecord(DATA_SHEET, (_, cell) => port.readNeuron(cell).slice()),
    quadrant: mapRecord(DATA_SHEET_QUADRANT, (_, cell) => port.readQuadrant(cell).slice()),
    switches: mapRecord(port.readSwitches(), (values) => values.slice()),
    converterOffsets: converterOffsets.slice(),
    ...readFurther(port, parts, acausalOffsets)
  }
}
