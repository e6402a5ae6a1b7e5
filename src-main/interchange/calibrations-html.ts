/**
 * The report of several calibrations, of one chip or of as many: every quantity side by side, what differs between the
 * first two (B − A) with its map, what is excluded and noted on each chip, and what each calibration was made of.
 */
import type { Output } from '../contract/index'
import type { CalibrationReport } from './calibration-html'
import { type ChipReport, exclusions, notes } from './chip-html'
import { figuresOf } from './map-figures'
import { chipMap, limitsOf } from './report/figures'
import { type Cell, facts, figure, page, table, text, type Section } from './report/page'

type Diff = Output<'calibration.diff'>['diff']

export interface CalibrationsReport {
  /** in the order asked for */
  members: readonly { report: CalibrationReport; chip: ChipReport['chip'] }[]
  /** of the first two */
  diff: Diff
  /** sd of the difference that are allowed */
  sigmas: number
  /** of the program that writes, and when */
  app: string
  writtenAt: string
}

/** maps of differences that are drawn; the table has all quantities */
const MOST_MAPS = 8
/** neurons that are listed of a quantity */
const MOST_NEURONS = 12

export function calibrationsHtml({ members, diff, sigmas, app, writtenAt }: CalibrationsReport): string {
  const chips = new Set(members.map(({ chip }) => chip.id)).size
  const title = `Comparison of ${members.length} calibrations of ${chips === 1 ? members[0].chip.name : `${chips} chips`}`
  const lead = `${members.map(nameOf).join(', ')}. Differences are those of the first two. Written ${writtenAt} by Inloop ${app}.`
  return page(title, lead, [
    { title: 'What is compared', body: compared(members) },
    { title: 'Every quantity side by side', body: sideBySide(members) },
    ...differences(diff, sigmas),
    ...maps(members, diff),
    ...onChips(members),
    ...members.map((member) => ({ title: `${nameOf(member)}: made of`, body: madeOf(member.report) }))
  ])
}

type Member = CalibrationsReport['members'][number]

const nameOf = ({ report, chip }: Member): string => `${report.calibration.id} of ${chip.name}`

function compared(members: readonly Member[]): string {
  const head = ['calibration', 'chip', 'serial', 'seed of the chip', 'mismatch', 'recipe', 'usable', 'routines passed']
  return table(
    [...head, 'age, days', '°C', 'stale', 'made'],
    members.map(({ report: { calibration: c, chipSerial }, chip }): Cell[] => [
      c.id,
      chip.name,
      chipSerial,
      chip.seed,
      chip.mismatch,
      chip.recipe,
      `${c.usable} of ${c.neurons}`,
      `${c.routines.filter(({ passed }) => passed).length} of ${c.routines.length}`,
      c.ageDays,
      c.temperature,
      c.stale.join('; ') || 'no',
      c.createdAt
    ])
  )
}

function sideBySide(members: readonly Member[]): string {
  const metrics = [...new Set(members.flatMap(({ report }) => report.maps.map(({ metric }) => metric)))]
  const rows = metrics.flatMap((metric) =>
    members.flatMap((member): Cell[][] => {
      const { maps: list, neurons, excluded } = member.report
      const map = list.find((one) => one.metric === metric)
      if (!map) return []
      const [before, after] = (['before', 'after'] as const).map((view) =>
        figuresOf(map, view, neurons, new Set(excluded))
      )
      return [
        [
          map.label,
          nameOf(member),
          map.unit,
          map.target,
          before.median,
          before.mad,
          after.median,
          after.mad,
          after.inBand === null ? '–' : `${after.inBand} of ${after.used}`,
          `${after.used} of ${neurons}`
        ]
      ]
    })
  )
  const head = ['quantity', 'calibration', 'unit', 'target', 'before: median', 'MAD', 'after: median', 'MAD']
  return `<p>Over neurons that neither failed nor were excluded.</p>${table([...head, 'in band', 'usable'], rows)}`
}

function differences({ a, b, quantities, record, lost, gained, onlyA, onlyB }: Diff, sigmas: number): Section[] {
  const rows = quantities.map((q): Cell[] => [
    q.label,
    q.unit,
    `${q.differing} of ${q.compared}`,
    q.medianDelta,
    q.largestDelta,
    q.largestAt,
    q.settingsDiffering
  ])
  const head = ['quantity', 'unit', 'neurons that differ', 'median', 'largest', 'at neuron', 'other codes']
  const lists = facts({
    [`usable in ${a.id} alone`]: lost.join(', ') || 'none',
    [`usable in ${b.id} alone`]: gained.join(', ') || 'none',
    [`measured in ${a.id} alone`]: onlyA.join(', ') || 'none',
    [`measured in ${b.id} alone`]: onlyB.join(', ') || 'none'
  })
  const told = `Mean of the reads after calibration. A neuron differs by more than ${figure(sigmas)} sd of the difference, which the reads tell.`
  const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return [
    { title: `${b.id} − ${a.id}`, body: `<p>${text(told)}</p>${table(head, rows)}<br>${lists}` },
    {
      title: 'Made differently',
      body: record.length
        ? table(
            ['record', a.id, b.id],
            record.map((row) => [row.key, shown(row.a), shown(row.b)])
          )
        : '<p>Nothing.</p>'
    }
  ]
}

/** of the quantities in which most neurons differ */
function maps([one, other]: readonly Member[], { a, b, quantities }: Diff): Section[] {
  const chosen = quantities
    .filter(({ differing }) => differing > 0)
    .sort((x, y) => y.differing - x.differing)
    .slice(0, MOST_MAPS)
  const drawn = chosen.flatMap(({ metric, label, unit, neurons }) => {
    const [left, right] = [one, other].map(({ report }) => report.maps.find((map) => map.metric === metric))
    if (!left || !right) return []
    const values = Float64Array.from(right.after, (value, n) => value - left.after[n])
    const marked = (n: number): boolean => left.failed[n] === 1 || right.failed[n] === 1
    const [low, high] = limitsOf(values)
    const end = Math.max(Math.abs(low), Math.abs(high))
    const caption = `${label}: ${b.id} − ${a.id}; crossed: failed in one of them`
    const largest = neurons.toSorted((x, y) => Math.abs(y.delta) - Math.abs(x.delta)).slice(0, MOST_NEURONS)
    const listed = table(
      ['neuron', a.id, b.id, 'difference', 'allowed', 'code', 'code'],
      largest.map((n) => [n.neuron, n.a, n.b, n.delta, n.allowed, n.settingA, n.settingB])
    )
    return [
      `<div class="drawn">${chipMap({ values, limits: [-end, end], unit, marked, caption })}<details><summary>The ${largest.length} largest in numbers</summary>${listed}</details></div>`
    ]
  })
  if (drawn.length === 0) return []
  return [{ title: 'Where they differ', body: `<div class="pair">${drawn.join('')}</div>` }]
}

function onChips(members: readonly Member[]): Section[] {
  const chips = [...new Map(members.map(({ chip }) => [chip.id, chip])).values()]
  return chips.map((chip) => ({
    title: `${chip.name}: out of use, and notes`,
    body: `<h3>Neurons out of use</h3>${exclusions(chip)}<h3>Notes</h3>${notes(chip)}`
  }))
}

function madeOf({ calibration: c, chipSerial, versions, excluded, units }: CalibrationReport): string {
  const targets = Object.entries(c.targets).map(([name, value]) => [
    `target ${name}`,
    `${figure(value)} ${units[name] ?? ''}`.trim()
  ])
  return facts({
    'serial of the chip': chipSerial,
    'seed of the trial noise': c.seed,
    took: `${figure(c.seconds)} s`,
    'excluded by the operator': excluded.join(', ') || 'none',
    'SHA-256 of all arrays': c.sha256,
    ...(Object.fromEntries(targets) as { [name: string]: string }),
    ...Object.fromEntries(Object.entries(versions).map(([name, value]) => [name, String(value)]))
  })
}
