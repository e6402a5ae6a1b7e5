/**
 * One sample on one time axis: image, input spikes, hidden spikes, three membranes (measured over model, threshold
 * dotted), readout. Draws on a canvas; all it knows is in its arguments.
 */
import type { SampleView } from '../../api/types'
import { cividis, css } from '../plot/colour'
import type { FigureData } from '../plot/figure'
import { fixed, percent, quantity } from '../text/format'
import { type Shown, times } from '../text/time-base.svelte'
import { linear, tickDecimals, ticks } from '../plot/scale'
import type { Pen } from '../plot/pen'

export interface SampleColours {
  plot: string
  grid: string
  edge: string
  ink1: string
  ink2: string
  ink3: string
  after: string
  model: string
  second: string
  cursor: string
}

export const LEFT = 188
export const RIGHT = 92
const GAP = 8
const AXIS = 20

/** when the readout that decided was largest, in µs (max over time) */
export function decisionTime(view: SampleView): number {
  let best = 0
  const at = (bin: number): number => view.readout[view.read * view.bins + bin]
  for (let bin = 1; bin < view.bins; bin++) if (at(bin) > at(best)) best = bin
  return (best + 0.5) * view.binUs
}

/** one row a bin: membranes and readouts; then one row a spike */
export function sampleData(view: SampleView | null): FigureData {
  if (!view) return { head: [], rows: [] }
  const { bins, binUs, shown, measured, modelled, readout, probabilities } = view
  const at = (bin: number): number => times.of((bin + 0.5) * binUs)
  const lanes = [...shown.keys()].flatMap((k) => [measured, modelled].map((of) => (bin: number) => of[k * bins + bin]))
  const outputs = [...probabilities.keys()].map((k) => (bin: number) => readout[k * bins + bin])
  const values = [...lanes, ...outputs]
  const none = values.map(() => null)
  const spikes = (of: SampleView['inputSpikes'], what: string): [number, string, number, ...null[]][] =>
    Array.from(of.bin, (bin, k) => [at(bin), what, of.unit[k], ...none])
  return {
    head: [
      `time, ${times.unit('µs')}`,
      'what',
      'unit',
      ...shown.flatMap((unit) => [`membrane ${unit}, measured`, `membrane ${unit}, model`]),
      ...[...probabilities.keys()].map((k) => `readout ${k}`)
    ],
    rows: [
      ...Array.from({ length: bins }, (_, bin) => [at(bin), 'values', null, ...values.map((value) => value(bin))]),
      ...spikes(view.inputSpikes, 'input spike'),
      ...spikes(view.hiddenSpikes, 'hidden spike')
    ]
  }
}

export function drawSample(
  context: Pen,
  width: number,
  height: number,
  view: SampleView,
  colours: SampleColours,
  cursor: number,
  time: Shown
): void {
  const end = view.bins * view.binUs
  const x = linear([0, end], [LEFT, width - RIGHT])
  const room = height - AXIS - 3 * GAP - 4
  const shares = [0.17, 0.23, 0.34, 0.26].map((share) => Math.round(room * share))
  const tops = shares.map((_, k) => 4 + shares.slice(0, k).reduce((sum, share) => sum + share + GAP, 0))
  const bottom = tops[3] + shares[3]
  context.clearRect(0, 0, width, height)
  context.font = '11px "Inter Variable", sans-serif'

  const inputs = view.inputs ?? view.side * view.side
  const names = [
    ['input', String(inputs)],
    ['hidden', ''],
    ['membranes', 'threshold 1'],
    ['readout', 'model units']
  ]
  names.forEach(([name, note], k) => {
    context.fillStyle = colours.plot
    context.fillRect(LEFT, tops[k], width - RIGHT - LEFT, shares[k])
    write(name, LEFT - 8, tops[k] + 12, colours.ink2, 'right')
    write(note, LEFT - 8, tops[k] + 26, colours.ink3, 'right')
  })
  const { factor, unit } = time
  const marks = ticks([0, end * factor], 7)
  for (const tick of marks) {
    const at = x(tick / factor)
    stroke(colours.grid, 1, [], [at, tops[0], at, bottom])
    write(tick === 0 ? '0' : fixed(tick, tickDecimals(marks)), at, height - 4, colours.ink3, 'center')
  }
  write(unit, width - RIGHT + 8, height - 4, colours.ink3, 'left')

  drawImage()
  raster(view.inputSpikes, inputs, tops[0], shares[0])
  raster(view.hiddenSpikes, Math.max(1, ...view.hiddenSpikes.unit) + 1, tops[1], shares[1])
  drawMembranes(tops[2], shares[2])
  drawReadout(tops[3], shares[3])
  stroke(colours.cursor, 1, [], [x(cursor), tops[0], x(cursor), bottom])

  function write(text: string, at: number, y: number, colour: string, align: CanvasTextAlign): void {
    context.fillStyle = colour
    context.textAlign = align
    context.fillText(text, at, y)
  }

  function stroke(colour: string, lineWidth: number, dash: number[], points: ArrayLike<number>): void {
    context.strokeStyle = colour
    context.lineWidth = lineWidth
    context.setLineDash(dash)
    context.beginPath()
    for (let k = 0; k < points.length; k += 2) context.lineTo(points[k], points[k + 1])
    context.stroke()
    context.setLineDash([])
  }

  function drawImage(): void {
    const pixel = view.side === 0 ? 0 : Math.max(2, Math.floor(Math.min(112, shares[0] + shares[1]) / view.side))
    view.image.forEach((value, k) => {
      context.fillStyle = css(cividis(value / 255))
      context.fillRect(16 + (k % view.side) * pixel, tops[0] + Math.floor(k / view.side) * pixel, pixel, pixel)
    })
    const below = tops[0] + view.side * pixel
    write(`label ${view.label}`, 16, below + 16, colours.ink2, 'left')
    write(
      `read ${view.read} at ${quantity(decisionTime(view) * factor, 1, unit)}`,
      16,
      below + 31,
      colours.ink2,
      'left'
    )
  }

  function raster(spikes: SampleView['inputSpikes'], units: number, top: number, size: number): void {
    context.fillStyle = colours.ink1
    spikes.bin.forEach((bin, k) => {
      context.fillRect(x((bin + 0.5) * view.binUs) - 0.8, top + 2 + (spikes.unit[k] / units) * (size - 5), 1.6, 2.4)
    })
    write(`${spikes.bin.length} spikes`, width - RIGHT + 8, top + 12, colours.ink2, 'left')
  }

  /** a row of bins as points of a line, at the middle of each bin */
  function lane(values: Float32Array, row: number, y: (value: number) => number): Float32Array {
    const points = new Float32Array(2 * view.bins)
    for (let bin = 0; bin < view.bins; bin++) {
      points[2 * bin] = x((bin + 0.5) * view.binUs)
      points[2 * bin + 1] = y(values[row * view.bins + bin])
    }
    return points
  }

  function drawMembranes(top: number, size: number): void {
    const lanes = Math.min(view.shown.length, Math.max(3, Math.floor(size / 44)))
    const each = size / Math.max(1, lanes)
    const values = [...view.measured, ...view.modelled, 1.1, -0.1]
    const [low, high] = [Math.max(-1.5, Math.min(...values)), Math.min(2, Math.max(...values))]
    view.shown.slice(0, lanes).forEach((unit, k) => {
      const y = linear([low, high], [top + each * (k + 1) - 3, top + each * k + 3])
      context.save()
      context.beginPath()
      context.rect(LEFT, top + each * k, width - RIGHT - LEFT, each)
      context.clip()
      stroke(colours.edge, 1, [2, 3], [LEFT, y(1), width - RIGHT, y(1)])
      stroke(colours.model, 1.25, [4, 2], lane(view.modelled, k, y))
      stroke(colours.after, 1.5, [], lane(view.measured, k, y))
      for (let s = 0; s < view.hiddenSpikes.bin.length; s++) {
        if (view.hiddenSpikes.unit[s] !== unit) continue
        const at = x((view.hiddenSpikes.bin[s] + 0.5) * view.binUs)
        stroke(colours.ink1, 1.5, [], [at, y(1) - 5, at, y(1) + 3])
      }
      context.restore()
      write(`unit ${unit}`, width - RIGHT + 8, top + each * (k + 0.5) + 4, colours.ink2, 'left')
    })
  }

  function drawReadout(top: number, size: number): void {
    const y = linear([Math.min(0, ...view.readout), Math.max(0.1, ...view.readout)], [top + size - 3, top + 3])
    const ranked = view.probabilities.map((_, k) => k).sort((a, b) => view.probabilities[b] - view.probabilities[a])
    stroke(colours.edge, 1, [], [LEFT, y(0), width - RIGHT, y(0)])
    for (const output of [...ranked].reverse()) {
      const place = ranked.indexOf(output)
      context.globalAlpha = place > 1 ? 0.45 : 1
      const colour = place === 0 ? colours.ink1 : place === 1 ? colours.second : colours.model
      stroke(colour, place === 0 ? 2 : place === 1 ? 1.5 : 1, [], lane(view.readout, output, y))
      context.globalAlpha = 1
    }
    const [first, second] = ranked
    const others = 1 - view.probabilities[first] - (view.probabilities[second] ?? 0)
    write(`${first}: ${percent(view.probabilities[first])}`, width - RIGHT + 8, top + 12, colours.ink1, 'left')
    if (second !== undefined) {
      write(`${second}: ${percent(view.probabilities[second])}`, width - RIGHT + 8, top + 27, colours.ink2, 'left')
      write(`other ${percent(Math.max(0, others))}`, width - RIGHT + 8, top + 42, colours.ink3, 'left')
    }
  }
}
