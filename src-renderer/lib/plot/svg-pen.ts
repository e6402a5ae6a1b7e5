/**
 * A canvas context that writes SVG (the part of it that `Pen` names, and the little more that Chart.js calls). Paths are
 * written in the coordinates they were drawn in, with the transform in force when they are painted.
 */
import type { Pen } from './pen'

const ANCHORS: Record<CanvasTextAlign, string> = {
  start: 'start',
  left: 'start',
  center: 'middle',
  right: 'end',
  end: 'end'
}
/** of the font's size, from the anchor down to the base line */
const BASE: Partial<Record<CanvasTextBaseline, number>> = { middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2 }
let clips = 0

/** what a picture embeds of another: its pixels, as a data URL */
export type Embed = (image: CanvasImageSource, from: readonly number[]) => string

type Matrix = readonly [number, number, number, number, number, number]
const UNMOVED: Matrix = [1, 0, 0, 1, 0, 0]

export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000000'
  strokeStyle: Pen['strokeStyle'] = '#000000'
  lineWidth = 1
  lineJoin: CanvasLineJoin = 'miter'
  lineCap: CanvasLineCap = 'butt'
  font = '10px sans-serif'
  textAlign: CanvasTextAlign = 'start'
  textBaseline: CanvasTextBaseline = 'alphabetic'
  globalAlpha = 1
  imageSmoothingEnabled = true
  #dash: readonly number[] = []
  #matrix = UNMOVED
  /** groups with a clip that are open */
  #groups = 0
  #kept: (() => void)[] = []
  #path = ''
  #parts: string[] = []

  constructor(
    private readonly embed: Embed,
    private readonly measure: (text: string, font: string) => TextMetrics
  ) {}

  /** what was drawn, as elements of SVG */
  markup(): string {
    return this.#parts.join('') + '</g>'.repeat(this.#groups)
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, lineCap, font, textAlign, textBaseline } = this
    const style = { fillStyle, strokeStyle, lineWidth, lineJoin, lineCap, font, textAlign, textBaseline }
    const { globalAlpha, imageSmoothingEnabled } = this
    const [dash, matrix, groups] = [this.#dash, this.#matrix, this.#groups]
    this.#kept.push(() => {
      Object.assign(this, style, { globalAlpha, imageSmoothingEnabled })
      this.#parts.push('</g>'.repeat(this.#groups - groups))
      this.#dash = dash
      this.#matrix = matrix
      this.#groups = groups
    })
  }

  restore(): void {
    this.#kept.pop()?.()
  }

  beginPath(): void {
    this.#path = ''
  }

  closePath(): void {
    this.#path += 'Z'
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${short(x)} ${short(y)}`
  }

  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === '' ? 'M' : 'L'}${short(x)} ${short(y)}`
  }

  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.#path += `C${[ax, ay, bx, by, x, y].map(short).join(' ')}`
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`
  }

  arc(x: number, y: number, radius: number, from: number, to: number, back = false): void {
    const at = (angle: number): string =>
      `${short(x + radius * Math.cos(angle))} ${short(y + radius * Math.sin(angle))}`
    const sweep = back ? from - to : to - from
    this.#path += `${this.#path === '' ? 'M' : 'L'}${at(from)}`
    const arc = (angle: number, large: boolean): string =>
      `A${short(radius)} ${short(radius)} 0 ${large ? 1 : 0} ${back ? 0 : 1} ${at(angle)}`
    // a whole circle is two halves: an arc that ends where it begins is nothing
    if (sweep >= 2 * Math.PI - 1e-9) this.#path += arc(from + Math.PI, false) + arc(from, false)
    else this.#path += arc(to, (sweep + 2 * Math.PI) % (2 * Math.PI) > Math.PI)
  }

  fill(): void {
    this.#paint(`<path d="${this.#path}"${this.#filled()}/>`)
  }

  stroke(): void {
    this.#paint(`<path d="${this.#path}" fill="none"${this.#stroked()}/>`)
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#paint(`<rect ${box(x, y, width, height)}${this.#filled()}/>`)
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#paint(`<rect ${box(x, y, width, height)} fill="none"${this.#stroked()}/>`)
  }

  /** a figure is cleared before it is drawn anew: nothing of what was there stays */
  clearRect(): void {
    this.#parts = ['<g>'.repeat(this.#groups)]
  }

  clip(): void {
    const id = `clip-${++clips}`
    this.#parts.push(
      `<clipPath id="${id}"><path d="${this.#path}"${this.#transform()}/></clipPath><g clip-path="url(#${id})">`
    )
    this.#groups++
  }

  fillText(text: string, x: number, y: number): void {
    const { textAlign, textBaseline, font } = this
    const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 10)
    const weight = /\b([1-9]00|bold)\b/.exec(font)?.[1]
    const family = font.slice(font.indexOf('px') + 2).replace(/^\/\S+/, '')
    const base = y + size * (BASE[textBaseline] ?? 0)
    this.#paint(
      `<text x="${short(x)}" y="${short(base)}" font-size="${size}" font-family="${escaped(family.trim())}"` +
        `${weight ? ` font-weight="${weight}"` : ''} text-anchor="${ANCHORS[textAlign]}"${this.#filled()}>` +
        `${escaped(text)}</text>`
    )
  }

  measureText(text: string): TextMetrics {
    return this.measure(text, this.font)
  }

  drawImage(image: CanvasImageSource, ...at: number[]): void {
    const [from, [x, y, width, height]] = at.length === 8 ? [at.slice(0, 4), at.slice(4)] : [[], at]
    const crisp = this.imageSmoothingEnabled ? '' : ' style="image-rendering:pixelated"'
    this.#paint(
      `<image ${box(x, y, width, height)} preserveAspectRatio="none"${crisp} href="${this.embed(image, from)}"/>`
    )
  }

  translate(x: number, y: number): void {
    this.#turn([1, 0, 0, 1, x, y])
  }

  rotate(angle: number): void {
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    this.#turn([c, s, -s, c, 0, 0])
  }

  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.#matrix = [a, b, c, d, e, f]
  }

  resetTransform(): void {
    this.setTransform(1, 0, 0, 1, 0, 0)
  }

  setLineDash(dash: readonly number[]): void {
    this.#dash = [...dash]
  }

  #turn([a, b, c, d, e, f]: Matrix): void {
    const [A, B, C, D, E, F] = this.#matrix
    this.setTransform(A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F)
  }

  #paint(element: string): void {
    const transform = this.#transform()
    this.#parts.push(transform ? element.replace(/^<\w+/, (name) => name + transform) : element)
  }

  #transform(): string {
    const unmoved = this.#matrix.every((value, k) => value === UNMOVED[k])
    return unmoved ? '' : ` transform="matrix(${this.#matrix.map(short).join(' ')})"`
  }

  #filled(): string {
    return inked('fill', this.fillStyle, this.globalAlpha)
  }

  #stroked(): string {
    const dashes = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.join(' ')}"` : ''
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`
    const cap = this.lineCap === 'butt' ? '' : ` stroke-linecap="${this.lineCap}"`
    const stroke = inked('stroke', this.strokeStyle, this.globalAlpha)
    return `${stroke} stroke-width="${short(this.lineWidth)}"${dashes}${join}${cap}`
  }
}

/** `fill` or `stroke` and its opacity; in the spelling that every reader of SVG knows */
export function inked(role: 'fill' | 'stroke', colour: unknown, alpha = 1): string {
  if (typeof colour !== 'string' || colour === 'none' || colour === 'transparent') return ` ${role}="none"`
  const parts = /^rgba?\((.*)\)$/
    .exec(colour)?.[1]
    .match(/[\d.]+/g)
    ?.map(Number)
  const opacity = alpha * (parts?.[3] ?? 1)
  const shown = parts ? `rgb(${parts.slice(0, 3).map(Math.round).join(',')})` : colour
  return ` ${role}="${shown}"${opacity < 1 ? ` ${role}-opacity="${short(opacity)}"` : ''}`
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
}

/** of a pixel, hundredths */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function box(x: number, y: number, width: number, height: number): string {
  const [left, top] = [Math.min(x, x + width), Math.min(y, y + height)]
  return `x="${short(left)}" y="${short(top)}" width="${short(Math.abs(width))}" height="${short(Math.abs(height))}"`
}
