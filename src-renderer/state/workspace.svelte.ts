/** The workspace as a person keeps it: data sets, how large it is, and which others there are. */
import type { Client } from '../api/client'
import type { Output } from '../../src-main/contract'
import type { Bench } from './bench.svelte'
import { Resource } from './resource.svelte'

export type DataSet = Output<'dataset.list'>['datasets'][number]
export type Size = Output<'workspace.size'>['size']
export type Prunable = NonNullable<Size['parts'][number]['prune']>
export type Workspace = Output<'workspace.list'>['workspaces'][number]

export class WorkspacePage {
  readonly datasets = new Resource<DataSet[]>()
  readonly size = new Resource<Size>()
  readonly known = new Resource<Workspace[]>()
  /** runs that used each data set */
  readonly used = new Resource<ReadonlyMap<string, number>>()

  constructor(
    private readonly client: Client,
    private readonly bench: Bench
  ) {}

  follow(): () => void {
    return this.client.on('changed', ({ what }) => {
      if (what !== 'datasets') return
      void this.readDatasets()
      void this.bench.readCatalogue()
    })
  }

  readonly readDatasets = async (): Promise<void> => {
    await Promise.all([
      this.datasets.load(async () => (await this.client.call('dataset.list', {})).datasets),
      this.used.load(async () => {
        const { facets } = await this.client.call('runs.facets', {})
        const field = facets.find((facet) => facet.field === 'dataset')
        return new Map(field?.values.map(({ value, runs }) => [value, runs]))
      })
    ])
  }

  async choose(kind: 'file' | 'folder'): Promise<string | null> {
    const title = kind === 'file' ? 'Choose an .npz file' : 'Choose a folder of IDX or CSV files'
    return (await this.client.call('app.choose', { title, kind })).path
  }

  async add(name: string, path: string, side: number | null): Promise<DataSet> {
    return (await this.client.call('dataset.add', { name, path, ...(side === null ? {} : { side }) })).dataset
  }

  async remove(name: string): Promise<void> {
    await this.client.call('dataset.remove', { name })
  }

  readonly readSize = async (): Promise<void> => {
    await Promise.all([
      this.size.load(async () => (await this.client.call('workspace.size', {})).size),
      this.known.load(async () => (await this.client.call('workspace.list', {})).workspaces)
    ])
  }

  /** a copy of all of it in one file, which the person names; null: they changed their mind */
  async backUp(now: number): Promise<{ file: string; bytes: number } | null> {
    const name = `inloop-${new Date(now).toISOString().slice(0, 10)}.db`
    const { path } = await this.client.call('app.place', { title: 'Where the copy of the workspace goes', name })
    return path === null ? null : this.client.call('backup', { file: path })
  }

  /** for whoever looks into a fault; null: they changed their mind */
  async saveDiagnostics(now: number, withWorkspace: boolean): Promise<Output<'diagnostics'> | null> {
    const name = `inloop-diagnostics-${new Date(now).toISOString().slice(0, 10)}.zip`
    const { path } = await this.client.call('app.place', { title: 'Where the diagnostics go', name })
    return path === null ? null : this.client.call('diagnostics', { file: path, withWorkspace })
  }

  /** @returns bytes that were freed */
  async prune(what: Prunable): Promise<number> {
    const { freed, size } = await this.client.call('workspace.prune', { what: [what] })
    this.size.value = size
    void this.bench.readInfo()
    return freed
  }

  /** the page begins anew when another is open */
  async open(path?: string): Promise<void> {
    await this.client.call('workspace.open', path === undefined ? {} : { path })
  }

  async reveal(): Promise<void> {
    await this.client.call('app.reveal', {})
  }
}
