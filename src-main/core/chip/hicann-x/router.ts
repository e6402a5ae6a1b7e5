/**
 * The event router: which event reaches which bus. Everything here is digital, so nothing is drawn from the chip's seed.
 *
 * A spike label has 16 bits: 14 and 15 choose one of the four FPGA inputs, the lower 14 are the neuron label. The
 * crossbar has 20 inputs (0 … 7 neuron event outputs, 8 … 11 FPGA, 12 … 19 noise sources) and 12 outputs (0 … 3 PADI
 * buses of the top hemisphere, 4 … 7 of the bottom one, 8 … 11 FPGA); only 76 of the 240 crossings have a node (halco
 * v3/routing_crossbar.h). A node passes an event exactly if (label AND mask) = target, and can count the others as drops
 * at its input (haldls routing_crossbar.h).
 */

const CROSSBAR_INPUTS = 20
const CROSSBAR_OUTPUTS = 12
export const NEURON_OUTPUTS = 8
export const NOISE_SOURCES = 8
export const BUSES = 4
const FPGA_INPUT = 8
export const NOISE_INPUT = 12
export const FPGA_OUTPUT = 8

export const LABEL_BITS = 16
/** share of the events that a link between chip and host loses (hardware.md 7) */
export const EVENT_LOSS = 0.002
/** a neuron event output passes one event in each cycle of the 250 MHz clock (hardware.md 1.6, 7), µs */
export const OUTPUT_CYCLE_US = 0.004
/** largest neuron label */
export const LARGEST_LABEL = 0x3fff
const DROP_LIMIT = 2 ** 16 - 1
const PASS_LIMIT = 2 ** 24 - 1

/** meaning as in `CrossbarNode` of routing-port.ts */
export interface Node {
  mask: number
  target: number
  countDrops: boolean
}

/** no masked label equals a target outside the mask */
const DROP_ALL: Readonly<Node> = { mask: 0, target: LARGEST_LABEL, countDrops: false }
const PASS_ALL: Readonly<Node> = { mask: 0, target: 0, countDrops: false }

/** whether silicon has a node where this input meets this output */
export function nodeExists(input: number, output: number): boolean {
  const lane = output % 4
  if (input < FPGA_INPUT) return lane === input % 4
  if (input < NOISE_INPUT) return output < FPGA_OUTPUT || output - FPGA_OUTPUT === input - FPGA_INPUT
  const source = input - NOISE_INPUT
  return output < FPGA_OUTPUT ? output === source : lane === source % 4
}

/** crossbar input and neuron label of an event from the host */
export function fromHost(label: number): { input: number; label: number } {
  return { input: FPGA_INPUT + (label >> 14), label: label & LARGEST_LABEL }
}

/** event output of a neuron circuit: each serves 32 columns of both rows */
export function neuronOutput(circuit: number): number {
  return (circuit & 255) >> 5
}

/** label of an on-chip spike: the 8-bit address that the neuron was given, and its event output in bits 8 … 10 */
export function neuronLabel(circuit: number, address: number): number {
  return (neuronOutput(circuit) << 8) | address
}

/** what a PADI bus makes of a label: bits 6 … 10 select drivers, bits 0 … 5 synapses */
export function onBus(label: number): { row: number; synapse: number } {
  return { row: (label >> 6) & 31, synapse: label & 63 }
}

export class Crossbar {
  readonly #nodes: (Node | null)[]
  /** events that a counting node did not pass, one entry an input; sticks at 16 bits */
  readonly dropped = new Uint16Array(CROSSBAR_INPUTS)
  /** events that left, one entry an output; sticks at 24 bits */
  readonly passed = new Uint32Array(CROSSBAR_OUTPUTS)

  /** at power-up neurons reach the host and nothing reaches a synapse */
  constructor() {
    this.#nodes = Array.from({ length: CROSSBAR_INPUTS * CROSSBAR_OUTPUTS }, (_, at) => {
      const [input, output] = [Math.floor(at / CROSSBAR_OUTPUTS), at % CROSSBAR_OUTPUTS]
      if (!nodeExists(input, output)) return null
      return { ...(input < FPGA_INPUT && output >= FPGA_OUTPUT ? PASS_ALL : DROP_ALL) }
    })
  }

  /** what changes: nodes and counters */
  get mutable(): { nodes: (Node | null)[]; dropped: Uint16Array; passed: Uint32Array } {
    return { nodes: this.#nodes, dropped: this.dropped, passed: this.passed }
  }

  /** null: there is no node */
  node(input: number, output: number): Node | null {
    const node = this.#nodes[input * CROSSBAR_OUTPUTS + output] ?? null
    return node && { ...node }
  }

  /** the node has to exist */
  write(input: number, output: number, node: Node): void {
    this.#nodes[input * CROSSBAR_OUTPUTS + output] = { ...node }
  }

  /** whether some event from this input can reach a bus */
  reachesSynapses(input: number): boolean {
    for (let output = 0; output < FPGA_OUTPUT; output++) {
      const node = this.#nodes[input * CROSSBAR_OUTPUTS + output]
      if (node && (node.target & ~node.mask) === 0) return true
    }
    return false
  }

  /** sends one event through; `onOutput` hears each output that it leaves by */
  route(input: number, label: number, onOutput: (output: number) => void): void {
    for (let output = 0; output < CROSSBAR_OUTPUTS; output++) {
      const node = this.#nodes[input * CROSSBAR_OUTPUTS + output]
      if (!node) continue
      if ((label & node.mask) === node.target) {
        this.passed[output] = Math.min(PASS_LIMIT, this.passed[output] + 1)
        onOutput(output)
      } else if (node.countDrops) this.dropped[input] = Math.min(DROP_LIMIT, this.dropped[input] + 1)
    }
  }

  /** an event from this input found an output's buffer full */
  lose(input: number): void {
    this.dropped[input] = Math.min(DROP_LIMIT, this.dropped[input] + 1)
  }

  resetCounters(): void {
    this.dropped.fill(0)
    this.passed.fill(0)
  }
}
