/**
 * From hidden units (float64) to what the kernels read, relative to each unit's rest: a bin of five steps at once, and
 * the same bin step by step. What the fields mean stands in kernels/emulate-memory.ts and kernels/assembly/layout.ts.
 *
 * An input stage passes R tanh(u), u being the line in units of the stage's range R; the line falls as e^(−s). Around any
 * s = 0, tanh(u e^−s) = t − f s + b s², t = tanh u, f = u (1 − t²), b = f (1/2 − u t). What is passed at a time counts
 * e^(−(time left) / tauMem) at the end of the step or bin; with the mean of s in this weight at 0 the term in f cancels,
 * and the mean over a step or bin is t + b · (variance of s): exact to the second order, at any pace of the membrane.
 */
import { STEPPED_RECORD, STEPS } from '../../kernels/emulate-memory'
import type { HiddenFields } from '../../kernels/emulate-memory'
import { clamped } from '../lif-reference'
import { constantToMembrane, currentToMembrane, decay, noiseKick } from '../propagators'
import { stageFit } from './stage-fit'
import type { StageFit } from './stage-fit'
import { startOf } from './start'
import { lifOf, stageRange } from './units'
import type { Units } from './units'

/** how far the noise of a bin's steps may lead off the straight line to its sum, in sd of a step's noise: 4.5 sd of it */
const NOISE_MARGIN = 5
/** share of a bulge that its estimate may be off, for each part of a time constant that a bin lasts */
const BULGE_MARGIN = 0.3
/** and what it leaves out: parts of what a saturated stage adds in a bin, for the square of the same */
const SHAPE_MARGIN = 0.005

/**
 * Mean and variance of the time since the beginning of an interval, both as parts of it, in the weight
 * e^(−(time left) / tau): a uniform distribution, tilted. Series where the closed form would cancel.
 */
function weightedTime(interval: number, tau: number): { mean: number; variance: number } {
  const x = interval / tau
  if (x < 0.5) {
    const x2 = x * x
    return { mean: 1 / 2 + (x * (1 - x2 / 60)) / 12, variance: (1 - x2 / 20 + (x2 * x2) / 504) / 12 }
  }
  const past = decay(interval, tau)
  return { mean: 1 / (1 - past) - 1 / x, variance: 1 / x ** 2 - past / (1 - past) ** 2 }
}

/** an input stage with the unit's membrane, in the kernel's terms */
interface Stage {
  /** the line that the kernel keeps, for a current of 1 LSB / µs at the beginning of the bin */
  line: number
  /** what the stage's largest current adds to the membrane in a step, and in a bin */
  most: number
  mostBin: number
  /** variance of s over the bin */
  spread: number
  /** s of one step */
  fall: number
}

function stageOf(units: Units, u: number, input: 'exc' | 'inh', stepUs: number): Stage {
  const tau = (input === 'exc' ? units.tauSynExc : units.tauSynInh)[u]
  const range = stageRange((input === 'exc' ? units.limitExc : units.limitInh)[u])
  const tauMem = units.tauMem[u]
  const binUs = stepUs * STEPS
  const spread = weightedTime(binUs, tauMem).variance * (binUs / tau) ** 2
  const mostBin = range * constantToMembrane(binUs, tauMem)
  // so that a small line has exactly its effect
  const line = mostBin > 0 ? currentToMembrane(binUs, tauMem, tau) / (mostBin * (1 + spread / 2)) : 0
  return { line, most: range * constantToMembrane(stepUs, tauMem), mostBin, spread, fall: stepUs / tau }
}

/** lines of a current step of 1 LSB / µs: what the rows of hidden weights are multiplied with */
export function linesOf(units: Units, input: 'exc' | 'inh', stepUs: number): Float64Array {
  return units.tauMem.map((_, u) => stageOf(units, u, input, stepUs).line)
}

export function hiddenFields(units: Units, stepUs: number): HiddenFields {
  const each = (value: (u: number) => number): Float64Array =>
    Float64Array.from({ length: units.count }, (_, u) => value(u))
  const { rest, tauMem, tauSynExc, tauSynInh, noise } = units
  const binUs = stepUs * STEPS
  const exc = Array.from({ length: units.count }, (_, u) => stageOf(units, u, 'exc', stepUs))
  const inh = Array.from({ length: units.count }, (_, u) => stageOf(units, u, 'inh', stepUs))
  const start = Array.from({ length: units.count }, (_, u) => startOf(units, u))
  const pace = each((u) => binUs / Math.min(tauMem[u], tauSynExc[u], tauSynInh[u]))
  const passed = (stages: Stage[], part: (fit: StageFit, most: number) => number): Float64Array =>
    each((u) => part(stageFit(stages[u].spread), stages[u].mostBin))
  // the path's second derivative is that of the passed current, R f / tauSyn with f = u − u (passed / most)²
  const bends = (stages: Stage[], sign: number): Float64Array =>
    each((u) => ((stages[u].mostBin * STEPS * stages[u].fall) / 2) * (1 + sign * BULGE_MARGIN * pace[u]))
  const [excBulge0, inhBulge0] = [bends(exc, 1), bends(inh, -1)]
  const perMost = (bulge: Float64Array, stages: Stage[]): Float64Array =>
    bulge.map((x, u) => (x === 0 ? 0 : x / stages[u].mostBin ** 2))
  return {
    membraneDecay: each((u) => decay(binUs, tauMem[u])),
    noiseSd: each((u) => noiseKick(binUs, tauMem[u], noise[u])),
    slope: units.slope,
    offset: each((u) => units.slope[u] * rest[u] + units.offset[u]),
    readNoise: units.readNoise,
    excLine: each((u) => decay(binUs, tauSynExc[u])),
    inhLine: each((u) => decay(binUs, tauSynInh[u])),
    excUpper0: passed(exc, ({ upper }, most) => most * upper[0]),
    excUpper1: passed(exc, ({ upper }, most) => most * upper[1]),
    excUpper2: passed(exc, ({ upper }, most) => most * upper[2]),
    inhUpper0: passed(inh, ({ upper }, most) => most * upper[0]),
    inhUpper1: passed(inh, ({ upper }, most) => most * upper[1]),
    inhUpper2: passed(inh, ({ upper }, most) => most * upper[2]),
    excLower0: passed(exc, ({ lower }) => lower[0]),
    excLower1: passed(exc, ({ lower }) => lower[1]),
    excLower2: passed(exc, ({ lower }) => lower[2]),
    inhLower0: passed(inh, ({ lower }) => lower[0]),
    inhLower1: passed(inh, ({ lower }) => lower[1]),
    inhLower2: passed(inh, ({ lower }) => lower[2]),
    excBulge0,
    excBulge1: perMost(excBulge0, exc),
    inhBulge0,
    inhBulge1: perMost(inhBulge0, inh),
    level: each((u) => levelOf(units, u, stepUs)),
    threshold: each((u) => units.threshold[u] - rest[u]),
    start: each((u) => start[u].centre),
    startSd: each((u) => start[u].sd)
  }
}

/** where a bin's path may come near the threshold without steps; a bin too long for its estimate always has them */
function levelOf(units: Units, u: number, stepUs: number): number {
  const threshold = units.threshold[u] - units.rest[u]
  if (threshold === Infinity) return Infinity
  const binUs = stepUs * STEPS
  const pace = binUs / Math.min(units.tauMem[u], units.tauSynExc[u], units.tauSynInh[u])
  if (pace > 1) return -Infinity
  const range = Math.max(stageRange(units.limitExc[u]), stageRange(units.limitInh[u]))
  // a stage without limit is linear: nothing is left out of the estimate
  const shape = range < stageRange(Infinity) ? SHAPE_MARGIN * range * binUs * pace ** 2 : 0
  return threshold - shape - NOISE_MARGIN * noiseKick(stepUs, units.tauMem[u], units.noise[u])
}

/** STEPPED_RECORD values a unit, in the order of assembly/layout.ts */
export function fillStepped(table: Float32Array, units: Units, stepUs: number): void {
  for (let u = 0; u < units.count; u++) table.set(steppedRecord(units, u, stepUs), u * STEPPED_RECORD)
}

function steppedRecord(units: Units, u: number, stepUs: number): number[] {
  const [tauMem, tauExc, tauInh] = [units.tauMem[u], units.tauSynExc[u], units.tauSynInh[u]]
  const rest = units.rest[u]
  const clamp = clamped(lifOf(units, u))
  const [exc, inh] = [stageOf(units, u, 'exc', stepUs), stageOf(units, u, 'inh', stepUs)]
  const excGain = currentToMembrane(stepUs, tauMem, tauExc)
  const inhGain = currentToMembrane(stepUs, tauMem, tauInh)
  // the same currents, while the reset switch is closed
  const clampExc = currentToMembrane(stepUs, clamp.tau, tauExc) / excGain
  const clampInh = currentToMembrane(stepUs, clamp.tau, tauInh) / inhGain
  const most = [exc.most * clampExc, exc.most, inh.most, inh.most * clampInh]
  const fall = [exc.fall, exc.fall, inh.fall, inh.fall]
  const rates = (tau: number): number[] => [-1 / tau, 1 / tauExc - 1 / tau, 1 / tauInh - 1 / tau, 0]
  const pm = decay(stepUs, tauMem)
  const counts = [4, 3, 2, 1].map((steps) => decay(steps * stepUs, tauMem))
  const squares = counts.reduce((sum, x) => sum + x * x, 1)
  // Ornstein and Uhlenbeck's process at the ends of steps; within a step its increment flows as a constant current
  const noise = noiseKick(stepUs, tauMem, units.noise[u])
  const shift = noise / (1 - pm)
  const clampShift = clamp.tau / tauMem
  const clampDecay = decay(stepUs, clamp.tau)
  return [
    ...most,
    ...most.map((x, k) => x * fall[k]),
    ...most.map((x, k) => x * fall[k] ** 2),
    ...[0, 1 / excGain, 1 / inhGain, 0],
    ...[0, decay(stepUs, tauExc) / excGain, decay(stepUs, tauInh) / inhGain, 0],
    ...rates(tauMem),
    ...rates(clamp.tau),
    ...[0, 1 / tauExc, 1 / tauInh, 0],
    ...counts,
    pm,
    clampDecay,
    clamp.rest - rest,
    noise,
    shift * clampShift * (1 - clampDecay),
    shift,
    clampShift,
    units.threshold[u] - rest,
    levelOf(units, u, stepUs),
    // the kernel lets one thing happen in a step (0.34 µs): shorter refractory times, never used, would be two
    Math.max(units.refractory[u], stepUs),
    units.refractoryCycle[u],
    STEPS * weightedTime(stepUs * STEPS, tauMem).mean - weightedTime(stepUs, tauMem).mean,
    Math.sqrt(squares),
    1 / squares,
    1 / tauMem,
    0
  ]
}
