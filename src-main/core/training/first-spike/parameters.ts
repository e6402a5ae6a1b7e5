/**
 * One array of parameters that is learnt (weights or raw delays of a layer) with its Adam moments, in shared memory.
 * Delays are d = shift + scale · logistic(q) of the raw ones (DelGrad), so that they stay in the range of the circuits.
 */
import { adamParts } from '../../kernels/first-spike'
import type { Slab } from '../../kernels/arena'
import type { Kernels } from '../../kernels/module'
import { share } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { exp } from '../../numerics/functions'

export interface AdamClock {
  meanPower: number
  squarePower: number
}

export class Parameters {
  readonly values: Slab<Float64Array>
  readonly #mean: Slab<Float64Array>
  readonly #square: Slab<Float64Array>
  readonly #chain: Slab<Float64Array> | null

  /**
   * @param name of its arrays in a checkpoint @param gradient where its gradients begin, numbers from the start of a part
   * @param group gradients that one parameter takes
   */
  constructor(
    readonly kernels: Kernels,
    readonly name: string,
    readonly length: number,
    readonly gradient: number,
    readonly group: number,
    readonly isDelay: boolean
  ) {
    const { arena } = kernels
    this.values = arena.f64(length)
    this.#mean = arena.f64(length)
    this.#square = arena.f64(length)
    this.#chain = isDelay ? arena.f64(length) : null
  }

  /** the delay of parameter k; remembers its derivative */
  delay(k: number, shift: number, scale: number): number {
    const logistic = 1 / (1 + exp(-this.values.data[k]))
    if (this.#chain) this.#chain.data[k] = scale * logistic * (1 - logistic)
    return shift + scale * logistic
  }

  /** one step on the member's share; gradients lie in `parts` arrays, `stride` bytes apart, from address `at` */
  step(team: Team, at: number, parts: number, stride: number, rate: number, clock: AdamClock): void {
    const [from, to] = share(team, this.length)
    const arrays = {
      values: this.values.at,
      mean: this.#mean.at,
      square: this.#square.at,
      gradient: at + this.gradient * 8,
      group: this.group,
      chain: this.#chain?.at ?? 0
    }
    adamParts(this.kernels, arrays, parts, stride, from, to, rate, clock)
  }

  /** the member's share into [−limit, limit] */
  clip(team: Team, limit: number): void {
    const { data } = this.values
    const [from, to] = share(team, this.length)
    for (let k = from; k < to; k++) data[k] = Math.max(-limit, Math.min(limit, data[k]))
  }

  state(): Record<string, Float64Array> {
    const { name } = this
    return {
      [name]: this.values.data.slice(),
      [`${name}.mean`]: this.#mean.data.slice(),
      [`${name}.square`]: this.#square.data.slice()
    }
  }

  /** by one member */
  load(arrays: Readonly<Record<string, ArrayLike<number>>>): void {
    const { name } = this
    this.values.data.set(arrays[name])
    if (arrays[`${name}.mean`]) this.#mean.data.set(arrays[`${name}.mean`])
    if (arrays[`${name}.square`]) this.#square.data.set(arrays[`${name}.square`])
  }
}
