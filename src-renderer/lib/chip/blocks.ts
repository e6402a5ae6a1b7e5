/**
 * The blocks of a HICANN-X and where they lie (what each kind does: block-kinds.ts). Synapse arrays, drivers and neuron rows are drawn to the counts of their rows and columns, with a synapse of 3 : 2
 * (assumed); places and sizes of all other blocks are schematic.
 */

import { feeds, type Kind } from './block-kinds'
import { PLACES } from './layout'

export interface Block {
  id: string
  name: string
  kind: Kind
  /** in units of the drawing */
  x: number
  y: number
  w: number
  h: number
  /** written into the block where it fits */
  caption: string
  /** 0 top left, 1 top right, 2 bottom left, 3 bottom right; −1: not one quadrant's */
  quadrant: number
}

export const DRAWING = { width: 640, height: 560 }

/** of the analog core: left edge, width of half an array, of the drivers between the halves */
const CORE = { left: 196, half: 144, drivers: 34 }
/** heights from the edge of the chip to its middle; 128 columns are 144 wide, 256 rows 192 high */
const ROWS = { processor: 22, converters: 14, synapses: 192, memory: 16, neurons: 15, gap: 2 }

function core(): Block[] {
  const list: Block[] = []
  const right = CORE.left + CORE.half + CORE.drivers
  for (const half of [0, 1]) {
    const name = half === 0 ? 'top' : 'bottom'
    let depth = 10
    const add = (kind: Kind, height: number, title: string, caption: string, parts: 'whole' | 'quadrants'): void => {
      const y = half === 0 ? depth : DRAWING.height - depth - height
      const all = { kind, y, h: height, caption }
      if (parts === 'whole') {
        const w = 2 * CORE.half + CORE.drivers
        list.push({ ...all, id: `${kind}-${name}`, name: `${title}, ${name}`, x: CORE.left, w, quadrant: -1 })
      } else {
        for (const side of [0, 1]) {
          const quadrant = 2 * half + side
          const x = side === 0 ? CORE.left : right
          list.push({
            ...all,
            id: `${kind}-${quadrant}`,
            name: `${title}, ${PLACES[quadrant]}`,
            x,
            w: CORE.half,
            quadrant
          })
        }
      }
      depth += height + ROWS.gap
    }
    add('processor', ROWS.processor, 'Plasticity processor', 'plasticity processor', 'whole')
    add('converters', ROWS.converters, 'Column converters', 'column converters', 'whole')
    const y = depth
    add('synapses', ROWS.synapses, 'Synapses', 'synapses', 'quadrants')
    list.push({
      id: `drivers-${name}`,
      name: `Synapse drivers, ${name}`,
      kind: 'drivers',
      x: CORE.left + CORE.half + ROWS.gap,
      y: half === 0 ? y : DRAWING.height - y - ROWS.synapses,
      w: CORE.drivers - 2 * ROWS.gap,
      h: ROWS.synapses,
      caption: 'drivers',
      quadrant: -1
    })
    add('memory', ROWS.memory, 'Parameter memory', 'parameter memory', 'quadrants')
    add('neurons', ROWS.neurons, 'Neurons', 'neurons', 'quadrants')
  }
  return list
}

/** every block, in the order in which a person tabs: from the top left to the bottom right */
export const BLOCKS: readonly Block[] = [
  block('links', 'Links to the FPGA', 10, 10, 52, 540, 'links'),
  block('noise', 'Noise sources', 74, 10, 110, 90, 'noise sources'),
  block('crossbar', 'Event crossbar', 74, 112, 110, 438, 'event crossbar'),
  ...core(),
  block('fast', 'Fast converter', 530, 230, 100, 100, 'fast converter')
]

function block(kind: Kind, name: string, x: number, y: number, w: number, h: number, caption: string): Block {
  return { id: kind, name, kind, x, y, w, h, caption, quadrant: -1 }
}

/** 0 top, 1 bottom; null: a block outside the analog core, which serves both */
export function halfOf({ kind, y }: Block): 0 | 1 | null {
  if (OUTSIDE.includes(kind)) return null
  return y < DRAWING.height / 2 ? 0 : 1
}
const OUTSIDE: readonly Kind[] = ['links', 'noise', 'crossbar', 'fast']

/** blocks that this one gets events, currents or codes from, and those that it gives them to */
export function linked(block: Block): { from: Block[]; to: Block[] } {
  const near = (other: Block): boolean => {
    const [a, b] = [halfOf(block), halfOf(other)]
    const apart = block.quadrant >= 0 && other.quadrant >= 0 && block.quadrant !== other.quadrant
    return !apart && (a === null || b === null || a === b)
  }
  return {
    from: BLOCKS.filter((other) => feeds(other.kind, block.kind) && near(other)),
    to: BLOCKS.filter((other) => feeds(block.kind, other.kind) && near(other))
  }
}

const centre = ({ x, y, w, h }: Block): [number, number] => [x + w / 2, y + h / 2]

/** the block that an arrow key leads to: the nearest one that lies more in that direction than across it */
export function nextBlock(from: Block, key: string): Block {
  const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key]
  if (!along) return from
  const [dx, dy] = along
  const gap = (block: Block): number | null => {
    // from edge to edge; what overlaps across the direction counts as straight ahead
    const ahead = dx !== 0 ? dx * (centre(block)[0] - centre(from)[0]) : dy * (centre(block)[1] - centre(from)[1])
    if (block === from || ahead <= 1) return null
    const [a, b] = dx !== 0 ? [block.y, block.h] : [block.x, block.w]
    const [c, d] = dx !== 0 ? [from.y, from.h] : [from.x, from.w]
    const across = Math.max(0, a - (c + d), c - (a + b))
    const off = dx !== 0 ? centre(block)[1] - centre(from)[1] : centre(block)[0] - centre(from)[0]
    return ahead + 4 * across + 0.2 * Math.abs(off)
  }
  let best: { block: Block; at: number } | null = null
  for (const block of BLOCKS) {
    const at = gap(block)
    if (at !== null && (best === null || at < best.at)) best = { block, at }
  }
  return best?.block ?? from
}
