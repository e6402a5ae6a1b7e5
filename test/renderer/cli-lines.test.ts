/** What the window offers to copy is read by the command line itself, as it was meant, odd words included. */
import { describe, expect, it } from 'vitest'
import { cli } from '../../src-renderer/lib/text/cli'
import { request } from './shell'

async function input(line: string): Promise<unknown> {
  const asked = await request(line)
  return asked.kind === 'command' ? asked.input : asked
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

  it('draws a run in its colour and line, and compares by groups', async () => {
    expect(await input(cli.runColour('r-3', 'ochre', 'dash-dot'))).toEqual({
      run: 'r-3',
      colour: 'ochre',
      line: 'dash-dot'
    })
    expect(await input(cli.compare(['r-1', 'r-2'], 'chip'))).toEqual({ runs: ['r-1', 'r-2'], by: 'chip' })
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

  it('calibrates to every target of a list, however long', async () => {
    const leak = Array.from({ length: 512 }, (_, k) => 70 + k / 37)
    const form = { chip: 'hx-1', preset: 'nightly', routines: ['leak'], targets: { leak, reset: 70 }, seed: 3 }
    expect(await input(cli.calibrate(form))).toEqual(form)
  })

  it.each([
    ['jobs.pause', cli.jobPause('j-1'), { job: 'j-1' }],
    ['jobs.unpause', cli.jobUnpause('j-1'), { job: 'j-1' }],
    ['jobs.cancel', cli.jobCancel('j-1'), { job: 'j-1' }],
    ['jobs.cancel', cli.jobCancel('j-1', true), { job: 'j-1', force: true }],
    ['resume', cli.resume('j-1'), { job: 'j-1' }],
    ['runs.star', cli.runStar('r-1', true), { run: 'r-1' }],
    ['runs.star', cli.runStar('r-1', false), { run: 'r-1', star: false }],
    ['runs.rename', cli.runRename('r-1', "- the best' one"), { run: 'r-1', name: "- the best' one" }],
    ['runs.note', cli.runNote('r-1', ''), { run: 'r-1', note: '' }],
    ['runs.note', cli.runNote('r-1', '--json\nsecond line'), { run: 'r-1', note: '--json\nsecond line' }],
    ['runs.tag', cli.runTag('r-1', []), { run: 'r-1', tags: [] }],
    ['runs.tag', cli.runTag('r-1', ['a b', '-x']), { run: 'r-1', tags: ['a b', '-x'] }],
    ['runs.bulk', cli.runsBulk('tag', { runs: ['r-1'] }, '-x'), { action: 'tag', runs: ['r-1'], tag: '-x' }],
    ['runs.delete', cli.runDeleted('r-1', true), { run: 'r-1' }],
    ['runs.restore', cli.runDeleted('r-1', false), { run: 'r-1' }],
    ['evaluate', cli.evaluate({ run: 'r-1' }), { run: 'r-1' }],
    [
      'evaluate',
      cli.evaluate({ run: 'r-1', chip: 'hx-1', calibration: 'none' }),
      { run: 'r-1', chip: 'hx-1', calibration: 'none' }
    ],
    ['chip.rename', cli.chipRename('hx-1', '-7'), { chip: 'hx-1', name: '-7' }],
    ['chip.delete', cli.chipDelete('hx-1'), { chip: 'hx-1' }],
    ['dataset.add', cli.datasetAdd('mine', '/data/a b', 16), { name: 'mine', path: '/data/a b', side: 16 }],
    ['dataset.remove', cli.datasetRemove('mine'), { name: 'mine' }],
    ['diagnostics', cli.diagnostics('/tmp/a b.zip', true), { file: '/tmp/a b.zip', withWorkspace: true }],
    ['workspace.prune', cli.workspacePrune('trash'), { what: ['trash'] }],
    ['import', cli.importRun("/home/o'hara/runs/r 1.zip"), { file: "/home/o'hara/runs/r 1.zip" }]
  ])('asks for %s: %s', async (endpoint, copied, meant) => {
    expect(await request(copied)).toMatchObject({ command: { endpoint }, input: meant })
  })

  it('means the runs that were chosen', async () => {
    expect(await input(cli.runsBulk('star', { runs: ['r-1', 'r-2'] }))).toEqual({
      action: 'star',
      runs: ['r-1', 'r-2']
    })
    expect(await input(cli.compare(['r-1', 'r-2']))).toMatchObject({ runs: ['r-1', 'r-2'] })
  })
})
