/**
 * Integrates ordinary differential equations where no closed form exists: the explicit Runge-Kutta pair of order 5(4)
 * by Dormand and Prince (1980), with step control by its embedded error estimate (Hairer, Nørsett and Wanner, Solving
 * Ordinary Differential Equations I, II.4) and events located by repeating the step with other lengths, so that an
 * event's time is as accurate as a step.
 */
import { power } from '../numerics/functions'

export interface Flow {
  size: number
  /** writes dy/dt at time t (counted from the start of `advance`) into `dy` */
  derivative(t: number, y: Float64Array, dy: Float64Array): void
}

/** y[component] reaches `level` from below; Infinity: never */
export interface Level {
  component: number
  level: number
}

const C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
const A = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84]
]
/** fifth-order minus fourth-order weights */
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]
const STAGES = 7
/** a step grows and shrinks by these factors at most; the aim lies a little below the tolerance */
const SHRINK = 0.2
const GROW = 5
const AIM = 0.9
const MOST_STEPS = 10_000_000

export class DormandPrince {
  readonly #k: Float64Array[]
  readonly #next: Float64Array
  readonly #stage: Float64Array
  #step = 0

  /** @param tolerance error allowed a step, relative to 1 + |y| in each component */
  constructor(
    readonly flow: Flow,
    readonly tolerance: number
  ) {
    const vector = (): Float64Array => new Float64Array(flow.size)
    this.#k = Array.from({ length: STAGES }, vector)
    this.#next = vector()
    this.#stage = vector()
  }

  /**
   * Moves `y` on by `h`, or until the first of `levels` is reached from below.
   * @returns the time passed, and which level was reached (−1: none, the time is h)
   * @throws Error where the solution leaves the numbers or needs steps below the resolution of time
   */
  advance(y: Float64Array, h: number, levels: readonly Level[]): { time: number; reached: number } {
    let t = 0
    let step = this.#step > 0 ? Math.min(this.#step, h) : Math.min(h, this.#firstStep(y, h))
    this.flow.derivative(0, y, this.#k[0])
    for (let count = 0; t < h; count++) {
      if (count > MOST_STEPS || !(step > 0) || t + step === t) throw new Error(`integration stuck at time ${t} of ${h}`)
      const last = t + step >= h
      if (last) step = h - t
      const error = this.#try(t, step, y)
      if (error > 1) {
        step *= Math.max(SHRINK, AIM * power(error, -0.2))
        continue
      }
      const found = this.#firstLevel(t, step, y, levels)
      if (found.reached >= 0) {
        y.set(this.#next)
        this.#step = step
        return { time: t + found.after, reached: found.reached }
      }
      y.set(this.#next)
      this.#k[0].set(this.#k[6])
      t = last ? h : t + step
      const factor = error === 0 ? GROW : Math.min(GROW, Math.max(SHRINK, AIM * power(error, -0.2)))
      // a step that was cut by the end says nothing about the step that would be possible
      if (!last || step * factor > this.#step) this.#step = step * factor
      step = this.#step
    }
    return { time: h, reached: -1 }
  }

  /** a step over which nothing changes much (Hairer et al. II.4, their first guess) */
  #firstStep(y: Float64Array, h: number): number {
    this.flow.derivative(0, y, this.#k[0])
    let size = 0
    let slope = 0
    for (let i = 0; i < y.length; i++) {
      size = Math.max(size, 1 + Math.abs(y[i]))
      slope = Math.max(slope, Math.abs(this.#k[0][i]))
    }
    return slope > 0 ? Math.min(h, (0.01 * size) / slope) : h / 100
  }

  /** one step of length `step` from (t, y) into #next, #k[0] being known; the error in units of the tolerance */
  #try(t: number, step: number, y: Float64Array): number {
    const k = this.#k
    const n = y.length
    for (let s = 1; s < STAGES; s++) {
      const to = s === STAGES - 1 ? this.#next : this.#stage
      for (let i = 0; i < n; i++) {
        let sum = 0
        for (let j = 0; j < s; j++) sum += A[s][j] * k[j][i]
        to[i] = y[i] + step * sum
      }
      this.flow.derivative(t + C[s] * step, to, k[s])
    }
    let worst = 0
    for (let i = 0; i < n; i++) {
      let error = 0
      for (let s = 0; s < STAGES; s++) error += E[s] * k[s][i]
      const scale = this.tolerance * (1 + Math.max(Math.abs(y[i]), Math.abs(this.#next[i])))
      const relative = (step * Math.abs(error)) / scale
      // what is not a number was too long a step
      worst = relative >= worst ? relative : relative < worst ? worst : 1e10
    }
    return Math.min(worst, 1e10)
  }

  /** the first level crossed within the accepted step; #next is then the state there */
  #firstLevel(t: number, step: number, y: Float64Array, levels: readonly Level[]): { after: number; reached: number } {
    let after = Infinity
    let reached = -1
    for (let l = 0; l < levels.length; l++) {
      const { component, level } = levels[l]
      if (y[component] >= level) continue
      const high = this.#highPoint(step, y, component, level)
      if (high < 0) continue
      const at = this.#locate(t, Math.min(high, after), y, component, level)
      if (at < after) {
        after = at
        reached = l
      }
      // stages and #next belong to the last trial: back to the accepted step
      this.#try(t, step, y)
    }
    if (reached >= 0) this.#try(t, after, y)
    return { after, reached }
  }

  /** a time within the step at which the component is at or above the level, −1: none. Peaks inside count, too. */
  #highPoint(step: number, y: Float64Array, i: number, level: number): number {
    if (this.#next[i] >= level) return step
    const [from, to] = [this.#k[0][i] * step, this.#k[6][i] * step]
    if (!(from > 0 && to < 0)) return -1
    // the peak of the cubic through both ends and slopes: its derivative is a quadratic with one root where it falls
    const rise = this.#next[i] - y[i]
    const [a, b, c] = [3 * (from + to - 2 * rise), 2 * (3 * rise - 2 * from - to), from]
    const root = Math.sqrt(Math.max(0, b * b - 4 * a * c))
    const x = (2 * c) / (-b + root) > 0 ? (2 * c) / (-b + root) : (2 * c) / (-b - root)
    if (!(x > 0 && x < 1)) return -1
    const peak = y[i] + x * (c + x * (b / 2 + (x * a) / 3))
    return peak >= level ? x * step : -1
  }

  /** time at which a step from (t, y) ends on the level; Infinity where the exact solution stays just below */
  #locate(t: number, high: number, y: Float64Array, i: number, level: number): number {
    const at = (h: number): number => {
      this.#try(t, h, y)
      return this.#next[i] - level
    }
    let [low, fLow, up, fUp] = [0, y[i] - level, high, at(high)]
    if (fUp < 0) return Infinity
    // regula falsi; an end that stays for the second time counts half (Illinois)
    let side = 0
    for (let k = 0; k < 100 && fUp > 0 && up - low > 1e-15 * (t + up); k++) {
      const guess = low - (fLow * (up - low)) / (fUp - fLow)
      const h = guess > low && guess < up ? guess : (low + up) / 2
      const f = at(h)
      if (Math.abs(f) < 1e-14 * (1 + Math.abs(level))) return h
      if (f < 0) {
        low = h
        fLow = f
        if (side < 0) fUp /= 2
        side = -1
      } else {
        up = h
        fUp = f
        if (side > 0) fLow /= 2
        side = 1
      }
    }
    return up
  }
}
