/**
 * Sliders on a trained network. While one moves, a few hundred test samples are read, the newest position only; when it
 * rests, the whole test set follows in pieces, so that the next move never waits long. Where even those take long, fewer
 * come first. A network that is being trained is read as its last epoch left it, and compared with the same epoch.
 */
import { messageOf, type Client } from '../api/client'
import type { WhatIfReading } from '../api/types'

export interface Changes {
  spread?: number
  temperature?: number
  bits?: number
  dead?: number
}
export type Knob = keyof Changes

/** test samples read while a slider moves, and more of them a step once it rests */
export const AT_ONCE = 500
const STEP = 1000
/** those that come first where `AT_ONCE` took longer than this, ms */
const FIRST = 100
const LONG_MS = 120
const REST_MS = 250

export class WhatIf {
  changes = $state.raw<Changes>({})
  reading = $state.raw<WhatIfReading | null>(null)
  /** the same weights as they are, by how many samples were read */
  usual = $state.raw<ReadonlyMap<number, WhatIfReading>>(new Map())
  /** accuracy at the positions of the slider that moved last, on `AT_ONCE` samples */
  trail = $state.raw<{ knob: Knob; points: { x: number; y: number }[] } | null>(null)
  error = $state<string | null>(null)
  /** from the move to its answer, ms */
  took = $state<number | null>(null)
  run: string | null = null
  #busy = false
  #again = false
  /** how many samples were asked for of the weights as they are */
  readonly #usually = new Set<number>()
  /** ms that `AT_ONCE` samples took last */
  #pace = 0
  #resting: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly client: Client) {}

  async open(run: string): Promise<void> {
    if (run === this.run) return
    this.run = run
    this.changes = {}
    this.#pace = 0
    this.reading = this.trail = this.took = this.error = null
    this.#forget()
    await this.#follow()
  }

  /** another epoch of the run has ended: what was read is of older weights */
  newer(run: string, epoch: number): void {
    if (run === this.run && this.reading && this.reading.epoch < epoch) void this.#follow()
  }

  set(knob: Knob, value: number | undefined): void {
    const { [knob]: _old, ...rest } = this.changes
    this.changes = value === undefined ? rest : { ...rest, [knob]: value }
    if (this.trail?.knob !== knob) this.trail = { knob, points: [] }
    void this.#follow()
  }

  reset(): void {
    this.changes = {}
    this.trail = null
    void this.#follow()
  }

  /** asks for the newest position until it is the one that was answered */
  async #follow(): Promise<void> {
    clearTimeout(this.#resting)
    this.#again = true
    if (this.#busy) return
    this.#busy = true
    while (this.#again) {
      this.#again = false
      await this.#answer(this.changes)
    }
    this.#busy = false
    clearTimeout(this.#resting)
    if (!this.error) this.#resting = setTimeout(() => void this.#rest(), REST_MS)
  }

  async #answer(changes: Changes): Promise<void> {
    const start = performance.now()
    const sizes = this.#pace > LONG_MS ? [FIRST, AT_ONCE] : [AT_ONCE]
    for (const samples of sizes) {
      const reading = await this.#ask(changes, samples)
      if (!reading) return
      if (samples === sizes[0]) this.took = performance.now() - start
      if (samples === AT_ONCE) this.#pace = performance.now() - start
      this.#show(reading, changes, samples)
      if (this.#again) return
    }
    this.#leave(changes)
    // beside it the same weights unchanged, where they were not read yet
    for (const samples of sizes) {
      if (this.#again || this.#usually.has(samples)) continue
      const usual = await this.#ask({}, samples)
      if (usual) this.#keep(usual, samples)
    }
  }

  async #rest(): Promise<void> {
    const { changes, run } = this
    while (this.reading && this.reading.n < this.reading.of && changes === this.changes && !this.#busy) {
      this.#busy = true
      const reading = await this.#ask(changes, this.reading.n + STEP)
      this.#busy = false
      if (this.#again) return this.#follow()
      if (!reading || run !== this.run) return
      this.#show(reading, changes, this.reading.n + STEP)
    }
  }

  /** an answer to an older position than the newest is still worth showing while the slider moves */
  #show(reading: WhatIfReading, changes: Changes, samples: number): void {
    if (this.reading && this.reading.epoch !== reading.epoch) {
      this.#forget()
      if (this.trail) this.trail = { ...this.trail, points: [] }
    }
    this.reading = reading
    if (Object.keys(changes).length === 0) this.#keep(reading, samples)
  }

  #keep(usual: WhatIfReading, samples: number): void {
    if (usual.epoch !== this.reading?.epoch) return
    this.#usually.add(samples)
    this.usual = new Map([...this.usual, [usual.n, usual]])
  }

  #forget(): void {
    this.#usually.clear()
    this.usual = new Map()
  }

  /** null: it was refused, or is of a run that is not looked at any more */
  async #ask(changes: Changes, samples: number): Promise<WhatIfReading | null> {
    const { run } = this
    if (run === null) return null
    try {
      const { reading } = await this.client.call('runs.whatIf', { run, ...changes, samples })
      if (run !== this.run) return null
      this.error = null
      return reading
    } catch (error) {
      if (run === this.run) this.error = messageOf(error)
      return null
    }
  }

  #leave(changes: Changes): void {
    const { trail, reading } = this
    const x = trail && changes[trail.knob]
    if (!trail || x === null || x === undefined || !reading) return
    const points = [...trail.points.filter((point) => point.x !== x), { x, y: 100 * reading.testAccuracy }]
    this.trail = { ...trail, points: points.sort((a, b) => a.x - b.x) }
  }
}
