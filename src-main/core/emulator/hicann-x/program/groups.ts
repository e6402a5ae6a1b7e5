/**
 * Which circuits need the complete neuron (neuron-group.ts): those with adaptation, exponential term, conductance-based
 * input or hold-off, and those whose membranes are connected to others. All the rest stays with membranes.ts.
 */
import type { Circuits } from '../../../chip/hicann-x/circuits'
import type { Dynamics } from '../../../chip/hicann-x/dynamics'
import { CIRCUITS, COLUMNS } from '../../../chip/hicann-x/topology'
import type { Group, SynapticInput, Unit } from '../../neuron-group'
import { networksOf, type Network, type WiringSwitches } from '../written/wiring'

export interface CircuitGroup {
  /** true: nothing but glitches makes it more than a plain neuron */
  plain: boolean
  group: Group
  /** circuit of each unit, ascending */
  circuits: readonly number[]
  /** gain of each unit's inputs, LSB / µs at capacitance 1 for each weight LSB */
  gainExc: Float64Array
  gainInh: Float64Array
  /** of each unit: what the switchable offset current adds */
  offsetCurrent: Float64Array
  /** of each compartment: power of its noise current (see `MembraneModes.noise`) */
  noise: Float64Array
  /** of each unit: probability that a spike's refractory period ends after one cycle, and that cycle, µs */
  glitches: Float64Array
  cycleUs: Float64Array
}

/** of each circuit */
export interface Timing {
  /** hold-off; 0: the reset switch stays closed to the end */
  holdOffUs: Float64Array
  cycleUs: Float64Array
  glitches: Float64Array
}

/** of each circuit its group; null: a plain neuron */
export type CircuitGroups = readonly (CircuitGroup | null)[]

/**
 * ASSUMED: what ends the exponential rise where no comparator does. The circuit's current is limited to 1 µA, the full
 * scale of a current cell (0.1 LSB / µs for each nA), and gives way over the last 0.1 V below the supply of 1.2 V.
 */
const LIMITS: Group['limits'] = { exponential: 100, rail: 286, headroom: 24 }

export function groupsOf(
  circuits: Circuits,
  dynamics: Dynamics,
  wiring: WiringSwitches,
  joined: Uint8Array,
  timing: Timing
): CircuitGroups {
  const groups: (CircuitGroup | null)[] = Array.from({ length: CIRCUITS }, () => null)
  for (const network of networksOf(wiring, joined, dynamics.interCompartment)) {
    const alone =
      isPlainNetwork(network, joined) && network.circuits.every((n) => isPlain(circuits, dynamics, timing, n))
    if (alone && network.circuits.every((n) => timing.glitches[n] === 0 || circuits.fires[n] === 0)) continue
    const group = { ...groupOf(network, circuits, dynamics, joined, timing), plain: alone }
    for (const n of network.circuits) groups[n] = group
  }
  return groups
}

/** one circuit, or the two of a joined column */
function isPlainNetwork({ circuits }: Network, joined: Uint8Array): boolean {
  return (
    circuits.length === 1 ||
    (circuits.length === 2 && joined[circuits[0]] === 1 && circuits[1] === circuits[0] + COLUMNS)
  )
}

function isPlain(circuits: Circuits, dynamics: Dynamics, timing: Timing, n: number): boolean {
  return (
    dynamics.adaptation[n] === 0 &&
    dynamics.exponential[n] === 0 &&
    (dynamics.cobaSlopeExc[n] === 0 || circuits.gainExc[n] === 0) &&
    (dynamics.cobaSlopeInh[n] === 0 || circuits.gainInh[n] === 0) &&
    (timing.holdOffUs[n] === 0 || circuits.fires[n] === 0)
  )
}

function groupOf(
  network: Network,
  circuits: Circuits,
  dynamics: Dynamics,
  joined: Uint8Array,
  timing: Timing
): Omit<CircuitGroup, 'plain'> {
  // of a joined column the excitatory input is the top circuit's, the inhibitory one the bottom circuit's (joined.ts)
  const is = network.circuits.map((n) => ({
    top: joined[n % COLUMNS] === 1 && n < COLUMNS,
    bottom: joined[n % COLUMNS] === 1 && n >= COLUMNS
  }))
  const count = network.circuits.length
  const capacitance = new Float64Array(network.compartments)
  const noise = new Float64Array(network.compartments)
  const units = network.circuits.map((n, k): Unit => {
    const compartment = network.compartment[k]
    capacitance[compartment] += circuits.capacitance[n]
    noise[compartment] += (2 * (circuits.noise[n] * circuits.capacitance[n]) ** 2) / circuits.tauMem[n]
    return {
      compartment,
      conductance: circuits.capacitance[n] / circuits.tauMem[n],
      leak: circuits.leak[n],
      current: 0,
      exc: input(
        circuits.tauSynExc[n],
        dynamics.cobaSlopeExc[n],
        dynamics.cobaReferenceExc[n],
        circuits.limitExc[n],
        is[k].bottom ? 0 : circuits.inputOffsetExc[n]
      ),
      inh: input(
        circuits.tauSynInh[n],
        dynamics.cobaSlopeInh[n],
        dynamics.cobaReferenceInh[n],
        circuits.limitInh[n],
        is[k].top ? 0 : circuits.inputOffsetInh[n]
      ),
      exponential: dynamics.exponential[n]
        ? { slope: dynamics.exponentialSlope[n], threshold: dynamics.exponentialThreshold[n] }
        : null,
      adaptation: dynamics.adaptation[n]
        ? {
            tau: dynamics.adaptationTau[n],
            a: dynamics.a[n],
            b: dynamics.b[n],
            reference: dynamics.adaptationReference[n],
            rest: dynamics.adaptationRest[n]
          }
        : null,
      threshold: circuits.fires[n] && !is[k].bottom ? circuits.threshold[n] : Infinity,
      reset: circuits.reset[n],
      resetConductance: circuits.capacitance[n] / circuits.tauReset[n],
      refractory: circuits.refractory[n],
      holdOff: Math.min(timing.holdOffUs[n], circuits.refractory[n])
    }
  })
  const floats = (value: (n: number, k: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, k) => value(network.circuits[k], k))
  return {
    group: { capacitance, units, couplings: network.couplings, limits: LIMITS },
    circuits: network.circuits,
    gainExc: floats((n, k) => (is[k].bottom ? 0 : circuits.gainExc[n])),
    gainInh: floats((n, k) => (is[k].top ? 0 : circuits.gainInh[n])),
    offsetCurrent: floats((n) => circuits.offsetCurrent[n]),
    noise,
    glitches: floats((n) => timing.glitches[n]),
    cycleUs: floats((n) => timing.cycleUs[n])
  }
}

function input(tau: number, slope: number, reference: number, limit: number, offset: number): SynapticInput {
  return { tau, limit, offset, slope, reference }
}
