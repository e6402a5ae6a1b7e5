import { describe, expect, it } from 'vitest'
import {
  networksOf,
  type Network,
  type WiringSwitches
} from '../../../../src-main/core/emulator/hicann-x/written/wiring'

const off = (): Uint8Array => new Uint8Array(512)
function network(
  containing: number,
  on: Partial<Record<keyof WiringSwitches, number[]>>,
  conductance: (n: number) => number = () => 1
): Network {
  const switches: WiringSwitches = {
    somaLine: off(),
    conductance: off(),
    somaRight: off(),
    directRight: off(),
    vertical: off()
  }
  for (const [name, circuits] of Object.entries(on)) {
    for (const n of circuits) switches[name as keyof WiringSwitches][n] = 1
  }
  const g = Float64Array.from({ length: 512 }, (_, n) => conductance(n))
  const found = networksOf(switches, new Uint8Array(512), g).find(({ circuits }) => circuits.includes(containing))
  if (!found) throw new Error('every circuit is in one network')
  return found
}

describe('wiring of membranes', () => {
  it('leaves every circuit alone at first', () => {
    expect(network(300, {})).toEqual({ circuits: [300], compartment: [0], compartments: 1, couplings: [] })
  })

  it('makes one membrane of direct connections, right and vertical', () => {
    const found = network(4, { directRight: [4], vertical: [5] })
    expect(found.circuits).toEqual([4, 5, 5 + 256])
    expect(found.compartments).toBe(1)
    // the lower circuit's switch does the same
    expect(network(5, { vertical: [5 + 256] }).circuits).toEqual([5, 5 + 256])
  })

  it('couples a membrane to one on the soma line with its conductance', () => {
    const found = network(10, { conductance: [10], somaRight: [10], somaLine: [11] }, (n) => n / 10)
    expect(found.circuits).toEqual([10, 11])
    expect(found.compartment).toEqual([0, 1])
    expect(found.couplings.length).toBe(1)
    expect(found.couplings[0].conductance).toBe(1)
  })

  it('puts two conductances in series, and three into a mesh', () => {
    const series = network(10, { conductance: [10, 11], somaRight: [10] }, (n) => (n === 10 ? 2 : 3))
    expect(series.couplings.map(({ conductance }) => conductance)).toEqual([6 / 5])
    const star = network(10, { conductance: [10, 11, 12], somaRight: [10, 11] }, (n) => n - 9)
    expect(star.compartments).toBe(3)
    expect(star.couplings.map(({ conductance }) => conductance).sort()).toEqual([2 / 6, 3 / 6, 6 / 6])
  })

  it('knows neither a conductance that leads nowhere nor one that is bridged', () => {
    expect(network(10, { conductance: [10] }).couplings).toEqual([])
    expect(network(10, { conductance: [10], somaLine: [10] }).couplings).toEqual([])
  })

  it('does not cross the middle of the chip nor its right edge', () => {
    expect(network(127, { directRight: [127], somaLine: [127, 128], somaRight: [127] }).circuits).toEqual([127])
    expect(network(255, { directRight: [255] }).circuits).toEqual([255])
  })
})
