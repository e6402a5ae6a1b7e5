/** Traces of an emulated chip: core is pure, so the harness can ask it as the compute process does. */
import type { Output, Parsed } from '../../../src-main/contract'
import { applySettings, defaultSettings } from '../../../src-main/core/calibration/settings'
import { settingsState } from '../../../src-main/core/calibration/state'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { takeTrace } from '../../../src-main/core/scope/session'
import { FAILED } from './chips'

type Written = Pick<Output<'chip.state'>['state'], 'nodes' | 'sources'>

export function scopeAnswer(
  { chip, calibration, ...request }: Parsed<'chip.scope'>,
  written: Written
): Output<'chip.scope'> {
  const port = openChip({ seed: 7, mismatch: calibration === 'none' ? 1 : 0.1, trialSeed: request.seed })
  applySettings(port, defaultSettings())
  const trace = takeTrace(port, request, written) as Omit<Output<'chip.scope'>['scope'], 'chip' | 'calibration'>
  return {
    scope: {
      ...trace,
      chip,
      calibration: calibration ?? null,
      calibrationUse: 'calibrated',
      neuron: request.neuron,
      targets: { leak: 80, reset: 80, threshold: 150 }
    }
  }
}

export function stateAnswer(
  chip: string,
  calibrated: boolean,
  excluded: number[],
  written: Written
): Output<'chip.state'> {
  const quadrants = settingsState(null).map((state, index) => ({
    index,
    neurons: 128,
    usable: 128 - FAILED.filter((n) => Math.floor(n / 128) === index).length,
    ...state
  }))
  return {
    state: {
      chip,
      calibration: calibrated ? 'c-12' : null,
      calibrationUse: calibrated ? 'calibrated' : 'default',
      quadrants,
      routines: calibrated ? [{ routine: 'threshold', label: 'Threshold', per: 'neuron', failed: FAILED }] : [],
      excluded,
      ...written
    }
  }
}

/** weights of a network that was never trained, where a trained one would have them */
export function synapsesAnswer(run: string): Output<'runs.synapses'> {
  const weights = new Uint8Array(256 * 512)
  const labels = new Uint8Array(256 * 512)
  const units = new Uint8Array(512)
  for (let n = 0; n < 512; n++) {
    const column = n % 256
    units[n] = column < 246 ? 1 : 2
    for (let row = 0; row < (column < 246 ? 256 : 246); row++) {
      const wave = Math.sin(row / 9 + column / 5) * Math.cos((row * column) / 700) * 40
      weights[row * 512 + n] = Math.max(0, Math.round(n < 256 ? wave : -wave))
      labels[row * 512 + n] = column < 246 ? 0 : 1
    }
  }
  const signs = (sign: number): Int8Array<ArrayBuffer> => new Int8Array(256).fill(sign)
  return { synapses: { run, chip: 'hx-1', weights, labels, units, topSigns: signs(1), bottomSigns: signs(-1) } }
}
