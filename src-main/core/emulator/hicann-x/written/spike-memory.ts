/** How circuits fire and where their spikes go, as written: bypass of the synaptic inputs, event outputs. All digital. */
import { CIRCUITS, COLUMNS } from '../../../chip/hicann-x/topology'
import type { SpikeSwitches } from '../../chip-port'
import type { Bypass } from '../program/membranes'
import { check, mapRecord } from './memory'

const POWER_UP: Readonly<Record<keyof SpikeSwitches, number>> = { bypassExc: 0, bypassInh: 0, eventOutput: 1 }

export class SpikeMemory {
  readonly switches: SpikeSwitches = mapRecord(POWER_UP, (at) => new Uint8Array(CIRCUITS).fill(at))

  write(switches: Partial<SpikeSwitches>): void {
    const names = Object.keys(switches) as (keyof SpikeSwitches)[]
    // all are checked before the first is written
    for (const name of names) if (switches[name]) check(`switch ${name}`, switches[name], CIRCUITS, 0, 1)
    for (const name of names) if (switches[name]) this.switches[name].set(switches[name])
  }

  /** the inputs that make their circuits fire; null: none. @param joined of the columns */
  bypass(joined: Uint8Array): Bypass | null {
    const { bypassExc, bypassInh } = this.switches
    if (!bypassExc.includes(1) && !bypassInh.includes(1)) return null
    const column = (n: number): number => joined[n % COLUMNS]
    return {
      exc: bypassExc.map((on, n) => (n < COLUMNS || !column(n) ? on : 0)),
      inh: bypassInh.map((on, n) => (column(n) ? 0 : on))
    }
  }
}
