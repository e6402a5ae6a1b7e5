/** No change without its line: whatever the window changes is said with the command that does the same, whoever asks for it. */
import { toast } from 'svelte-sonner'
import { beforeEach, expect, it, vi } from 'vitest'
import { PREFERENCES } from '../../src-main/contract/preferences'
import { createClient, type Client } from '../../src-renderer/api/client'
import { CHANGED } from '../../src-renderer/lib/text/lines'
import { markReference, starRun } from '../../src-renderer/state/run-edits'
import { startSample } from '../../src-renderer/state/sample-chip'
import { Session } from '../../src-renderer/state/session.svelte'
import { CHOICES, Words } from '../../src-renderer/state/words.svelte'
import { syntheticBridge } from './harness/bridge'
import { INPUTS } from './line-inputs'
import { request } from './shell'

vi.mock('svelte-sonner', () => ({ toast: Object.assign(vi.fn(), { error: vi.fn() }) }))

let session: Session
/** what was shown, and the line that its button copies */
const said = (): [string, string][] =>
  vi
    .mocked(toast)
    .mock.calls.filter(([what]) => what !== 'Command copied')
    .map(([what, options]) => {
      const { onClick } = (options?.action ?? {}) as { onClick?: () => void }
      copied.length = 0
      onClick?.()
      return [String(what), copied.join()]
    })
const copied: string[] = []
const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(2000)

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.mocked(toast).mockReset()
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  vi.stubGlobal('navigator', { platform: 'Linux', clipboard: { writeText: (text: string) => void copied.push(text) } })
  session = new Session(createClient(syntheticBridge('bench', 'light')))
  await session.open()
})

it.each(Object.keys(CHANGED) as (keyof typeof CHANGED)[])('%s is said though nobody says it', async (name) => {
  const words: [string, string][] = []
  const client = new Words((...word) => words.push(word)).hear({
    call: () => Promise.resolve({}),
    pathOf: () => '',
    on: () => () => undefined
  } as Client)
  await client.call(name, INPUTS[name][0] as never)
  await rest()
  // a preference is heard where it is set
  if (name === 'preferences.set') return expect(words).toEqual([])
  expect(words).toEqual([[CHANGED[name][0], expect.stringMatching(/^inloop /)]])
})

it('what a controller does by itself is said, and what was said once is not said again', async () => {
  const run = session.bench.run('r-40') ?? (await session.client.call('runs.show', { run: 'r-40' })).run
  await session.runTable.star(run)
  await rest()
  expect(said()).toEqual([['Star kept', expect.stringMatching(/^inloop runs star r-40/)]])
  vi.mocked(toast).mockClear()
  await starRun(session, run)
  await rest()
  expect(said()).toEqual([[expect.stringContaining('r-40'), expect.stringMatching(/^inloop runs star r-40/)]])
})

it('undo and redo carry the lines that do the same', async () => {
  const { run } = await session.client.call('runs.show', { run: 'r-40' })
  await session.runTable.rename(run, "o'hara")
  await rest()
  vi.mocked(toast).mockClear()
  await session.undoLast()
  await session.redoLast()
  await rest()
  expect(said()).toEqual([
    ['Undone: name of r-40', `inloop runs rename r-40 ${/^[\w-]+$/.test(run.name) ? run.name : `'${run.name}'`}`],
    ['Done again: name of r-40', String.raw`inloop runs rename r-40 'o'\''hara'`]
  ])
})

it('the reference is made, and taken back, as on the command line', async () => {
  markReference(session, 'r-40')
  await rest()
  await session.undoLast()
  await rest()
  expect(said()).toEqual([
    ['r-40 is the reference', 'inloop runs reference r-40'],
    ['Undone: r-40 as the reference', 'inloop runs reference none']
  ])
})

it('the sample chip is one word with both commands, wherever it is started', async () => {
  await startSample(session)
  await rest()
  expect(said()).toEqual([
    [
      'Sample created, and calibrated now',
      expect.stringMatching(/^inloop chip new --seed 1 --name Sample && inloop calibrate hx-\d+$/)
    ]
  ])
})

it('choices are said as the command line sets them; how the window was left is not', async () => {
  session.theme.choose('dark')
  session.theme.choose('light')
  session.preferences.set('notify', false)
  session.preferences.set('inspector', { width: 300, folded: false })
  expect(session.words.choice).toBe('inloop preferences set notify off')
  await rest()
  expect(said()).toEqual([
    [
      'Theme: light; Word when a job ends: off',
      'inloop preferences set theme light && inloop preferences set notify off'
    ]
  ])
  // tolerances are in the line of what is compared
  const chosen = Object.entries(PREFERENCES).flatMap(([key, { choice }]) => (choice ? [key] : []))
  expect(Object.keys(CHOICES).sort()).toEqual(chosen.filter((key) => key !== 'versions.allowed').sort())
})

it('a protocol is kept by a line that the command line takes', async () => {
  session.protocols.save('1', 'train', { method: 'surrogate', name: "o'hara" })
  await rest()
  const [[, line]] = said()
  expect(await request(line)).toMatchObject({
    command: { path: 'preferences set' },
    input: { key: 'protocols', value: { 1: { kind: 'train', input: { name: "o'hara" } } } }
  })
})

it('what a page had no time to say is said by the next one', async () => {
  const kept = new Map<string, string>()
  const leave: (() => void)[] = []
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => leave.push(listener))
  vi.stubGlobal('sessionStorage', {
    setItem: (key: string, value: string) => kept.set(key, value),
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key)
  })
  const words: string[][] = []
  const before = new Words((...word) => words.push(['before', ...word]))
  const client = before.hear({ call: () => Promise.resolve({ opened: '/b' }) } as unknown as Client)
  await client.call('workspace.open', {})
  leave.forEach((listener) => listener())
  new Words((...word) => words.push(word)).restore()
  await vi.advanceTimersByTimeAsync(399)
  expect(words).toEqual([])
  await rest()
  expect(words).toContainEqual(['Workspace opened', 'inloop workspace open /b'])
})
