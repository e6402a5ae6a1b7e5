/**
 * Oddities of the silicon that an experimenter has to work around (hardware.md 1.2, 7). Off unless a chip is opened with
 * them: calibration and networks were agreed upon without.
 *
 * - A comparator may latch while its threshold is swept: it is above its threshold without ever having crossed it, and
 *   stays silent until the membranes are forced to reset (calix, issue 3996: "neurons can get stuck").
 * - Refractory counters below about 30 cycles glitch now and then: the period ends after one cycle (calix, issue 3741).
 *   How often is not published. ASSUMED: 5 % of the spikes at counter 0, falling linearly to none at 30.
 */
import type { Circuits } from '../../../chip/hicann-x/circuits'
import { CIRCUITS } from '../../../chip/hicann-x/topology'
import { Stream } from '../../../random/stream'

/**
 * - The multiplexer in front of the fast converter leaks above 1.2 V (hardware.md 7), 286 CADC LSB. ASSUMED: half of what
 *   a membrane has above it is lost.
 */
export const LEAKY_READOUT = 286

/** share of the circuits that can latch (hardware.md 7) */
const LATCHING = 0.002
const SAFE_COUNTER = 30
const MOST_GLITCHES = 0.05

/** circuits whose comparator can latch, fixed for a chip */
export function latchingCircuits(seed: number, mismatch: number): Uint8Array {
  const source = new Stream(seed, 'hicann-x', 'latching-circuits')
  return Uint8Array.from({ length: CIRCUITS }, () => (source.uniform() < mismatch * LATCHING ? 1 : 0))
}

/** probability that a spike's refractory period ends after one cycle, per circuit */
export function glitchProbability(counter: Uint8Array): Float64Array {
  return Float64Array.from(counter, (cycles) => MOST_GLITCHES * Math.max(0, 1 - cycles / SAFE_COUNTER))
}

/** The comparators that hang at present. */
export class Latches {
  readonly #stuck = new Uint8Array(CIRCUITS)
  readonly #can: Uint8Array

  constructor(seed: number, mismatch: number) {
    this.#can = latchingCircuits(seed, mismatch)
  }

  /** what changes (numerics/state.ts) */
  get mutable(): object {
    return { stuck: this.#stuck }
  }

  /** thresholds have moved: those that can latch and now lie below their resting membrane do */
  swept({
    leak,
    tauMem,
    capacitance,
    inputOffsetExc,
    inputOffsetInh,
    offsetCurrent,
    threshold,
    fires
  }: Circuits): void {
    for (let n = 0; n < CIRCUITS; n++) {
      const current = inputOffsetExc[n] - inputOffsetInh[n] + offsetCurrent[n]
      const rest = leak[n] + (tauMem[n] * current) / capacitance[n]
      if (this.#can[n] && fires[n] && rest > threshold[n]) this.#stuck[n] = 1
    }
  }

  /** @returns whether any comparator was freed */
  reset(): boolean {
    const any = this.#stuck.includes(1)
    this.#stuck.fill(0)
    return any
  }

  /** the circuits with the comparators that hang switched off */
  silence(circuits: Circuits): Circuits {
    return { ...circuits, fires: circuits.fires.map((fires, n) => (this.#stuck[n] ? 0 : fires)) }
  }
}
