/** Pictures of a report as inline SVG: a map on the chip's own layout, a histogram before and after, a curve. */
import { figure, text } from './page'

/** cividis (Nunez et al. 2018) in nine steps: the same for all readers of colour, and in grey */
const STOPS = ['#00224e', '#123570', '#3b496c', '#575d6d', '#707173', '#8a8678', '#a59c74', '#c3b369', '#fee838']
const SHADES = 24

export function shade(share: number): string {
  const at = Math.max(0, Math.min(1, share)) * (STOPS.length - 1)
  const low = Math.min(STOPS.length - 2, Math.floor(at))
  const part = (k: number): string => {
    const [from, to] = [low, low + 1].map((stop) => parseInt(STOPS[stop].slice(1 + 2 * k, 3 + 2 * k), 16))
    return Math.round(from + (to - from) * (at - low))
      .toString(16)
      .padStart(2, '0')
  }
  return `#${part(0)}${part(1)}${part(2)}`
}

export type Limits = readonly [number, number]

/** nearly all of what there is; one limit for maps that are to be compared */
export function limitsOf(...lists: readonly ArrayLike<number>[]): Limits {
  const values = lists.flatMap((list) => Array.from(list).filter(Number.isFinite)).sort((a, b) => a - b)
  if (values.length === 0) return [0, 1]
  const at = (share: number): number => values[Math.round(share * (values.length - 1))]
  const [low, high] = [at(0.01), at(0.99)]
  return high > low ? [low, high] : [low - 0.5, high + 0.5]
}

interface ChipMap {
  values: ArrayLike<number>
  limits: Limits
  unit: string
  /** crossed out: failed or excluded */
  marked: (neuron: number) => boolean
  caption: string
}

const LONG = 64
const CELL = 6

/** Folded into stripes of 64 neurons, four a chip row, so that 512 neurons can be read; cells of a shade are one path. */
export function chipMap({ values, limits, unit, marked, caption }: ChipMap): string {
  const [low, high] = limits
  const paths = new Map<string, string>()
  const add = (key: string, path: string): void => void paths.set(key, (paths.get(key) ?? '') + path)
  const { length } = values
  for (let n = 0; n < length; n++) {
    const x = (n % LONG) * CELL
    const y = Math.floor(n / LONG) * CELL + (2 * n >= length ? CELL : 0)
    const cell = `M${x} ${y}h${CELL - 1}v${CELL - 1}h-${CELL - 1}z`
    const value = values[n]
    if (!Number.isFinite(value)) add('none', cell)
    else add(String(Math.round(((value - low) / (high - low)) * SHADES)), cell)
    if (marked(n)) add('mark', `M${x} ${y}l${CELL - 1} ${CELL - 1}m0 -${CELL - 1}l-${CELL - 1} ${CELL - 1}`)
  }
  const drawn = [...paths].map(([key, d]) => {
    if (key === 'none') return `<path d="${d}" fill="none" stroke="var(--line)"/>`
    if (key === 'mark') return `<path d="${d}" fill="none" stroke="var(--mark)" stroke-width="1.2"/>`
    return `<path d="${d}" fill="${shade(Number(key) / SHADES)}"/>`
  })
  const stripes = Math.ceil(length / LONG) + 1
  const below = stripes * CELL + 12
  const scale = Array.from(
    { length: SHADES },
    (_, k) => `<rect x="${40 + 5 * k}" y="${below - 8}" width="5" height="8" fill="${shade(k / SHADES)}"/>`
  )
  return `<figure><svg viewBox="0 0 ${LONG * CELL} ${below + 4}" role="img" aria-label="${text(caption)}">
${drawn.join('\n')}
<text x="36" y="${below}" text-anchor="end">${figure(low)}</text>${scale.join('')}<text x="${44 + 5 * SHADES}" y="${below}">${figure(high)} ${text(unit)}</text>
</svg><figcaption>${text(caption)}</figcaption></figure>`
}

interface Histogram {
  before: readonly number[]
  after: readonly number[]
  target: number | null
  unit: string
}

const BINS = 40
const [WIDTH, HEIGHT] = [384, 110]

export function histogram({ before, after, target, unit }: Histogram): string {
  const [low, high] = limitsOf(before, after, target === null ? [] : [target])
  const pad = (high - low) * 0.05
  const x = (value: number): number => ((value - low + pad) / (high - low + 2 * pad)) * WIDTH
  const count = (values: readonly number[]): number[] => {
    const bins = new Array<number>(BINS).fill(0)
    for (const value of values) {
      const bin = Math.floor((x(value) / WIDTH) * BINS)
      if (bin >= 0 && bin < BINS) bins[bin]++
    }
    return bins
  }
  const [was, is] = [count(before), count(after)]
  const most = Math.max(1, ...was, ...is)
  const outline = (bins: readonly number[]): string => {
    const tops = bins.map((n, k) => {
      const y = (HEIGHT - (n / most) * (HEIGHT - 8)).toFixed(1)
      return `L${((k / BINS) * WIDTH).toFixed(1)} ${y}L${(((k + 1) / BINS) * WIDTH).toFixed(1)} ${y}`
    })
    return `M0 ${HEIGHT}${tops.join('')}L${WIDTH} ${HEIGHT}`
  }
  const line =
    target === null
      ? ''
      : `<path d="M${x(target).toFixed(1)} 0V${HEIGHT}" stroke="var(--mark)" stroke-dasharray="3 2"/><text x="${(x(target) + 3).toFixed(1)}" y="9">target</text>`
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT + 14}" role="img" aria-label="Distribution before and after">
<path d="${outline(was)}" fill="var(--before)" fill-opacity="0.35" stroke="var(--before)"/>
<path d="${outline(is)}" fill="var(--after)" fill-opacity="0.45" stroke="var(--after)"/>
${line}<path d="M0 ${HEIGHT}H${WIDTH}" stroke="var(--line)"/>
<text x="0" y="${HEIGHT + 12}">${figure(low - pad)}</text><text x="${WIDTH}" y="${HEIGHT + 12}" text-anchor="end">${figure(high + pad)} ${text(unit)}</text>
</svg><figcaption>Neurons by value: grey before (the median code for all), blue after; tallest bin ${most}.</figcaption></figure>`
}
