// Every row of the acceptance table (resources/docs/acceptance.md) that concerns the chip, on twenty chips as they come:
// `CHIPS=1-20 npx vitest run --config test/bench/vitest.config.ts test/bench/acceptance.test.ts`
//   CHIPS=1-5       seeds (mismatch 1); some four minutes a chip
//   SESSIONS=a,b    some of the sessions below
// Beside the checks every session's defective parts are held against what was drawn: none missed, none invented.
// What a session found is kept in out/acceptance and not measured again (delete the folder to begin anew), so that a bench
// can be stopped, go on, and be shared out among processes. The table is made of all that is there: for each check how
// many chips passed it, the worst value and the chip that has it.
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
import { medians, QUANTITIES, shown, TruthWatch, type Figures } from './residuals'

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

interface Kept {
  chip: number
  session: string
  usable: number
  failed: { [routine: string]: number }
  checks: Check[]
  /** part and number of each defect; what was drawn */
  found: string[]
  drawn: string[]
  seconds: number
  /** seconds of the calibration by label */
  times: { [label: string]: number }
  /** of the first session: ratios and residuals without noise */
  figures: Figures[]
}

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
  for (const session of SESSIONS.map(({ name }) => name)) {
    const kept = all.filter((one) => one.session === session).sort((a, b) => a.chip - b.chip)
    if (kept.length === 0) continue
    const names = [...new Set(kept.flatMap(({ checks }) => checks.map(({ name }) => name)))]
    const rows = names.map((name) => rowOf(kept, name))
    console.log([`${session}, chips ${kept.map((one) => one.chip).join(' ')}`, HEAD, ...rows].join('\n'))
  }
  const notIn = (from: 'drawn' | 'found', other: 'drawn' | 'found'): string[] =>
    all.flatMap((one) =>
      one[from].filter((x) => !one[other].includes(x)).map((x) => `${one.chip} ${one.session}: ${x}`)
    )
  const [missed, invented] = [notIn('drawn', 'found'), notIn('found', 'drawn')]
  const drawn = new Set(all.flatMap((one) => one.drawn.map((x) => `${one.chip}: ${x}`)))
  console.log(
    `defective parts: ${drawn.size} drawn, missed ${missed.join(', ') || 'none'}, invented ${invented.join(', ') || 'none'}`
  )
  const spiking = all.filter((one) => one.session === SESSIONS[0].name).sort((a, b) => a.chip - b.chip)
  const pooled = spiking.reduce((sum, one) => sum + one.usable, 0) / (512 * spiking.length)
  const least = Math.min(...spiking.map(healthy))
  console.log(
    `usable neurons, pooled: ${(100 * pooled).toFixed(2)} %; of those not drawn as defective, least on a chip: ${(100 * least).toFixed(2)} %`
  )
  const middle = medians(spiking.map((one) => one.figures))
  console.log(
    [
      `ratio as read (residual without noise), chips ${spiking.map((one) => one.chip).join(' ')}`,
      `| chip | ${QUANTITIES.map(({ name }) => name).join(' | ')} |`,
      ...spiking.map((one) => `| ${one.chip} | ${one.figures.map(shown).join(' | ')} |`),
      `| median | ${middle.map(shown).join(' | ')} |`
    ].join('\n')
  )
  QUANTITIES.forEach(({ name, most }, k) => {
    expect(middle[k].ratio, name).toBeLessThanOrEqual(most)
    expect(middle[k].residual, `${name}, without noise`).toBeLessThanOrEqual(middle[k].ratio)
  })
  expect([missed, invented]).toEqual([[], []])
  expect(pooled).toBeGreaterThanOrEqual(0.985)
  expect(least).toBeGreaterThanOrEqual(0.995)
  expect(all.flatMap(({ checks }) => checks.filter((check) => !check.passed))).toEqual([])
})

/** share of the neurons that can be used, of those that were not drawn as defective */
function healthy({ usable, drawn }: Kept): number {
  return usable / (512 - drawn.filter((one) => /^(neuron|converter)/.test(one)).length)
}

const HEAD = '| check | chips that pass | worst value | limit | chip |\n|---|---|---|---|---|'

function rowOf(kept: readonly Kept[], name: string): string {
  const found = kept.flatMap(({ chip: seed, checks }) =>
    checks.filter((check) => check.name === name).map((check) => ({ seed, check }))
  )
  const asked = found.filter(({ check }) => !check.notApplicable && check.limit !== null)
  const passed = asked.filter(({ check }) => check.passed)
  if (asked.length === 0)
    return `| ${name} | told | ${found.map(({ check }) => check.value?.toFixed(2)).join(' ')} | | |`
  // the nearest to its limit, or the furthest beyond it
  const rises = asked[0].check.relation !== '>=' && (asked[0].check.value ?? 0) <= (asked[0].check.limit ?? 0)
  const worst = asked.reduce((a, b) => {
    if (a.check.passed !== b.check.passed) return a.check.passed ? b : a
    const [x, y] = [a.check.value ?? NaN, b.check.value ?? NaN]
    return (rises ? y > x : y < x) ? b : a
  })
  const { value, limit, unit, relation = '<' } = worst.check
  const shown = `${value?.toPrecision(3)} | ${relation} ${limit} ${unit}`
  return `| ${name} | ${passed.length} of ${asked.length} | ${shown} | ${worst.seed} |`
}
