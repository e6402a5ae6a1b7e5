/** The oscilloscope's two pictures on one time axis: the trace, and the raster of all neurons. Canvas only. */
import type { ScopeTrace } from '../../api/types'
import { fixed } from '../text/format'
import type { Shown } from '../text/time-base.svelte'
import { linear, tickDecimals, ticks, type Limits } from '../plot/scale'
import { envelope, sampleAt, spikesOf, targetLines, timeOf } from './trace-model'
import type { Pen } from '../plot/pen'

export interface TraceColours {
  plot: string
  grid: string
  edge: string
  ink1: string
  ink2: string
  ink3: string
  trace: string
  /** of the traces laid over it */
  kept: readonly string[]
  cursor: string
  void: string
  pane: string
}

/** room for the axis at the left and right of both pictures */
export const LEFT = 52
export const RIGHT = 74
const TOP = 18
const BOTTOM = 20
const FONT = '11px "Inter Variable", sans-serif'

type Context = Pen

export interface TraceView {
  trace: ScopeTrace
  kept: readonly ScopeTrace[]
  span: Limits
  limits: Limits
  /** in which time the axis is written; all else is µs of the hardware */
  time: Shown
}

function traceScales(width: number, height: number, span: Limits, limits: Limits) {
  return { x: linear(span, [LEFT, width - RIGHT]), y: linear(limits, [height - BOTTOM, TOP]) }
}

export function drawTrace(context: Context, width: number, height: number, view: TraceView, c: TraceColours): void {
  const { trace, kept, span, limits } = view
  const { x, y } = traceScales(width, height, span, limits)
  const [left, right, bottom] = [LEFT, width - RIGHT, height - BOTTOM]
  context.clearRect(0, 0, width, height)
  context.font = FONT
  context.fillStyle = c.plot
  context.fillRect(left, TOP, right - left, bottom - TOP)
  timeAxis(context, view, x, [TOP, bottom], c)
  const marks = ticks(limits, 5)
  for (const mark of marks) {
    line(context, c.grid, [left, y(mark), right, y(mark)])
    write(context, fixed(mark, tickDecimals(marks)), left - 6, y(mark) + 4, c.ink3, 'right')
  }
  write(context, trace.axis.unit, 4, 12, c.ink2, 'left')
  write(context, 'input events', right + 6, 12, c.ink3, 'left')

  context.save()
  context.beginPath()
  context.rect(left, 0, right - left, bottom)
  context.clip()
  notValid(context, x(trace.startUs), x(timeOf(trace, trace.invalid)), bottom, c)
  for (const { count } of targetLines(trace)) line(context, c.ink3, [left, y(count), right, y(count)], 1, [3, 3])
  kept.forEach((one, k) => {
    if (one !== trace) curve(context, one, span, x, y, c.kept[k % c.kept.length], right - left)
  })
  curve(context, trace, span, x, y, c.trace, right - left)
  for (const t of trace.events) line(context, c.ink2, [x(t), 6, x(t), 14], 1.25)
  for (const t of spikesOf(trace, trace.neuron)) {
    context.fillStyle = c.ink1
    context.beginPath()
    context.moveTo(x(t) - 3.5, TOP)
    context.lineTo(x(t) + 3.5, TOP)
    context.lineTo(x(t), TOP + 6)
    context.fill()
  }
  context.restore()
  for (const { name, count } of targetLines(trace)) {
    if (count >= limits[0] && count <= limits[1]) write(context, name, right + 6, y(count) + 4, c.ink2, 'left')
  }
}

/** garbage stays visible as such: a hatched field instead of a curve that nobody should read */
function notValid(context: Context, from: number, to: number, bottom: number, c: TraceColours): void {
  if (to <= from) return
  context.fillStyle = c.void
  context.globalAlpha = 0.45
  context.fillRect(from, TOP, to - from, bottom - TOP)
  context.globalAlpha = 1
  context.save()
  context.beginPath()
  context.rect(from, TOP, to - from, bottom - TOP)
  context.clip()
  for (let k = from - (bottom - TOP); k < to; k += 6) line(context, c.edge, [k, bottom, k + bottom - TOP, TOP], 0.75)
  context.restore()
  if (to - from > 14) {
    context.save()
    context.translate((from + to) / 2 + 4, bottom - 6)
    context.rotate(-Math.PI / 2)
    context.fillStyle = c.plot
    context.fillRect(-3, -11, 58, 14)
    write(context, 'not valid', 0, 0, c.ink2, 'left')
    context.restore()
  }
}

/** every sample where there is room, else the lowest and highest of each pixel, so that no spike is lost */
function curve(
  context: Context,
  trace: ScopeTrace,
  span: Limits,
  x: (t: number) => number,
  y: (count: number) => number,
  colour: string,
  columns: number
): void {
  const first = Math.max(trace.invalid, Math.floor((span[0] - trace.startUs) / trace.stepUs) - 1)
  const last = Math.min(trace.samples.length - 1, Math.ceil((span[1] - trace.startUs) / trace.stepUs) + 1)
  context.strokeStyle = colour
  context.lineWidth = 1.5
  context.lineJoin = 'round'
  context.beginPath()
  if (last - first <= 2 * columns) {
    for (let k = first; k <= last; k++) context.lineTo(x(timeOf(trace, k)), y(trace.samples[k]))
  } else {
    envelope(trace, span, Math.round(columns)).forEach(({ low, high }, k) => {
      if (!(low <= high)) return
      context.lineTo(LEFT + k + 0.5, y(high))
      context.lineTo(LEFT + k + 0.5, y(low))
    })
  }
  context.stroke()
  if (last - first > columns / 4) return
  context.fillStyle = colour
  for (let k = first; k <= last; k++) {
    context.beginPath()
    context.arc(x(timeOf(trace, k)), y(trace.samples[k]), 2, 0, 2 * Math.PI)
    context.fill()
  }
}

/** a ring where a cursor meets the trace */
export function drawCursor(
  context: Context,
  width: number,
  height: number,
  view: TraceView,
  timeUs: number,
  c: TraceColours
): void {
  const { x, y } = traceScales(width, height, view.span, view.limits)
  if (timeUs < view.span[0] || timeUs > view.span[1]) return
  line(context, c.cursor, [x(timeUs), TOP, x(timeUs), height - BOTTOM], 1)
  const k = sampleAt(view.trace, timeUs)
  if (k < 0) return
  context.beginPath()
  context.arc(x(timeOf(view.trace, k)), y(view.trace.samples[k]), 4, 0, 2 * Math.PI)
  context.strokeStyle = c.pane
  context.lineWidth = 4
  context.stroke()
  context.strokeStyle = c.cursor
  context.lineWidth = 2
  context.stroke()
}

const QUADRANT = 128
const RASTER_TOP = 4

/** @param neurons of the chip */
export function rasterRow(height: number, neurons: number): (neuron: number) => number {
  return linear([0, neurons], [RASTER_TOP, height - BOTTOM])
}

export function drawRaster(
  context: Context,
  width: number,
  height: number,
  view: Pick<TraceView, 'trace' | 'span' | 'time'> & { neuron: number },
  c: TraceColours
): void {
  const { trace, span, neuron } = view
  const x = linear(span, [LEFT, width - RIGHT])
  const neurons = trace.counted.count.length
  const y = rasterRow(height, neurons)
  const [left, right, bottom] = [LEFT, width - RIGHT, height - BOTTOM]
  context.clearRect(0, 0, width, height)
  context.font = FONT
  context.fillStyle = c.plot
  context.fillRect(left, RASTER_TOP, right - left, bottom - RASTER_TOP)
  timeAxis(context, view, x, [RASTER_TOP, bottom], c)
  for (let q = 0; q < neurons / QUADRANT; q++) {
    line(context, c.edge, [left, y(q * QUADRANT), right, y(q * QUADRANT)], 0.75)
    write(context, String(q * QUADRANT), left - 11, y(q * QUADRANT) + 9, c.ink3, 'right')
    write(context, `Q${q}`, right + 6, y((q + 0.5) * QUADRANT) + 4, c.ink2, 'left')
  }
  write(context, 'n', 4, 14, c.ink2, 'left')
  const size = Math.max(1, (bottom - RASTER_TOP) / neurons)
  const { timeUs, neuron: of } = trace.spikes
  const visible = (t: number): boolean => t >= span[0] && t <= span[1]
  context.fillStyle = c.ink1
  context.globalAlpha = 0.75
  for (let k = 0; k < timeUs.length; k++) {
    if (visible(timeUs[k])) context.fillRect(x(timeUs[k]) - 0.5, y(of[k]), 1, size)
  }
  context.globalAlpha = 1
  context.fillStyle = c.cursor
  for (const t of spikesOf(trace, neuron)) if (visible(t)) context.fillRect(x(t) - 1, y(neuron) - 2, 2, 5 + size)
  context.beginPath()
  context.moveTo(left - 1, y(neuron + 0.5))
  context.lineTo(left - 8, y(neuron + 0.5) - 4)
  context.lineTo(left - 8, y(neuron + 0.5) + 4)
  context.fill()
}

function timeAxis(
  context: Context,
  { span, time: { factor, unit } }: Pick<TraceView, 'span' | 'time'>,
  x: (t: number) => number,
  [top, bottom]: Limits,
  c: TraceColours
): void {
  const marks = ticks([span[0] * factor, span[1] * factor], 8)
  const decimals = tickDecimals(marks)
  for (const mark of marks) {
    const at = x(mark / factor)
    line(context, c.grid, [at, top, at, bottom])
    write(context, fixed(mark, decimals), at, bottom + 14, c.ink3, 'center')
  }
  line(context, c.edge, [x(span[0]), bottom, x(span[1]), bottom])
  write(context, unit, x(span[1]) + 6, bottom + 14, c.ink3, 'left')
}

function write(context: Context, text: string, at: number, y: number, colour: string, align: CanvasTextAlign): void {
  context.fillStyle = colour
  context.textAlign = align
  context.fillText(text, at, y)
}

function line(context: Context, colour: string, points: readonly number[], width = 1, dash: number[] = []): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.setLineDash(dash)
  context.beginPath()
  for (let k = 0; k < points.length; k += 2) context.lineTo(points[k], points[k + 1])
  context.stroke()
  context.setLineDash([])
}
