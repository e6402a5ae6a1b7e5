/** Runs calibrations and acceptances on the emulated chip to their end. */
import { accept, type Acceptance } from '../../../src-main/core/calibration/accept'
import type { Group } from '../../../src-main/core/calibration/acceptance/group'
import type { CalibrationRequest } from '../../../src-main/core/calibration/request'
import { calibrate } from '../../../src-main/core/calibration/suite'
import type { CalibrationProgress, CalibrationResult, RoutineResult } from '../../../src-main/core/calibration/types'
import type { ChipPort } from '../../../src-main/core/emulator/chip-port'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'

export const NOBODY = new Uint8Array(512)

export function chip(seed: number, mismatch = 1, trialSeed = 1): ChipPort {
  return openChip({ seed, mismatch, trialSeed })
}

export function calibrated(
  port: ChipPort,
  request: Partial<CalibrationRequest> = {},
  watch: (progress: CalibrationProgress) => void = () => {}
): CalibrationResult {
  const run = calibrate(port, { targets: {}, excluded: NOBODY, reads: 10, ...request })
  let next = run.next()
  while (!next.done) {
    watch(next.value)
    next = run.next()
  }
  return next.value
}

/** the routines' own checks; `more` adds the negative control and groups of further checks */
export function accepted(
  port: ChipPort,
  result: CalibrationResult,
  excluded = NOBODY,
  more: { control?: boolean; groups?: readonly Group[] } = {}
): Acceptance {
  const run = accept(port, result, excluded, { groups: [], ...more })
  let next = run.next()
  while (!next.done) next = run.next()
  return next.value
}

export function routine(result: CalibrationResult, name: string): RoutineResult {
  const found = result.routines.find((r) => r.name === name)
  if (!found) throw new Error(`no routine ${name}`)
  return found
}

export const indices = (mask: ArrayLike<number>): number[] => Array.from(mask).flatMap((x, n) => (x ? [n] : []))
