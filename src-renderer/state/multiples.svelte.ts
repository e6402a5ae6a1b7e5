/** Several chips side by side: the maps of each one's active calibration, read once and kept until that changes. */
import type { Client } from '../api/client'
import type { Chip, NeuronMap } from '../api/types'
import { messageOf } from '../api/client'
import { mapInTime } from '../lib/chip/in-time'

export interface Multiple {
  chip: Chip
  calibration: string
  maps: readonly NeuronMap[]
  excluded: ReadonlySet<number>
}

export class Multiples {
  #kept = $state.raw<ReadonlyMap<string, Multiple>>(new Map())
  error = $state<string | null>(null)

  constructor(private readonly client: Client) {}

  /** those of these chips that are there by now */
  of(chips: readonly Chip[]): Multiple[] {
    return chips.flatMap((chip) => {
      const kept = this.#kept.get(chip.id)
      return kept && kept.calibration === chip.active ? [{ ...kept, chip, maps: kept.maps.map(mapInTime) }] : []
    })
  }

  async read(chips: readonly Chip[]): Promise<void> {
    this.error = null
    for (const chip of chips) {
      if (chip.active === null || this.#kept.get(chip.id)?.calibration === chip.active) continue
      try {
        const { maps } = await this.client.call('calibration.maps', { calibration: chip.active, kept: true })
        const { chip: detail } = await this.client.call('chip.show', { chip: chip.id })
        const excluded = new Set(detail.exclusions.map(({ neuron }) => neuron))
        this.#kept = new Map(this.#kept).set(chip.id, { chip, calibration: chip.active, maps, excluded })
      } catch (error) {
        this.error = `${chip.name}: ${messageOf(error)}`
      }
    }
  }
}
