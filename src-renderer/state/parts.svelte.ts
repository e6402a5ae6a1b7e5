/** What a calibration says of parts other than neurons, read when the page is opened: converters, drivers, synapses, curves. */
import type { Client } from '../api/client'
import type { Converters, CorrelationCurve, InstanceMap } from '../api/types'
import { Resource } from './resource.svelte'

export class Parts {
  readonly converters = new Resource<Converters>()
  readonly maps = new Resource<InstanceMap[]>()
  readonly curves = new Resource<CorrelationCurve[]>()

  constructor(private readonly client: Client) {}

  /** @param calibration null: none was made; only converters can be read then */
  async read(chip: string, calibration: string | null): Promise<void> {
    const own = calibration === null ? {} : { calibration }
    await Promise.all([
      this.converters.load(async () => (await this.client.call('chip.converters', { chip, ...own })).converters),
      calibration === null
        ? this.maps.clear()
        : this.maps.load(async () => (await this.client.call('calibration.instances', { calibration })).maps),
      calibration === null
        ? this.curves.clear()
        : this.curves.load(async () =>
            (await this.client.call('calibration.curves', { calibration })).curves.filter(({ metric }) =>
              metric.startsWith('correlation')
            )
          )
    ])
  }
}
