/** Opens chips from their record: the same chip in every member of a team, with the same settings written to it. */
import { applySettings, defaultSettings, medianSettings } from '../../core/calibration/settings'
import type { ChipPort, Silicon } from '../../core/emulator/chip-port'
import type { NetworkPort } from '../../core/emulator/network-port'
import { openChip } from '../../core/emulator/hicann-x/index'
import type { Config } from '../../core/training/types'
import type { ChipSpec, OnChip } from '../protocol'
import type { Method } from '../methods'

/** @param open another than the usual one keeps what it drew last, see chipOpener */
export function bareChip(chip: Silicon, trialSeed: number, open = openChip): ChipPort {
  return open({ ...chip, trialSeed })
}

/** with its settings written to it: a calibration's, their medians, or the data sheet's */
export function chipWithSettings(spec: OnChip, trialSeed: number, open = openChip): ChipPort {
  const chip = bareChip(spec, trialSeed, open)
  const settings = spec.settings ?? defaultSettings()
  applySettings(chip, spec.median ? medianSettings(settings) : settings)
  return chip
}

export interface OpenNetwork {
  port: NetworkPort
  /** per column, see TrainRequest */
  usable: Uint8Array | null
}

export function openNetwork(
  spec: ChipSpec,
  method: Method,
  config: Config,
  trialSeed: number,
  open = openChip
): OpenNetwork {
  if (spec.kind === 'ideal') return { port: method.ideal(config), usable: null }
  const chip = chipWithSettings(spec, trialSeed, open)
  // a network unit is a column of two joined circuits: excitatory rows reach the upper one, inhibitory rows the lower one
  chip.writeSwitches({ joined: new Uint8Array(chip.identity.neurons).fill(1) })
  return { port: chip.network, usable: spec.usable && columnsOf(spec.usable) }
}

/** a column is made of the circuit n in the top row and n + 256 below it: both must be usable */
export function columnsOf(neurons: Uint8Array): Uint8Array {
  const columns = neurons.length / 2
  return Uint8Array.from({ length: columns }, (_, c) => neurons[c] & neurons[c + columns])
}
