/** What the diagnostics file holds, and what not. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Output } from '../../src-main/contract/index'
import { openService, type Service } from '../../src-main/handlers/service'
import type { ToCompute } from '../../src-main/compute/protocol'
import { SCHEMA_VERSION } from '../../src-main/store/database'
import { openStore } from '../../src-main/store/index'
import { FakeCompute } from '../jobs/fake-compute'
import { newJob, temporaryFolder } from '../store/fixtures'

class Refusing extends FakeCompute {
  override post(message: unknown): void {
    super.post(message)
    const { id, type } = message as Extract<ToCompute, { type: 'ask' }>
    const failure = { code: 'internal' as const, message: 'no core here', detail: '' }
    if (type === 'ask') queueMicrotask(() => this.say({ type: 'refused', id, failure }))
  }
}

async function open(workspace: string, launchCompute: () => FakeCompute): Promise<Service> {
  const service = await openService({
    workspace,
    launchCompute,
    launchReader: () => new FakeCompute(),
    kernels: 'k',
    resources: path.join(os.homedir(), 'secret-name', 'resources'),
    version: '0.1.0',
    runtime: 'test',
    threads: 3
  })
  onTestFinished(() => service.close())
  return service
}

const save = (service: Service, file: string, withWorkspace = false): Promise<Output<'diagnostics'>> =>
  service.invoke('diagnostics', { file, withWorkspace }) as Promise<Output<'diagnostics'>>

const partsOf = (file: string): { [name: string]: Uint8Array } => unzipSync(fs.readFileSync(file))

it('says what a maintainer asks for, holds no data, and not the name of the home folder', async () => {
  const workspace = temporaryFolder()
  const store = openStore(path.join(workspace, 'inloop.db'))
  const failed = newJob(store, 'train', 'gone')
  const fault = { code: 'internal', message: 'out of memory', detail: `at ${os.homedir()}/inloop/core.js:7` }
  store.jobs.end(failed, 'failed', new Date().toISOString(), true, fault)
  store.preferences.set('theme', 'dark')
  store.close()
  fs.writeFileSync(path.join(workspace, 'diagnostics-2026.txt'), 'Error: at line 1')

  const service = await open(workspace, () => new Refusing())
  const file = path.join(temporaryFolder(), 'd.zip')
  const made = await save(service, file)
  const parts = partsOf(file)
  expect(Object.keys(parts).sort()).toEqual([...made.parts, 'manifest.json'].sort())
  expect(parts['workspace.db']).toBe(undefined)
  const read = (name: string): unknown => JSON.parse(strFromU8(parts[name]))
  expect(read('versions.json')).toMatchObject({ inloop: '0.1.0', runtime: 'test', database: SCHEMA_VERSION })
  expect(read('hardware.json')).toMatchObject({ cores: os.cpus().length, threads: 3, memoryBytes: os.totalmem() })
  expect(read('settings.json')).toEqual({ theme: 'dark' })
  expect(read('jobs.json')).toMatchObject([{ id: failed, status: 'failed', error: 'out of memory' }])
  expect(strFromU8(parts['jobs.json'])).toContain('core.js:7')
  expect(strFromU8(parts['logs/diagnostics-2026.txt'])).toBe('Error: at line 1')
  expect(strFromU8(parts['logs/inloop.log'])).toContain('Inloop 0.1.0 on test')
  for (const [name, bytes] of Object.entries(parts)) expect(strFromU8(bytes), name).not.toContain(os.homedir())
})

it('has the whole database where that is asked for', async () => {
  const workspace = temporaryFolder()
  const service = await open(workspace, () => new Refusing())
  await service.invoke('preferences.set', { key: 'theme', value: 'dark' })
  const file = path.join(temporaryFolder(), 'd.zip')
  await save(service, file, true)
  const copy = path.join(temporaryFolder(), 'inloop.db')
  fs.writeFileSync(copy, partsOf(file)['workspace.db'])
  const store = openStore(copy)
  expect(store.preferences.all()).toEqual({ theme: 'dark' })
  store.close()
})

it('is written also when compute does not answer any more', async () => {
  const service = await open(temporaryFolder(), () => new FakeCompute())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const file = path.join(temporaryFolder(), 'd.zip')
  const saved = save(service, file)
  await vi.advanceTimersByTimeAsync(60_000)
  await saved
  expect(strFromU8(partsOf(file)['doctor.json'])).toContain('did not answer within')
})
