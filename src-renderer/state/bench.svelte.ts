/** The lists that every view reads: chips, runs, jobs. Read once, then kept up by events. */
import type { Client } from '../api/client'
import type { CalibrationSummary, Catalogue, Chip, Info, Job, Run, Status } from '../api/types'
import { Resource } from './resource.svelte'

const NEWEST = 100

export class Bench {
  readonly chips = new Resource<Chip[]>()
  readonly info = new Resource<Info>()
  calibrations = $state.raw<CalibrationSummary[]>([])
  readonly #chipOf = $derived(new Map((this.chips.value ?? []).map((one) => [one.id, one])))
  readonly #calibrationOf = $derived(new Map(this.calibrations.map((one) => [one.id, one])))
  readonly catalogue = new Resource<Catalogue>()
  jobs = $state.raw<Job[]>([])
  /** the runs that were met so far: the newest, and what was asked for by id */
  #runs = $state.raw<ReadonlyMap<string, Run>>(new Map())
  /** for ages; moves every 30 s */
  now = $state(Date.now())

  /** the job that works now, else one that waits */
  readonly activeJob = $derived(
    this.jobs.find((job) => job.status === 'running' || job.status === 'paused') ??
      this.jobs.find((job) => job.status === 'queued') ??
      null
  )
  readonly interrupted = $derived(this.jobs.filter((job) => job.status === 'interrupted' && job.resumable))

  constructor(private readonly client: Client) {}

  /** all but the catalogue: core knows it, and the process that runs core need not be there for the first screen */
  async open(): Promise<void> {
    await Promise.all([this.readChips(), this.readRuns(), this.#readJobs(), this.readInfo()])
  }

  /** follows main until the returned function is called */
  follow(): () => void {
    const clock = setInterval(() => (this.now = Date.now()), 30_000)
    const ends = [
      this.client.on('job', (job) => this.#putJob(job)),
      this.client.on('run', (run) => this.putRun(run)),
      this.client.on('changed', ({ what }) => {
        if (what === 'chips' || what === 'calibrations') void this.readChips()
        if (what === 'runs') void this.readRuns()
        if (what === 'jobs') void this.#readJobs()
      })
    ]
    return () => {
      clearInterval(clock)
      for (const end of ends) end()
    }
  }

  chip(id: string | null): Chip | null {
    return this.#chipOf.get(id ?? '') ?? null
  }

  /** of a run whose calibration is not its chip's active one any more: what is to be known; null: it is, or had none */
  superseded({ chip, calibration }: Pick<Run, 'chip' | 'calibration'>): string | null {
    const active = this.chip(chip)?.active ?? null
    if (calibration === null || active === null || active === calibration) return null
    return `calibration ${calibration} is superseded: ${active} is active now`
  }

  run(id: string | null): Run | null {
    return this.#runs.get(id ?? '') ?? null
  }

  /** reads the runs of these ids that were not met yet; one that is gone stays away */
  async meet(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !this.#runs.has(id))
    const replies = await Promise.allSettled(missing.map((run) => this.client.call('runs.show', { run })))
    for (const reply of replies) if (reply.status === 'fulfilled') this.putRun(reply.value.run)
  }

  /** the newest runs that a filter keeps */
  async find(filter: string, limit: number): Promise<Run[]> {
    const { runs } = await this.client.call('runs.list', { filter, limit })
    this.#runs = new Map([...this.#runs, ...runs.map((run) => [run.id, run] as const)])
    return runs
  }

  job(id: string | null): Job | null {
    return this.jobs.find((job) => job.id === id) ?? null
  }

  calibration(id: string | null): CalibrationSummary | null {
    return this.#calibrationOf.get(id ?? '') ?? null
  }

  readonly readChips = (): Promise<unknown> =>
    this.chips.load(async () => {
      const [{ chips }, { calibrations }] = await Promise.all([
        this.client.call('chip.list', {}),
        this.client.call('calibration.list', {})
      ])
      this.calibrations = calibrations
      return chips
    })

  /** what happened last is what views speak of */
  readonly readRuns = (): Promise<unknown> => this.find('', NEWEST)

  readonly readInfo = (): Promise<unknown> => this.info.load(() => this.client.call('app.info', {}))

  putRun(run: Run): void {
    this.#runs = new Map([...this.#runs, [run.id, run]])
  }

  #putJob(job: Job): void {
    const at = this.jobs.findIndex((other) => other.id === job.id)
    const was = at < 0 ? null : this.jobs[at]
    this.jobs = at < 0 ? [job, ...this.jobs] : this.jobs.with(at, job)
    if (isOver(job.status) && was?.status !== job.status) {
      void this.readChips()
      void this.readInfo()
    }
  }

  async #readJobs(): Promise<void> {
    this.jobs = (await this.client.call('jobs.list', {})).jobs
  }

  readonly readCatalogue = (): Promise<unknown> => this.catalogue.load(() => this.client.call('catalogue', {}))
}

export function isOver(status: Status): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled' || status === 'interrupted'
}
