/** Versions of a chip's calibration: which two are compared, how the chip drifts, and when it is calibrated by itself. */
import type { Client } from '../api/client'
import type { CalibrationDiff, NeuronMap, Schedule, Timeline } from '../api/types'
import { saveText } from '../lib/save'
import { Resource } from './resource.svelte'

type Format = 'json' | 'csv' | 'html'

export class Versions {
  readonly diff = new Resource<{ diff: CalibrationDiff; a: NeuronMap[]; b: NeuronMap[] }>()
  readonly timeline = new Resource<Timeline>()
  readonly schedules = new Resource<Schedule[]>()
  /** the two that are compared: base and other */
  a = $state<string | null>(null)
  b = $state<string | null>(null)
  /** sd of the difference that are allowed */
  sigmas = $state(3)

  constructor(private readonly client: Client) {}

  /** compares as soon as two are chosen */
  async choose(side: 'a' | 'b', id: string | null): Promise<void> {
    this[side] = id
    await this.compare()
  }

  async compare(): Promise<void> {
    const { a, b, sigmas } = this
    if (a === null || b === null || a === b) return this.diff.clear()
    await this.diff.load(async () => {
      const maps = async (calibration: string): Promise<NeuronMap[]> =>
        (await this.client.call('calibration.maps', { calibration })).maps
      const { diff } = await this.client.call('calibration.diff', { a, b, sigmas })
      return { diff, a: await maps(a), b: await maps(b) }
    })
  }

  async readTimeline(chip: string, neuron: number): Promise<void> {
    await this.timeline.load(async () => (await this.client.call('chip.timeline', { chip, neuron })).timeline)
  }

  async readSchedules(): Promise<void> {
    await this.schedules.load(async () => (await this.client.call('calibration.schedules', {})).schedules)
  }

  /** @param time HH:MM, or off */
  async schedule(chip: string, time: string): Promise<void> {
    this.schedules.value = (await this.client.call('calibration.schedule', { chip, time })).schedules
  }

  async save(calibration: string, format: Format): Promise<void> {
    const { name, text, type } = await this.client.call('calibration.document', { calibration, format })
    saveText(name, text, type)
  }

  /** @returns id of the calibration that it became */
  async read(chip: string, text: string, allowOtherChip: boolean): Promise<string> {
    return (await this.client.call('calibration.import', { text, chip, allowOtherChip })).calibration.id
  }
}
