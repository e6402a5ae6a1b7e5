/**
 * Digital pulses that a program has sent, as the correlation sensors see them: rows before the synapse, columns behind
 * it. Collected by the runs, handed to the sensors repeat by repeat.
 */
import type { RowEvent } from '../chip-port'

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
