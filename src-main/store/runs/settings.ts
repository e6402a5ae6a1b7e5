/** The settings that runs have in common (contract/run-groups.ts), each kept once, so that no list reads configurations. */
import { settingsDigits, settingsText } from '../../contract/run-groups'
import type { Db } from '../database'

type Config = { readonly [key: string]: unknown }

/** @returns gives the settings of a configuration their number, the same for equal ones */
export function settingsNumbers(db: Db): (config: Config) => number {
  const insert = db.prepare('insert into run_settings (digits, text) values (?, ?) on conflict (text) do nothing')
  const find = db.prepare<[string], number>('select id from run_settings where text = ?').pluck()
  return (config) => {
    const text = settingsText(config)
    const known = find.get(text)
    return known ?? Number(insert.run(settingsDigits(text), text).lastInsertRowid)
  }
}

/** runs that have no number yet: made before there were numbers, or before the rule became another */
export function numberAll(db: Db): void {
  const without = db.prepare<[], { id: string; config: string }>('select id, config from run where settings is null')
  const put = db.prepare('update run set settings = ? where id = ?')
  const numbers = settingsNumbers(db)
  const work = db.transaction(() => {
    for (const { id, config } of without.all()) put.run(numbers(JSON.parse(config) as Config), id)
  })
  if (db.prepare('select 1 from run where settings is null limit 1').get()) work.immediate()
}

/** @returns the configurations, as far as they are settings, that have these numbers */
export function settingsKept(db: Db): (numbers: readonly number[]) => Map<number, Config> {
  const read = db.prepare<[string], { id: number; text: string }>(
    'select id, text from run_settings where id in (select value from json_each(?))'
  )
  return (numbers) => new Map(read.all(JSON.stringify(numbers)).map(({ id, text }) => [id, JSON.parse(text) as Config]))
}
