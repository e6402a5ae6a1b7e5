/** What a person set in the window and wants to find again. */
import type { Db } from './database'

export type Preferences = ReturnType<typeof preferences>

/** of a workspace that is only looked at: what is set lasts as long as the program */
export function unkept(kept: Preferences): Preferences {
  const own = new Map<string, unknown>()
  return {
    all: () => Object.fromEntries([...Object.entries(kept.all()), ...own].filter(([, value]) => value !== undefined)),
    set: (key, value) => void own.set(key, value)
  }
}

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
