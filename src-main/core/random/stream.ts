/**
 * Seeded, named random streams. A stream is a seed and a path of names, e.g. stream(chipSeed, 'leak') or
 * stream(runSeed, 'shuffle', epoch); different names give independent streams, so that adding a draw to one never
 * moves another, and the chip's fixed pattern never mixes with a run's trial noise.
 *
 * Generator: xoshiro128** (Blackman and Vigna 2018, "Scrambled linear pseudorandom number generators"), seeded through
 * a 32-bit avalanche hash of the path.
 */
import { log } from '../numerics/functions'

/** 32-bit finaliser of MurmurHash3: every input bit moves every output bit */
export function avalanche(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** a 32-bit hash of numbers and names, in order */
export function hash(...path: readonly (number | string)[]): number {
  let h = 0x9e3779b9
  const mix = (word: number): void => {
    h = avalanche(Math.imul(h ^ word, 0x9e3779b1) + 0x7f4a7c15)
  }
  for (const part of path) {
    if (typeof part === 'number') {
      mix(part | 0)
      mix(Math.floor(part / 4294967296) | 0)
    } else {
      for (let k = 0; k < part.length; k++) mix(part.charCodeAt(k))
      mix(0x10000 + part.length)
    }
  }
  return h
}

export class Stream {
  readonly state: Int32Array
  #spare = NaN

  constructor(...path: readonly (number | string)[]) {
    this.state = Int32Array.from([0, 1, 2, 3], (k) => hash(...path, k))
    if (this.state.every((word) => word === 0)) this.state[0] = 1
  }

  /** where the stream stands; `restore` goes on from there */
  save(): { words: Int32Array; spare: Float64Array } {
    return { words: this.state.slice(), spare: Float64Array.of(this.#spare) }
  }

  restore({ words, spare }: { words: Int32Array; spare: Float64Array }): void {
    this.state.set(words)
    this.#spare = spare[0]
  }

  /** 32 random bits, 0 … 2^32 − 1 */
  bits(): number {
    const s = this.state
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0
    const t = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotate(s[3], 11)
    return result
  }

  /** uniform in [0, 1), 53 bits */
  uniform(): number {
    const high = this.bits() >>> 5
    return (high * 67108864 + (this.bits() >>> 6)) / 9007199254740992
  }

  /** uniform integer in 0 … n − 1 (n < 2^32), unbiased */
  below(n: number): number {
    const limit = 4294967296 - (4294967296 % n)
    let x = this.bits()
    while (x >= limit) x = this.bits()
    return x % n
  }

  /** standard normal (Marsaglia's polar method) */
  normal(): number {
    if (this.#spare === this.#spare) {
      const x = this.#spare
      this.#spare = NaN
      return x
    }
    for (;;) {
      const u = 2 * this.uniform() - 1
      const v = 2 * this.uniform() - 1
      const s = u * u + v * v
      if (s >= 1 || s === 0) continue
      const scale = Math.sqrt((-2 * log(s)) / s)
      this.#spare = v * scale
      return u * scale
    }
  }

  /** a permutation of 0 … n − 1 (Fisher and Yates) */
  permutation(n: number): Int32Array {
    const list = Int32Array.from({ length: n }, (_, k) => k)
    for (let k = n - 1; k > 0; k--) {
      const j = this.below(k + 1)
      const t = list[k]
      list[k] = list[j]
      list[j] = t
    }
    return list
  }
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k))
}
