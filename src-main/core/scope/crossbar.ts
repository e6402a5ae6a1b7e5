/**
 * Nodes of the event crossbar and noise sources as an operator sees them: read back after a trace, and written on top of what the
 * oscilloscope sets for its stimulus.
 */
import type { ChipPort } from '../emulator/chip-port'
import type { CrossbarNode, NoiseSource } from '../emulator/routing-port'

/** inputs 0 … 7 neurons, 8 … 11 FPGA, 12 … 19 noise; outputs 0 … 3 top, 4 … 7 bottom buses, 8 … 11 FPGA */
export interface PlacedNode extends CrossbarNode {
  input: number
  output: number
}

/** noise sources 0 … 7: source k reaches bus k and FPGA output k mod 4 through nodes that are open */
export interface PlacedSource extends NoiseSource {
  source: number
}

/** what an operator wrote, over what the oscilloscope sets for its stimulus */
export interface Written {
  nodes: readonly PlacedNode[]
  sources: readonly PlacedSource[]
}

export const NOTHING_WRITTEN: Written = { nodes: [], sources: [] }

const INPUTS = 20
const OUTPUTS = 12

/** @throws InputError naming a node that does not exist, or a mask, target or setting of a source that is out of range */
export function writeOver(port: ChipPort, { nodes, sources }: Written): void {
  for (const { source, ...settings } of sources) port.routing.writeNoiseSource(source, settings)
  for (const { input, output, ...node } of nodes) port.routing.writeCrossbarNode(input, output, node)
}

/** every node there is */
export function readNodes(port: ChipPort): PlacedNode[] {
  const nodes: PlacedNode[] = []
  for (let input = 0; input < INPUTS; input++) {
    for (let output = 0; output < OUTPUTS; output++) {
      if (isNode(input, output)) nodes.push({ input, output, ...port.routing.readCrossbarNode(input, output) })
    }
  }
  return nodes
}

/**
 * Neuron output k reaches bus k mod 4 of both hemispheres and FPGA output k mod 4; an FPGA input all buses and its own
 * FPGA output; noise source k bus k and FPGA output k mod 4 (halco v3/routing_crossbar.h).
 */
function isNode(input: number, output: number): boolean {
  if (input < 8) return output % 4 === input % 4
  if (input < 12) return output < 8 || output === input
  const source = input - 12
  return output < 8 ? output === source : output % 4 === source % 4
}
