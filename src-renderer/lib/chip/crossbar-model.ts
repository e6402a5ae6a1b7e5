/** The crossbar in words: names of inputs and outputs, what a node lets pass, where the arrow keys lead. */
import type { ScopeTrace } from '../../api/types'

type Crossbar = NonNullable<ScopeTrace['crossbar']>
export type Node = Crossbar['nodes'][number]

export const INPUTS = 20
export const OUTPUTS = 12
const NEURONS = 8
const FPGA = 12
const BITS = 14

/** e.g. "neurons 0 – 31, 256 – 287" */
export function inputName(input: number): string {
  if (input < NEURONS) {
    const first = 32 * input
    return `neurons ${first}–${first + 31}, ${first + 256}–${first + 287}`
  }
  return input < FPGA ? `FPGA ${input - NEURONS}` : `noise ${input - FPGA}`
}

export function outputName(output: number): string {
  if (output < 4) return `top bus ${output}`
  return output < 8 ? `bottom bus ${output - 4}` : `FPGA ${output - 8}`
}

export type Passing = 'all' | 'some' | 'none'

/** a node passes a label exactly if (label AND mask) = target */
export function passing({ mask, target }: Pick<Node, 'mask' | 'target'>): Passing {
  if ((target & ~mask) !== 0) return 'none'
  return mask === 0 ? 'all' : 'some'
}

/** how many of the 2^14 labels pass */
export function labelsPassing(node: Pick<Node, 'mask' | 'target'>): number {
  if (passing(node) === 'none') return 0
  let free = 0
  for (let bit = 0; bit < BITS; bit++) if ((node.mask & (1 << bit)) === 0) free++
  return 2 ** free
}

/** the label as a pattern, highest bit first: 0, 1 or · where the bit does not matter */
export function pattern({ mask, target }: Pick<Node, 'mask' | 'target'>): string {
  return Array.from({ length: BITS }, (_, k) => {
    const bit = 1 << (BITS - 1 - k)
    return mask & bit ? (target & bit ? '1' : '0') : target & bit ? '×' : '·'
  }).join('')
}

/** a mask or target as typed, in hexadecimal (0x…) or decimal; null: not 14 bits */
export function parse14(text: string): number | null {
  const value = /^(0x[\da-f]+|\d+)$/i.test(text.trim()) ? Number(text) : NaN
  return value >= 0 && value < 2 ** BITS ? value : null
}

/** masks and targets that do what most people want */
export const PASS_ALL = { mask: 0, target: 0 }
export const CLOSED = { mask: 0, target: 2 ** BITS - 1 }

export function hex14(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(4, '0')}`
}

/** the next node in the direction of an arrow key, past crossings without one; the same where there is none */
export function nextNode(nodes: readonly Node[], from: Pick<Node, 'input' | 'output'>, key: string): Node | null {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0]
  if (dx === 0 && dy === 0) return null
  let [input, output] = [from.input + dy, from.output + dx]
  while (input >= 0 && input < INPUTS && output >= 0 && output < OUTPUTS) {
    const found = nodes.find((node) => node.input === input && node.output === output)
    if (found) return found
    input += dy
    output += dx
  }
  return null
}
