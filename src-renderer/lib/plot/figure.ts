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

/** one row an x, one column a series */
export function curvesData(
  x: string,
  series: readonly { label: string; points: readonly { x: number; y: number }[] }[]
): FigureData {
  const at = new Map<number, (number | null)[]>()
  series.forEach(({ points }, k) => {
    for (const point of points) {
      const row = at.get(point.x) ?? new Array<number | null>(series.length).fill(null)
      row[k] = point.y
      at.set(point.x, row)
    }
  })
  const rows = [...at].sort(([a], [b]) => a - b).map(([value, row]) => [value, ...row])
  return { head: [x, ...series.map(({ label }) => label)], rows }
}
