/** A workspace that a newer Inloop wrote: it can be looked at, and not a byte of it changes. */
import fs from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src-main/store/database'
import { openStore } from '../../src-main/store/index'
import { idealRun, newJob, temporaryFolder } from '../store/fixtures'
import { openOn } from './opened'

/** one run, and the header's schema version (SQLite file format 1.3: byte 60) as of a later program */
function newerWorkspace(sql = ''): string {
  const workspace = temporaryFolder()
  const file = path.join(workspace, 'inloop.db')
  const store = openStore(file)
  store.runs.create(idealRun(newJob(store)))
  store.close()
  const db = openDatabase(file)
  db.exec(sql)
  db.close()
  const bytes = fs.readFileSync(file)
  bytes.writeUInt32BE(99_999, 60)
  fs.writeFileSync(file, bytes)
  return workspace
}

it('is opened to be looked at, and what would change it is refused in one line', async () => {
  const workspace = newerWorkspace()
  const file = path.join(workspace, 'inloop.db')
  const before = fs.readFileSync(file)
  const service = await openOn(workspace)
  onTestFinished(() => service.close())
  expect(await service.invoke('app.info', {})).toMatchObject({ readOnly: true })
  expect(await service.invoke('runs.list', {})).toMatchObject({ runs: [{ id: 'r-1' }] })
  for (const [name, input] of [
    ['chip.new', { seed: 1 }],
    ['runs.star', { run: 'r-1', star: true }],
    ['train', { method: 'surrogate', dataset: 'yin-yang', chip: 'ideal' }],
    ['workspace.prune', { part: 'trash' }]
  ] as const) {
    await expect(service.invoke(name, input)).rejects.toMatchObject({
      code: 'newer-database',
      message: expect.stringMatching(/^[^\n]*read-only[^\n]*allowed[^\n]*$/) as string
    })
  }
  // where the window is, is known as long as it is open
  await service.invoke('preferences.set', { key: 'place', value: { view: 'runs' } })
  expect(await service.invoke('preferences.get', {})).toEqual({ preferences: { place: { view: 'runs' } } })
  const copy = path.join(temporaryFolder(), 'copy.db')
  await service.invoke('backup', { file: copy })
  expect(fs.statSync(copy).size).toBeGreaterThan(0)
  await service.close()
  expect(fs.readFileSync(file).equals(before)).toBe(true)
})

it('is refused where this version could not read it', () => {
  const file = path.join(newerWorkspace('alter table preference rename to wish'), 'inloop.db')
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'newer-database' }))
})
