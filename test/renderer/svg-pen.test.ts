/** The pen that writes SVG, against what the canvas standard says of each call. */
import { describe, expect, it } from 'vitest'
import { inked, SvgPen } from '../../src-renderer/lib/plot/svg-pen'

const pen = (): SvgPen =>
  new SvgPen(
    (_, from) => `data:${from.join('-')}`,
    () => ({ width: 10 }) as TextMetrics
  )

describe('SvgPen', () => {
  it('fills, strokes and writes with the styles in force', () => {
    const p = pen()
    p.fillStyle = 'rgb(1 2 3)'
    p.fillRect(1, 2, 3, 4)
    p.strokeStyle = 'rgba(9, 8, 7, 0.5)'
    p.lineWidth = 2
    p.setLineDash([3, 1])
    p.beginPath()
    p.lineTo(0, 0)
    p.lineTo(5, 5.123)
    p.stroke()
    p.font = '11px "Inter Variable", sans-serif'
    p.textAlign = 'right'
    p.fillText('a < b', 7, 8)
    expect(p.markup()).toBe(
      '<rect x="1" y="2" width="3" height="4" fill="rgb(1,2,3)"/>' +
        '<path d="M0 0L5 5.12" fill="none" stroke="rgb(9,8,7)" stroke-opacity="0.5" stroke-width="2" stroke-dasharray="3 1"/>' +
        '<text x="7" y="8" font-size="11" font-family="&quot;Inter Variable&quot;, sans-serif" text-anchor="end"' +
        ' fill="rgb(1,2,3)">a &lt; b</text>'
    )
  })

  it('gives styles, place and clip back on restore', () => {
    const p = pen()
    p.save()
    p.translate(10, 20)
    p.rotate(Math.PI / 2)
    p.globalAlpha = 0.5
    p.beginPath()
    p.rect(0, 0, 4, 4)
    p.clip()
    p.fillRect(0, 0, 1, 1)
    p.restore()
    p.fillRect(0, 0, 1, 1)
    const text = p.markup()
    expect(text).toMatch(
      /^<clipPath id="(clip-\d+)"><path d="M0 0h4v4h-4Z" transform="matrix\(0 1 -1 0 10 20\)"\/><\/clipPath>/
    )
    expect(text).toContain(
      '<rect transform="matrix(0 1 -1 0 10 20)" x="0" y="0" width="1" height="1" fill="#000000" fill-opacity="0.5"/></g>'
    )
    expect(text.endsWith('<rect x="0" y="0" width="1" height="1" fill="#000000"/>')).toBe(true)
  })

  it('draws arcs of any length and direction', () => {
    const d = (from: number, to: number, back = false): string => {
      const p = pen()
      p.beginPath()
      p.arc(0, 0, 1, from, to, back)
      p.fill()
      return /d="([^"]*)"/.exec(p.markup())?.[1] ?? ''
    }
    expect(d(0, 2 * Math.PI)).toBe('M1 0A1 1 0 0 1 -1 0A1 1 0 0 1 1 0')
    expect(d(0, Math.PI / 2)).toBe('M1 0A1 1 0 0 1 0 1')
    expect(d(0, 1.5 * Math.PI)).toBe('M1 0A1 1 0 1 1 0 -1')
    expect(d(0, 1.5 * Math.PI, true)).toBe('M1 0A1 1 0 0 0 0 -1')
  })

  it('forgets what was drawn when it is cleared, and takes parts of images', () => {
    const p = pen()
    p.fillRect(0, 0, 9, 9)
    p.clearRect()
    p.imageSmoothingEnabled = false
    p.drawImage({} as CanvasImageSource, 1, 2, 3, 4, 5, 6, 7, 8)
    expect(p.markup()).toBe(
      '<image x="5" y="6" width="7" height="8" preserveAspectRatio="none" style="image-rendering:pixelated" href="data:1-2-3-4"/>'
    )
  })

  it('spells colours so that every reader knows them', () => {
    expect(inked('fill', 'rgba(0, 0, 0, 0)')).toBe(' fill="rgb(0,0,0)" fill-opacity="0"')
    expect(inked('stroke', 'none')).toBe(' stroke="none"')
    expect(inked('fill', '#123456', 0.25)).toBe(' fill="#123456" fill-opacity="0.25"')
  })
})
