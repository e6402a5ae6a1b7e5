/** In what a new run is drawn: by the number in its id, eight in a row in eight hues, the next eight with another line. */

const HUES = ['blue', 'orange', 'green', 'purple', 'ochre', 'sky', 'brown', 'grey'] as const
const LINES = ['solid', 'dashed', 'dotted', 'dash-dot'] as const

export interface RunStyle {
  colour: (typeof HUES)[number]
  line: (typeof LINES)[number]
}

export function styleOfNumber(id: string): RunStyle {
  const number = Number(/\d+$/.exec(id)?.[0] ?? 0)
  return { colour: HUES[number % 8], line: LINES[Math.floor(number / 8) % 4] }
}
