/** A layer of ordinary neurons in float64: forward, gradient, Adam (kernels/adam.ts). */
import { ADAM, adamReference, adamStart, adamTick } from '../../kernels/adam'
import type { AdamClock } from '../../kernels/adam'
import { Stream } from '../../random/stream'

export class DenseLayer {
  /** [outputs][inputs + 1]: weights and bias */
  readonly weights: Float64Array
  readonly mean: Float64Array
  readonly square: Float64Array
  readonly clock: AdamClock = adamStart()
  readonly #gradient: Float64Array

  constructor(
    readonly inputs: number,
    readonly outputs: number
  ) {
    const length = (inputs + 1) * outputs
    ;[this.weights, this.mean, this.square, this.#gradient] = [0, 1, 2, 3].map(() => new Float64Array(length))
  }

  /** uniform in ± 1/√inputs, as torch.nn.Linear begins */
  initialise(seed: number, name: string): void {
    const stream = new Stream(seed, 'reference init', name)
    const bound = 1 / Math.sqrt(this.inputs)
    for (let k = 0; k < this.weights.length; k++) this.weights[k] = bound * (2 * stream.uniform() - 1)
  }

  forward(x: Float64Array, at: number, y: Float64Array): void {
    const { inputs, outputs, weights } = this
    for (let o = 0, k = 0; o < outputs; o++) {
      let sum = weights[k + inputs]
      for (let i = 0; i < inputs; i++) sum += weights[k + i] * x[at + i]
      y[o] = sum
      k += inputs + 1
    }
  }

  /** adds the gradient of one sample; dx is written if wanted */
  backward(x: Float64Array, at: number, dy: Float64Array, dx: Float64Array | null): void {
    const { inputs, outputs, weights } = this
    const gradient = this.#gradient
    if (dx) dx.fill(0)
    for (let o = 0, k = 0; o < outputs; o++) {
      const d = dy[o]
      for (let i = 0; i < inputs; i++) {
        gradient[k + i] += d * x[at + i]
        if (dx) dx[i] += d * weights[k + i]
      }
      gradient[k + inputs] += d
      k += inputs + 1
    }
  }

  step(learningRate: number): void {
    const constants = { learningRate, ...ADAM }
    adamTick(this.clock, constants)
    adamReference(this.weights, this.#gradient, this.mean, this.square, constants, this.clock, 0, Infinity)
  }
}
