/** Groups of circuits of capacitance 1 for tests of the complete neuron. */
import { mean } from '../../../../src-main/core/statistics/summary'
import { MembraneModes } from '../../../../src-main/core/emulator/membrane-modes'
import {
  GroupIntegrator,
  NO_LIMITS,
  relax,
  type Group,
  type GroupState,
  type Unit
} from '../../../../src-main/core/emulator/neuron-group'

export const input = (tau: number): Unit['exc'] => ({ tau, limit: Infinity, offset: 0, slope: 0, reference: 0 })

/** a circuit of capacitance 1: leak 80, reset 70, threshold off */
export function unit(compartment: number, tauMem: number, more: Partial<Unit> = {}): Unit {
  return {
    compartment,
    conductance: 1 / tauMem,
    leak: 80,
    current: 0,
    exc: input(5),
    inh: input(7),
    exponential: null,
    adaptation: null,
    threshold: Infinity,
    reset: 70,
    resetConductance: 2,
    refractory: 2,
    holdOff: 0,
    ...more
  }
}

export function group(units: Unit[], couplings: Group['couplings'] = []): Group {
  const count = Math.max(...units.map((x) => x.compartment)) + 1
  const capacitance = new Float64Array(count)
  for (const { compartment } of units) capacitance[compartment] += 1
  return { capacitance, units, couplings, limits: NO_LIMITS }
}

export const none = (g: Group): Float64Array => new Float64Array(g.units.length)
export function go(g: Group, state: GroupState, h: number, forced = false): [number, number][] {
  const spikes: [number, number][] = []
  new GroupIntegrator(g, 1e-11).advance(state, h, none(g), forced, (u, after) => spikes.push([u, after]))
  return spikes
}
export function exactly(g: Group, state: GroupState, h: number): void {
  new MembraneModes(g, false).advance(state, h, none(g))
  relax(g, state, h)
}

/** least squares */
export function line(x: number[], y: number[]): { slope: number; intercept: number } {
  const [mx, my] = [mean(x), mean(y)]
  const slope = x.reduce((sum, v, k) => sum + (v - mx) * (y[k] - my), 0) / x.reduce((sum, v) => sum + (v - mx) ** 2, 0)
  return { slope, intercept: my - slope * mx }
}
