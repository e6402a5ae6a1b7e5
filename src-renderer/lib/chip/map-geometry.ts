/** Sizes of the neuron map for a given room: cells grow, text and gaps do not. */
import { abreast, COLUMNS, foldLines, LINE, quadrants, type Quadrant } from './layout'
import { clamp } from '../plot/scale'

export interface Block extends Quadrant {
  x: number
  y: number
}

export interface MapGeometry {
  blocks: Block[]
  cell: { width: number; height: number }
  /** gap between cells: none below 8 px */
  gap: number
  width: number
  height: number
  quadrantWidth: number
}

/** room for line heads */
export const HEADS = 26
export const TITLE = 20
const LEGEND = 112
/** a row of the strip, and what stands below it */
export const STRIP_ROW = 12
const BELOW_STRIP = 14
const BETWEEN = 14
/** px: the least side of a cell */
const LEAST = 5

/** px: how tall the map is where it need not fit the window; its cells are then of a good size to point at */
export function roomyHeight(neurons: number): number {
  const { lines, blocks } = foldLines(neurons)
  const strip = Math.ceil(neurons / COLUMNS) * STRIP_ROW + BELOW_STRIP
  return Math.max(240, strip + blocks * (TITLE + 10) + lines * 14)
}

export function mapGeometry(neurons: number, width: number, height: number): MapGeometry {
  const list = quadrants(neurons)
  const across = abreast(neurons)
  const strip = Math.ceil(neurons / COLUMNS) * STRIP_ROW + BELOW_STRIP
  const down = Math.ceil(list.length / across)
  const line = Math.min(LINE, neurons)
  const lines = Math.ceil(list[0].count / line)
  const widthOf = (between: number, legend: number): number =>
    Math.floor((width - legend - across * HEADS - (across - 1) * between) / (across * line))
  // where cells would be too narrow to point at, gaps and legend give way
  const tight = widthOf(BETWEEN, LEGEND) < LEAST
  const between = tight ? 8 : BETWEEN
  const wide = tight ? widthOf(between, 104) : widthOf(BETWEEN, LEGEND)
  const tall = Math.floor((height - strip - down * TITLE - (down - 1) * 10) / (down * lines))
  const cell = { width: clamp(wide, LEAST, 96), height: clamp(tall, LEAST, Math.max(30, Math.min(wide, 72))) }
  const quadrantWidth = HEADS + line * cell.width
  const quadrantHeight = TITLE + lines * cell.height
  return {
    blocks: list.map((quadrant, k) => ({
      ...quadrant,
      x: (k % across) * (quadrantWidth + between),
      y: strip + Math.floor(k / across) * (quadrantHeight + 10)
    })),
    cell,
    gap: Math.min(cell.width, cell.height) < 8 ? 0 : 1,
    width: across * quadrantWidth + (across - 1) * between,
    height: strip + down * quadrantHeight + (down - 1) * 10,
    quadrantWidth
  }
}
