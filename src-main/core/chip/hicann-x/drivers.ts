/**
 * The synapse drivers: 128 a hemisphere. Driver d listens to bus d mod 4 at position d div 4 and feeds rows 2d and
 * 2d + 1 (halco synapse_driver.cpp). It takes an event if the event's row address equals its position in all bits that
 * the compare mask asks for.
 *
 * Short-term plasticity after Tsodyks and Markram 1997, as a driver has it: one stored voltage, drawn towards V_charge by
 * each event and back to V_recover in between. With s the share of the way to V_charge:
 *   an event is sent with the efficacy at s ,  then s += U · (1 − s) ,  between events ds/dt = −s / tau
 *   efficacy(s) = e(V_recover) + (e(V_charge) − e(V_recover)) · s
 * Depression where V_charge gives the weaker pulse, facilitation where it gives the stronger one.
 *
 * Codes, ranges and the two pairs of voltages are calix's and haldls's; how a code becomes U, tau or an efficacy is not
 * published. Assumed: U = utilisation / 16, tau = 160 µs / (recovery + 1), voltage codes 100 … 400 as efficacy 0 … 1.
 */
import { exp } from '../../numerics/functions'
import { Stream } from '../../random/stream'
import { BUSES } from './router'

export const DRIVERS = 128

/** meaning as in `DriverSettings` of routing-port.ts */
type Setting =
  'receiver' | 'compareMask' | 'plastic' | 'utilisation' | 'recovery' | 'target' | 'offset' | 'rate' | 'rateOffset'

/** largest value of each setting, and its value at power-up */
export const DRIVER_SETTINGS: Readonly<Record<Setting, { most: number; at: number }>> = {
  receiver: { most: 1, at: 1 },
  compareMask: { most: 31, at: 31 },
  plastic: { most: 1, at: 0 },
  utilisation: { most: 15, at: 0 },
  recovery: { most: 15, at: 0 },
  target: { most: 1, at: 0 },
  offset: { most: 15, at: 8 },
  rate: { most: 1, at: 0 },
  rateOffset: { most: 63, at: 32 }
}

const LONGEST_RECOVERY_US = 160
const TRIM = { centre: 8, step: 0.02 }
/** log-sd of the pulses of plastic drivers at one setting (assumed; the 4-bit trim is made to remove it) */
const EFFICACY = 0.05
/**
 * Rate mode: the pulse is as long as the event's lower five bits say. Spreads of the ramp that measures it: log-sd of the
 * slope of quadrants and of drivers (hardware.md 7, 8), sd of the offset and step of its 6-bit trim in activations
 * (assumed, so that the trim reaches three sd).
 */
const RATE = { largest: 31, quadrant: 0.1, slope: 0.05, offset: 1, trim: 0.1, centre: 32 }
/** ramp current at which slopes are as drawn; they are taken as proportional to it (calix searches 200 … 900 from 500) */
export const RAMP_CODE = 500
/** voltage codes that give efficacy 0 and 1 */
const VOLTAGE = { none: 100, full: 400 }

export function busOf(driver: number): number {
  return driver % BUSES
}

/** whether the driver takes an event of this 5-bit row address */
export function matches(driver: number, compareMask: number, row: number): boolean {
  return ((row ^ Math.floor(driver / BUSES)) & compareMask) === 0
}

/** quadrant whose parameter memory biases a driver: even and odd drivers have different ones */
export function driverQuadrant(hemisphere: number, driver: number): number {
  return 2 * hemisphere + (driver % 2)
}

/** relative pulse of each driver of a hemisphere while its plasticity is on */
export function drawDrivers(seed: number, mismatch: number, hemisphere: 0 | 1): Float64Array {
  const source = new Stream(seed, 'hicann-x', 'driver-efficacy', hemisphere)
  return Float64Array.from({ length: DRIVERS }, () => exp(mismatch * EFFICACY * source.normal()))
}

export interface RateDraw {
  slope: Float64Array
  /** activations */
  offset: Float64Array
}

/** the ramps of a hemisphere's drivers in rate mode */
export function drawRates(seed: number, mismatch: number, hemisphere: 0 | 1): RateDraw {
  const stream = (name: string): Stream => new Stream(seed, 'hicann-x', name, hemisphere)
  const [quadrant, slope, offset] = [stream('rate-quadrant'), stream('rate-slope'), stream('rate-offset')]
  const common = [0, 1].map(() => mismatch * RATE.quadrant * quadrant.normal())
  return {
    slope: Float64Array.from({ length: DRIVERS }, (_, d) =>
      exp(common[d % 2] + mismatch * RATE.slope * slope.normal())
    ),
    offset: Float64Array.from({ length: DRIVERS }, () => mismatch * RATE.offset * offset.normal())
  }
}

/** pulse of a driver in rate mode relative to a spike's; activation 0 … 31, of which 0 sends nothing */
export function ratePulse(activation: number, slope: number, offset: number, trim: number): number {
  if (activation === 0) return 0
  return (slope * Math.max(0, activation + offset + RATE.trim * (trim - RATE.centre))) / RATE.largest
}

export interface ShortTerm {
  utilisation: number
  recoveryUs: number
  /** efficacy at V_recover and at V_charge */
  recovered: number
  charged: number
}

/** @param recover, charge voltage codes as held */
export function shortTermOf(utilisation: number, recovery: number, recover: number, charge: number): ShortTerm {
  const efficacy = (code: number): number =>
    Math.max(0, Math.min(1, (code - VOLTAGE.none) / (VOLTAGE.full - VOLTAGE.none)))
  return {
    utilisation: utilisation / 16,
    recoveryUs: LONGEST_RECOVERY_US / (recovery + 1),
    recovered: efficacy(recover),
    charged: efficacy(charge)
  }
}

export function trimmed(own: number, offset: number): number {
  return own + TRIM.step * (offset - TRIM.centre)
}

/** share of the way to V_charge, of one driver */
export interface StoredVoltage {
  share: number
  timeUs: number
}

/** efficacy of an event at `timeUs`, which it then uses up; events in order of time */
export function transmit(stored: StoredVoltage, short: ShortTerm, timeUs: number): number {
  stored.share *= exp((stored.timeUs - timeUs) / short.recoveryUs)
  stored.timeUs = timeUs
  const efficacy = short.recovered + (short.charged - short.recovered) * stored.share
  stored.share += short.utilisation * (1 - stored.share)
  return efficacy
}
