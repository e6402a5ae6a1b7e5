/**
 * From readout units (float64) to what the kernels read: exact propagators over one bin, relative to each unit's rest.
 * What the fields mean stands with their names in kernels/emulate-memory.ts.
 */
import { RESPONSE_GRID } from '../../kernels/emulate-memory'
import type { ReadoutFields } from '../../kernels/emulate-memory'
import { currentToMembrane, decay, noiseKick } from '../propagators'
import { stageRange } from './units'
import type { Units } from './units'

/** of an input that is off no current flows */
const inverse = (limit: number): number => (limit > 0 ? 1 / stageRange(limit) : 0)

export function readoutFields(units: Units, binUs: number): ReadoutFields {
  const each = (value: (u: number) => number): Float64Array =>
    Float64Array.from({ length: units.count }, (_, u) => value(u))
  return {
    membraneDecay: each((u) => decay(binUs, units.tauMem[u])),
    excDecay: each((u) => decay(binUs, units.tauSynExc[u])),
    inhDecay: each((u) => decay(binUs, units.tauSynInh[u])),
    noiseSd: each((u) => noiseKick(binUs, units.tauMem[u], units.noise[u])),
    slope: units.slope,
    offset: each((u) => units.slope[u] * units.rest[u] + units.offset[u]),
    readNoise: units.readNoise,
    excToMembrane: each((u) => currentToMembrane(binUs, units.tauMem[u], units.tauSynExc[u])),
    inhToMembrane: each((u) => currentToMembrane(binUs, units.tauMem[u], units.tauSynInh[u])),
    startSd: units.noise,
    excRange: units.limitExc.map(inverse),
    inhRange: units.limitInh.map(inverse)
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
