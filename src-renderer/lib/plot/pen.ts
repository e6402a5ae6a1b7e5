/**
 * What a painter draws with: the part of a canvas context that the pictures of this window use. The screen gives a canvas
 * for it, an exported figure `SvgPen`; so each picture has one painter, and what is exported is what is shown.
 */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'clearRect'
  | 'clip'
  | 'closePath'
  | 'drawImage'
  | 'fill'
  | 'fillRect'
  | 'fillText'
  | 'lineTo'
  | 'measureText'
  | 'moveTo'
  | 'rect'
  | 'restore'
  | 'rotate'
  | 'save'
  | 'setLineDash'
  | 'stroke'
  | 'strokeRect'
  | 'translate'
> & {
  fillStyle: CanvasRenderingContext2D['fillStyle']
  strokeStyle: CanvasRenderingContext2D['strokeStyle']
  lineWidth: number
  lineJoin: CanvasLineJoin
  lineCap: CanvasLineCap
  font: string
  textAlign: CanvasTextAlign
  textBaseline: CanvasTextBaseline
  globalAlpha: number
  imageSmoothingEnabled: boolean
}

/** draws in CSS pixels */
export type Painter = (pen: Pen, width: number, height: number) => void

/** the painter of each canvas that is on the screen */
export const painters = new WeakMap<HTMLCanvasElement, Painter>()
