/** Curves of a report as inline SVG: in a run's colour and dashes, with the band of a group around its median. */
import { DASHES, type DrawnStyle, HUES, LINES } from '../../contract/run-style'
import { type Limits, linearTicks, logLimits, logTicks } from './axis'
import { figure, numbers, text } from './page'

export interface Line {
  label: string
  /** of a run; others by their place */
  style?: DrawnStyle
  points: readonly { x: number; y: number }[]
  /** around the line, in the same order */
  band?: readonly { x: number; low: number; high: number }[]
  /** one of several behind a line of the same name */
  faint?: boolean
}

/** the page defines each hue for both themes */
function drawnAs({ style }: Line, place: number): { colour: string; dash: string; mark: DrawnStyle['mark'] } {
  const other = { colour: HUES[place % 8], line: LINES[Math.floor(place / 8) % 4], mark: 'none' } as const
  const { colour, line, mark } = style ?? other
  return { colour: `var(--${colour})`, dash: DASHES[line].join(' '), mark }
}

const MARKED = 8

/** a mark at an eighth of the points, so that lines of one hue and dash are told apart */
function marks(at: readonly (readonly [x: string, y: string])[], mark: DrawnStyle['mark'], colour: string): string {
  const few = mark === 'none' ? [] : at.filter((_, k) => k % Math.max(1, Math.floor(at.length / MARKED)) === 0)
  const d = few.map(([x, y]) => (mark === 'disc' ? `M${x} ${y}h.01` : `M${x} ${y}m-3 -3h6v6h-6z`)).join('')
  const pen = mark === 'disc' ? 'stroke-width="6" stroke-linecap="round"' : 'stroke-width="1.2"'
  return d && `<path d="${d}" fill="none" stroke="${colour}" ${pen}/>`
}

const [WIDTH, HEIGHT, LEFT, BELOW] = [520, 220, 46, 30]
/** room above the highest line */
const TOP = 10

interface Curves {
  lines: readonly Line[]
  /** of the y axis */
  unit: string
  /** a logarithmic y axis; values must be positive */
  log?: boolean
  /** what the x axis counts; only epochs come in whole numbers */
  along?: string
  caption: string
  /** false: the page has the numbers elsewhere */
  told?: boolean
}

export function curves({ lines, unit, log = false, along = 'epoch', caption, told = true }: Curves): string {
  const there = (y: number): boolean => Number.isFinite(y) && (!log || y > 0)
  const drawn = lines.map((line, k) => ({ ...line, ...drawnAs(line, k) }))
  const points = drawn.flatMap((line) => line.points).filter(({ y }) => there(y))
  if (points.length === 0) return `<p>${text(caption)}: nothing was measured yet.</p>`
  const edges = drawn.flatMap(({ band = [] }) => band.flatMap(({ low, high }) => [low, high])).filter(there)
  const most = Math.max(...points.map(({ x }) => x), 1)
  const limits = limitsOf([...points.map(({ y }) => y), ...edges], log)
  const value = (y: number): number => (log ? Math.log10(y) : y)
  const [low, high] = limits.map(value)
  const at = (x: number): string => (LEFT + (x / most) * (WIDTH - LEFT - 8)).toFixed(1)
  const up = (y: number): string => (HEIGHT - ((value(y) - low) / (high - low)) * (HEIGHT - TOP)).toFixed(1)
  const paths = drawn.map(({ points: own, band = [], faint, colour, dash, mark }) => {
    const kept = own.filter(({ y }) => there(y))
    const places = kept.map(({ x, y }) => [at(x), up(y)] as const)
    const edge = band.filter((point) => there(point.low) && there(point.high))
    const around = [...edge.map((p) => [p.x, p.high]), ...edge.toReversed().map((p) => [p.x, p.low])]
    const area =
      around.length > 2
        ? `<path d="${pathOf(around.map(([x, y]) => [at(x), up(y)]))}Z" fill="${colour}" fill-opacity="0.15"/>`
        : ''
    if (kept.length === 1) return `${area}<circle cx="${places[0][0]}" cy="${places[0][1]}" r="2.5" fill="${colour}"/>`
    const pen = faint ? 'stroke-width="0.8" stroke-opacity="0.45"' : 'stroke-width="1.6"'
    return `${area}<path d="${pathOf(places)}" fill="none" stroke="${colour}" ${pen}${dash && ` stroke-dasharray="${dash}"`}/>${faint ? '' : marks(places, mark, colour)}`
  })
  const rules = (log ? logTicks(limits) : linearTicks(limits)).map(
    (y) =>
      `<path d="M${LEFT} ${up(y)}H${WIDTH - 8}" stroke="var(--line)"/><text x="${LEFT - 4}" y="${Number(up(y)) + 3}" text-anchor="end">${figure(y)}</text>`
  )
  const below = linearTicks([0, most])
    .filter((x) => along !== 'epoch' || Number.isInteger(x))
    .map(
      (x) =>
        `<path d="M${at(x)} ${HEIGHT}v3" stroke="var(--soft)"/><text x="${at(x)}" y="${HEIGHT + 13}" text-anchor="middle">${figure(x)}</text>`
    )
  const named = new Map(drawn.filter(({ faint }) => !faint).map((line) => [line.label, line]))
  const names = [...named.values()].map(
    ({ label, colour, dash, mark }) =>
      `<span><svg class="key" viewBox="0 0 24 8" aria-hidden="true"><path d="M0 4H24" stroke="${colour}" stroke-width="2"${dash && ` stroke-dasharray="${dash}"`}/>${marks([['12', '4']], mark, colour)}</svg> ${text(label)}</span>`
  )
  return `<div class="drawn"><figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT + BELOW}" role="img" aria-label="${text(caption)}">
${rules.join('')}${below.join('')}<path d="M${LEFT} ${HEIGHT}H${WIDTH - 8}" stroke="var(--soft)"/>
${paths.join('\n')}
<text x="${(LEFT + WIDTH - 8) / 2}" y="${HEIGHT + 27}" text-anchor="middle">${text(along)}</text>
</svg><figcaption>${text(caption)}${unit && `, ${text(unit)}`}<br>${names.join(' ')}</figcaption></figure>${told ? inNumbers(lines, along) : ''}</div>`
}

/** one row a place on the x axis, one column a line; of a group its median */
function inNumbers(lines: readonly Line[], along: string): string {
  const whole = lines.filter(({ faint }) => !faint)
  const labels = [...new Set(whole.map(({ label }) => label))]
  const at = new Map<number, Map<string, number>>()
  for (const { label, points } of whole)
    for (const { x, y } of points) at.set(x, (at.get(x) ?? new Map<string, number>()).set(label, y))
  const rows = [...at].sort(([a], [b]) => a - b)
  return numbers(
    [along, ...labels],
    rows.map(([x, values]) => [x, ...labels.map((label) => values.get(label) ?? null)])
  )
}

const pathOf = (places: readonly (readonly [x: string, y: string])[]): string =>
  places.map(([x, y], k) => `${k ? 'L' : 'M'}${x} ${y}`).join('')

/** of a linear axis a twentieth more than there is on both sides */
function limitsOf(values: readonly number[], log: boolean): Limits {
  if (log) return logLimits(values)
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const room = (highest - lowest || Math.abs(highest) || 1) * 0.05
  return [lowest - room, highest + room]
}
