/**
 * Everything that the window asks main for can be asked from a terminal: each line of lib/text/lines.ts, for the inputs
 * of line-inputs.ts, is read by the command line as the same question with the same input. The table of inputs has every
 * endpoint that the window may call, or does not compile.
 */
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { contract, type Input, type Name } from '../../src-main/contract/index'
import { CHANGED, READ, type Spoken, WINDOW_ONLY } from '../../src-renderer/lib/text/lines'
import { INPUTS, type Lined } from './line-inputs'
import { request } from './shell'

/** what another command says, which has the page's file as a file */
const ELSEWHERE: { [K in Lined]?: { endpoint: Name; input: (asked: never) => object } } = {
  'calibration.maps': {
    endpoint: 'calibration.view',
    input: ({ calibration }: Input<'calibration.maps'>) => ({ calibrations: [calibration] })
  },
  'calibration.document': {
    endpoint: 'calibration.export',
    input: ({ calibration, format }: Input<'calibration.document'>) => ({
      calibration,
      file: `${calibration}.${format}`
    })
  },
  'report.document': { endpoint: 'report', input: (asked) => asked },
  'export.document': { endpoint: 'export', input: ({ run: subject }: Input<'export.document'>) => ({ subject }) },
  'import.document': { endpoint: 'import', input: ({ name: file }: Input<'import.document'>) => ({ file }) }
}

const cases = (Object.keys(INPUTS) as Lined[]).flatMap((name) => INPUTS[name].map((asked) => [name, asked] as const))

function lineOf(name: Lined, asked: unknown): string {
  if (name in READ) return READ[name as keyof typeof READ](asked as never)
  const [, line] = CHANGED[name as keyof typeof CHANGED] as readonly [
    string,
    (input: unknown, reply: unknown) => string
  ]
  return line(asked, {})
}

it.each(cases)('%s %j', async (name, asked) => {
  const { endpoint, input } = ELSEWHERE[name] ?? { endpoint: name, input: (same: unknown) => same }
  const copied = await request(lineOf(name, asked))
  if (copied.kind !== 'command') throw new Error(`not read as a command: ${lineOf(name, asked)}`)
  expect(copied.command.endpoint).toBe(endpoint)
  const schema = contract[endpoint].input
  expect(schema.parse(copied.input)).toEqual(schema.parse(input(asked as never)))
})

it('every endpoint has a line, a reason why only a window has it, or is never asked by it', () => {
  const spoken = [...Object.keys(READ), ...Object.keys(CHANGED), ...Object.keys(WINDOW_ONLY)] as Spoken[]
  expect(new Set(spoken).size).toBe(spoken.length)
  for (const name of Object.keys(READ) as Name[]) expect(contract[name].kind).toBe('query')
  for (const name of Object.keys(CHANGED) as Name[]) expect(contract[name].kind).not.toBe('query')
})

it('every view says its line', () => {
  const folder = path.join(import.meta.dirname, '../../src-renderer/views')
  const silent = fs.readdirSync(folder).filter((file) => {
    const text = file.endsWith('.svelte') ? fs.readFileSync(path.join(folder, file), 'utf8') : ''
    return text.includes('<Screen') && !text.includes('session.cli = ')
  })
  // the form in it says it
  expect(silent).toEqual(['FirstChip.svelte'])
})
