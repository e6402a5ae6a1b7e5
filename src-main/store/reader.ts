/**
 * Entry of the process that answers one question in SQL and ends. It is a process of its own because nothing else can
 * stop SQLite in the middle of a long statement: who asked kills it when its time is over.
 */
import { StoreError } from './errors'
import { openForReading, readSql, type SqlAnswer, type SqlQuestion } from './sql'

export type ToReader = SqlQuestion & { file: string }
export type FromReader = { answer: SqlAnswer } | { error: { code: StoreError['code']; message: string } }

/** what Electron adds to `process` in a utility process */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', callback: (event: { data: unknown }) => void): void
}

function answer({ file, ...question }: ToReader): FromReader {
  try {
    const db = openForReading(file)
    try {
      return { answer: readSql(db, question) }
    } finally {
      db.close()
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { error: { code: error instanceof StoreError ? error.code : 'internal', message } }
  }
}

const port = (process as { parentPort?: ParentPort }).parentPort
if (port) port.on('message', ({ data }) => port.postMessage(answer(data as ToReader)))
else process.on('message', (message) => process.send?.(answer(message as ToReader)))
