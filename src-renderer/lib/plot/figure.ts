/** A figure as files: what is drawn as PNG or SVG, what it shows as CSV. */
import { saveFile, saveText } from '../text/save'
import { csvText } from '../text/csv'

export interface FigureData {
  head: readonly string[]
  rows: readonly (readonly (string | number | null)[])[]
}

/** of a canvas that is on the screen, at the screen's resolution, on the plot's own ground */
export async function canvasPng(canvas: HTMLCanvasElement): Promise<Blob> {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const context = copy.getContext('2d')
  if (!context) throw new Error('this figure cannot be copied')
  context.fillStyle = document.documentElement.dataset.theme === 'dark' ? '#16191d' : '#ffffff'
  context.fillRect(0, 0, copy.width, copy.height)
  context.drawImage(canvas, 0, 0)
  return new Promise((resolve, reject) =>
    copy.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('this figure cannot be copied'))), 'image/png')
  )
}

/** with the colours and fonts that the page's styles give it, so that it stands alone */
export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const [from, to] = [
    [svg, ...svg.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')]
  ]
  from.forEach((element, k) => {
    const style = getComputedStyle(element)
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-family', 'opacity'])
      to[k].setAttribute(name, style.getPropertyValue(name))
  })
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return new XMLSerializer().serializeToString(copy)
}

/** twice as fine as the screen, so that it can be shown larger */
export async function svgPng(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect()
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(2 * width)
  canvas.height = Math.round(2 * height)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvasPng(canvas)
}

export function saveSvg(name: string, text: string): void {
  saveText(`${name}.svg`, text, 'image/svg+xml')
}

export function savePng(name: string, png: Blob): void {
  saveFile(`${name}.png`, png)
}

export function saveCsv(name: string, { head, rows }: FigureData): void {
  saveText(`${name}.csv`, csvText(head, rows))
}

/** for the table beside a figure: evenly spaced rows, the first and the last among them */
export function someRows<T>(rows: readonly T[], most: number): readonly T[] {
  if (rows.length <= most) return rows
  return Array.from({ length: most }, (_, k) => rows[Math.round((k / (most - 1)) * (rows.length - 1))])
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
