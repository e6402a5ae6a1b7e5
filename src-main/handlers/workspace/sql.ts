/** Questions in SQL, each in a process of its own that is killed when its time is over or a person stops it. */
import path from 'node:path'
import { InloopError } from '../../contract/errors'
import type { Output } from '../../contract/index'
import type { sql as endpoints } from '../../contract/sql'
import { csv } from '../../interchange/csv'
import type { FromReader, ToReader } from '../../store/reader'
import type { Cell } from '../../store/sql'
import type { Store } from '../../store/index'
import type { Context, Handlers } from '../context'
import { writeWhole } from './written'

/** of one answer, all cells together */
const MOST_CHARACTERS = 50_000_000

type Answer = Omit<Output<'sql'>, 'csv'>

/** what stops each question that is being read, by workspace */
const stops = new WeakMap<Store, Set<() => void>>()

export const sql: Handlers<keyof typeof endpoints> = {
  sql: async ({ query, limit, seconds, csv: file }, context) => {
    const answer = await ask({ file: context.store.file, query, limit, characters: MOST_CHARACTERS }, seconds, context)
    if (file === undefined) return answer
    return { ...answer, csv: writeWhole(path.resolve(file), csv(answer.columns, answer.rows)) }
  },
  'sql.stop': (_input, { store }) => {
    const running = [...(stops.get(store) ?? [])]
    for (const stop of running) stop()
    return { stopped: running.length }
  },
  'sql.views': (_input, { store }) => ({ views: store.sqlViews() })
}

function ask(question: ToReader, seconds: number, { launchReader, store }: Context): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const from = performance.now()
    const reader = launchReader()
    const running = stops.get(store) ?? new Set()
    stops.set(store, running)
    const read: { columns: string[]; rows: Cell[][] } = { columns: [], rows: [] }
    const over = (): void => {
      clearTimeout(timer)
      running.delete(stop)
    }
    const settle = (work: () => void): void => {
      over()
      work()
      reader.kill()
    }
    const stop = (): void =>
      settle(() => resolve({ ...read, truncated: true, stopped: true, ms: performance.now() - from }))
    running.add(stop)
    const late = `query: not answered within ${seconds} s; allowed: a narrower one, or more time`
    const timer = setTimeout(() => settle(() => reject(new InloopError('bad-input', late))), 1000 * seconds)
    reader.onMessage((message) => {
      const reply = message as FromReader
      if ('part' in reply) {
        read.columns = reply.part.columns
        for (const row of reply.part.rows) read.rows.push(row)
      } else
        settle(() => {
          if ('answer' in reply) resolve({ ...reply.answer, stopped: false })
          else reject(new InloopError(reply.error.code, reply.error.message))
        })
    })
    reader.onExit((code) => {
      over()
      // after an answer, a stop or a time-out this changes nothing
      reject(new InloopError('internal', `the process that reads ended (exit ${code})`))
    })
    reader.post(question)
  })
}
