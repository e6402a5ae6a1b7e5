/** What settings are on a chip, block by block, as a person reads them: medians and extremes of each parameter cell. */
import { median } from '../statistics/summary'
import { defaultSettings, QUADRANTS } from './settings'
import type { ChipSettings } from './types'

export interface CodeRange {
  name: string
  low: number
  median: number
  high: number
}

export interface QuadrantState {
  /** own cell of each neuron circuit, codes */
  cells: CodeRange[]
  /** cells that the quadrant's circuits share */
  shared: { name: string; code: number }[]
  /** digital settings of the circuits */
  switches: CodeRange[]
  /** digital offsets of the column converters, LSB */
  converterOffset: Omit<CodeRange, 'name'>
}

/** @param settings null: the data sheet's codes */
export function settingsState(settings: ChipSettings | null): QuadrantState[] {
  const { neuron, quadrant, switches, converterOffsets } = settings ?? defaultSettings()
  return Array.from({ length: QUADRANTS }, (_, q) => ({
    cells: rangesOf(neuron, q),
    shared: Object.entries(quadrant).map(([name, codes]) => ({ name, code: codes[q] })),
    switches: rangesOf(switches, q),
    converterOffset: rangeOf(converterOffsets, q)
  }))
}

function rangesOf(arrays: object, q: number): CodeRange[] {
  return Object.entries(arrays as Record<string, ArrayLike<number>>).map(([name, values]) => {
    return { name, ...rangeOf(values, q) }
  })
}

/** quadrants are numbered as their circuits are: the first quarter belongs to quadrant 0 (top left), and so on */
function rangeOf(values: ArrayLike<number>, q: number): Omit<CodeRange, 'name'> {
  const quarter = values.length / QUADRANTS
  const mine = Array.from(values).slice(q * quarter, (q + 1) * quarter)
  return { low: Math.min(...mine), median: median(mine), high: Math.max(...mine) }
}
