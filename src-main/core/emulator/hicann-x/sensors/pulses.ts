/**
 * Digital pulses that a program has sent, as the correlation sensors see them: rows before the synapse, columns behind
 * it. Collected by the runs, handed to the sensors repeat by repeat.
 */
import { COLUMNS } from '../../../chip/hicann-x/topology'
import type { RowEvent } from '../../chip-port'

export interface PrePulse {
  timeUs: number
  array: 0 | 1
  row: number
  /** only synapses of this label see it; −1: all of the row */
  label: number
}

export interface PostPulse {
  timeUs: number
  /** circuit whose column sees it; −1: every column */
  circuit: number
}

export interface Pulses {
  pre: PrePulse[]
  /** times of pulses on every row that is on */
  prePulses: readonly number[]
  post: PostPulse[]
}

/** the pulses of row events; the same in each repeat */
export function rowPulses(events: readonly RowEvent[]): PrePulse[] {
  return events.flatMap(({ timeUs, array, row }) => {
    const arrays: (0 | 1)[] = array === 'both' ? [0, 1] : [array === 'top' ? 0 : 1]
    return arrays.map((index) => ({ timeUs, array: index, row, label: -1 }))
  })
}

export interface LabelledPulse {
  timeUs: number
  label: number
}

/** one list for all that see nothing */
export const NONE: readonly never[] = []

export function inTime(list: LabelledPulse[]): readonly LabelledPulse[] {
  return list.sort((a, b) => a.timeUs - b.timeUs)
}

/** times of the pulses that a synapse of this label sees */
export function timesFor(list: readonly LabelledPulse[], label: number): number[] {
  return list.filter((pulse) => pulse.label < 0 || pulse.label === label).map(({ timeUs }) => timeUs)
}

/** times of post pulses of each column, ascending; columns that see only what all see share one list */
export function postLists(array: 0 | 1, post: readonly PostPulse[]): (readonly number[])[] {
  const ascending = (list: number[]): readonly number[] => (list.length === 0 ? NONE : list.sort((a, b) => a - b))
  const all = post.filter(({ circuit }) => circuit < 0).map(({ timeUs }) => timeUs)
  const common = ascending(all)
  const own = new Map<number, number[]>()
  for (const { timeUs, circuit } of post) {
    if (circuit < 0 || Math.floor(circuit / COLUMNS) !== array) continue
    const column = circuit % COLUMNS
    const list = own.get(column)
    if (list) list.push(timeUs)
    else own.set(column, [timeUs])
  }
  return Array.from({ length: COLUMNS }, (_, column) => {
    const list = own.get(column)
    return list ? ascending([...list, ...all]) : common
  })
}
