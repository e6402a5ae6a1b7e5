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
  readonly length: number
  readonly values: Slab<Float64Array>
  readonly #mean: Slab<Float64Array>
  readonly #square: Slab<Float64Array>
  readonly #chain: Slab<Float64Array> | null

  /**
   * @param name of its arrays in a checkpoint @param shape they lie [pre][post] here, and [post][pre] in a checkpoint
   * @param gradient where its gradients begin, numbers from the start of a part
   * @param group sources that share one parameter: neighbours, or with `width` = shape.pre every shape.pre-th
   */
  constructor(
    readonly kernels: Kernels,
    readonly name: string,
    readonly shape: { pre: number; post: number },
    readonly gradient: number,
    readonly group: number,
    readonly isDelay: boolean,
    readonly width = shape.post
  ) {
    const { arena } = kernels
    const length = (this.length = shape.pre * shape.post)
    // what the kernel reads past their end, two numbers at once, is memory that follows
    this.values = arena.f64(length)
    this.#mean = arena.f64(length)
    this.#square = arena.f64(length)
    this.#chain = isDelay ? arena.f64(length) : null
  }

  /** where parameter k stands for its m-th source, in what the kernel is given and in the gradient */
  place(k: number, m: number): number {
    const { group, width } = this
    return (Math.floor(k / width) * group + m) * width + (k % width)
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
      width: this.width,
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
      [name]: this.#turned(this.values.data),
      [`${name}.mean`]: this.#turned(this.#mean.data),
      [`${name}.square`]: this.#turned(this.#square.data)
    }
  }

  /** by one member */
  load(arrays: Readonly<Record<string, ArrayLike<number>>>): void {
    const { name } = this
    const put = (to: Float64Array, from: ArrayLike<number> | undefined): void => {
      const { pre, post } = this.shape
      if (from) for (let k = 0; k < this.length; k++) to[k] = from[(k % post) * pre + Math.floor(k / post)]
    }
    put(this.values.data, arrays[name])
    put(this.#mean.data, arrays[`${name}.mean`])
    put(this.#square.data, arrays[`${name}.square`])
  }

  #turned(values: Float64Array): Float64Array {
    const { pre, post } = this.shape
    return Float64Array.from(values, (_, k) => values[(k % pre) * post + Math.floor(k / pre)])
  }
}
