/** Questions in SQL: over views that are documented as they are, and never a change. */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src-main/store/index'
import { migrations } from '../../src-main/store/migrations/index'
import { openForReading, readSql, type SqlAnswer } from '../../src-main/store/sql'
import { idealRun, newChip, newJob, temporaryFolder } from './fixtures'

const ALL = { limit: 1000, characters: 1e6 }

function reading(): (query: string, most?: Partial<typeof ALL>) => SqlAnswer {
  const file = path.join(temporaryFolder(), 'inloop.db')
  const store = openStore(file)
  newChip(store, 'HX-01')
  for (let seed = 1; seed <= 3; seed++) {
    const id = store.runs.create({ ...idealRun(newJob(store)), seed, config: { seed, name: 'it "is"' } })
    store.runArrays.saveDashboard(id, { confusion: null, classes: 10, weights: null, sample: null })
  }
  store.close()
  const db = openForReading(file)
  onTestFinished(() => void db.close())
  return (query, most) => readSql(db, { query, ...ALL, ...most })
}

const MANUAL = fs.readFileSync(new URL('../../resources/docs/schema.md', import.meta.url), 'utf8')

/** what stands under a heading, which may name several */
function section(name: string): string {
  const sections = MANUAL.split('\n### ').map((text) => text.split('\n#')[0])
  return sections.find((text) => text.split('\n')[0].split(', ').includes(name)) ?? ''
}

describe('the manual', () => {
  it('names every table of the schema', () => {
    const headings = [...MANUAL.matchAll(/^### (.+)$/gm)].flatMap(([, names]) => names.split(', '))
    const made = migrations.flatMap(({ sql }) => [...sql.matchAll(/create (?:table|view) (\w+)/g)])
    expect(made.map(([, name]) => name).filter((name) => !headings.includes(name))).toEqual([])
  })

  it('explains every column of every table', () => {
    const file = path.join(temporaryFolder(), 'inloop.db')
    openStore(file).close()
    const db = openForReading(file)
    const ask = (query: string): unknown[][] => readSql(db, { query, ...ALL }).rows
    const columns = ask(
      `select t.name, c.name from sqlite_schema t, pragma_table_info(t.name) c
       where t.type = 'table' and t.name not like 'sqlite%'`
    )
    db.close()
    expect(columns.length).toBeGreaterThan(150)
    const missing = columns.filter(([table, column]) => !section(String(table)).includes(`\`${String(column)}\``))
    expect(missing.map(([table, column]) => `${String(table)}.${String(column)}`)).toEqual([])
  })

  it('explains every column of every view, and none that is not there', () => {
    const store = openStore(path.join(temporaryFolder(), 'inloop.db'))
    const views = store.sqlViews()
    store.close()
    expect(views.length).toBeGreaterThan(8)
    for (const { name, help, columns } of views) {
      const documented = [...section(name).matchAll(/`([a-z_0-9]+)`/g)].map(([, column]) => column)
      const others = views.map((view) => view.name)
      expect([...new Set(documented)].filter((c) => columns.includes(c) || !others.includes(c)).sort(), name).toEqual(
        [...columns].sort()
      )
      expect(help.length, name).toBeGreaterThan(10)
    }
  })
})

describe('a question', () => {
  it('is answered with its columns and rows, as far as they were asked for', () => {
    const ask = reading()
    expect(ask('select id, seed, chip from runs order by id')).toMatchObject({
      columns: ['id', 'seed', 'chip'],
      rows: [
        ['r-1', 1, 'ideal'],
        ['r-2', 2, 'ideal'],
        ['r-3', 3, 'ideal']
      ],
      truncated: false
    })
    expect(ask('select id from runs', { limit: 2 })).toMatchObject({ rows: { length: 2 }, truncated: true })
    expect(ask('select config from runs', { characters: 30 })).toMatchObject({ rows: { length: 1 }, truncated: true })
    expect(ask("select value from settings where run = 'r-2' and key = 'seed'").rows).toEqual([[2]])
  })

  it('that takes its time tells its rows on the way, each once', () => {
    const file = path.join(temporaryFolder(), 'inloop.db')
    openStore(file).close()
    const db = openForReading(file)
    onTestFinished(() => void db.close())
    const told: unknown[][] = []
    // a row in which SQLite counts for a while, 40 times
    const query = `with recursive n(k) as (select 1 union all select k + 1 from n where k < 40)
      select k, (with recursive c(x) as (select k union all select x + 1 from c where x < 100000) select count(*) from c)
      from n`
    const { rows } = readSql(db, { query, ...ALL }, (part) => {
      expect(part.columns[0]).toBe('k')
      told.push(...part.rows)
    })
    expect(rows).toHaveLength(40)
    expect(told).toEqual(rows.slice(0, told.length))
  })

  it('shows how long bytes are instead of the bytes', () => {
    expect(reading()('select data from dashboard limit 1').rows[0][0]).toMatch(/^\d+ bytes$/)
  })

  it.each([
    "delete from run where id = 'r-1'",
    "update chip set name = 'x' returning id",
    'drop view runs',
    "attach database '/tmp/other.db' as other",
    'pragma user_version = 3',
    'select 1; select 2',
    'select nothing from runs',
    'selec',
    ''
  ])('that is none is refused in one line and changes nothing: %s', (query) => {
    const ask = reading()
    expect(() => ask(query)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringMatching(/^query: [^\n]+allowed: /) as string
      })
    )
    expect(ask('select count(*) from runs').rows).toEqual([[3]])
    expect(ask('pragma user_version').rows).toEqual([[migrations[migrations.length - 1].version]])
  })
})

it('a whole number that a double cannot hold is written out', () => {
  const { rows } = reading()('select 9007199254740993, 9007199254740992, -3, 0.5, null')
  expect(rows).toEqual([['9007199254740993', 9007199254740992, -3, 0.5, null]])
})
