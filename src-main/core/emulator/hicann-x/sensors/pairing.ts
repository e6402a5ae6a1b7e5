/**
 * Which pulses of a synapse pair, and what the pairs have in common. Pairing is the reduced symmetric nearest-neighbour
 * scheme (Morrison et al. 2008, Pfeil et al. 2012 for this family): a pulse pairs with the pulse of the other kind that
 * came just before it, and with none if its own kind came last.
 *
 * A measurement sends hundreds of pairs of a few delays to all synapses of an array. Who pairs with whom is the same for
 * all synapses that see the same pulses, so it is worked out once, as a list of delays and how often each occurs; a
 * synapse then needs one exponential a delay.
 *
 * A sensor also remembers of which kind the last pulse was, however long ago (issue 4021; calix sends one pulse of the
 * second kind before it measures). What that does to the next pair is not published: here a pair whose first pulse
 * followed one of its own kind, or none since power-up, stores 0.8 of its amplitude.
 */
export const REPEATED = 0.8
export const PRE = 1
export const POST = 2

/** delays, µs, and how many pairs (repeated ones for less) had each */
export interface Branch {
  delays: number[]
  weights: number[]
}

export interface Pairing {
  causal: Branch
  acausal: Branch
  /** kind of the last pulse */
  last: number
}

/** delays nearer than this are one, µs: far below what a sensor resolves */
const SAME_US = 1e-6

/**
 * @param pre times of pulses before the synapse, ascending
 * @param post times behind it, ascending
 * @param last kind of the last pulse before all of these; 0: none since power-up
 */
export function pairingOf(pre: ArrayLike<number>, post: ArrayLike<number>, last: number): Pairing {
  const causal = new Delays()
  const acausal = new Delays()
  let lastUs = -Infinity
  /** the last pulse followed one of its own kind */
  let repeated = true
  const pulse = (kind: number, timeUs: number, into: Delays): void => {
    if (kind === last || last === 0) repeated = true
    else {
      // pairs reach no further back than the start of a presentation, before which the chip was at rest
      if (lastUs > -Infinity) into.add(timeUs - lastUs, repeated ? REPEATED : 1)
      repeated = false
    }
    last = kind
    lastUs = timeUs
  }
  let i = 0
  let k = 0
  while (i < pre.length || k < post.length) {
    if (k >= post.length || (i < pre.length && pre[i] <= post[k])) pulse(PRE, pre[i++], acausal)
    else pulse(POST, post[k++], causal)
  }
  return { causal: causal.branch, acausal: acausal.branch, last }
}

class Delays {
  readonly branch: Branch = { delays: [], weights: [] }
  readonly #index = new Map<number, number>()

  add(us: number, weight: number): void {
    const key = Math.round(us / SAME_US)
    const at = this.#index.get(key)
    if (at !== undefined) this.branch.weights[at] += weight
    else {
      this.#index.set(key, this.branch.delays.length)
      this.branch.delays.push(us)
      this.branch.weights.push(weight)
    }
  }
}
