/**
 * Who walks the membranes of a program whose events move by themselves, window by window: a plain neuron (one circuit, or
 * a joined column) by membranes.ts, circuits with further parts or connections by group-membranes.ts. Either goes on in
 * the next window from where it stood.
 */
import { COLUMNS } from '../../../chip/hicann-x/topology'
import type { LifState } from '../../lif-reference'
import type { GroupState } from '../../neuron-group'
import { GroupMembranes } from '../program/group-membranes'
import type { CircuitGroup } from '../program/groups'
import { Membrane, type Walk } from '../program/membranes'
import type { ChipState } from '../program/recorder'

export interface Walker {
  /** circuits that are observed together, ascending */
  readonly circuits: readonly number[]
  /**
   * Walks through one window; times count from its beginning.
   * @param observed receives V at each observation, CADC LSB, an array a circuit
   * @param onSpike hears circuit and time of each spike, µs
   */
  proceed(walk: Walk, observed: readonly Float64Array[], onSpike: (circuit: number, afterUs: number) => void): void
}

/** the walkers of all programs' presentations: what settling finds out about a group is kept from one to the next */
export class Walkers {
  readonly #groups = new Map<CircuitGroup, GroupMembranes>()

  /** @param linear input stages do not saturate (see `Walk`) */
  constructor(
    private readonly state: ChipState,
    private readonly linear: boolean
  ) {}

  /** @param only the walker of this circuit alone; null: all */
  begin(only: number | null): Walker[] {
    const walkers: Walker[] = []
    for (let n = 0; n < this.state.groups.length; n++) {
      const group = this.state.groups[n]
      const grouped = group !== null && !group.plain
      if (grouped ? n !== group.circuits[0] : this.#isLower(n)) continue
      const circuits = grouped ? group.circuits : this.state.joined[n % COLUMNS] ? [n, n + COLUMNS] : [n]
      if (only !== null && !circuits.includes(only)) continue
      walkers.push(grouped ? this.#grouped(group) : this.#plain(n, circuits))
    }
    return walkers
  }

  #isLower(n: number): boolean {
    return n >= COLUMNS && this.state.joined[n - COLUMNS] === 1
  }

  #plain(n: number, circuits: readonly number[]): Walker {
    const lower = circuits[circuits.length - 1]
    const glitches = this.state.groups[n]?.glitches[0] ?? 0
    let state: LifState | undefined
    return {
      circuits,
      proceed: (walk, observed, onSpike) => {
        const membrane = new Membrane(walk, n, lower, true, glitches)
        membrane.proceed((state ??= membrane.settled()), observed[0], (afterUs) => onSpike(n, afterUs))
        if (lower !== n) observed[1].set(observed[0])
      }
    }
  }

  #grouped(group: CircuitGroup): Walker {
    let state: GroupState | undefined
    return {
      circuits: group.circuits,
      proceed: (walk, observed, onSpike) => {
        let membranes = this.#groups.get(group)
        if (!membranes) {
          membranes = new GroupMembranes(walk, this.linear ? withoutLimits(group) : group, true)
          this.#groups.set(group, membranes)
        }
        membranes.proceed(walk, (state ??= membranes.start()), observed, onSpike)
      }
    }
  }
}

function withoutLimits(circuits: CircuitGroup): CircuitGroup {
  const units = circuits.group.units.map((unit) => ({
    ...unit,
    exc: { ...unit.exc, limit: Infinity },
    inh: { ...unit.inh, limit: Infinity }
  }))
  return { ...circuits, group: { ...circuits.group, units } }
}
