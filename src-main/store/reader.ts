/**
 * Entry of the process that answers one question in SQL and ends. It is a process of its own because nothing else can
 * stop SQLite in the middle of a long statement: who asked kills it when its time is over or a person stops it, and has
 * the rows that were told by then.
 */
import { StoreError } from './errors'
import { openForReading, readSql, type SqlAnswer, type SqlQuestion, type Tell } from './sql'

export type ToReader = SqlQuestion & { file: string }
export type FromReader =
  { part: Parameters<Tell>[0] } | { answer: SqlAnswer } | { error: { code: StoreError['code']; message: string } }

/** what Electron adds to `process` in a utility process */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', callback: (event: { data: unknown }) => void): void
}

function answer({ file, ...question }: ToReader, post: (part: FromReader) => void): FromReader {
  try {
    const db = openForReading(file)
    try {
      return { answer: readSql(db, question, (part) => post({ part })) }
    } finally {
      db.close()
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { error: { code: error instanceof StoreError ? error.code : 'internal', message } }
  }
}

const port = (process as { parentPort?: ParentPort }).parentPort
const post = (said: FromReader): void => void (port ? port.postMessage(said) : process.send?.(said))
const hear = (asked: unknown): void => post(answer(asked as ToReader, post))
if (port) port.on('message', ({ data }) => hear(data))
else process.on('message', hear)
