/**
 * A figure on the screen as one drawing that stands alone: drawings as they are styled, canvases by their painters anew,
 * words where they stand. What is shown is what is exported, whatever the figure is made of.
 */
import { painters, type Painter } from './pen'
import { escaped, inked, short, SvgPen } from './svg-pen'

const STYLES = [
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'font-size',
  'font-family',
  'font-weight',
  'text-anchor',
  'opacity',
  'paint-order',
  'vector-effect'
]
const MARGIN = 8
/** between what is shown and what an exported figure says beneath it */
const BELOW = 20

interface Place {
  left: number
  top: number
}

/** @param beneath legends that stand elsewhere in the window */
export function figureSvg(label: string, picture: HTMLElement, beneath: HTMLElement | null): string {
  const pane = paneOf(picture)
  const [width, height] = [pane.scrollWidth, pane.scrollHeight]
  const legend = beneath?.firstElementChild ? beneath : null
  const more = legend ? legend.offsetHeight : 0
  const whole = [Math.max(width, legend?.offsetWidth ?? 0) + 2 * MARGIN, height + more + BELOW + 2 * MARGIN]
  const from = pane.getBoundingClientRect()
  const ground = groundOf(picture)
  const parts = [
    `<rect width="100%" height="100%"${inked('fill', ground)}/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})">`,
    drawn(pane, { left: from.left - pane.scrollLeft, top: from.top - pane.scrollTop }),
    '</g>'
  ]
  if (legend) {
    const at = legend.getBoundingClientRect()
    parts.push(`<g transform="translate(${MARGIN} ${short(height + MARGIN)})">`, drawn(legend, at), '</g>')
  }
  const ink = getComputedStyle(picture).color
  parts.push(
    `<text x="${MARGIN}" y="${short(whole[1] - MARGIN)}" font-size="11"${inked('fill', ink)}>${escaped(label)}</text>`
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole[0]}" height="${whole[1]}" viewBox="0 0 ${whole.join(' ')}"` +
    ` font-family="Inter Variable, Inter, sans-serif"><title>${escaped(label)}</title>${parts.join('')}</svg>\n`
  )
}

/** what scrolls within is exported whole, too */
function paneOf(picture: HTMLElement): HTMLElement {
  const [only, second] = picture.children
  return !second && only instanceof HTMLElement && only.scrollWidth > only.clientWidth ? only : picture
}

/** an element and all in it, at its place from `from` */
function drawn(element: Element, from: Place): string {
  const style = getComputedStyle(element)
  if (style.display === 'none' || style.visibility === 'hidden' || element.matches('.hidden')) return ''
  const at = element.getBoundingClientRect()
  const [x, y] = [at.left - from.left, at.top - from.top]
  if (element instanceof SVGSVGElement) return drawing(element, x, y)
  if (element instanceof HTMLCanvasElement) return canvas(element, x, y)
  const parts = [...element.childNodes].map((node) =>
    node instanceof Element ? drawn(node, from) : node instanceof Text ? words(node, style, from) : ''
  )
  const edged = (['Top', 'Right', 'Bottom', 'Left'] as const).every(
    (side) => style[`border${side}Style`] === 'solid' && style[`border${side}Width`] !== '0px'
  )
  const frame = edged ? inked('stroke', style.borderTopColor) : ''
  const fill = inked('fill', style.backgroundColor === 'rgba(0, 0, 0, 0)' ? 'none' : style.backgroundColor)
  const ground =
    fill.includes('none') && !frame
      ? ''
      : `<rect x="${short(x)}" y="${short(y)}" width="${short(at.width)}" height="${short(at.height)}"${fill}${frame}/>`
  const rule =
    !edged && style.borderTopStyle === 'solid' && style.borderTopWidth !== '0px'
      ? `<path d="M${short(x)} ${short(y)}h${short(at.width)}"${inked('stroke', style.borderTopColor)}` +
        ` stroke-width="${Number.parseFloat(style.borderTopWidth)}"/>`
      : ''
  return ground + rule + parts.join('')
}

/** with the colours and letters that the page's styles give it */
function drawing(svg: SVGSVGElement, x: number, y: number): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const [from, to] = [
    [svg, ...svg.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')]
  ]
  from.forEach((element, k) => {
    const style = getComputedStyle(element)
    const kept = ['class', 'style', 'role', 'tabindex']
    for (const { name } of [...to[k].attributes])
      if (kept.includes(name) || name.startsWith('aria')) to[k].removeAttribute(name)
    for (const role of ['fill', 'stroke'] as const) {
      const colour = style.getPropertyValue(role)
      const [, value, opacity] = /="([^"]*)"(?: \w+-opacity="([^"]*)")?/.exec(inked(role, colour)) ?? []
      to[k].setAttribute(role, /^url/.test(colour) ? colour.replaceAll('"', '') : value)
      if (opacity) to[k].setAttribute(`${role}-opacity`, opacity)
    }
    for (const name of STYLES) {
      const value = style.getPropertyValue(name)
      if (value !== INITIAL[name]) to[k].setAttribute(name, value)
    }
  })
  const { width, height } = svg.getBoundingClientRect()
  for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, short(value))
  copy.setAttribute('overflow', getComputedStyle(svg).overflow)
  return new XMLSerializer().serializeToString(copy)
}

const INITIAL: Record<string, string> = {
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'text-anchor': 'start',
  'paint-order': 'normal',
  'vector-effect': 'none',
  'stroke-width': '1px',
  opacity: '1'
}

function canvas(element: HTMLCanvasElement, x: number, y: number): string {
  const { width, height } = element.getBoundingClientRect()
  const paint = painters.get(element)
  const inner = paint
    ? painted(paint, width, height)
    : `<image width="${short(width)}" height="${short(height)}" href="${element.toDataURL()}"/>`
  const size = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`
  return `<svg ${size}>${inner}</svg>`
}

function painted(paint: Painter, width: number, height: number): string {
  const ruler = document.createElement('canvas').getContext('2d')
  if (!ruler) throw new Error('this window cannot draw')
  const pen = new SvgPen(pixels, (text, font) => {
    ruler.font = font
    return ruler.measureText(text)
  })
  paint(pen, width, height)
  return pen.markup()
}

function pixels(image: CanvasImageSource, from: readonly number[]): string {
  const { width, height } = image as HTMLCanvasElement
  const [x, y, w, h] = from.length === 4 ? from : [0, 0, width, height]
  const sheet = document.createElement('canvas')
  sheet.width = Math.max(1, Math.round(w))
  sheet.height = Math.max(1, Math.round(h))
  sheet.getContext('2d')?.drawImage(image, x, y, w, h, 0, 0, sheet.width, sheet.height)
  return sheet.toDataURL()
}

/** a text node, line by line as it was broken */
function words(node: Text, style: CSSStyleDeclaration, from: Place): string {
  const range = document.createRange()
  const lines: { text: string; left: number; right: number; top: number; bottom: number }[] = []
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index)
    range.setEnd(node, index + word.length)
    const { left, right, top, bottom, width } = range.getBoundingClientRect()
    const last = lines.at(-1)
    if (width === 0) continue
    if (last && Math.abs(last.top - top) < 2) {
      last.text += ` ${word}`
      last.right = right
    } else lines.push({ text: word, left, right, top, bottom })
  }
  const size = Number.parseFloat(style.fontSize)
  return lines
    .map(({ text, left, right, top, bottom }) => {
      const y = (top + bottom) / 2 - from.top + 0.36 * size
      return (
        `<text x="${short(left - from.left)}" y="${short(y)}" textLength="${short(right - left)}" font-size="${size}"` +
        ` font-family="${escaped(style.fontFamily)}" font-weight="${style.fontWeight}"${inked('fill', style.color)}>` +
        `${escaped(text)}</text>`
      )
    })
    .join('')
}

/** of the nearest element behind that has one */
function groundOf(element: Element | null): string {
  for (let at = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor
  }
  return '#ffffff'
}
