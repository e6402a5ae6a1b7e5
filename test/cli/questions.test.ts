/** Questions in SQL and reports from the terminal. */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

const ENDLESS = 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c'

let bench: Bench
beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  await bench.json('chip', 'new', '--seed', '7', '--name', 'left')
}, 300_000)
afterAll(() => bench.remove())

it('a question in SQL is answered, as JSON, as a table and as a file', async () => {
  const query = 'select id, name, seed from chips'
  expect(await bench.json('sql', query)).toMatchObject({
    status: 0,
    columns: ['id', 'name', 'seed'],
    rows: [['hx-1', 'left', 7]],
    truncated: false
  })
  expect((await bench.run(['sql', query])).stdout).toMatch(/^id +name +seed\nhx-1 +left +7/)
  const file = path.join(bench.workspace, 'chips.csv')
  expect(await bench.json('sql', query, '--csv', file)).toMatchObject({ csv: { file } })
  expect(fs.readFileSync(file, 'utf8')).toBe('id,name,seed\r\nhx-1,left,7\r\n')
})

it('a question that takes too long, or would change something, is refused and leaves nothing', async () => {
  const long = await bench.run(['sql', ENDLESS, '--seconds', '0.5'])
  expect(long).toMatchObject({ status: 2, stderr: expect.stringContaining('not answered within 0.5 s') })
  expect(await bench.run(['sql', 'delete from chip'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('allowed: one statement that reads')
  })
  expect(await bench.json('chip', 'list')).toMatchObject({ chips: [{ id: 'hx-1' }] })
})

it('a report of a chip goes into one file', async () => {
  const file = path.join(bench.workspace, 'chip.html')
  expect(await bench.json('report', 'left', '--file', file)).toMatchObject({ status: 0, file })
  expect(fs.readFileSync(file, 'utf8')).toContain('Chip left')
})
