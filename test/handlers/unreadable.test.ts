/** What cannot be read or written: one line that names it, and a workspace that cannot be written is looked at. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { toInloopError } from '../../src-main/handlers/errors'
import { openStore } from '../../src-main/store/index'
import { idealRun, newJob, temporaryFolder } from '../store/fixtures'
import { openOn } from './opened'

function filled(): string {
  const workspace = temporaryFolder()
  const store = openStore(path.join(workspace, 'inloop.db'))
  store.runs.create(idealRun(newJob(store)))
  store.close()
  return workspace
}

/** as the system answers somebody without the right to write: who runs tests may have it everywhere */
function protect(folder: string): void {
  const real = fs.accessSync
  const spy = vi.spyOn(fs, 'accessSync').mockImplementation((place, mode) => {
    if (String(place).startsWith(folder) && mode === fs.constants.W_OK)
      throw Object.assign(new Error(`EACCES: permission denied, access '${String(place)}'`), { code: 'EACCES' })
    real(place, mode)
  })
  onTestFinished(() => spy.mockRestore())
}

describe('a workspace that cannot be written', () => {
  it('is opened to be looked at; nothing in its folder changes, and what would is refused in one line', async () => {
    const workspace = filled()
    const file = path.join(workspace, 'inloop.db')
    const before = fs.readFileSync(file)
    protect(workspace)
    const service = await openOn(workspace)
    expect(await service.invoke('app.info', {})).toMatchObject({ readOnly: true, barred: 'write-protected', workspace })
    expect(await service.invoke('runs.list', {})).toMatchObject({ runs: [{ id: 'r-1' }] })
    await expect(service.invoke('runs.star', { run: 'r-1', star: true })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^[^\n]*cannot be written[^\n]*allowed[^\n]*$/) as string
    })
    const copy = path.join(temporaryFolder(), 'copy.db')
    const { bytes, sha256 } = (await service.invoke('backup', { file: copy })) as { bytes: number; sha256: string }
    const made = fs.readFileSync(copy)
    expect([bytes, sha256]).toEqual([made.length, createHash('sha256').update(made).digest('hex')])
    await service.close()
    expect(fs.readdirSync(workspace)).toEqual(['inloop.db'])
    expect(fs.readFileSync(file).equals(before)).toBe(true)
  })

  it('is no place to begin one in: that is said in one line', () => {
    const folder = path.join(temporaryFolder(), 'file')
    fs.writeFileSync(folder, '')
    expect(() => openStore(path.join(folder, 'deep', 'inloop.db'))).toThrow(
      /^workspace: .*deep given \(ENOTDIR\); allowed: /
    )
  })

  it.runIf(process.platform === 'linux')('in a folder of the system that makes no folders is refused at once', () => {
    expect(() => openStore('/proc/nope/deep/inloop.db')).toThrow('workspace: /proc/nope given')
  })
})

it('what the system refuses is the fault of the place, and named with what is allowed', () => {
  for (const [line, words] of [
    [
      "EACCES: permission denied, scandir '/lab/data'",
      '/lab/data may not be opened by this user; allowed: one with access'
    ],
    ["EISDIR: illegal operation on a directory, open '/lab'", '/lab is a folder; allowed: a file'],
    ["EROFS: read-only file system, mkdir '/cd/x'", '/cd/x lies where nothing can be written; allowed: a folder']
  ] as const)
    expect(toInloopError(new Error(line))).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(words) as string
    })
  expect(toInloopError(new Error("cannot read 'x'")).code).toBe('internal')
})

it('an empty file, or one that is no archive, is refused by its name', async () => {
  const service = await openOn(temporaryFolder())
  onTestFinished(() => service.close())
  const file = path.join(temporaryFolder(), 'run.zip')
  fs.writeFileSync(file, '')
  await expect(service.invoke('import', { file })).rejects.toMatchObject({
    code: 'bad-input',
    message: `file: ${file} is empty; allowed: one that \`inloop export\` made`
  })
  await expect(service.invoke('import.document', { name: 'run.zip', base64: '' })).rejects.toThrow('run.zip is empty')
  fs.writeFileSync(file, 'no archive')
  await expect(service.invoke('import', { file })).rejects.toThrow('run.zip: this is no whole zip archive')
})
