/**
 * Coupled membranes while nothing but their linear part acts: exact propagation in the modes of the network.
 *
 * With C dV/dt = −L V + I, L symmetric (leaks, couplings, closed reset switches), the matrix C^(−1/2) L C^(−1/2) is
 * symmetric, too; its eigenvectors Q and eigenvalues λ give z = Qᵀ C^(1/2) V with dz/dt = −λ z + Qᵀ C^(−1/2) I: every mode
 * is a leaky integrator of time constant 1 / λ, with the propagators of one (Rotter and Diesmann 1999).
 */
import { cholesky, eigenSymmetric } from '../numerics/symmetric'
import { currentToMembrane, decay, noiseKick } from './propagators'
import type { Group, GroupState } from './neuron-group'

export class MembraneModes {
  readonly #m: number
  readonly #rates: Float64Array
  /** V = toMembrane · z, z = toModes · V; amplitude of a current into compartment c in mode k: drive[k · m + c] */
  readonly #toMembrane: Float64Array
  readonly #toModes: Float64Array
  readonly #drive: Float64Array
  readonly #z: Float64Array
  readonly #current: Float64Array

  /** @param forced all reset switches are closed */
  constructor(
    readonly group: Group,
    readonly forced: boolean
  ) {
    const { units, couplings, capacitance } = group
    const m = capacitance.length
    const matrix = new Float64Array(m * m)
    for (const unit of units) {
      const at = unit.compartment * (m + 1)
      matrix[at] += unit.conductance + (forced ? unit.resetConductance : 0)
    }
    for (const { from, to, conductance } of couplings) {
      matrix[from * (m + 1)] += conductance
      matrix[to * (m + 1)] += conductance
      matrix[from * m + to] -= conductance
      matrix[to * m + from] -= conductance
    }
    const root = capacitance.map(Math.sqrt)
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) matrix[i * m + j] /= root[i] * root[j]
    const { values, vectors } = eigenSymmetric(matrix, m)
    this.#m = m
    this.#rates = values
    this.#toMembrane = new Float64Array(m * m)
    this.#toModes = new Float64Array(m * m)
    this.#drive = new Float64Array(m * m)
    for (let c = 0; c < m; c++) {
      for (let k = 0; k < m; k++) {
        const q = vectors[c * m + k]
        this.#toMembrane[c * m + k] = q / root[c]
        this.#toModes[k * m + c] = q * root[c]
        this.#drive[k * m + c] = q / root[c]
      }
    }
    this.#z = new Float64Array(m)
    this.#current = new Float64Array(m)
  }

  /** the slowest time constant of the network */
  get slowest(): number {
    return 1 / this.#rates.reduce((least, rate) => Math.min(least, rate), Infinity)
  }

  /** where the membranes settle without events; `extra` is a further constant current into each unit */
  rest(extra: Float64Array): Float64Array {
    this.#constant(extra)
    for (let k = 0; k < this.#m; k++) this.#z[k] = this.#driven(k) / this.#rates[k]
    return this.#membranes(new Float64Array(this.#m))
  }

  /** moves the membranes (only `v`; the caller lets currents relax) on by h, with all comparators silent */
  advance(state: GroupState, h: number, extra: Float64Array): void {
    const m = this.#m
    this.#constant(extra)
    for (let k = 0; k < m; k++) {
      let z = 0
      for (let c = 0; c < m; c++) z += this.#toModes[k * m + c] * state.v[c]
      const tau = 1 / this.#rates[k]
      const rest = this.#driven(k) * tau
      z = rest + (z - rest) * decay(h, tau)
      this.group.units.forEach((unit, u) => {
        const amplitude = this.#drive[k * m + unit.compartment]
        if (state.exc[u] !== 0) z += amplitude * state.exc[u] * currentToMembrane(h, tau, unit.exc.tau)
        if (state.inh[u] !== 0) z -= amplitude * state.inh[u] * currentToMembrane(h, tau, unit.inh.tau)
      })
      this.#z[k] = z
    }
    this.#membranes(state.v)
  }

  /**
   * Factor F of the noise that a time h adds to the membranes: F times m standard normal draws. Each compartment's
   * noise is a white current that alone, without couplings, gives it the stationary sd that `powers` are made of.
   * @param powers per compartment: 2 · sd² · C² / tau of each circuit, summed
   * @param h Infinity: the stationary noise
   */
  noise(powers: Float64Array, h: number): Float64Array {
    const m = this.#m
    const covariance = new Float64Array(m * m)
    for (let k = 0; k < m; k++) {
      for (let l = 0; l < m; l++) {
        let power = 0
        for (let c = 0; c < m; c++) power += this.#drive[k * m + c] * this.#drive[l * m + c] * powers[c]
        const rate = this.#rates[k] + this.#rates[l]
        covariance[k * m + l] = (power / rate) * (h === Infinity ? 1 : noiseKick(h, 2 / rate, 1) ** 2)
      }
    }
    const inModes = cholesky(covariance, m)
    const factor = new Float64Array(m * m)
    for (let c = 0; c < m; c++) {
      for (let j = 0; j < m; j++) {
        for (let k = 0; k < m; k++) factor[c * m + j] += this.#toMembrane[c * m + k] * inModes[k * m + j]
      }
    }
    return factor
  }

  /** all constant currents, per compartment */
  #constant(extra: Float64Array): void {
    this.#current.fill(0)
    this.group.units.forEach((unit, u) => {
      let sum = unit.conductance * unit.leak + unit.current + extra[u] + unit.exc.offset - unit.inh.offset
      if (this.forced) sum += unit.resetConductance * unit.reset
      this.#current[unit.compartment] += sum
    })
  }

  #driven(k: number): number {
    let sum = 0
    for (let c = 0; c < this.#m; c++) sum += this.#drive[k * this.#m + c] * this.#current[c]
    return sum
  }

  #membranes(into: Float64Array): Float64Array {
    const m = this.#m
    for (let c = 0; c < m; c++) {
      into[c] = 0
      for (let k = 0; k < m; k++) into[c] += this.#toMembrane[c * m + k] * this.#z[k]
    }
    return into
  }
}

/** whether the linear part is all there is; @param driven whether events arrive, so that stages may saturate */
export function isLinear(group: Group, driven: boolean): boolean {
  return group.units.every(
    ({ exponential, adaptation, exc, inh, resetConductance }) =>
      exponential === null &&
      adaptation === null &&
      exc.slope === 0 &&
      inh.slope === 0 &&
      (!driven || (exc.limit === Infinity && inh.limit === Infinity)) &&
      resetConductance < Infinity
  )
}
