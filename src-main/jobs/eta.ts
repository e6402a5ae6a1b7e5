/**
 * Seconds left, from an exponentially weighted rate of progress: shown after 5 % or 10 s, whichever is first, and
 * allowed to be wrong as long as it converges.
 */
const WEIGHT = 0.1
const SHOWN_AFTER_SHARE = 0.05
const SHOWN_AFTER_S = 10

export class Eta {
  readonly #start: number
  #first: number | undefined
  #at: number
  #share = 0
  /** share a second */
  #rate: number | undefined

  /** @param now seconds on any clock */
  constructor(now: number) {
    this.#start = now
    this.#at = now
  }

  /** @returns seconds left, or null while nothing can be said */
  update(share: number, now: number): number | null {
    // a resumed job starts above 0: only what was done since counts
    if (this.#first === undefined) {
      this.#first = share
      this.#share = share
      this.#at = now
      return null
    }
    const elapsed = now - this.#at
    if (share > this.#share && elapsed > 0.2) {
      const rate = (share - this.#share) / elapsed
      this.#rate = this.#rate === undefined ? rate : this.#rate + WEIGHT * (rate - this.#rate)
      this.#share = share
      this.#at = now
    }
    const known = share - this.#first >= SHOWN_AFTER_SHARE || now - this.#start >= SHOWN_AFTER_S
    return known && this.#rate ? Math.max(0, (1 - share) / this.#rate) : null
  }
}
