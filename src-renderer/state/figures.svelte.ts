/** What the figures of the watched run are drawn from besides its own record: planes, related runs, its counterpart. */
import type { Client } from '../api/client'
import type { Dashboard, PlaneAt, Related, Run, RunDetail } from '../api/types'
import { Resource } from './resource.svelte'

export class Figures {
  readonly related = new Resource<Related>()
  readonly planes = new Resource<PlaneAt[]>()
  /** the same on the other side: on a chip what this is on ideal dynamics, or the other way round */
  readonly counterpart = new Resource<{ run: RunDetail; dashboard: Dashboard }>()
  #run: string | null = null

  constructor(private readonly client: Client) {}

  follow(): () => void {
    return this.client.on('plane', ({ run, epoch, plane }) => {
      if (run !== this.#run) return
      this.planes.value = [...(this.planes.value ?? []).filter((one) => one.epoch !== epoch), { epoch, plane }]
    })
  }

  async read(run: Run): Promise<void> {
    const { id } = run
    if (id !== this.#run) for (const one of [this.related, this.planes, this.counterpart]) one.clear()
    this.#run = id
    const [related] = await Promise.all([
      this.related.load(() => this.client.call('runs.related', { run: id })),
      this.planes.load(async () => (await this.client.call('runs.planes', { run: id })).planes)
    ])
    const others = (related?.runs ?? []).filter(
      (one) => one.sameButPlace && (one.chip === 'ideal') !== (run.chip === 'ideal')
    )
    const other = others.find((one) => one.seed === run.seed) ?? others[0]
    if (this.#run !== id || !other || other.id === this.counterpart.value?.run.id) return
    await this.counterpart.load(async () => {
      const [{ run: detail }, { dashboard }] = await Promise.all([
        this.client.call('runs.show', { run: other.id }),
        this.client.call('runs.dashboard', { run: other.id })
      ])
      return { run: detail, dashboard }
    })
  }
}
