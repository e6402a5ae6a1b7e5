/** Lines as the window copies them, pasted into a real shell: names with quotes, dollars, a leading minus; then what they did. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src-main/store/index'
import { cli } from '../../src-renderer/lib/text/cli'
import { idealRun, newJob } from '../store/fixtures'
import { ensureBuilt, newBench, type Bench } from './inloop'

const ODD = `- it's "odd" \`x\` $HOME --json`
const PROGRAM = path.resolve(import.meta.dirname, '../../out/main/cli.js')

let bench: Bench
/** as a person pastes it, after `inloop` is a command of the shell */
function paste(...lines: string[]): string {
  const script = `inloop() { "${process.execPath}" "${PROGRAM}" "$@"; }\n${cli.each(lines)}`
  const env = { ...process.env, INLOOP_WORKSPACE: bench.workspace }
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: bench.workspace, env })
  expect(status, `${script}\n${stderr}`).toBe(0)
  return stdout
}
const json = <T>(line: string): T => JSON.parse(paste(line.replace(/^inloop /, 'inloop --json '))) as T

beforeAll(() => {
  ensureBuilt()
  bench = newBench()
  const store = openStore(path.join(bench.workspace, 'inloop.db'))
  store.runs.create(idealRun(newJob(store)))
  store.close()
}, 120_000)
afterAll(() => bench.remove())

describe.skipIf(process.platform === 'win32')('a line that was pasted', () => {
  it('names things as they were named in the window', () => {
    paste(
      cli.chipNew({ seed: 1, name: ODD }),
      cli.chipNote('hx-1', 7, ODD),
      cli.exclude('hx-1', [7], ODD),
      cli.runRename('r-1', ODD),
      cli.runNote('r-1', ODD),
      cli.runTag('r-1', ['a b', '-x', "o'c"])
    )
    expect(json(cli.runShow('r-1'))).toMatchObject({ run: { name: ODD, note: ODD, tags: ['a b', '-x', "o'c"] } })
    expect(json(cli.chipShow('hx-1'))).toMatchObject({
      chip: { name: ODD, exclusions: [{ neuron: 7, reason: ODD }], notes: [{ neuron: 7, note: ODD }] }
    })
  }, 120_000)

  it('keeps what Settings and the sheet of keys keep', () => {
    const kept = {
      notify: false,
      keys: { jobs: ['$mod+j'], exclude: ["'"] },
      protocols: { 1: { kind: 'train', input: { method: 'surrogate', name: 'x' }, form: { name: ODD } } },
      'sql.kept': [{ name: ODD, query: `select '"' -- ${ODD}` }]
    }
    paste(...Object.entries(kept).map(([key, value]) => cli.preference(key, value)), cli.preference('golden', 'r-1'))
    expect(json(cli.preferencesList())).toMatchObject({ preferences: { ...kept, golden: 'r-1' } })
  }, 120_000)

  it('shows the list that is shown, in its order and with its trash', () => {
    paste(cli.runDeleted('r-1', true))
    const shown = { sort: 'accuracy', descending: false, deleted: true } as const
    expect(json(cli.runsList('-star:yes tag:c', shown))).toMatchObject({ runs: [{ id: 'r-1' }] })
  }, 120_000)

  it('writes files where they were written, however they are called', () => {
    paste(cli.backup("- o'hara.db"), cli.diagnostics("- o'hara.zip", false))
    expect(fs.readdirSync(bench.workspace)).toEqual(expect.arrayContaining(["- o'hara.db", "- o'hara.zip"]))
  }, 120_000)
})
