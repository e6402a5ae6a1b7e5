/**
 * Kills calibrations at random moments, as a power cut would, and takes them up again: the real command line, store and
 * compute process. test/cli/killed.test.ts does it twenty times, test/long a hundred.
 *
 * Moments come from a seed that is printed; `KILL_SEED=…` repeats them (as far as a machine repeats its pace). One moment
 * falls into each of as many equal parts of the time that a calibration takes, so that chance alone cannot put them all
 * before its start or behind its end.
 */
import { randomInt } from 'node:crypto'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Stream } from '../../src-main/core/random/stream'
import { openStore } from '../../src-main/store/index'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ended, ensureBuilt, newBench, type Bench } from './inloop'

/** with a routine that comes twice and readings before and after; short, so that the kill is what takes the time */
const ROUTINES = ['converter_channels', 'tau_mem', 'leak']
/** the active calibration is where a partial one starts from: it must not become one */
const CALIBRATE = ['calibrate', 'hx-1', ...ROUTINES.flatMap((name) => ['--routine', name]), '--no-activate']

interface Made {
  calibration: { id: string; sha256: string }
}

interface Reference {
  sha256: string
  /** of a calibration that nobody disturbs, with the start of the program */
  wallMs: number
}

async function reference(bench: Bench): Promise<Reference> {
  await bench.json('chip', 'new', '--seed', '11')
  const start = performance.now()
  const { calibration } = await bench.json<Made>(...CALIBRATE)
  return { sha256: calibration.sha256, wallMs: performance.now() - start }
}

interface Outcome {
  /** ms after the start */
  killedAt: number
  /** units done when it was killed; null: no calibration had been recorded yet, or it was complete */
  kept: number | null
  integrity: string
  /** of the resumed calibration */
  sha256: string | null
}

/** @param share of the time that a calibration takes; where one ends before, `undisturbed` learns how long it took */
async function killOnce(bench: Bench, undisturbed: Reference, share: number): Promise<Outcome> {
  const killedAt = share * undisturbed.wallMs
  const jobs = (): string[] => inDatabase(bench, (store) => store.jobs.list(1000).map((job) => job.id))
  const before = jobs().length
  const child = bench.start([...CALIBRATE, '--json'])
  const start = performance.now()
  const gone = ended(child)
  const done = gone.then(() => performance.now() - start)
  const endedAt = await Promise.race([setTimeout(killedAt, null), done])
  if (endedAt !== null) undisturbed.wallMs = endedAt
  child.kill('SIGKILL')
  await gone
  const { integrity, kept, job, sha256 } = inDatabase(bench, (store) => {
    const [newest] = store.jobs.list(1)
    const made = store.jobs.list(1000).length > before ? store.calibrations.summary(String(newest.subject)) : null
    const open = made !== null && !made.complete
    return {
      integrity: store.integrity(),
      kept: open ? (store.calibrationUnits.kept(made.id)?.done.length ?? 0) : null,
      job: open ? newest.id : null,
      sha256: made?.sha256 ?? null
    }
  })
  if (job === null) return { killedAt, kept, integrity, sha256 }
  const resumed = await bench.json<Partial<Made>>('resume', job)
  if (!resumed.calibration) throw new Error(`killed after ${killedAt} ms: ${resumed.stderr}`)
  return { killedAt, kept, integrity, sha256: resumed.calibration.sha256 }
}

function inDatabase<T>(bench: Bench, look: (store: ReturnType<typeof openStore>) => T): T {
  const store = openStore(path.join(bench.workspace, 'inloop.db'))
  try {
    return look(store)
  } finally {
    store.close()
  }
}

/** the test itself, so many times */
export function killedTimes(times: number): void {
  let bench: Bench
  let undisturbed: Reference
  beforeAll(async () => {
    ensureBuilt()
    bench = newBench()
    undisturbed = await reference(bench)
  }, 300_000)
  afterAll(() => bench.remove())

  it(
    `a calibration killed at a random moment, ${times} times, leaves a sound database and resumes to the same bits`,
    { timeout: times * 60_000 },
    async () => {
      const outcomes: Outcome[] = []
      const seed = Number(process.env['KILL_SEED'] ?? randomInt(2 ** 32))
      console.log(`killed at moments of KILL_SEED=${seed}`)
      const moments = new Stream(seed, 'kills')
      for (let k = 0; k < times; k++) {
        outcomes.push(await killOnce(bench, undisturbed, (k + moments.uniform()) / times))
      }
      for (const { killedAt, integrity, sha256 } of outcomes) {
        expect(integrity, `seed ${seed}, killed after ${killedAt} ms`).toBe('ok')
        expect([null, undisturbed.sha256], `seed ${seed}, killed after ${killedAt} ms`).toContain(sha256)
      }
      // many moments fall into the work itself, or the test would say little
      expect(outcomes.filter(({ sha256 }) => sha256 !== null).length).toBeGreaterThan(times / 4)
      expect(outcomes.filter(({ kept }) => kept !== null && kept > 0).length).toBeGreaterThan(times / 10)
    }
  )
}
