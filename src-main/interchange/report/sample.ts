/**
 * One sample of a run as the window shows it: image, input and hidden spikes, membranes (measured over model), readout,
 * all on one time axis, with its numbers beneath.
 */
import type { Output } from '../../contract/index'
import { linearTicks } from './axis'
import { shade } from './figures'
import { type Cell, figure, numbers, table, text } from './page'

export type Sample = NonNullable<Output<'runs.dashboard'>['dashboard']['sample']>
type Spikes = Sample['inputSpikes']

const [WIDTH, LEFT, RIGHT, GAP] = [780, 130, 90, 8]
const LANES = { input: 90, hidden: 110, membrane: 44, readout: 110 }
/** membranes that are drawn */
const DRAWN = 3

const path = (d: string, stroke: string, more = ''): string =>
  d && `<path d="${d}" fill="none" stroke="${stroke}"${more && ` ${more}`}/>`

/** when the readout that decided was largest, µs */
function decidedAt({ read, bins, readout, binUs }: Sample): number {
  let best = 0
  for (let bin = 1; bin < bins; bin++) if (readout[read * bins + bin] > readout[read * bins + best]) best = bin
  return (best + 0.5) * binUs
}

export function sampleFigure(view: Sample): string {
  const { bins, binUs, shown, measured, modelled, readout, probabilities, hiddenSpikes, inputSpikes, side } = view
  const x = (bin: number): string => (LEFT + ((bin + 0.5) / bins) * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const parts: string[] = []
  const write = (at: number, y: number, words: string, anchor = 'start'): void =>
    void parts.push(`<text x="${at}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text(words)}</text>`)
  let top = 4
  const lane = (name: string, note: string, height: number): number => {
    const y = top
    parts.push(
      `<rect x="${LEFT}" y="${y}" width="${WIDTH - LEFT - RIGHT}" height="${height}" fill="none" stroke="var(--line)"/>`
    )
    write(LEFT - 6, y + 10, name, 'end')
    write(LEFT - 6, y + 22, note, 'end')
    top += height + GAP
    return y
  }
  const raster = ({ bin, unit }: Spikes, units: number, y: number, height: number): void => {
    const d = Array.from(bin, (at, k) => `M${x(at)} ${(y + 2 + (unit[k] / units) * (height - 5)).toFixed(1)}v2.4`)
    parts.push(path(d.join(''), 'var(--ink)', 'stroke-width="1.4"'))
    write(WIDTH - RIGHT + 6, y + 10, `${figure(bin.length)} spikes`)
  }
  const trace = (
    values: ArrayLike<number>,
    row: number,
    limits: readonly [number, number],
    y: number,
    height: number
  ) =>
    Array.from({ length: bins }, (_, bin) => {
      const value = Math.min(limits[1], Math.max(limits[0], values[row * bins + bin]))
      return `${bin ? 'L' : 'M'}${x(bin)} ${(y + height - 3 - ((value - limits[0]) / (limits[1] - limits[0])) * (height - 6)).toFixed(1)}`
    }).join('')

  const inputs = view.inputs ?? side * side
  raster(inputSpikes, Math.max(1, inputs), lane('input', figure(inputs), LANES.input), LANES.input)
  const hidden = Math.max(1, ...hiddenSpikes.unit) + 1
  raster(hiddenSpikes, hidden, lane('hidden', '', LANES.hidden), LANES.hidden)
  const membranes = measured.length === shown.length * bins ? shown.slice(0, DRAWN) : []
  const values = membranes.length ? [...measured, ...modelled].filter(Number.isFinite) : []
  const limits = [Math.max(-1.5, Math.min(-0.1, ...values)), Math.min(2, Math.max(1.1, ...values))] as const
  membranes.forEach((unit, k) => {
    const y = lane(k === 0 ? 'membranes' : '', k === 0 ? 'threshold dotted' : '', LANES.membrane)
    const one = (y + LANES.membrane - 3 - ((1 - limits[0]) / (limits[1] - limits[0])) * (LANES.membrane - 6)).toFixed(1)
    parts.push(path(`M${LEFT} ${one}H${WIDTH - RIGHT}`, 'var(--soft)', 'stroke-dasharray="2 3"'))
    if (modelled.length === measured.length)
      parts.push(path(trace(modelled, k, limits, y, LANES.membrane), 'var(--before)', 'stroke-dasharray="4 2"'))
    parts.push(path(trace(measured, k, limits, y, LANES.membrane), 'var(--after)', 'stroke-width="1.5"'))
    write(WIDTH - RIGHT + 6, y + LANES.membrane / 2 + 3, `unit ${unit}`)
  })
  const ranked = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a])
  if (readout.length === probabilities.length * bins && readout.length > 0) {
    const y = lane('readout', 'model units', LANES.readout)
    const known = Array.from(readout).filter(Number.isFinite)
    const range = [Math.min(0, ...known), Math.max(0.1, ...known)] as const
    for (const output of ranked.toReversed()) {
      const place = ranked.indexOf(output)
      const pen = ['stroke="var(--ink)" stroke-width="2"', 'stroke="var(--orange)" stroke-width="1.5"'][place]
      parts.push(
        `<path d="${trace(readout, output, range, y, LANES.readout)}" fill="none" ${pen ?? 'stroke="var(--before)" stroke-opacity="0.6"'}/>`
      )
    }
    ranked.slice(0, 3).forEach((output, k) => {
      write(WIDTH - RIGHT + 6, y + 10 + 12 * k, `${output}: ${(100 * probabilities[output]).toFixed(1)} %`)
    })
  }
  const end = bins * binUs
  for (const tick of linearTicks([0, end], 7))
    write(LEFT + (tick / end) * (WIDTH - LEFT - RIGHT), top + 4, figure(tick), 'middle')
  write(WIDTH - RIGHT + 6, top + 4, 'µs')
  parts.push(...image(view))
  const caption = `Test sample ${view.index}: label ${view.label}, read ${view.read}. Membranes in model units (leak 0, threshold 1): measured, and dashed as the model predicts`
  return `<div class="drawn"><figure><svg viewBox="0 0 ${WIDTH} ${top + 10}" role="img" aria-label="${text(caption)}">
${parts.filter(Boolean).join('\n')}
</svg><figcaption>${text(caption)}.</figcaption></figure>${told(view, ranked, membranes.length)}</div>`
}

/** pixels of a shade are one path */
function image({ image: pixels, side }: Sample): string[] {
  if (side === 0) return []
  const size = Math.floor(84 / side)
  const shades = new Map<number, string>()
  pixels.forEach((value, k) => {
    const key = Math.round(value / 16)
    const cell = `M${(k % side) * size} ${14 + Math.floor(k / side) * size}h${size}v${size}h-${size}z`
    shades.set(key, (shades.get(key) ?? '') + cell)
  })
  return [...shades].map(([key, d]) => `<path d="${d}" fill="${shade(key / 16)}"/>`)
}

function told(view: Sample, ranked: readonly number[], membranes: number): string {
  const { bins, binUs, shown, measured, modelled, readout, probabilities } = view
  const short = table(
    ['label', 'read', 'read at, µs', 'input spikes', 'hidden spikes', ...ranked.map((k) => `P(${k}), %`)],
    [
      [
        view.label,
        view.read,
        readout.length ? decidedAt(view) : null,
        view.inputSpikes.bin.length,
        view.hiddenSpikes.bin.length,
        ...ranked.map((k) => (100 * probabilities[k]).toFixed(1))
      ]
    ]
  )
  const lanes = shown.slice(0, membranes)
  const outputs = readout.length === probabilities.length * bins ? [...probabilities.keys()] : []
  if (lanes.length + outputs.length === 0) return short
  const rows = Array.from({ length: bins }, (_, bin): Cell[] => [
    (bin + 0.5) * binUs,
    ...lanes.flatMap((_unit, k) => [measured[k * bins + bin], modelled[k * bins + bin] ?? null]),
    ...outputs.map((k) => readout[k * bins + bin])
  ])
  const head = ['time, µs', ...lanes.flatMap((unit) => [`unit ${unit}, measured`, `unit ${unit}, model`])]
  return short + numbers([...head, ...outputs.map((k) => `readout ${k}`)], rows, 'Membranes and readout in numbers')
}
