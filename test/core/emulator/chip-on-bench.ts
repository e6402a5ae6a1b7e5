/** An emulated chip on the bench, for tests of its port. */
import type { ChipPort, NeuronSwitches } from '../../../src-main/core/emulator/chip-port'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { inspect } from '../../../src-main/core/emulator/inspector'

export const codes = (code: number): Uint16Array => new Uint16Array(512).fill(code)
/** codes around `code` that do not pull each other much */
export const spread = (code: number): Uint16Array =>
  Uint16Array.from({ length: 512 }, (_, n) => code + ((n * 37) % 11) - 5)
export const open = (seed = 5, mismatch = 1, trialSeed = 1): ChipPort => openChip({ seed, mismatch, trialSeed })
export function set(port: ChipPort, switches: Partial<Record<keyof NeuronSwitches, number>>): void {
  const arrays = Object.fromEntries(
    Object.entries(switches).map(([key, value]) => [key, new Uint8Array(512).fill(value)])
  )
  port.writeSwitches(arrays)
}
export const column = (reads: Uint8Array, n: number): number[] =>
  Array.from({ length: reads.length / 512 }, (_, k) => reads[k * 512 + n])
export const alive = (port: ChipPort): number[] => {
  const { dead, stuck } = { dead: inspect(port).circuits.dead, stuck: inspect(port).draw.stuck }
  return Array.from({ length: 512 }, (_, n) => n).filter((n) => !dead[n] && stuck[n] < 0)
}
