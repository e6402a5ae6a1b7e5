/** Versions of a chip's calibration: which two are compared, how the chip drifts, when it is calibrated by itself, acceptance. */
import type { Client } from '../api/client'
import type { CalibrationDiff, NeuronMap, Schedule, Timeline } from '../api/types'
import { diffInTime, mapInTime } from '../lib/chip/in-time'
import { saveText } from '../lib/text/save'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

type Format = 'json' | 'csv' | 'html'

export class Versions {
  readonly diff = new Resource<{ diff: CalibrationDiff; a: NeuronMap[]; b: NeuronMap[] }>()
  /** in the time that is shown */
  readonly compared = $derived.by(() => {
    const value = this.diff.value
    return value && { diff: diffInTime(value.diff), a: value.a.map(mapInTime), b: value.b.map(mapInTime) }
  })
  readonly timeline = new Resource<Timeline>()
  readonly schedules = new Resource<Schedule[]>()
  /** the two that are compared: base and other */
  a = $state<string | null>(null)
  b = $state<string | null>(null)
  /** sd of the difference that are allowed */
  readonly sigmas = $derived.by(() => this.#allowed.sigmas)
  /** allowed beside them, by quantity and in its unit */
  readonly tolerance = $derived.by(() => this.#allowed.tolerance)
  /** the acceptance that was asked for last; its result opens when it is there */
  accepting = $state.raw<{ job: string; calibration: string; control: boolean } | null>(null)

  readonly #allowed = $derived.by(() =>
    this.preferences.get('versions.allowed', { sigmas: 3, tolerance: {} as Record<string, number> })
  )

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  /** compares as soon as two are chosen */
  async choose(side: 'a' | 'b', id: string | null): Promise<void> {
    this[side] = id
    await this.compare()
  }

  async allow(change: { sigmas: number } | { metric: string; tolerance: number }): Promise<void> {
    let { sigmas, tolerance } = this
    if ('sigmas' in change) sigmas = change.sigmas
    else {
      const { [change.metric]: _was, ...rest } = this.tolerance
      tolerance = change.tolerance > 0 ? { ...rest, [change.metric]: change.tolerance } : rest
    }
    this.preferences.set('versions.allowed', { sigmas, tolerance })
    await this.compare()
  }

  async compare(): Promise<void> {
    const { a, b, sigmas } = this
    if (a === null || b === null || a === b) return this.diff.clear()
    await this.diff.load(async () => {
      const [mapsA, mapsB] = await Promise.all([a, b].map((id) => this.#maps(id)))
      const known = new Set([...mapsA, ...mapsB].map(({ metric }) => metric))
      const tolerance = Object.fromEntries(Object.entries(this.tolerance).filter(([metric]) => known.has(metric)))
      const { diff } = await this.client.call('calibration.diff', { a, b, sigmas, tolerance })
      return { diff, a: mapsA, b: mapsB }
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

  /** a version becomes the active one of another chip: recorded as made elsewhere */
  async apply(calibration: string, chip: string): Promise<string> {
    const { text } = await this.client.call('calibration.document', { calibration, format: 'json' })
    const input = { text, chip, allowOtherChip: true, activate: true }
    return (await this.client.call('calibration.import', input)).calibration.id
  }

  async accept(calibration: string, control = false): Promise<void> {
    const { job } = await this.client.call('accept', { calibration, control })
    this.accepting = { job, calibration, control }
  }

  async #maps(calibration: string): Promise<NeuronMap[]> {
    return (await this.client.call('calibration.maps', { calibration })).maps
  }
}
