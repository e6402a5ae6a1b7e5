// Every row of the acceptance table (resources/docs/acceptance.md) that concerns the chip, on twenty chips as they come:
// `CHIPS=1-20 npx vitest run --config test/bench/vitest.config.ts test/bench/acceptance.test.ts`
//   CHIPS=1-5       seeds (mismatch 1); some four minutes a chip
//   SESSIONS=a,b    some of the sessions below
// Beside the checks every session's defective parts are held against what was drawn: none missed, none invented.
// What a session found is kept in out/acceptance and not measured again (delete the folder to begin anew), so that a bench
// can be stopped, go on, and be shared out among processes. The table is made of all that is there (acceptance-table.ts),
// printed and kept beside them; resources/docs/acceptance-chips.md is a copy of it.
import fs from 'node:fs'
import path from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { afterAll, describe, expect, it } from 'vitest'
import { GROUPS } from '../../src-main/core/calibration/acceptance/index'
import { presetNamed } from '../../src-main/core/calibration/presets'
import { applySettings } from '../../src-main/core/calibration/settings'
import type { CalibrationProgress, CalibrationResult, Check, Targets } from '../../src-main/core/calibration/types'
import { openChip } from '../../src-main/core/emulator/hicann-x/index'
import { inspect, inspectLatching, inspectSecondChannels } from '../../src-main/core/emulator/inspector'
import { median } from '../../src-main/core/statistics/summary'
import { accepted, calibrated, chip, indices, NOBODY } from '../core/calibration/calibrated'
import { type Kept, tableOf } from './acceptance-table'
import { QUANTITIES, TruthWatch, type Figures } from './residuals'

const FOLDER = path.join(import.meta.dirname, '../../out/acceptance')
const [from, to = from] = (process.env['CHIPS'] ?? '1-20').split('-').map(Number)
const SEEDS = Array.from({ length: to - from + 1 }, (_, k) => from + k)

interface Session {
  name: string
  targets: Targets
  routines: readonly string[]
  /** starts from the settings of the first session */
  onTop: boolean
  /** a chip with the oddities of the silicon; it is calibrated, not accepted */
  quirks?: boolean
}

const preset = (name: string): Session => {
  const { targets, routines, onTop } = presetNamed(name)
  return { name, targets, routines: routines.map((routine) => routine.name), onTop }
}
const named = (name: string, routines: readonly string[], targets: Targets = {}): Session => {
  return { name, targets, routines, onTop: true }
}

const SESSIONS: readonly Session[] = [
  preset('spiking2'),
  named('conductances', ['coba_gain_exc', 'coba_gain_inh', 'coba_reference_exc', 'coba_reference_inh']),
  named('compartments', ['inter_compartment']),
  named('fast-converter', ['threshold_madc', 'reference_exc_madc', 'reference_inh_madc']),
  named('at-leak', ['threshold_at_leak']),
  named('characterisation', ['intrinsic_capacitance', 'cadc_characterisation', 'madc_characterisation']),
  preset('correlation'),
  preset('hagen'),
  preset('nightly'),
  preset('weekly'),
  { ...preset('spiking2'), name: 'quirks', quirks: true }
]
const WANTED = process.env['SESSIONS']?.split(',') ?? SESSIONS.map(({ name }) => name)

const fileOf = (seed: number, session: string): string => path.join(FOLDER, `${seed}-${session}.json`)

/** a quadrant is weak that gives less than this of what the median quadrant gives (core/calibration/defects.ts) */
const WEAK = 0.6

/** defective parts as drawn that a session must report; one on top of the first knows what that one found */
function drawnDefects(seed: number, { routines, onTop, quirks }: Session): string[] {
  const port = chip(seed)
  const { draw } = inspect(port)
  // what the session below has found stays known
  const has = (routine: string): boolean =>
    routines.includes(routine) || (onTop && SESSIONS[0].routines.includes(routine))
  const named = (part: string, list: readonly number[]): string[] => list.map((at) => `${part} ${at}`)
  const stuck = indices(draw.stuck.map((value) => (value >= 0 ? 1 : 0)))
  const dead = indices(draw.circuit.dead)
  const acausal = indices(inspectSecondChannels(port).stuck.map((x) => (x >= 0 ? 1 : 0)))
  const gains = draw.quadrant.dacGain
  return [
    ...named('converter channel', stuck),
    ...named(
      'neuron',
      dead.filter((n) => !stuck.includes(n))
    ),
    ...(has('correlation_amplitude') ? named('sensor channel', acausal) : []),
    ...(has('synapse_dac_bias')
      ? named('quadrant', indices(gains.map((g) => (g < WEAK * median(gains) ? 1 : 0))))
      : []),
    ...(quirks
      ? named(
          'comparator',
          indices(inspectLatching(port)).filter((n) => !dead.includes(n))
        )
      : [])
  ].sort()
}

function keep(
  seed: number,
  session: Session,
  { result, times, figures }: Made,
  checks: Check[],
  drawn: string[],
  started: number
): void {
  const failed = Object.fromEntries(result.routines.map((r) => [r.name, r.failed.reduce((sum, x) => sum + x, 0)]))
  const usable = result.usable.reduce((sum, x) => sum + x, 0)
  const seconds = (performance.now() - started) / 1000
  const found = result.defects.map(({ part, at }) => `${part} ${at}`).sort()
  const kept: Kept = {
    chip: seed,
    session: session.name,
    usable,
    failed,
    checks,
    found,
    drawn,
    seconds,
    times,
    figures
  }
  fs.writeFileSync(fileOf(seed, session.name), JSON.stringify(kept))
  const off = checks.filter((check) => !check.passed)
  console.log(
    [
      `chip ${seed} ${session.name}: ${checks.length - off.length} of ${checks.length} in ${seconds.toFixed(0)} s`,
      `  ${usable} usable; defective: ${found.join(', ') || 'nothing'}${String(found) === String(drawn) ? '' : ` BUT drawn: ${drawn.join(', ')}`}`,
      ...off.map((check) => `  FAILED ${check.name}: ${check.value} ${check.unit}, limit ${check.limit}`)
    ].join('\n')
  )
}

/** a calibration with how long its parts took; made once and kept */
interface Made {
  result: CalibrationResult
  times: Kept['times']
  figures: Figures[]
}

function made(seed: number, { name, targets, routines, onTop, quirks = false }: Session): Made {
  const file = path.join(FOLDER, `${seed}-${name}.calibration`)
  if (fs.existsSync(file)) return deserialize(fs.readFileSync(file)) as Made
  const base = onTop && made(seed, SESSIONS[0]).result
  const below = base ? { from: base.settings, known: base.defects } : {}
  const times: Kept['times'] = {}
  let last = { label: 'start', at: performance.now() }
  const silicon = openChip({ seed, mismatch: 1, trialSeed: 1, quirks })
  const truths = name === SESSIONS[0].name ? new TruthWatch(silicon) : null
  const watch = (progress: CalibrationProgress): void => {
    truths?.see(progress)
    const { label } = progress
    const now = performance.now()
    times[last.label] = (times[last.label] ?? 0) + (now - last.at) / 1000
    last = { label, at: now }
  }
  const result = calibrated(silicon, { targets, routines, ...below }, watch)
  const all: Made = { result, times, figures: truths?.figures(result) ?? [] }
  fs.mkdirSync(FOLDER, { recursive: true })
  fs.writeFileSync(file, serialize(all))
  return all
}

describe.each(SEEDS)('chip %i', (seed) => {
  for (const session of SESSIONS.filter(({ name }) => WANTED.includes(name))) {
    it(session.name, { timeout: 3_600_000 }, () => {
      if (fs.existsSync(fileOf(seed, session.name))) return
      const started = performance.now()
      const all = made(seed, session)
      const drawn = drawnDefects(seed, session)
      if (session.quirks) return keep(seed, session, all, [], drawn, started)
      // another day: other noise
      const port = chip(seed, 1, 100 + seed)
      applySettings(port, all.result.settings)
      const { checks } = accepted(port, all.result, NOBODY, { control: true, groups: GROUPS })
      keep(seed, session, all, checks, drawn, started)
    })
  }
})

afterAll(() => {
  const all = fs
    .readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8')) as Kept)
    .sort((a, b) => a.chip - b.chip)
  const { page, missed, invented, pooled, least, middle } = tableOf(
    all,
    SESSIONS.map(({ name }) => name)
  )
  fs.writeFileSync(path.join(FOLDER, 'acceptance-chips.md'), page)
  console.log(page)
  QUANTITIES.forEach(({ name, most }, k) => {
    expect(middle[k].ratio, name).toBeLessThanOrEqual(most)
    expect(middle[k].residual, `${name}, without noise`).toBeLessThanOrEqual(middle[k].ratio)
  })
  expect([missed, invented]).toEqual([[], []])
  expect(pooled).toBeGreaterThanOrEqual(0.985)
  expect(least).toBeGreaterThanOrEqual(0.995)
  expect(all.flatMap(({ checks }) => checks.filter((check) => !check.passed))).toEqual([])
})
