/** The oscilloscope's two pictures as one PNG, at twice the resolution, with a line that says what it shows. */
import { spikesOf } from './trace-model'
import { drawRaster, drawTrace, type TraceColours, type TraceView } from './trace-picture'

const WIDTH = 1000
const [HEAD, TRACE, RASTER] = [24, 340, 220]
const SCALE = 2

export function tracePng(view: TraceView, colours: TraceColours): Promise<Blob> {
  const whole = sheet(WIDTH, HEAD + TRACE + RASTER)
  const context = contextOf(whole)
  context.fillStyle = colours.pane
  context.fillRect(0, 0, WIDTH, HEAD + TRACE + RASTER)
  const { trace } = view
  context.fillStyle = colours.ink1
  context.font = '12px "Inter Variable", sans-serif'
  const spikes = spikesOf(trace, trace.neuron).length
  const settings = trace.calibration ?? 'data sheet codes'
  context.fillText(`${trace.chip}, ${settings}, neuron ${trace.neuron}: ${spikes} spikes, ${trace.axis.unit}`, 8, 16)
  const parts: [number, number, (part: CanvasRenderingContext2D) => void][] = [
    [HEAD, TRACE, (part) => drawTrace(part, WIDTH, TRACE, view, colours)],
    [HEAD + TRACE, RASTER, (part) => drawRaster(part, WIDTH, RASTER, { ...view, neuron: trace.neuron }, colours)]
  ]
  for (const [top, height, draw] of parts) {
    const part = sheet(WIDTH, height)
    draw(contextOf(part))
    context.drawImage(part, 0, top, WIDTH, height)
  }
  return new Promise((resolve, reject) => {
    whole.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png')
  })
}

function sheet(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  contextOf(canvas).setTransform(SCALE, 0, 0, SCALE, 0, 0)
  return canvas
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this window cannot draw')
  return context
}
