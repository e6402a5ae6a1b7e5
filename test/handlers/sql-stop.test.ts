/** A question in SQL that a person stops: its process is gone at once, and the rows that were told by then are there. */
import { expect, it, onTestFinished } from 'vitest'
import type { Output } from '../../src-main/contract/index'
import type { FromReader } from '../../src-main/store/reader'
import { openService } from '../../src-main/handlers/service'
import { FakeCompute } from '../jobs/fake-compute'
import { temporaryFolder } from '../store/fixtures'

/** reads as the test says */
class FakeReader extends FakeCompute {
  tell(message: FromReader): void {
    this.say(message as never)
  }
}

async function asked() {
  const readers: FakeReader[] = []
  const service = await openService({
    workspace: temporaryFolder(),
    launchCompute: () => new FakeCompute(),
    launchReader: () => {
      const reader = new FakeReader()
      readers.push(reader)
      return reader
    },
    kernels: 'kernels.wasm',
    resources: 'resources',
    version: '0.1.0',
    runtime: 'test',
    threads: 1
  })
  onTestFinished(() => service.close())
  const answer = service.invoke('sql', { query: 'select id from runs' }) as Promise<Output<'sql'>>
  await Promise.resolve()
  return { service, answer, reader: readers[0] }
}

it('answers with the rows that were there, and its process is killed', async () => {
  const { service, answer, reader } = await asked()
  reader.tell({ part: { columns: ['id'], rows: [['r-1'], ['r-2']] } })
  reader.tell({ part: { columns: ['id'], rows: [['r-3']] } })
  expect(await service.invoke('sql.stop', {})).toEqual({ stopped: 1 })
  expect(await answer).toMatchObject({
    columns: ['id'],
    rows: [['r-1'], ['r-2'], ['r-3']],
    stopped: true,
    truncated: true
  })
  expect(reader.killed).toBe(true)
  expect(await service.invoke('sql.stop', {}), 'nothing is left to stop').toEqual({ stopped: 0 })
})

it('with no row yet it answers with none; one that ended by itself was not stopped', async () => {
  const first = await asked()
  await first.service.invoke('sql.stop', {})
  expect(await first.answer).toMatchObject({ columns: [], rows: [], stopped: true })
  const { answer, reader } = await asked()
  const whole = { columns: ['id'], rows: [['r-1']], truncated: false, ms: 1 }
  reader.tell({ part: { columns: ['id'], rows: [['r-1']] } })
  reader.tell({ answer: whole })
  expect(await answer).toEqual({ ...whole, stopped: false })
})

it('a process that ends without an answer is said to have ended', async () => {
  const { answer, reader } = await asked()
  const said = expect(answer).rejects.toThrow('the process that reads ended (exit 9)')
  reader.die(9)
  await said
})
