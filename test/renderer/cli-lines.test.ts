/** What the window offers to copy is read by the command line itself, as it was meant, odd words included. */
import { describe, expect, it } from 'vitest'
import { parse } from '../../src-main/cli/program'
import { cli } from '../../src-renderer/lib/text/cli'

/** as a shell splits it: blanks, and single quotes with their '\'' */
function words(line: string): string[] {
  const parts = line.match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? []
  return parts.map((part) =>
    part
      .replaceAll(String.raw`'\''`, '\u0000')
      .replaceAll("'", '')
      .replaceAll('\u0000', "'")
  )
}

async function input(line: string): Promise<unknown> {
  const [program, ...argv] = words(line)
  expect(program).toBe('inloop')
  const request = await parse(argv, '0.0.0')
  return request.kind === 'command' ? request.input : request
}

describe('a line that was copied', () => {
  it.each(['-star:yes', "tag=o'clock", 'star:yes AND NOT chip:"HX 07"', '--json'])(
    'keeps the filter %s',
    async (filter) => {
      expect(await input(cli.runsList(filter))).toMatchObject({ filter })
      expect(await input(cli.runsBulk('trash', { filter }))).toMatchObject({ action: 'trash', filter })
    }
  )

  it('keeps a question with its comment and the blanks in its quotes', async () => {
    const queries = ['-- the best\nselect * from runs', "select 'a   b'", "select name from runs where note = 'it''s'"]
    for (const query of queries) expect(await input(cli.sql(query))).toMatchObject({ query })
    expect(await input(cli.sql('select id\n  from runs'))).toMatchObject({ query: 'select id from runs' })
  })

  it('keeps a note that begins with a minus', async () => {
    expect(await input(cli.chipNote('hx-1', 7, '- jumps'))).toMatchObject({ chip: 'hx-1', neuron: 7, note: '- jumps' })
    expect(await input(cli.chipNote('hx-1', 7, ''))).toMatchObject({ note: '' })
  })

  it('trains what the form trains', async () => {
    const form = {
      method: 'surrogate' as const,
      dataset: 'mnist16',
      chip: 'hx-1',
      calibration: 'none',
      epochs: 5,
      batch: 40,
      seed: 7,
      seeds: 3,
      set: { decay: 0.92, schedule: 'cosine', unitCodes: false },
      limitTrain: 1200,
      limitTest: 50,
      name: '-a name',
      allowOtherChip: true
    }
    expect(await input(cli.train(form))).toEqual(form)
  })

  it('means the runs that were chosen', async () => {
    expect(await input(cli.runsBulk('star', { runs: ['r-1', 'r-2'] }))).toEqual({
      action: 'star',
      runs: ['r-1', 'r-2']
    })
    expect(await input(cli.compare(['r-1', 'r-2']))).toMatchObject({ runs: ['r-1', 'r-2'] })
  })
})
