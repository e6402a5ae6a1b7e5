/**
 * The generator of NumPy's legacy RandomState: MT19937 (Matsumoto and Nishimura 1998) seeded with `init_genrand`, and the
 * two draws that published data sets are made with. Same bits as NumPy.
 */
const N = 624
const M = 397

export class Mersenne {
  readonly #state = new Uint32Array(N)
  #next = N

  /** @param seed 0 … 2^32 − 1 */
  constructor(seed: number) {
    const s = this.#state
    s[0] = seed >>> 0
    for (let k = 1; k < N; k++) s[k] = Math.imul(1812433253, s[k - 1] ^ (s[k - 1] >>> 30)) + k
  }

  /** 32 random bits */
  bits(): number {
    if (this.#next === N) this.#twist()
    let y = this.#state[this.#next++]
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }

  /** `rand()`: uniform in [0, 1) with 53 bits, from two words */
  uniform(): number {
    const high = this.bits() >>> 5
    return (high * 67108864 + (this.bits() >>> 6)) / 9007199254740992
  }

  /** `randint(n)`, n ≤ 2^32: one word a try, masked, too large ones rejected */
  below(n: number): number {
    let mask = n - 1
    for (const shift of [1, 2, 4, 8, 16]) mask |= mask >>> shift
    for (;;) {
      const value = (this.bits() & mask) >>> 0
      if (value < n) return value
    }
  }

  #twist(): void {
    const s = this.#state
    for (let k = 0; k < N; k++) {
      const y = (s[k] & 0x80000000) | (s[(k + 1) % N] & 0x7fffffff)
      s[k] = s[(k + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
    }
    this.#next = 0
  }
}
