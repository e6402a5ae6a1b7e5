/**
 * Sliders on a trained network. While one moves, a few hundred test images are read, the newest position only; when it
 * rests, the whole test set follows in pieces, so that the next move never waits long.
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

/** test images read while a slider moves, and more of them a step once it rests */
export const AT_ONCE = 500
const STEP = 1000
const REST_MS = 250

export class WhatIf {
  changes = $state.raw<Changes>({})
  reading = $state.raw<WhatIfReading | null>(null)
  /** the network as it was trained, on as many images as are read at once */
  usual = $state.raw<WhatIfReading | null>(null)
  /** accuracy at the positions of the slider that moved last, on the images read at once */
  trail = $state.raw<{ knob: Knob; points: { x: number; y: number }[] } | null>(null)
  error = $state<string | null>(null)
  /** from the move to its answer, ms */
  took = $state<number | null>(null)
  run: string | null = null
  #busy = false
  #again = false
  #resting: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly client: Client) {}

  async open(run: string): Promise<void> {
    if (run === this.run) return
    this.run = run
    this.changes = {}
    this.reading = this.usual = this.trail = this.took = null
    await this.#follow()
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
      const changes = this.changes
      const start = performance.now()
      if (!(await this.#ask(changes, AT_ONCE))) break
      this.took = performance.now() - start
      if (Object.keys(changes).length === 0) this.usual = this.reading
      this.#leave(changes)
    }
    this.#busy = false
    clearTimeout(this.#resting)
    if (!this.error) this.#resting = setTimeout(() => void this.#rest(), REST_MS)
  }

  async #rest(): Promise<void> {
    const changes = this.changes
    while (this.reading && this.reading.n < this.reading.of && changes === this.changes && !this.#busy) {
      this.#busy = true
      const went = await this.#ask(changes, this.reading.n + STEP)
      this.#busy = false
      if (this.#again) return this.#follow()
      if (!went) return
    }
  }

  async #ask(changes: Changes, samples: number): Promise<boolean> {
    const { run } = this
    if (run === null) return false
    try {
      const { reading } = await this.client.call('runs.whatIf', { run, ...changes, samples })
      if (run !== this.run) return false
      // an answer to an older position than the newest is still worth showing while the slider moves
      this.reading = reading
      this.error = null
      return true
    } catch (error) {
      this.error = messageOf(error)
      return false
    }
  }

  #leave(changes: Changes): void {
    const { trail, reading } = this
    const x = trail && changes[trail.knob]
    if (!trail || x === null || x === undefined || !reading || reading.n > AT_ONCE) return
    const points = [...trail.points.filter((point) => point.x !== x), { x, y: 100 * reading.testAccuracy }]
    this.trail = { ...trail, points: points.sort((a, b) => a.x - b.x) }
  }
}
