/** Characterisation of an opened port: input patterns at a sample's start, and the amplitude of what they cause. */
import { hiddenCell, spikedAt } from '../emulator/network-port'
import type { Measured, NetworkPort, NetworkShape, Stimulus } from '../emulator/network-port'
import type { Slab } from '../kernels/arena'
import type { Kernels } from '../kernels/module'
import type { Team } from '../kernels/team'
import { TRIAL } from './surrogate/trials'

/** an opened port */
export interface Opened {
  port: NetworkPort
  kernels: Kernels
  team: Team
  shape: NetworkShape
  measured: Measured
  /** decay of current and membrane of the model over one bin */
  alpha: number
  beta: number
}

/** largest weight that is tried on a port without a limit, model units */
const UNLIMITED = 63 / 240

const padded = (n: number): number => Math.ceil(n / 4) * 4

/** what `present` tells of one unit in one sample: amplitude of the fitted response, whether it fired */
export type Heard = (sample: number, unit: number, response: number, fired: boolean) => void

export class Probe {
  readonly largest: number
  /** largest value of the model's response to a weight of 1 */
  readonly peak: number
  /** the model's response to a weight of 1 at the converter's samples, and its weights in a fit with free offset */
  readonly #fit: Float64Array
  readonly #mark: number
  readonly #hidden: Slab<Float32Array>
  readonly #output: Slab<Float32Array>
  readonly #index: Slab<Int32Array>
  readonly #membrane: Float32Array
  readonly #spikes: Float32Array | null
  #trial = TRIAL.characterisation

  constructor(readonly opened: Opened) {
    const { port, kernels, shape, measured, alpha, beta } = opened
    const { arena } = kernels
    this.largest = port.weightLimit === Infinity ? UNLIMITED : port.weightLimit
    this.#mark = arena.mark()
    this.#hidden = arena.f32(shape.inputs * padded(shape.hidden))
    this.#output = arena.f32(shape.hidden * padded(shape.outputs))
    this.#index = arena.i32(shape.batch)
    const cells = shape.batch * measured.sample
    this.#membrane = new Float32Array(arena.memory.buffer, measured.membrane, cells)
    this.#spikes = measured.spikes === 0 ? null : new Float32Array(arena.memory.buffer, measured.spikes, cells)
    const response = modelResponse(shape.bins, alpha, beta)
    this.peak = Math.max(...response)
    this.#fit = amplitudeWeights(response)
    if (opened.team.index === 0) this.#output.data.fill(0)
  }

  onGrid(weight: number): number {
    const { weightStep } = this.opened.port
    return weightStep === 0 ? weight : Math.max(weightStep, Math.round(weight / weightStep) * weightStep)
  }

  /** hidden weights by input and unit; the output weights are 0 */
  write(weight: (input: number, unit: number) => number): void {
    const { port, team, shape } = this.opened
    const width = padded(shape.hidden)
    if (team.index === 0) {
      this.#hidden.data.fill(0)
      for (let n = 0; n < shape.inputs; n++) {
        for (let h = 0; h < shape.hidden; h++) this.#hidden.data[n * width + h] = weight(n, h)
      }
    }
    team.barrier()
    port.writeNetwork(this.#hidden.at, this.#output.at)
  }

  /** one sample a pattern: the inputs that spike, all in the first bin */
  stimulus(patterns: readonly (readonly number[])[]): Stimulus {
    const { kernels, team, shape } = this.opened
    const { arena } = kernels
    const total = patterns.reduce((sum, pattern) => sum + pattern.length, 0)
    const input = arena.u8(total)
    const start = arena.i32(patterns.length + 1)
    const binStart = arena.u16(patterns.length * (shape.bins + 1))
    if (team.index === 0) {
      let at = 0
      patterns.forEach((pattern, s) => {
        start.data[s] = at
        input.data.set(pattern, at)
        at += pattern.length
        binStart.data.fill(pattern.length, s * (shape.bins + 1), (s + 1) * (shape.bins + 1))
        binStart.data[s * (shape.bins + 1)] = 0
      })
      start.data[patterns.length] = at
    }
    team.barrier()
    return { input: input.at, start: start.at, binStart: binStart.at }
  }

  /** presents all samples of a stimulus in order; `heard` is called by every member with the same values */
  present(stimulus: Stimulus, samples: number, heard: Heard): void {
    const { port, team, shape, measured } = this.opened
    const { bins, hidden } = shape
    for (let from = 0; from < samples; from += shape.batch) {
      const count = Math.min(shape.batch, samples - from)
      if (team.index === 0) for (let b = 0; b < count; b++) this.#index.data[b] = from + b
      team.barrier()
      port.present(stimulus, this.#index.at, count, this.#trial++)
      team.barrier()
      for (let b = 0; b < count; b++) {
        for (let unit = 0; unit < hidden; unit++) {
          let response = 0
          let spiked = false
          for (let t = 0; t < bins; t++) {
            const at = hiddenCell(measured, b, t, unit)
            response += this.#fit[t] * this.#membrane[at]
            spiked ||= spikedAt(this.#membrane, this.#spikes, at)
          }
          heard(from + b, unit, response, spiked)
        }
      }
      team.barrier()
    }
  }

  /** gives the memory back */
  close(): void {
    this.opened.team.barrier()
    this.opened.kernels.arena.release(this.#mark)
  }
}

/** V[t] of the model after an input spike of weight 1 in bin 0 */
function modelResponse(bins: number, alpha: number, beta: number): Float64Array {
  const v = new Float64Array(bins)
  let current = 1
  for (let t = 1; t < bins; t++) {
    v[t] = beta * v[t - 1] + current
    current *= alpha
  }
  return v
}

/** least squares of a · response + offset: a = Σ weights[t] · measured[t] */
function amplitudeWeights(response: Float64Array): Float64Array {
  const mean = response.reduce((sum, x) => sum + x, 0) / response.length
  const square = response.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  return response.map((x) => (x - mean) / square)
}
