/** What a person set in the window and wants to find again. */
import type { Db } from './database'

export function preferences(db: Db) {
  const all = db.prepare<[], { key: string; value: string }>('select key, value from preference')
  const put = db.prepare('insert or replace into preference values (?, ?)')
  const remove = db.prepare('delete from preference where key = ?')
  return {
    all: (): { [key: string]: unknown } =>
      Object.fromEntries(all.all().map(({ key, value }) => [key, JSON.parse(value) as unknown])),
    /** undefined forgets the key */
    set: (key: string, value: unknown): void => {
      if (value === undefined) remove.run(key)
      else put.run(key, JSON.stringify(value))
    }
  }
}
