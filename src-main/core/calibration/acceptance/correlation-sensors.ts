/**
 * What correlation sensors must show on a chip as it stands (calix, tests/hw/py/test_correlation.py), measured for itself,
 * and the curves that people look at: what a pair stores against its delay.
 */
import { exp, log } from '../../numerics/functions'
import { median, quantile, quantiles } from '../../statistics/summary'
import type { Bench } from '../bench'
import {
  both,
  connectSensors,
  empty,
  EVERY_ROW,
  LEAST_BASELINE,
  quadrantOfEntry,
  stored,
  twoPoint
} from '../correlation'
import type { Branches, Estimates, Sensors } from '../correlation'
import type { Check, Curve } from '../types'
import { atLeast, below } from './group'

/** delays of the curves, in wanted time constants */
const DELAYS = [0.1, 0.2, 0.5, 1, 1.5, 2, 3]
const READS = 4
const QUADRANTS = [0, 1, 2, 3]
const BRANCHES = ['causal', 'acausal'] as const
/** share of the synapses that must tell the order of pulses and their distance */
const LEAST_SHARE = 0.8
const FACTOR = 2
const PERCENTILES = [0.3, 0.5, 0.7]
/** CADC LSB by which one result must exceed another to count as larger */
const MARGIN = 2
/** synapses fitted a quadrant */
const FITTED = 1024

interface Sweep {
  sensors: Sensors
  us: number[]
  /** what was stored at each delay: post after pre, and the other way round */
  forward: Branches[]
  backward: Branches[]
}

function sweep(bench: Bench): Sweep {
  const sensors = empty(bench, EVERY_ROW, READS)
  const us = DELAYS.map((x) => x * bench.targets.correlation_tau)
  return {
    sensors,
    us,
    forward: us.map((delay) => stored(bench, sensors, delay)),
    backward: us.map((delay) => stored(bench, sensors, -delay))
  }
}

export function correlationCurves(bench: Bench): Curve[] {
  const leave = connectSensors(bench, EVERY_ROW)
  const { sensors, us, forward, backward } = sweep(bench)
  leave()
  return BRANCHES.flatMap((branch) =>
    QUADRANTS.map((q) => {
      const at = (branch === 'causal' ? forward : backward).map((one) => inQuadrant(one[branch], q))
      const [p10, p50, p90] = [0.1, 0.5, 0.9].map(() => new Float64Array(at.length))
      at.forEach((list, k) => {
        ;[p10[k], p50[k], p90[k]] = quantiles(list, [0.1, 0.5, 0.9]).map((x) => x / sensors.pairs)
      })
      return {
        name: `quadrant ${q}, ${branch}`,
        x: branch === 'causal' ? 'delay of post after pre, µs' : 'delay of pre after post, µs',
        y: 'stored by a pair, LSB',
        at: Float64Array.from(us),
        p10,
        p50,
        p90
      }
    })
  )
}

function inQuadrant(values: Float32Array | Float64Array, q: number): Float64Array {
  const out = new Float64Array(values.length / QUADRANTS.length)
  let count = 0
  for (let k = 0; k < values.length; k++) if (quadrantOfEntry(k, values.length) === q) out[count++] = values[k]
  return out
}

export function inspectSensors(bench: Bench): Check[] {
  const leave = connectSensors(bench, EVERY_ROW)
  const measured = sweep(bench)
  const estimates = twoPoint(bench, measured.sensors)
  leave()
  const { correlation_amplitude, correlation_tau } = bench.targets
  return [
    baselineCheck(bench, measured.sensors),
    ...orderChecks(measured),
    percentileCheck('amplitude', estimates.amplitude, correlation_amplitude),
    percentileCheck('time constant', estimates.tau, correlation_tau),
    ...fitChecks(measured, estimates)
  ]
}

/** the lowest reading of an empty sensor behind a working converter channel, but for one in a thousand */
function baselineCheck(bench: Bench, { baseline }: Sensors): Check {
  const working = Array.from(baseline.causal).filter((_, k) => !bench.blind[columnOf(k, baseline.causal.length)])
  const lowest = quantile(working, 0.001)
  return atLeast('Correlation: reading of empty sensors', lowest, LEAST_BASELINE, 'LSB')
}

function columnOf(entry: number, entries: number): number {
  return Math.floor((2 * entry) / entries) * 256 + (entry % 256)
}

function orderChecks({ forward, backward }: Sweep): Check[] {
  const [near, far] = [0, DELAYS.length - 1]
  const share = (holds: (k: number) => boolean): number => {
    let count = 0
    const { length } = forward[near].causal
    for (let k = 0; k < length; k++) if (holds(k)) count++
    return count / length
  }
  const one = (name: string, holds: (k: number) => boolean): Check => {
    return atLeast(`Correlation: ${name}`, share(holds), LEAST_SHARE)
  }
  return [
    one('causal above acausal, pre before post', (k) => forward[near].causal[k] > forward[near].acausal[k] + MARGIN),
    one('acausal above causal, post before pre', (k) => backward[near].acausal[k] > backward[near].causal[k] + MARGIN),
    one('decay with delay, causal', (k) => forward[near].causal[k] > forward[far].causal[k] + MARGIN),
    one('decay with delay, acausal', (k) => backward[near].acausal[k] > backward[far].acausal[k] + MARGIN)
  ]
}

/** how far the 30th, 50th and 70th percentiles of any quadrant and branch are off, as a factor */
function percentileCheck(name: string, values: Branches, target: number): Check {
  let worst = 1
  for (const branch of BRANCHES) {
    for (const q of QUADRANTS) {
      for (const percentile of quantiles(inQuadrant(values[branch], q), PERCENTILES)) {
        const ratio = percentile / target
        worst = Math.max(worst, ratio > 0 ? Math.max(ratio, 1 / ratio) : Infinity)
      }
    }
  }
  return below(`Correlation: percentiles of the ${name}, factor off`, worst, FACTOR)
}

/** the two-point estimate against a fit over all delays, medians: amplitude 0.2 + 20 %, time constant 1 µs + 30 % */
function fitChecks({ sensors, us, forward }: Sweep, { amplitude, tau }: Estimates): Check[] {
  const count = forward[0].causal.length
  const step = Math.max(1, Math.floor(count / (QUADRANTS.length * FITTED)))
  // odd, so that the sample walks through the columns
  const every = step % 2 === 0 ? step + 1 : step
  const fits: { amplitude: number; tau: number }[] = []
  for (let k = 0; k < count; k += every) {
    fits.push(
      fitDecay(
        us,
        forward.map((one) => one.causal[k] / sensors.pairs)
      )
    )
  }
  const fitted = { amplitude: median(fits.map((f) => f.amplitude)), tau: median(fits.map((f) => f.tau)) }
  const off = (estimate: number, fit: number, relative: number, absolute: number): number =>
    Math.abs(estimate - fit) / (absolute + relative * fit)
  const amplitudeOff = off(
    median(both({ causal: amplitude.causal, acausal: amplitude.causal })),
    fitted.amplitude,
    0.2,
    0.2
  )
  const tauOff = off(median(both({ causal: tau.causal, acausal: tau.causal })), fitted.tau, 0.3, 1)
  return [
    below('Correlation: amplitude, fit against two points, of what is allowed', amplitudeOff, 1),
    below('Correlation: time constant, fit against two points, of what is allowed', tauOff, 1)
  ]
}

/** least squares of a e^(−t / τ): a is linear, τ by golden section of the squared error over log τ */
export function fitDecay(times: readonly number[], values: readonly number[]): { amplitude: number; tau: number } {
  const longest = times[times.length - 1]
  const best = (tau: number): { amplitude: number; error: number } => {
    let [ee, ey, yy] = [0, 0, 0]
    times.forEach((t, k) => {
      const e = exp(-t / tau)
      ee += e * e
      ey += e * values[k]
      yy += values[k] * values[k]
    })
    return { amplitude: ey / ee, error: yy - (ey * ey) / ee }
  }
  const GOLDEN = (Math.sqrt(5) - 1) / 2
  let [low, high] = [log(longest / 100), log(longest * 10)]
  for (let k = 0; k < 30; k++) {
    const width = GOLDEN * (high - low)
    const [a, b] = [high - width, low + width]
    if (best(exp(a)).error < best(exp(b)).error) high = b
    else low = a
  }
  const tau = exp((low + high) / 2)
  return { amplitude: best(tau).amplitude, tau }
}
