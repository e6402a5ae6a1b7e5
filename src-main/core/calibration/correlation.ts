/**
 * Measuring correlation sensors (calix, spiking/correlation_measurement.py): pairs of pulses at one delay to all
 * synapses, and what the sensors have stored then. A sensor reads lower by what it stored, η e^(−Δt / τ) a pair; two
 * delays give both numbers:
 *   τ = (Δt₂ − Δt₁) / ln(r₁ / r₂) ,  η = r₁ e^(Δt₁ / τ) / pairs
 *
 * Before each measurement one pulse of the kind that comes second is sent, because a sensor remembers the last kind it
 * saw (calix, issue 4021).
 */
import { exp, log } from '../numerics/functions'
import type { Bench } from './bench'

const ARRAYS = ['top', 'bottom'] as const
const BRANCHES = ['causal', 'acausal'] as const
const ROWS = 256
const COLUMNS = 256
/** µs between pairs (calix); ten times the longest delay */
const PAIR_US = 500
/** CADC LSB that a measurement should store, for the choice of pairs (calix: 70 / target) */
const STORED = 70
/** below and above these a result tells nothing: noise, saturation (calix, estimate_fit) */
const RELIABLE = { least: 4, most: 156 }
/** a healthy sensor reads at least this after a reset (calix) */
export const LEAST_BASELINE = 120
/** the two delays, in wanted time constants */
const NEAR = 0.1
const FAR = 1.1

/** one number a sensor of each branch, [array][row of those measured][column] */
export interface Branches {
  causal: Float32Array
  acausal: Float32Array
}

/** a measurement under way: sensors connected on some rows, what they read when empty */
export interface Sensors {
  rows: readonly number[]
  baseline: Branches
  pairs: number
}

export const EVERY_ROW: readonly number[] = Array.from({ length: ROWS }, (_, row) => row)
/** rows that stand for all where only medians are asked for: 4096 synapses a quadrant tell them to 0.6 % */
export const SOME_ROWS: readonly number[] = EVERY_ROW.filter((row) => row % 8 === 3)

/** quadrant of each entry of a branch */
export function quadrantOfEntry(entry: number, entries: number): number {
  return 2 * Math.floor((2 * entry) / entries) + Math.floor((entry % COLUMNS) / (COLUMNS / 2))
}

/** Connects the sensors of these rows; comparators off, so that only the program's pulses count. The answer undoes it. */
export function connectSensors(bench: Bench, rows: readonly number[]): () => void {
  const restore = bench.hold({ switches: ['threshold'] })
  bench.setAll({ threshold: 0 })
  const signs = new Int8Array(ROWS)
  for (const row of rows) signs[row] = 1
  for (const array of ARRAYS) bench.port.writeRowSigns(array, signs)
  bench.port.correlation.enable(true)
  return () => {
    bench.port.correlation.enable(false)
    for (const array of ARRAYS) bench.port.writeRowSigns(array, new Int8Array(ROWS))
    restore()
  }
}

/** reads the empty sensors, mean of `reads`; biases and trims may change what they store, biases also what they read */
export function empty(bench: Bench, rows: readonly number[], reads: number): Sensors {
  for (const array of ARRAYS) bench.port.correlation.reset(array)
  const baseline = readAll(bench, rows)
  for (let k = 1; k < reads; k++) {
    const again = readAll(bench, rows)
    for (const branch of BRANCHES) again[branch].forEach((x, i) => (baseline[branch][i] += x))
  }
  for (const branch of BRANCHES) {
    for (let i = 0; i < baseline[branch].length; i++) baseline[branch][i] /= reads
  }
  return { rows, baseline, pairs: Math.max(1, Math.round(STORED / bench.targets.correlation_amplitude)) }
}

function readAll(bench: Bench, rows: readonly number[]): Branches {
  const count = 2 * rows.length * COLUMNS
  const out: Branches = { causal: new Float32Array(count), acausal: new Float32Array(count) }
  const put = (read: { causal: Uint8Array; acausal: Uint8Array }, at: number): void => {
    out.causal.set(read.causal, at)
    out.acausal.set(read.acausal, at)
  }
  ARRAYS.forEach((array, k) => {
    const at = k * rows.length * COLUMNS
    if (rows.length === ROWS) put(bench.port.correlation.readArray(array), at)
    else rows.forEach((row, r) => put(bench.port.correlation.read(array, row), at + r * COLUMNS))
  })
  return out
}

/** what pairs at this delay (post minus pre, µs) leave in both branches, CADC LSB */
export function stored(bench: Bench, { rows, baseline, pairs }: Sensors, delayUs: number): Branches {
  const causal = delayUs > 0
  bench.port.run({ durationUs: 1, ...(causal ? { postPulses: [0.5] } : { prePulses: [0.5] }) })
  for (const array of ARRAYS) bench.port.correlation.reset(array)
  const first = Array.from({ length: pairs }, (_, k) => PAIR_US * (k + 1))
  const second = first.map((us) => us + Math.abs(delayUs))
  bench.port.run({
    durationUs: PAIR_US * (pairs + 2),
    prePulses: causal ? first : second,
    postPulses: causal ? second : first
  })
  const after = readAll(bench, rows)
  return {
    causal: after.causal.map((x, k) => baseline.causal[k] - x),
    acausal: after.acausal.map((x, k) => baseline.acausal[k] - x)
  }
}

export interface Estimates {
  amplitude: Branches
  tau: Branches
}

/** amplitude, CADC LSB a pair, and time constant, µs, of each sensor from two delays; NaN: could not be measured */
export function twoPoint(bench: Bench, sensors: Sensors, farDelay = FAR): Estimates {
  const [near, far] = delaysOf(bench, farDelay)
  const of = (branch: keyof Branches, sign: 1 | -1): { amplitude: Float32Array; tau: Float32Array } => {
    const first = stored(bench, sensors, sign * near)[branch]
    const second = stored(bench, sensors, sign * far)[branch]
    const tau = first.map((r, k) => tauFrom(r, second[k], far - near))
    return { tau, amplitude: first.map((r, k) => (r * exp(near / tau[k])) / sensors.pairs) }
  }
  const [causal, acausal] = [of('causal', 1), of('acausal', -1)]
  return {
    amplitude: { causal: causal.amplitude, acausal: acausal.amplitude },
    tau: { causal: causal.tau, acausal: acausal.tau }
  }
}

/** fewer pairs and a shorter second delay, for what saturates or has decayed */
const EXTREME = { pairs: 1 / 3, far: 0.5 }

/**
 * The same, and what could not be measured that way once more with fewer pairs and a shorter second delay: the strongest of
 * a hundred thousand sensors saturate, the quickest have forgotten all after the longer delay. What then is NaN still is
 * a sensor that cannot be read.
 */
export function everyEstimate(bench: Bench, sensors: Sensors): Estimates {
  const usual = twoPoint(bench, sensors)
  const missing = (['amplitude', 'tau'] as const).some((what) =>
    BRANCHES.some((branch) => usual[what][branch].some((x) => !Number.isFinite(x)))
  )
  if (!missing) return usual
  const pairs = Math.max(1, Math.round(sensors.pairs * EXTREME.pairs))
  const again = twoPoint(bench, { ...sensors, pairs }, EXTREME.far)
  for (const what of ['amplitude', 'tau'] as const) {
    for (const branch of BRANCHES) {
      const [values, others] = [usual[what][branch], again[what][branch]]
      values.forEach((x, k) => {
        if (!Number.isFinite(x)) values[k] = others[k]
      })
    }
  }
  return usual
}

function delaysOf(bench: Bench, far = FAR): [number, number] {
  const tau = bench.targets.correlation_tau
  return [NEAR * tau, far * tau]
}

function tauFrom(near: number, far: number, us: number): number {
  if (!(near >= RELIABLE.least && near <= RELIABLE.most && far > 0 && far < near)) return NaN
  return us / log(near / far)
}

/**
 * Far from the target, where single sensors tell nothing: from medians, so that a search still finds the way. Sensors that
 * stored nothing even of the short delay have forgotten it: their time constant is short, not long.
 */
export function coarse(bench: Bench, near: number, far: number, pairs: number): { amplitude: number; tau: number } {
  const [first, second] = delaysOf(bench)
  const floor = 0.5
  const ratio = Math.max(near, floor) / Math.max(far, floor)
  const tau = near < RELIABLE.least ? 0 : ratio > 1 ? (second - first) / log(ratio) : Infinity
  // a time constant that is all wrong must not spoil the amplitude
  const stretch = Math.min(2, tau > 0 ? exp(first / tau) : 2)
  return { amplitude: (near * stretch) / pairs, tau }
}

/** both branches' mean, the number that biases and trims are chosen for: they act on both alike */
export function both({ causal, acausal }: Branches): Float64Array {
  return Float64Array.from(causal, (x, k) => (x + acausal[k]) / 2)
}

/** the near and far measurement of both branches, for `coarse` */
export function nearAndFar(bench: Bench, sensors: Sensors): { near: Float64Array; far: Float64Array } {
  const [near, far] = delaysOf(bench)
  const at = (us: number): Float64Array => {
    const causal = stored(bench, sensors, us).causal
    return both({ causal, acausal: stored(bench, sensors, -us).acausal })
  }
  return { near: at(near), far: at(far) }
}
