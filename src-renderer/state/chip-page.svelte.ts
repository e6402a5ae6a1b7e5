/** The page of one chip: which calibration, metric, view and neuron are looked at, and the data behind them. */
import type { Client } from '../api/client'
import type { CalibrationSummary, ChipDetail, NeuronMap, SearchTrace, Timeline } from '../api/types'
import { brushedOf, type Brush } from '../lib/chip/brush'
import { mapInTime, searchInTime, timelineInTime } from '../lib/chip/in-time'
import { cellsOf, MAP_VIEWS, robustLimits, type MapView } from '../lib/chip/map-model'
import type { Limits } from '../lib/plot/scale'
import { times } from '../lib/text/time-base.svelte'
import type { Preferences } from './preferences.svelte'
import { Resource } from './resource.svelte'

/** steps that follow each other faster are one, ms; keys repeat every 30 to 40 */
const REST_MS = 120

export class ChipPage {
  readonly detail = new Resource<ChipDetail>()
  readonly maps = new Resource<NeuronMap[]>()
  /** how the neuron got its settings; while a key is held, that of a neuron passed on the way */
  readonly traces = new Resource<{ neuron: number; list: SearchTrace[] }>()
  /** the neuron in every version and every time it was measured again */
  readonly history = new Resource<Timeline>()
  #chip = $state<string | null>(null)
  /** chosen by hand; null follows the active calibration */
  #chosen = $state<string | null>(null)
  #shown: string | null = null
  neuron = $state(0)
  peeking = $state(false)
  /** what is picked out of the distribution or the map; lit in both */
  brush = $state.raw<Brush | null>(null)
  #historyTimer: ReturnType<typeof setTimeout> | undefined
  #tracesTimer: ReturnType<typeof setTimeout> | undefined
  #steppedAt = -Infinity
  /** colour limits set by hand, by metric and view; they survive a round trip over other metrics */
  readonly #limits = $derived.by(() => this.preferences.get<Record<string, Limits>>('map.limits', {}))

  readonly #kept = $derived.by(() =>
    this.preferences.get('map', { metric: 'tau_syn_exc', view: 'after', shared: false, distribution: 'ecdf' })
  )
  readonly view = $derived<MapView>(MAP_VIEWS.find((view) => view === this.#kept.view) ?? 'after')
  /** what is drawn: the view, or "before" while B is held */
  readonly drawn = $derived<MapView>(this.peeking ? 'before' : this.view)
  readonly shared = $derived(this.#kept.shared)
  readonly distribution = $derived(this.#kept.distribution === 'histogram' ? 'histogram' : 'ecdf')

  readonly neurons = $derived(this.detail.value?.neurons ?? 512)
  readonly exclusions = $derived(new Map(this.detail.value?.exclusions.map((entry) => [entry.neuron, entry])))
  readonly notes = $derived(new Map(this.detail.value?.notes.map(({ neuron, note }) => [neuron, note])))
  readonly excluded = $derived(new Set(this.exclusions.keys()))
  readonly chipName = $derived(this.detail.value?.name ?? '')
  readonly calibration = $derived.by<CalibrationSummary | null>(() => {
    const list = this.detail.value?.calibrations ?? []
    return list.find((entry) => entry.id === this.#chosen) ?? list.find((entry) => entry.active) ?? list[0] ?? null
  })
  /** those with an acceptance limit first: they are what a calibration is judged by */
  readonly metrics = $derived(
    (this.maps.value ?? []).map(mapInTime).sort((a, b) => Number(a.limit === null) - Number(b.limit === null))
  )
  readonly map = $derived<NeuronMap | null>(
    this.metrics.find((map) => map.metric === this.#kept.metric) ?? this.metrics[0] ?? null
  )
  /** in the time that is shown, as the metrics are */
  readonly searches = $derived(this.traces.value?.list.map(searchInTime) ?? [])
  readonly versions = $derived(this.history.value && timelineInTime(this.history.value))
  readonly cells = $derived(this.map && cellsOf(this.map, this.drawn, this.neurons, this.excluded))
  readonly before = $derived(this.map && cellsOf(this.map, 'before', this.neurons, this.excluded))
  readonly after = $derived(this.map && cellsOf(this.map, 'after', this.neurons, this.excluded))
  /** from the time that limits are kept in, hardware, to the one that is shown; settings have none */
  readonly #factor = $derived.by(() => {
    const kept = this.maps.value?.find(({ metric }) => metric === this.map?.metric)
    return kept && this.drawn !== 'setting' ? times.shown(kept.unit).factor : 1
  })
  /** null: nothing is picked out */
  readonly brushed = $derived(this.brush && this.map && this.after && brushedOf(this.brush, this.map, this.after.used))
  readonly limits = $derived.by<Limits>(() => {
    if (!this.map || !this.cells || !this.before) return [0, 1]
    const byHand = this.#limits[`${this.map.metric} ${this.drawn}`]
    if (byHand) return [byHand[0] * this.#factor, byHand[1] * this.#factor]
    const alike = this.shared && (this.drawn === 'after' || this.drawn === 'target')
    return alike ? robustLimits(this.before, 'before') : robustLimits(this.cells, this.drawn)
  })

  constructor(
    private readonly client: Client,
    private readonly preferences: Preferences
  ) {}

  async open(chip: string): Promise<void> {
    if (chip !== this.#chip) {
      this.#chip = chip
      this.#chosen = null
      this.#shown = null
      const last = this.preferences.get('neuron', { chip: '', neuron: 0 })
      this.neuron = last.chip === chip ? last.neuron : 0
      this.brush = null
      this.history.clear()
      this.detail.clear()
      this.maps.clear()
      this.traces.clear()
    }
    await this.#read()
  }

  /** after a refusal: all of it once more */
  async again(): Promise<void> {
    this.#shown = null
    await this.#read()
  }

  /** null follows the active calibration again */
  async showCalibration(id: string | null): Promise<void> {
    this.#chosen = id
    await this.#readMaps()
  }

  follow(): () => void {
    return this.client.on('changed', ({ what }) => {
      if ((what === 'chips' || what === 'calibrations') && this.#chip) void this.#read()
    })
  }

  select(neuron: number): void {
    if (neuron === this.neuron) return
    this.neuron = neuron
    this.preferences.set('neuron', { chip: this.#chip ?? '', neuron })
    this.#stepped()
    this.#readHistory()
  }

  chooseMetric(metric: string): void {
    this.#keep({ metric })
  }

  stepMetric(by: number): void {
    const at = this.metrics.findIndex((map) => map === this.map)
    if (at >= 0) this.chooseMetric(this.metrics[(at + by + this.metrics.length) % this.metrics.length].metric)
  }

  chooseView(view: MapView): void {
    this.#keep({ view })
  }

  setShared(shared: boolean): void {
    this.#keep({ shared })
  }

  setDistribution(distribution: string): void {
    this.#keep({ distribution })
  }

  /** null goes back to the robust limits */
  setLimits(limits: Limits | null): void {
    if (!this.map) return
    const rest = { ...this.#limits }
    const key = `${this.map.metric} ${this.drawn}`
    if (limits) rest[key] = [limits[0] / this.#factor, limits[1] / this.#factor]
    else delete rest[key]
    this.preferences.set('map.limits', rest)
  }

  async exclude(chip: string, neurons: number[], reason: string): Promise<void> {
    this.#put((await this.client.call('exclude', { chip, neurons, reason })).chip)
  }

  async include(chip: string, neurons: number[]): Promise<void> {
    this.#put((await this.client.call('include', { chip, neurons })).chip)
  }

  /** an empty note is erased */
  async note(chip: string, neuron: number, note: string): Promise<void> {
    this.#put((await this.client.call('chip.note', { chip, neuron, note })).chip)
  }

  async activate(calibration: string): Promise<void> {
    await this.client.call('calibration.activate', { calibration })
    await this.#read()
  }

  /** what is undone may belong to a chip that is no longer looked at */
  #put(detail: ChipDetail): void {
    if (detail.id === this.#chip) this.detail.value = detail
  }

  #keep(change: Record<string, unknown>): void {
    this.preferences.set('map', { ...this.#kept, ...change })
  }

  async #read(): Promise<void> {
    const chip = this.#chip
    if (!chip) return
    const detail = await this.detail.load(async () => (await this.client.call('chip.show', { chip })).chip)
    if (!detail) return
    this.neuron = Math.min(this.neuron, detail.neurons - 1)
    if (this.calibration?.id !== this.#shown) await this.#readMaps()
    this.#readHistory()
  }

  async #readMaps(): Promise<void> {
    const calibration = this.calibration?.id ?? null
    this.#shown = calibration
    if (!calibration) {
      this.maps.clear()
      this.traces.clear()
      return
    }
    await Promise.all([
      this.maps.load(async () => (await this.client.call('calibration.maps', { calibration, kept: true })).maps),
      this.#readTraces()
    ])
  }

  /** one step is answered at once; of a key that is held, or a pointer that is drawn over the map, only the last */
  #stepped(): void {
    const now = performance.now()
    const alone = now - this.#steppedAt > REST_MS
    this.#steppedAt = now
    clearTimeout(this.#tracesTimer)
    if (alone) void this.#readTraces()
    else this.#tracesTimer = setTimeout(() => void this.#readTraces(), REST_MS)
  }

  async #readTraces(): Promise<void> {
    clearTimeout(this.#tracesTimer)
    const calibration = this.#shown
    if (!calibration) return
    const neuron = this.neuron
    if (!this.history.value) this.#readHistory()
    await this.traces.load(async () => {
      const { traces } = await this.client.call('calibration.search', { calibration, neuron })
      return { neuron, list: traces }
    })
  }

  /** a moment after the last choice: all versions are read for it */
  #readHistory(): void {
    const chip = this.#chip
    clearTimeout(this.#historyTimer)
    if (!chip) return
    this.#historyTimer = setTimeout(() => {
      const { neuron } = this
      void this.history.load(async () => (await this.client.call('chip.timeline', { chip, neuron })).timeline)
    }, 150)
  }
}
