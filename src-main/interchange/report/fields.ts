/** Receptive fields of the first hidden units as inline SVG: weights of a shade are one path. */
import type { Output } from '../../contract/index'
import { figure, text } from './page'

type Weights = NonNullable<Output<'runs.dashboard'>['dashboard']['weights']>

const ACROSS = 8
/** of a weight's size; the sign has a colour of its own */
const SHADES = 8
const PITCH = 96

export function fields({ fields: values, units, side, rows = side }: Weights): string {
  if (units === 0 || values.length < units * side * rows || side * rows < 16) return ''
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9)
  const [wide, high] = [(PITCH - 4) / side, (PITCH - 4) / rows]
  const paths = new Map<number, string>()
  for (let unit = 0; unit < units; unit++) {
    const [left, top] = [(unit % ACROSS) * PITCH, Math.floor(unit / ACROSS) * PITCH]
    for (let k = 0; k < side * rows; k++) {
      const level = Math.round((values[unit * side * rows + k] / largest) * SHADES)
      if (level === 0) continue
      const [x, y] = [left + (k % side) * wide, top + Math.floor(k / side) * high]
      const cell = `M${x.toFixed(1)} ${y.toFixed(1)}h${wide.toFixed(1)}v${high.toFixed(1)}h-${wide.toFixed(1)}z`
      paths.set(level, (paths.get(level) ?? '') + cell)
    }
  }
  const frames = Array.from(
    { length: units },
    (_, unit) =>
      `<rect x="${(unit % ACROSS) * PITCH}" y="${Math.floor(unit / ACROSS) * PITCH}" width="${PITCH - 4}" height="${PITCH - 4}" fill="none" stroke="var(--line)"/>`
  )
  const drawn = [...paths].map(
    ([level, d]) =>
      `<path d="${d}" fill="${level > 0 ? 'var(--mark)' : 'var(--after)'}" fill-opacity="${(Math.abs(level) / SHADES).toFixed(3)}"/>`
  )
  const caption = `Receptive fields of the first ${units} hidden units: red above 0, blue below, ± ${figure(largest)} model units`
  return `<figure><svg viewBox="0 0 ${Math.min(units, ACROSS) * PITCH} ${Math.ceil(units / ACROSS) * PITCH}" role="img" aria-label="${text(caption)}">
${drawn.join('\n')}${frames.join('')}
</svg><figcaption>${text(caption)}.</figcaption></figure>`
}
