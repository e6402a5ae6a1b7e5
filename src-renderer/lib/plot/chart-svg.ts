/** Curves as a drawing of their own: what the canvas shows, for a paper or a slide. */

export interface Drawn {
  label: string
  points: readonly { x: number; y: number }[]
  colour: string
  dash?: readonly number[] | undefined
}

export interface DrawnAxes {
  scale: 'linear' | 'log'
  xMax: number
  yMin?: number | undefined
  yMax?: number | undefined
}

const [WIDTH, HEIGHT, LEFT, BELOW, TOP] = [640, 360, 56, 40, 10]
const TICKS = 4

export function chartSvg(title: string, series: readonly Drawn[], { scale, xMax, yMin, yMax }: DrawnAxes): string {
  const log = scale === 'log'
  const value = (y: number): number => (log ? Math.log10(y) : y)
  const usable = (y: number): boolean => Number.isFinite(y) && (!log || y > 0)
  const ys = series.flatMap(({ points }) => points.map(({ y }) => y)).filter(usable)
  const low = value(yMin ?? Math.min(...ys, 1))
  const high = value(yMax ?? Math.max(...ys, 1))
  const span = high - low || 1
  const at = (x: number): string => (LEFT + (x / (xMax || 1)) * (WIDTH - LEFT - 10)).toFixed(2)
  const up = (y: number): string => (HEIGHT - BELOW - ((y - low) / span) * (HEIGHT - BELOW - TOP)).toFixed(2)
  const ticks = Array.from({ length: TICKS + 1 }, (_, k) => low + (k / TICKS) * span).map((y) => {
    const text = Number((log ? 10 ** y : y).toPrecision(3))
    return `<path d="M${LEFT} ${up(y)}H${WIDTH - 10}" stroke="#d9dadc"/><text x="${LEFT - 6}" y="${Number(up(y)) + 4}" text-anchor="end">${text}</text>`
  })
  const lines = series.map(({ points, colour, dash }) => {
    const d = points
      .filter(({ y }) => usable(y))
      .map(({ x, y }, k) => `${k ? 'L' : 'M'}${at(x)} ${up(value(y))}`)
      .join('')
    const dashes = dash?.length ? ` stroke-dasharray="${dash.join(' ')}"` : ''
    return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`
  })
  const names = series.map(
    ({ label, colour }, k) =>
      `<text x="${LEFT + 8 + (k % 3) * 190}" y="${HEIGHT - 8 - 12 * Math.floor(k / 3)}" fill="${colour}">${escaped(label)}</text>`
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Inter, system-ui, sans-serif" font-size="11">
<title>${escaped(title)}</title><rect width="100%" height="100%" fill="#ffffff"/>
${[...ticks, ...lines, ...names].join('\n')}
<text x="${LEFT}" y="${HEIGHT - BELOW + 14}">0</text><text x="${WIDTH - 10}" y="${HEIGHT - BELOW + 14}" text-anchor="end">${xMax}</text>
</svg>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
}
