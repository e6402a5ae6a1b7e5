/** The parts of Chart.js that curves use, registered once, and the look they share. */
import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartConfiguration,
  type ScriptableScaleContext
} from 'chart.js'
import Annotation, { type AnnotationOptions } from 'chartjs-plugin-annotation'
import { axisNumber } from '../lib/plot/scale'
import { count } from '../lib/text/format'
import type { Painter } from '../lib/plot/pen'
import { tokens } from '../lib/plot/tokens.svelte'

Chart.register(Filler, LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Annotation)

export interface Series {
  label: string
  points: readonly { x: number; y: number }[]
  token: string
  dash?: readonly number[]
  width?: number
  faint?: boolean
  /** now and then on the line, for lines that would look the same */
  mark?: 'none' | 'disc' | 'square'
  /** a dot at each point, where points are few and between them nothing is known */
  dots?: boolean
  /** a wash between these, behind the line */
  band?: readonly { x: number; low: number; high: number; n?: number }[]
  /** what the edges of the band are, for the table; and the name of its column there, where the label is not enough */
  edges?: readonly [string, string]
  column?: string
}

export interface Axes {
  scale: 'linear' | 'log'
  /** default 0 */
  xMin?: number
  xMax: number
  /** x counts: no number between two whole ones is named */
  whole?: boolean
  yMin?: number
  yMax?: number
  /** of the numbers on a linear axis; default: as many as their size needs */
  decimals?: number
  /** a vertical line at the point that is looked at */
  cursor?: number | null
  /** a dashed horizontal line */
  reference?: number | null
  /** titles along the axes, with units: of a drawing that stands alone; in the window the heading has them */
  titles?: { x: string; y: string }
}

export type LineChart = Chart<'line', { x: number; y: number }[]>

const OPTIONS = {
  animation: false,
  parsing: false,
  normalized: true,
  maintainAspectRatio: false,
  events: [],
  // the last point lies on the edge, and is whole
  clip: 4,
  layout: { padding: { top: 8, right: 12 } }
} as const satisfies ChartConfiguration<'line'>['options'] & object

export function lineChart(canvas: HTMLCanvasElement): LineChart {
  return new Chart(canvas, { type: 'line', data: { datasets: [] }, options: { ...OPTIONS, responsive: true } })
}

/** the same chart with another pen: Chart.js draws with the context that its canvas hands it */
export function chartPainter(series: readonly Series[], axes: Axes): Painter {
  return (pen, width, height) => {
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    Object.assign(pen, { canvas })
    Object.assign(canvas, { getContext: () => pen })
    const chart: LineChart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      // with styles by segment a line is drawn by the context; else Chart.js keeps it as a path that only a canvas can draw
      options: { ...OPTIONS, responsive: false, devicePixelRatio: 1, datasets: { line: { segment: {} } } }
    })
    dress(chart, series, axes)
    // what is drawn stays: a chart that is destroyed clears its canvas
    Object.assign(chart, { canvas: null })
    chart.destroy()
  }
}

/** colours are read here, so that an effect which calls this follows the theme */
export function dress(chart: LineChart, series: readonly Series[], axes: Axes): void {
  const ink = tokens.colour('--ink-3')
  const grid = tokens.colour('--grid')
  const edge = tokens.colour('--line-strong')
  const font = { family: 'Inter Variable, Inter, system-ui, sans-serif', size: 11 }
  const title = (text = ''): object => ({ display: text !== '', text, color: ink, font, padding: 2 })
  chart.data.datasets = series.flatMap((one) => [
    ...(one.band ? edges(one.label, one.band, wash(tokens.colour(one.token))) : []),
    {
      label: one.label,
      data: one.points as { x: number; y: number }[],
      borderColor: one.faint ? fade(tokens.colour(one.token)) : tokens.colour(one.token),
      borderWidth: one.width ?? 2,
      borderDash: [...(one.dash ?? [])],
      ...marks(one)
    }
  ])
  chart.options.scales = {
    x: {
      type: 'linear',
      min: axes.xMin ?? 0,
      max: axes.xMax,
      grid: { display: false },
      border: { color: edge },
      title: title(axes.titles?.x),
      ticks: {
        color: ink,
        font,
        maxRotation: 0,
        autoSkipPadding: 24,
        callback: (value, _k, all) =>
          axisNumber(
            Number(value),
            all.map(({ value: at }) => at)
          ),
        ...(axes.whole || axes.xMax - (axes.xMin ?? 0) > 4 ? { precision: 0 } : {})
      }
    },
    y: {
      type: axes.scale === 'log' ? 'logarithmic' : 'linear',
      min: axes.yMin,
      max: axes.yMax,
      grid: {
        color: (context: ScriptableScaleContext) => (plainTick(axes, context.tick.value) ? grid : 'transparent')
      },
      border: { display: false },
      title: title(axes.titles?.y),
      ticks: {
        color: ink,
        font,
        maxTicksLimit: axes.scale === 'log' ? 40 : 5,
        callback: (value) => (plainTick(axes, Number(value)) ? tickText(Number(value), axes.decimals) : null)
      }
    }
  }
  const lines: Record<string, AnnotationOptions<'line'>> = {}
  if (typeof axes.cursor === 'number') {
    lines.cursor = {
      type: 'line',
      xMin: axes.cursor,
      xMax: axes.cursor,
      borderColor: tokens.colour('--cursor'),
      borderWidth: 1
    }
  }
  if (typeof axes.reference === 'number') {
    const [yMin, yMax] = [axes.reference, axes.reference]
    lines.reference = {
      type: 'line',
      yMin,
      yMax,
      borderColor: tokens.colour('--ref'),
      borderWidth: 1,
      borderDash: [3, 3]
    }
  }
  chart.options.plugins = { annotation: { animations: {}, annotations: lines } }
  chart.update('none')
}

/** the ticks of a log axis that are named: fewer, the longer it is */
function plainTick({ scale, yMin = 1, yMax = 1 }: Axes, value: number): boolean {
  if (scale === 'linear') return true
  const lead = value / 10 ** Math.floor(Math.log10(value) + 1e-9)
  const span = yMax / yMin
  const wanted = span > 1000 ? [1] : span > 6 ? [1, 2, 5] : [1, 2, 3, 4, 5, 7]
  return wanted.some((other) => Math.abs(lead - other) < 1e-6)
}

function tickText(value: number, decimals?: number): string {
  if (decimals !== undefined) return count(value, decimals)
  if (value === 0) return '0'
  return count(value, Math.max(0, Math.min(4, -Math.floor(Math.log10(Math.abs(value)) + 1e-9))))
}

const MARKED = 8

/** dots where points are few, marks at an eighth of them, none else */
function marks({ token, dots, points, mark = 'none', faint }: Series): Partial<LineData> {
  const colour = tokens.colour(token)
  const few = dots || points.length === 1
  if (few || mark === 'none' || faint) return { pointRadius: few ? 2.5 : 0, pointBackgroundColor: colour }
  const every = Math.max(1, Math.floor(points.length / MARKED))
  return {
    pointStyle: mark === 'disc' ? 'circle' : 'rect',
    pointRadius: points.map((_, k) => (k % every === 0 ? 3.5 : 0)),
    pointBackgroundColor: mark === 'disc' ? colour : tokens.colour('--bg-plot'),
    pointBorderColor: colour
  }
}

type LineData = LineChart['data']['datasets'][number]

/** two lines that are not drawn, and the wash between them */
function edges(label: string, points: NonNullable<Series['band']>, colour: string): LineData[] {
  const plain = { label, borderWidth: 0, pointRadius: 0 }
  return [
    { ...plain, data: points.map(({ x, low }) => ({ x, y: low })) },
    { ...plain, data: points.map(({ x, high }) => ({ x, y: high })), fill: '-1', backgroundColor: colour }
  ]
}

function fade(colour: string): string {
  return withOpacity(colour, tokens.dark ? 0.55 : 0.35)
}

function wash(colour: string): string {
  return withOpacity(colour, 0.16)
}

function withOpacity(colour: string, opacity: number): string {
  const parts = colour.match(/[\d.]+/g) ?? []
  return `rgba(${parts.slice(0, 3).join(', ')}, ${opacity})`
}
