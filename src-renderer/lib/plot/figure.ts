/** A figure as files: its drawing as SVG or PNG, what it shows as CSV. */
import { csvText } from '../text/csv'
import { saveFile, saveText } from '../text/save'

export type Row = readonly (string | number | null)[]

/** an array, or rows that are made when they are asked for */
export interface Rows {
  readonly length: number
  at(k: number): Row | undefined
}

export interface FigureData {
  head: readonly string[]
  rows: Rows
}

/** of an exported PNG, pixels a pixel of the window: it may be shown larger */
const FINER = 2

export async function svgPng(text: string): Promise<Blob> {
  const letters = await fontFace()
  const image = new Image()
  const whole = text.replace('<title>', `<style>${letters}</style><title>`)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = FINER * image.width
  canvas.height = FINER * image.height
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('this figure cannot be copied'))), 'image/png')
  )
}

let face: Promise<string> | null = null

/** a picture made of a drawing sees no font of the page: the window's own goes with it */
function fontFace(): Promise<string> {
  face ??= readFace().catch(() => '')
  return face
}

async function readFace(): Promise<string> {
  const faces = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule)
  const texts: string[] = []
  for (const rule of faces) {
    const { style, parentStyleSheet } = rule
    // Latin, and Greek for the names of quantities
    if (!/U\+0+-0*FF\b|U\+0*370/i.test(style.getPropertyValue('unicode-range'))) continue
    const [, url = ''] = /url\(["']?([^"')]+)/.exec(style.getPropertyValue('src')) ?? []
    const file = await fetch(new URL(url, parentStyleSheet?.href ?? location.href))
    const bytes = new Uint8Array(await file.arrayBuffer())
    const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    texts.push(rule.cssText.replace(/src:[^;]+;/, `src: url(data:font/woff2;base64,${base64}) format("woff2");`))
  }
  return texts.join('')
}

export function saveSvg(name: string, text: string): void {
  saveText(`${name}.svg`, text, 'image/svg+xml')
}

export function savePng(name: string, png: Blob): void {
  saveFile(`${name}.png`, png)
}

export function dataCsv({ head, rows }: FigureData): string {
  return csvText(head, someRows(rows, rows.length))
}

export function saveCsv(name: string, data: FigureData): void {
  saveText(`${name}.csv`, dataCsv(data))
}

/** for the table beside a figure: evenly spaced rows, the first and the last among them */
export function someRows(rows: Rows, most: number): readonly Row[] {
  const few = Math.min(most, rows.length)
  const step = few < 2 ? 0 : (rows.length - 1) / (few - 1)
  return Array.from({ length: few }, (_, k) => rows.at(Math.round(k * step)) ?? [])
}

/** of a label; letters of units are written out, that µs does not read as s */
export function fileName(label: string): string {
  return label
    .replace(/[\u00b5\u03bc]/g, 'u')
    .replace(/\u03a9/g, 'ohm')
    .replace(/\u03c3/g, 'sigma')
    .replace(/\u03c4/g, 'tau')
    .replaceAll('\u00b0', 'deg-')
    .replaceAll('%', ' percent ')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
}

/** a curve as a table has it */
export interface Column {
  label: string
  points: readonly { x: number; y: number }[]
  /** the name of its column, where the legend's is not enough; curves of one name are pieces of one column */
  column?: string
  band?: readonly { x: number; low: number; high: number; n?: number }[]
  /** what the edges of the band are */
  edges?: readonly [string, string]
}

/**
 * One row an x; a column a curve, and one for each edge of its band. Every head but the first names the quantity and its
 * unit, `y`.
 */
export function curvesData(x: string, y: string, series: readonly Column[]): FigureData {
  const heads: string[] = []
  const rows = new Map<number, (number | undefined)[]>()
  const put = (head: string, values: readonly (readonly [number, number])[]): void => {
    if (!heads.includes(head)) heads.push(head)
    const k = heads.indexOf(head)
    for (const [at, value] of values) {
      const row = rows.get(at) ?? []
      row[k] = value
      rows.set(at, row)
    }
  }
  const pieces = new Set(series.flatMap(({ column }) => column ?? []))
  for (const { label, points, column, band = [], edges = ['lower', 'upper'] } of series) {
    if (points.length === 0 && band.length === 0) continue
    const name = column ?? alone(label, new Set([...heads.map(bare), ...pieces]))
    const head = (part: string): string => `${name}${part} (${y})`
    put(
      head(''),
      points.map((point) => [point.x, point.y])
    )
    if (band.length === 0) continue
    put(
      head(`, ${edges[0]}`),
      band.map((point) => [point.x, point.low])
    )
    put(
      head(`, ${edges[1]}`),
      band.map((point) => [point.x, point.high])
    )
    const members = band.flatMap((point) => (point.n === undefined ? [] : [[point.x, point.n] as const]))
    if (members.length > 0) put(`${name}, members`, members)
  }
  const at = [...rows].sort(([a], [b]) => a - b)
  return { head: [x, ...heads], rows: at.map(([value, row]) => [value, ...heads.map((_, k) => row[k] ?? null)]) }

  function bare(head: string): string {
    return head.endsWith(` (${y})`) ? head.slice(0, -y.length - 3) : head
  }
}

/** a second curve of one name is told apart */
function alone(label: string, taken: ReadonlySet<string>): string {
  let name = label
  for (let k = 2; taken.has(name); k++) name = `${label} (${k})`
  return name
}
