/**
 * Groups of acceptance checks beyond what every routine is held to: each brings the chip into a state of its own, measures
 * and judges. Whoever runs a group writes the chip's settings again afterwards, so a group need not tidy up cells and
 * switches; synapse rows it takes off itself.
 */
import { quantile } from '../../statistics/summary'
import type { Bench } from '../bench'
import type { CalibrationResult, Check, ChipSettings } from '../types'

export interface Situation {
  bench: Bench
  /** the calibration that the chip is said to hold */
  result: CalibrationResult
  /** what the chip holds */
  found: ChipSettings
  /** 1: the neuron counts (it came out of the calibration usable and is not excluded) */
  counted: Uint8Array
}

export interface Group {
  name: string
  label: string
  /** routines that must have been calibrated for the group to say anything */
  needs: readonly string[]
  measure(situation: Situation): Check[]
}

/** entries of the neurons that count */
export function pick(values: ArrayLike<number>, counted: ArrayLike<number>): number[] {
  return Array.from(values).filter((_, n) => counted[n] === 1)
}

/** share of the neurons that count for which it holds; a value that could not be measured does not hold */
export function share(values: ArrayLike<number>, counted: ArrayLike<number>, holds: (x: number) => boolean): number {
  const chosen = pick(values, counted)
  return chosen.filter(holds).length / chosen.length
}

/** quantile of sizes; what could not be measured is endless */
export function sizeQuantile(values: readonly number[], p: number): number {
  return quantile(
    values.map((x) => (Number.isNaN(x) ? Infinity : Math.abs(x))),
    p
  )
}

export function below(name: string, value: number, limit: number, unit = ''): Check {
  return { name, value, limit, unit, relation: '<', passed: value < limit }
}

export function atLeast(name: string, value: number, limit: number, unit = ''): Check {
  return { name, value, limit, unit, relation: '>=', passed: value >= limit }
}
