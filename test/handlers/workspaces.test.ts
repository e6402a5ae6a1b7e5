/** The workspace's own keeping: its size, what can go, and the list of others. */
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { readKnown, rememberWorkspace } from '../../src-main/handlers/workspace/known'
import { openService, type Service } from '../../src-main/handlers/service'
import { currentWorkspace, knownWorkspaces } from '../../src-main/handlers/workspace/path'
import { openStore } from '../../src-main/store/index'
import { FakeCompute } from '../jobs/fake-compute'
import { idealRun, newJob, temporaryFolder } from '../store/fixtures'
import { openSwitchable } from '../../src-main/electron/switchable'

interface Size {
  total: number
  parts: { name: string; bytes: number; count: number | null; prune: string | null }[]
}

let workspace: string
let opened: string[]

const open = (folder: string): Promise<Service> =>
  openService({
    workspace: folder,
    launchCompute: () => new FakeCompute(),
    launchReader: () => new FakeCompute(),
    kernels: 'k',
    resources: 'r',
    version: '0.1.0',
    runtime: 'test',
    threads: 1,
    shell: {
      choose: () => Promise.resolve(null),
      place: () => Promise.resolve(null),
      reveal: () => {},
      openWorkspace: (to) => Promise.resolve(void opened.push(to))
    }
  })

async function service(): Promise<Service> {
  const made = await open(workspace)
  onTestFinished(() => made.close())
  return made
}

beforeEach(() => {
  workspace = temporaryFolder()
  opened = []
})

describe('size and prune', () => {
  it('counts what is there, and empties the trash for good', async () => {
    const store = openStore(path.join(workspace, 'inloop.db'))
    for (let k = 0; k < 4; k++) {
      const id = store.runs.create(idealRun(newJob(store)))
      store.runArrays.saveCheckpoint(id, { epoch: 1, arrays: { w: new Float32Array(50_000) }, numbers: {} })
      if (k > 0) store.runs.trash(id, true)
    }
    // as if an older schema had been migrated
    fs.writeFileSync(path.join(workspace, 'inloop.db.schema-10.backup'), 'x'.repeat(1000))
    fs.mkdirSync(path.join(workspace, 'cache'))
    fs.writeFileSync(path.join(workspace, 'cache', 'mnist.images'), 'x'.repeat(5000))
    store.close()

    const made = await service()
    const sizes = async (): Promise<Size> => ((await made.invoke('workspace.size', {})) as { size: Size }).size
    const part = (size: Size, name: string) => size.parts.find((one) => one.prune === name)
    const before = await sizes()
    expect(part(before, 'trash')).toMatchObject({ count: 3 })
    expect(part(before, 'trash')?.bytes).toBeGreaterThan(3 * 200_000)
    expect(part(before, 'cache')).toMatchObject({ bytes: 5000, count: 1 })
    expect(part(before, 'backups')).toMatchObject({ bytes: 1000, count: 1 })
    const { freed } = (await made.invoke('workspace.prune', { what: ['trash', 'backups', 'cache'] })) as {
      freed: number
    }
    expect(freed).toBeGreaterThan(3 * 200_000 + 6000)
    expect(((await made.invoke('runs.list', { deleted: true })) as { total: number }).total).toBe(0)
    expect(((await made.invoke('runs.list', {})) as { total: number }).total).toBe(1)
    const after = await sizes()
    for (const name of ['trash', 'cache', 'backups']) expect(part(after, name), name).toMatchObject({ bytes: 0 })
  })
})

describe('other workspaces', () => {
  it('are remembered, newest first; a damaged list is none', () => {
    const file = path.join(workspace, 'workspaces.json')
    expect(readKnown(file)).toEqual({ current: null, recent: [] })
    for (const one of ['/a', '/b', '/a']) rememberWorkspace(file, one)
    expect(readKnown(file)).toEqual({ current: '/a', recent: ['/a', '/b'] })
    fs.writeFileSync(file, '{"recent": 7, "current": "relative"')
    expect(readKnown(file)).toEqual({ current: null, recent: [] })
  })

  it('the one that is named always wins, and keeps the list', () => {
    vi.stubEnv('INLOOP_WORKSPACE', workspace)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(knownWorkspaces()).toBe(path.join(workspace, 'workspaces.json'))
    rememberWorkspace(knownWorkspaces(), '/elsewhere')
    expect(currentWorkspace()).toBe(workspace)
  })

  it('open in an empty folder or where one is, and nowhere else', async () => {
    const made = await service()
    const [empty, strange] = [temporaryFolder(), temporaryFolder()]
    fs.writeFileSync(path.join(strange, 'thesis.tex'), '')
    expect(await made.invoke('workspace.open', { path: empty })).toEqual({ opened: empty })
    expect(await made.invoke('workspace.open', {})).toEqual({ opened: null })
    await expect(made.invoke('workspace.open', { path: strange })).rejects.toThrow('this has thesis.tex')
    expect(opened).toEqual([empty])
  })

  it('take the place of the one that is open, which stays if they cannot be opened', async () => {
    const both = await openSwitchable(workspace, open)
    onTestFinished(() => both.close())
    const info = async (): Promise<unknown> => ((await both.invoke('app.info', {})) as { workspace: string }).workspace
    const heard: unknown[] = []
    both.subscribe((event) => heard.push(event))
    const other = temporaryFolder()
    await both.switchTo(other)
    expect(await info()).toBe(other)
    await both.invoke('preferences.set', { key: 'theme', value: 'dark' })
    expect(heard).toEqual(['changed'])
    const damaged = temporaryFolder()
    fs.writeFileSync(path.join(damaged, 'inloop.db'), 'these are notes and no database at all, '.repeat(5))
    await expect(both.switchTo(damaged)).rejects.toThrow('is not a database of Inloop')
    expect(await info()).toBe(other)
  })
})
