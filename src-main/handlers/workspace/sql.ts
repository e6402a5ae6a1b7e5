/** Questions in SQL, each in a process of its own that is killed when its time is over. */
import path from 'node:path'
import { InloopError } from '../../contract/errors'
import type { sql as endpoints } from '../../contract/sql'
import { csv } from '../../interchange/csv'
import type { FromReader, ToReader } from '../../store/reader'
import type { SqlAnswer } from '../../store/sql'
import type { Context, Handlers } from '../context'
import { writeWhole } from './written'

/** of one answer, all cells together */
const MOST_CHARACTERS = 50_000_000

export const sql: Handlers<keyof typeof endpoints> = {
  sql: async ({ query, limit, seconds, csv: file }, context) => {
    const answer = await ask({ file: context.store.file, query, limit, characters: MOST_CHARACTERS }, seconds, context)
    if (file === undefined) return answer
    return { ...answer, csv: writeWhole(path.resolve(file), csv(answer.columns, answer.rows)) }
  },
  'sql.views': (_input, { store }) => ({ views: store.sqlViews() })
}

function ask(question: ToReader, seconds: number, { launchReader }: Context): Promise<SqlAnswer> {
  return new Promise((resolve, reject) => {
    const reader = launchReader()
    const settle = (work: () => void): void => {
      clearTimeout(timer)
      work()
      reader.kill()
    }
    const timer = setTimeout(
      () =>
        settle(() =>
          reject(
            new InloopError(
              'bad-input',
              `query: not answered within ${seconds} s; allowed: a narrower one, or more time`
            )
          )
        ),
      1000 * seconds
    )
    reader.onMessage((message) =>
      settle(() => {
        const reply = message as FromReader
        if ('answer' in reply) resolve(reply.answer)
        else reject(new InloopError(reply.error.code, reply.error.message))
      })
    )
    // after an answer or a time-out this changes nothing
    reader.onExit((code) => reject(new InloopError('internal', `the process that reads ended (exit ${code})`)))
    reader.post(question)
  })
}
