/** From hidden units (float64) to what the recurrent kernel reads over one step; see kernels/emulate-recurrent.ts. */
import type { RecurrentFields } from '../../kernels/emulate-recurrent'
import { currentToMembrane, decay, noiseKick } from '../propagators'
import { stageRange } from './units'
import type { Units } from './units'

export function recurrentFields(units: Units, stepUs: number): RecurrentFields {
  const each = (value: (u: number) => number): Float64Array =>
    Float64Array.from({ length: units.count }, (_, u) => value(u))
  const { tauMem, tauSynExc, tauSynInh } = units
  return {
    membraneDecay: each((u) => decay(stepUs, tauMem[u])),
    excDecay: each((u) => decay(stepUs, tauSynExc[u])),
    inhDecay: each((u) => decay(stepUs, tauSynInh[u])),
    excToMembrane: each((u) => currentToMembrane(stepUs, tauMem[u], tauSynExc[u])),
    inhToMembrane: each((u) => currentToMembrane(stepUs, tauMem[u], tauSynInh[u])),
    noiseSd: each((u) => noiseKick(stepUs, tauMem[u], units.noise[u])),
    excRange: units.limitExc.map(inverse),
    inhRange: units.limitInh.map(inverse),
    membraneRate: tauMem.map((tau) => 1 / tau),
    excRate: tauSynExc.map((tau) => 1 / tau),
    inhRate: tauSynInh.map((tau) => 1 / tau),
    noiseShift: each((u) => noiseKick(stepUs, tauMem[u], units.noise[u]) / (1 - decay(stepUs, tauMem[u])))
  }
}

/** of an input that is off no current flows */
const inverse = (limit: number): number => (limit > 0 ? 1 / stageRange(limit) : 0)
