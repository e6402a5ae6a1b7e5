/** The teams of one task, one after the other, and the wishes of a person that reach whichever works just now. */
import fs from 'node:fs'
import type { TaskEnd, TaskReport } from './protocol'
import type { LaneEnd, LaneInputs, LaneKind } from './tasks/index'
import { runTeam } from './team'

export interface Surroundings {
  kernels: string
  cache: string
  resources: string
  threads: number
}

export interface RunningTask {
  control(what: 'run' | 'pause' | 'stop'): void
  readonly end: Promise<TaskEnd>
}

type Report = (report: TaskReport) => void

/** a stop that comes between two teams counts too */
export class Teams {
  #wish: 'run' | 'pause' | 'stop' = 'run'
  #current: Pick<RunningTask, 'control'> | undefined
  readonly #kernels: Uint8Array

  constructor(
    readonly surroundings: Surroundings,
    readonly report: Report
  ) {
    this.#kernels = new Uint8Array(fs.readFileSync(surroundings.kernels))
  }

  get stopped(): boolean {
    return this.#wish === 'stop'
  }

  control(what: 'run' | 'pause' | 'stop'): void {
    this.#wish = what
    this.#current?.control(what)
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
