/** `inloop diagnostics`, as a person runs it whose program does strange things. */
import fs from 'node:fs'
import path from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

let bench: Bench
beforeAll(() => {
  ensureBuilt()
  bench = newBench()
}, 300_000)
afterAll(() => bench.remove())

it('writes one zip file, without data unless it is told to', { timeout: 120_000 }, async () => {
  await bench.run(['chip', 'new', '--seed', '1'])
  const file = path.join(bench.workspace, 'x.zip')
  const made = await bench.json<{ file: string; parts: string[] }>('diagnostics', '--file', file)
  expect(made).toMatchObject({ status: 0, file })
  const parts = unzipSync(fs.readFileSync(file))
  expect(Object.keys(parts).sort()).toEqual([...made.parts, 'manifest.json'].sort())
  expect(made.parts).not.toContain('workspace.db')
  expect(JSON.parse(strFromU8(parts['doctor.json']))).toMatchObject({ ok: true })
  expect((JSON.parse(strFromU8(parts['versions.json'])) as { core: string }).core).toMatch(/\w+/)
  const whole = await bench.json<{ parts: string[] }>('diagnostics', '--file', file, '--with-workspace')
  expect(whole.parts).toContain('workspace.db')

  const nowhere = await bench.run(['diagnostics', '--file', path.join(file, 'y.zip')])
  expect(nowhere.status).toBe(2)
  expect(nowhere.stderr).toMatch(/^inloop: file: .*y\.zip cannot be written/)
})
