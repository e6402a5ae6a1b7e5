// What the bench of acceptance found on all chips, as one page of Markdown.
import type { Check } from '../../src-main/core/calibration/types'
import { type Figures, medians, QUANTITIES, shown } from './residuals'

/** of one session on one chip */
export interface Kept {
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

const CONTROL = 'Control: '
const HEAD = ['| check | chips that pass | worst value | limit | chip |', '|---|---|---|---|---|']

interface Table {
  page: string
  /** defective parts, "chip session: part" */
  missed: string[]
  invented: string[]
  /** share of usable neurons; least on a chip of those not drawn as defective */
  pooled: number
  least: number
  middle: Figures[]
}

/** @param sessions in their order; the first one's neurons and figures are counted */
export function tableOf(all: readonly Kept[], sessions: readonly string[]): Table {
  const of = (session: string): Kept[] => all.filter((one) => one.session === session)
  const notIn = (from: 'drawn' | 'found', other: 'drawn' | 'found'): string[] =>
    all.flatMap((one) =>
      one[from].filter((x) => !one[other].includes(x)).map((x) => `${one.chip} ${one.session}: ${x}`)
    )
  const [missed, invented] = [notIn('drawn', 'found'), notIn('found', 'drawn')]
  const drawn = new Set(all.flatMap((one) => one.drawn.map((x) => `${one.chip}: ${x}`)))
  const spiking = of(sessions[0])
  const pooled = spiking.reduce((sum, one) => sum + one.usable, 0) / (512 * spiking.length)
  const least = Math.min(...spiking.map(healthy))
  const middle = medians(spiking.map((one) => one.figures))
  const controls = all.flatMap(({ checks }) => checks.filter(({ name }) => name.startsWith(CONTROL)))
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`
  const lines = [
    '# Twenty chips against every limit',
    '',
    'Printed by `test/bench/acceptance.test.ts` ([acceptance.md](acceptance.md) says what it does): chips as they come',
    '(`--mismatch 1`); for each check how many passed it, the value nearest to its limit or furthest beyond it, and whose it',
    "is. Each calibration was accepted on another day's noise.",
    '',
    `- Negative control: on overwritten settings checks of a routine failed in ${controls.filter((c) => c.passed).length} of ${controls.length} cases.`,
    `- Defective parts: ${drawn.size} drawn, missed: ${missed.join(', ') || 'none'}, invented: ${invented.join(', ') || 'none'}.`,
    `- Usable neurons, pooled: ${percent(pooled)}; of those not drawn as defective, least on a chip: ${percent(least)}.`,
    '',
    '## Spread after over spread before: as read (without noise)',
    '',
    `| chip | ${QUANTITIES.map(({ name }) => name).join(' | ')} |`,
    `|---|${QUANTITIES.map(() => '---|').join('')}`,
    ...spiking.map((one) => `| ${one.chip} | ${one.figures.map(shown).join(' | ')} |`),
    `| median | ${middle.map(shown).join(' | ')} |`,
    ...sessions.flatMap((session) => sectionOf(session, of(session)))
  ]
  return { page: `${lines.join('\n')}\n`, missed, invented, pooled, least, middle }
}

function sectionOf(session: string, kept: readonly Kept[]): string[] {
  const checks = kept.flatMap((one) => one.checks.map(({ name }) => name))
  const names = [...new Set(checks)].filter((name) => !name.startsWith(CONTROL))
  if (names.length === 0) return []
  const title = `## ${session}, chips ${kept.map((one) => one.chip).join(' ')}`
  return ['', title, '', ...HEAD, ...names.map((name) => rowOf(kept, name))]
}

/** share of the neurons that can be used, of those that were not drawn as defective */
function healthy({ usable, drawn }: Kept): number {
  return usable / (512 - drawn.filter((one) => /^(neuron|converter)/.test(one)).length)
}

function rowOf(kept: readonly Kept[], name: string): string {
  const found = kept.flatMap(({ chip: seed, checks }) =>
    checks.filter((check) => check.name === name).map((check) => ({ seed, check }))
  )
  const asked = found.filter(({ check }) => !check.notApplicable && check.limit !== null)
  const passed = asked.filter(({ check }) => check.passed)
  if (asked.length === 0) {
    const values = found.map(({ check }) => check.value ?? NaN)
    const told = values.some(Number.isFinite)
      ? `${Math.min(...values).toFixed(2)} … ${Math.max(...values).toFixed(2)}`
      : ''
    return `| ${name} | ${found.some(({ check }) => check.notApplicable) ? 'not applicable' : 'told'} | ${told} | | |`
  }
  // the nearest to its limit, or the furthest beyond it
  const rises = asked[0].check.relation !== '>=' && (asked[0].check.value ?? 0) <= (asked[0].check.limit ?? 0)
  const worst = asked.reduce((a, b) => {
    if (a.check.passed !== b.check.passed) return a.check.passed ? b : a
    const [x, y] = [a.check.value ?? NaN, b.check.value ?? NaN]
    return (rises ? y > x : y < x) ? b : a
  })
  const { value, limit, unit, relation = '<' } = worst.check
  const of = `${passed.length} of ${asked.length}`
  return `| ${name} | ${of} | ${value?.toPrecision(3)} | ${`${relation} ${limit} ${unit}`.trim()} | ${worst.seed} |`
}
