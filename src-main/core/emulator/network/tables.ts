/**
 * From units (float64) to what the kernels read: exact propagators over one step or bin, relative to each unit's rest.
 * What the fields mean stands with their names in kernels/emulate-memory.ts.
 */
import { RESPONSE_GRID, STEPS } from '../../kernels/emulate-memory'
import type { HiddenFields, ReadoutFields } from '../../kernels/emulate-memory'
import { clamped } from '../lif-reference'
import { currentToMembrane, decay, noiseKick } from '../propagators'
import { lifOf } from './units'
import type { Units } from './units'

export function hiddenFields(units: Units, stepUs: number): HiddenFields {
  const each = (value: (u: number) => number): Float64Array =>
    Float64Array.from({ length: units.count }, (_, u) => value(u))
  const { rest, tauMem, tauSynExc, tauSynInh, noise } = units
  const clamp = Array.from({ length: units.count }, (_, u) => clamped(lifOf(units, u)))
  const clampTau = each((u) => clamp[u].tau)
  const start = Array.from({ length: units.count }, (_, u) => startOf(units, u))
  const membraneDecay = each((u) => decay(stepUs, tauMem[u]))
  const clampDecay = each((u) => decay(stepUs, clampTau[u]))
  const excToMembrane = each((u) => currentToMembrane(stepUs, tauMem[u], tauSynExc[u]))
  const inhToMembrane = each((u) => currentToMembrane(stepUs, tauMem[u], tauSynInh[u]))
  // Ornstein and Uhlenbeck's process at the ends of steps; within a step its increment flows as a constant current.
  const noiseStep = each((u) => noiseKick(stepUs, tauMem[u], noise[u]))
  const noiseShift = each((u) => noiseStep[u] / (1 - membraneDecay[u]))
  const clampShift = each((u) => clampTau[u] / tauMem[u])
  const exc = stageFields(tauSynExc, excToMembrane, units.limitExc, stepUs)
  const inh = stageFields(tauSynInh, inhToMembrane, units.limitInh, stepUs)
  return {
    membraneDecay,
    excDecay: exc.decay,
    inhDecay: inh.decay,
    excBin: exc.bin,
    inhBin: inh.bin,
    excMiddle: exc.middle,
    inhMiddle: inh.middle,
    excMost: exc.most,
    inhMost: inh.most,
    excFall: exc.fall,
    inhFall: inh.fall,
    excBend: exc.bend,
    inhBend: inh.bend,
    noiseStep,
    slope: units.slope,
    offset: each((u) => units.slope[u] * rest[u] + units.offset[u]),
    readNoise: units.readNoise,
    threshold: each((u) => units.threshold[u] - rest[u]),
    clampDecay,
    clampExc: each((u) => currentToMembrane(stepUs, clampTau[u], tauSynExc[u]) / excToMembrane[u]),
    clampInh: each((u) => currentToMembrane(stepUs, clampTau[u], tauSynInh[u]) / inhToMembrane[u]),
    clampNoise: each((u) => noiseShift[u] * clampShift[u] * (1 - clampDecay[u])),
    clampRest: each((u) => clamp[u].rest - rest[u]),
    // the kernel lets one thing happen in a step (0.34 µs): shorter refractory times, never used, would be two
    refractory: each((u) => Math.max(units.refractory[u], stepUs)),
    refractoryCycle: units.refractoryCycle,
    membraneRate: each((u) => 1 / tauMem[u]),
    clampRate: each((u) => 1 / clampTau[u]),
    excRate: each((u) => 1 / tauSynExc[u]),
    inhRate: each((u) => 1 / tauSynInh[u]),
    noiseShift,
    clampShift,
    perExc: each((u) => 1 / excToMembrane[u]),
    perInh: each((u) => 1 / inhToMembrane[u]),
    start: each((u) => start[u].centre),
    startSd: each((u) => start[u].sd)
  }
}

/**
 * An input stage in the kernel's terms. The kernel keeps a current as what it adds to the membrane in one step, and the
 * stage as it stands half-way through a step: so the largest current adds a little more than its value at the start would.
 */
function stageFields(
  tau: Float64Array,
  toMembrane: Float64Array,
  limit: Float64Array,
  stepUs: number
): Record<'decay' | 'bin' | 'middle' | 'most' | 'fall' | 'bend', Float64Array> {
  // a stage without limit: so far away that it is linear in float32
  const most = tau.map((t, u) => Math.min(limit[u], LINEAR) * toMembrane[u] * decay(-stepUs / 2, t))
  return {
    decay: tau.map((t) => decay(stepUs, t)),
    bin: tau.map((t) => decay(stepUs * STEPS, t)),
    middle: most.map((x, u) => (x > 0 ? decay((stepUs * (STEPS - 1)) / 2, tau[u]) / x : 0)),
    most,
    fall: most.map((x, u) => (x * stepUs) / tau[u]),
    bend: most.map((x, u) => x * (stepUs / tau[u]) ** 2)
  }
}

/** LSB / µs */
const LINEAR = 1e6

/** of an input that is off no current flows */
const inverseRange = (limit: number): number => (limit > 0 ? 1 / Math.min(limit, LINEAR) : 0)

/**
 * Where a sample finds the membrane, relative to its rest: there, within the noise. A unit that rests above its
 * threshold fires all the time, and is met somewhere between its release and the threshold (not with the exact
 * distribution of that phase, which only its first spike would show); unless it is released above the threshold: then
 * the comparator is latched and silent.
 */
function startOf(units: Units, u: number): { centre: number; sd: number } {
  const lif = lifOf(units, u)
  const reset = clamped(lif)
  const released = reset.rest + (lif.threshold - reset.rest) * decay(lif.refractory, reset.tau)
  if (lif.rest <= lif.threshold || released >= lif.threshold) return { centre: 0, sd: units.noise[u] }
  return { centre: (released + lif.threshold) / 2 - lif.rest, sd: (lif.threshold - released) / Math.sqrt(12) }
}

export function readoutFields(units: Units, binUs: number): ReadoutFields {
  const each = (value: (u: number) => number): Float64Array =>
    Float64Array.from({ length: units.count }, (_, u) => value(u))
  return {
    membraneDecay: each((u) => decay(binUs, units.tauMem[u])),
    excDecay: each((u) => decay(binUs, units.tauSynExc[u])),
    inhDecay: each((u) => decay(binUs, units.tauSynInh[u])),
    noiseStep: each((u) => noiseKick(binUs, units.tauMem[u], units.noise[u])),
    slope: units.slope,
    offset: each((u) => units.slope[u] * units.rest[u] + units.offset[u]),
    readNoise: units.readNoise,
    excToMembrane: each((u) => currentToMembrane(binUs, units.tauMem[u], units.tauSynExc[u])),
    inhToMembrane: each((u) => currentToMembrane(binUs, units.tauMem[u], units.tauSynInh[u])),
    noiseSd: units.noise,
    excRange: units.limitExc.map(inverseRange),
    inhRange: units.limitInh.map(inverseRange)
  }
}

/**
 * What an event that arrives some time before the end of a bin has made of current and membrane by then. The kernel
 * interpolates linearly: the error is (binUs / GRID)² / (8 τ²) of the response, 2e-6 at 6 µs.
 */
export function fillResponses(table: Float32Array, units: Units, lanes: number, binUs: number): void {
  for (let cell = 0; cell <= RESPONSE_GRID; cell++) {
    const t = (binUs * cell) / RESPONSE_GRID
    for (let u = 0; u < units.count; u++) {
      const at = cell * lanes * 4 + (u >> 2) * 16 + (u & 3)
      table[at] = currentToMembrane(t, units.tauMem[u], units.tauSynExc[u])
      table[at + 4] = decay(t, units.tauSynExc[u])
      table[at + 8] = currentToMembrane(t, units.tauMem[u], units.tauSynInh[u])
      table[at + 12] = decay(t, units.tauSynInh[u])
    }
  }
}
