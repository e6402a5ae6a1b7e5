import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { COMMANDS } from '../../src-main/cli/commands/index'
import { argumentsOf, fieldsOf } from '../../src-main/cli/options'
import { contract, type Name } from '../../src-main/contract/index'

const names = Object.keys(contract) as Name[]
/** what only a window asks for, and why */
const WINDOW_ONLY = {
  'app.info': 'the frame of the window; `doctor` and `workspace size` say it',
  'app.choose': 'a dialog',
  'app.place': 'a dialog',
  'app.reveal': "the system's file manager",
  catalogue: '`schema` prints it',
  'train.usual': 'what the form shows in the fields that are left empty',
  'sql.stop': 'ends a question of this window; the terminal has Ctrl-C',
  'calibration.maps': 'every array at once, to draw from; `calibration maps` says what is drawn',
  'calibration.document': 'a file for the page; `calibration export` writes it',
  'report.document': 'the same of `report`',
  'export.document': 'the same of `export`',
  'import.document': 'the same of `import`'
}

describe('the contract', () => {
  it.each(names)('%s has a summary of one line and schemas that JSON Schema can say', (name) => {
    const { summary, input, output } = contract[name]
    expect(summary).toMatch(/^[A-Z][^\n]+[^.]$/)
    for (const schema of [input, output]) {
      expect(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })).toHaveProperty('type')
    }
  })

  it.each(names)(
    '%s has no field that may be missing and has a default: the default would stand for what is missing',
    (name) => {
      const fields = Object.entries((contract[name].input as z.ZodObject).shape)
      const both = fields.filter(
        ([, field]) => field instanceof z.ZodOptional && field.unwrap() instanceof z.ZodDefault
      )
      expect(both.map(([key]) => key)).toEqual([])
    }
  )

  it('can be asked from the terminal, but for what only a window needs', () => {
    const reached = new Set<string>(COMMANDS.map((command) => command.endpoint))
    expect(names.filter((name) => !reached.has(name)).sort()).toEqual(Object.keys(WINDOW_ONLY).sort())
  })

  it.each(COMMANDS.map((command) => [command.path, command] as const))(
    '%s takes its arguments from fields of the input',
    (_path, command) => {
      const fields = fieldsOf(command).map((field) => field.name)
      for (const { field } of argumentsOf(command)) expect(fields).toContain(field)
      for (const field of Object.keys(command.flags ?? {})) expect(fields).toContain(field)
    }
  )
})

describe('the documents', () => {
  const read = (name: string): string =>
    fs.readFileSync(new URL(`../../resources/docs/${name}`, import.meta.url), 'utf8')

  it.each(COMMANDS.map((command) => command.path))('cli.md explains `%s`', (path) => {
    expect(read('cli.md')).toMatch(new RegExp(`\`${path}[ \`]`))
  })

  it('schema.md explains every table', async () => {
    const { foundation } = await import('../../src-main/store/migrations/0010-foundation')
    const tables = [...foundation.sql.matchAll(/create table (\w+)/g)].map(([, table]) => table)
    for (const table of tables) expect(read('schema.md')).toContain(`### ${table}\n`)
  })
})
