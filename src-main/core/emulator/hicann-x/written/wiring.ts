/**
 * Which circuits share a membrane and which membranes conductances couple, from the multi-compartment switches
 * (haldls neuron.h; hardware.md 1.2). Every circuit has a membrane and a piece of soma line:
 *   somaLine     membrane – own soma line            conductance  the same, through the inter-compartment conductance
 *   somaRight    soma line – right neighbour's       directRight  membrane – right neighbour's membrane
 *   vertical     top membrane – bottom membrane of the column
 * Left and right half (columns 0 … 127, 128 … 255) cannot be connected.
 *
 * Ideal switches make one node of two. A soma line that only conductances reach has no capacitance of its own: its
 * charge is conserved, which leaves g_i g_j / Σ g between any two of its conductances (star to mesh).
 */
import { CIRCUITS, COLUMNS } from '../../../chip/hicann-x/topology'

export interface WiringSwitches {
  somaLine: Uint8Array
  conductance: Uint8Array
  somaRight: Uint8Array
  directRight: Uint8Array
  vertical: Uint8Array
}

/** circuits that act on each other: their compartments, and what couples these */
export interface Network {
  circuits: number[]
  /** of each circuit */
  compartment: number[]
  compartments: number
  couplings: { from: number; to: number; conductance: number }[]
}

/** @param conductance of each circuit's inter-compartment conductance @param joined 1: the column's two are one membrane */
export function networksOf(switches: WiringSwitches, joined: Uint8Array, conductance: Float64Array): Network[] {
  const membrane = new Nodes(2 * CIRCUITS)
  const lines = (n: number): number => CIRCUITS + n
  const rightOf = (n: number): number => (n % (COLUMNS / 2) === COLUMNS / 2 - 1 ? -1 : n + 1)
  for (let n = 0; n < CIRCUITS; n++) {
    const right = rightOf(n)
    if (switches.somaLine[n]) membrane.join(n, lines(n))
    if (switches.somaRight[n] && right >= 0) membrane.join(lines(n), lines(right))
    if (switches.directRight[n] && right >= 0) membrane.join(n, right)
    const column = n % COLUMNS
    if (switches.vertical[n] || joined[column]) membrane.join(column, column + COLUMNS)
  }

  // conductances end at nodes; nodes with a membrane are compartments
  const ends = new Map<number, { node: number; conductance: number }[]>()
  for (let n = 0; n < CIRCUITS; n++) {
    const [own, line] = [membrane.of(n), membrane.of(lines(n))]
    if (!switches.conductance[n] || own === line) continue
    ends.set(line, [...(ends.get(line) ?? []), { node: own, conductance: conductance[n] }])
  }
  const hasMembrane = new Set(Array.from({ length: CIRCUITS }, (_, n) => membrane.of(n)))
  const pairs: { from: number; to: number; conductance: number }[] = []
  for (const [line, list] of ends) {
    if (hasMembrane.has(line))
      for (const { node, conductance: g } of list) pairs.push({ from: node, to: line, conductance: g })
    else pairs.push(...mesh(list))
  }

  const together = new Nodes(2 * CIRCUITS)
  for (const { from, to } of pairs) together.join(from, to)
  const groups = new Map<number, number[]>()
  for (let n = 0; n < CIRCUITS; n++) {
    const at = together.of(membrane.of(n))
    groups.set(at, [...(groups.get(at) ?? []), n])
  }
  return [...groups.values()].map((circuits) => {
    const nodes = [...new Set(circuits.map((n) => membrane.of(n)))]
    const index = new Map(nodes.map((node, k) => [node, k]))
    const at = (node: number): number => index.get(node) ?? -1
    return {
      circuits,
      compartment: circuits.map((n) => at(membrane.of(n))),
      compartments: nodes.length,
      couplings: pairs
        .filter(({ from }) => index.has(from))
        .map(({ from, to, conductance: g }) => ({ from: at(from), to: at(to), conductance: g }))
    }
  })
}

function mesh(list: { node: number; conductance: number }[]): { from: number; to: number; conductance: number }[] {
  const sum = list.reduce((total, { conductance }) => total + conductance, 0)
  return list.flatMap((one, k) =>
    list
      .slice(k + 1)
      .filter((other) => other.node !== one.node)
      .map((other) => ({ from: one.node, to: other.node, conductance: (one.conductance * other.conductance) / sum }))
  )
}

/** sets of nodes that are one */
class Nodes {
  readonly #parent: number[]

  constructor(count: number) {
    this.#parent = Array.from({ length: count }, (_, n) => n)
  }

  of(n: number): number {
    while (this.#parent[n] !== n) n = this.#parent[n] = this.#parent[this.#parent[n]]
    return n
  }

  /** the lower number stands for both */
  join(a: number, b: number): void {
    const [x, y] = [this.of(a), this.of(b)]
    this.#parent[Math.max(x, y)] = Math.min(x, y)
  }
}
