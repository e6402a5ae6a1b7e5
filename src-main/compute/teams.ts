/** The teams of one task, one after the other, and the wishes of a person that reach whichever works just now. */
import fs from 'node:fs'
import type { TaskEnd, TaskReport, Wish } from './protocol'
import type { LaneEnd, LaneInputs, LaneKind } from './tasks/index'
import { runTeam, type RunningTeam } from './team'

export interface Surroundings {
  kernels: string
  cache: string
  resources: string
  threads: number
}

export interface RunningTask {
  control(what: Wish): void
  readonly end: Promise<TaskEnd>
}

type Report = (report: TaskReport) => void

/** a stop that comes between two teams counts too */
export class Teams {
  #wish: Wish = 'run'
  #current: Pick<RunningTeam<LaneKind>, 'control' | 'gone'> | undefined
  #die: () => void = () => {}
  /** settles when the task was killed and none of its threads is left; whatever else it was doing does not matter any more */
  readonly killed = new Promise<void>((resolve) => (this.#die = resolve))
  readonly #kernels: Uint8Array

  constructor(
    readonly surroundings: Surroundings,
    readonly report: Report
  ) {
    this.#kernels = new Uint8Array(fs.readFileSync(surroundings.kernels))
  }

  get stopped(): boolean {
    return this.#wish === 'stop' || this.#wish === 'kill'
  }

  control(what: Wish): void {
    if (this.#wish === 'kill') return
    this.#wish = what
    this.#current?.control(what)
    if (what === 'kill') void (this.#current?.gone ?? Promise.resolve()).then(this.#die)
  }

  /** @param report hears what the team tells; by default it is passed on */
  run<K extends LaneKind>(kind: K, input: LaneInputs[K], threads: number, report = this.report): Promise<LaneEnd<K>> {
    if (this.stopped) return Promise.resolve({ how: 'stopped' })
    const team = runTeam(kind, input, threads, this.#kernels, report)
    this.#current = team
    team.control(this.#wish)
    return team.end
  }
}
