/**
 * Where neurons sit, for any number of them. HICANN-X has 2 rows of 256 columns; its four quadrants are the four blocks
 * of analog parameter memory (halco: 0 top left, 1 top right, 2 bottom left, 3 bottom right; 128 neurons each).
 * Folded: a quadrant's neurons are read like text, 16 to a line, so that line head + place = neuron.
 */
export const COLUMNS = 256
const QUADRANT = 128
export const LINE = 16

export interface Quadrant {
  index: number
  name: string
  /** first neuron */
  first: number
  count: number
}

/** names of the quadrants */
export const PLACES = ['top left', 'top right', 'bottom left', 'bottom right']

export function quadrants(neurons: number): Quadrant[] {
  if (neurons <= QUADRANT)
    return [{ index: 0, name: neurons === 1 ? 'one neuron' : 'all neurons', first: 0, count: neurons }]
  return Array.from({ length: Math.ceil(neurons / QUADRANT) }, (_, index) => ({
    index,
    name: neurons === 512 ? PLACES[index] : '',
    first: index * QUADRANT,
    count: Math.min(QUADRANT, neurons - index * QUADRANT)
  }))
}

/** how many quadrants are drawn side by side: of more than four, four, so that cells stay taller than wide lines of text */
export function abreast(neurons: number): number {
  const count = Math.ceil(neurons / QUADRANT)
  return count > 4 ? 4 : Math.min(2, count)
}

/** lines of cells from top to bottom of the folded map, and blocks of them */
export function foldLines(neurons: number): { lines: number; blocks: number } {
  const list = quadrants(neurons)
  const blocks = Math.ceil(list.length / abreast(neurons))
  return { lines: blocks * Math.ceil(list[0].count / Math.min(LINE, neurons)), blocks }
}

function quadrantOf(neuron: number): number {
  return Math.floor(neuron / QUADRANT)
}

/** e.g. "Q1, row 0, column 137" */
export function placeOf(neuron: number): string {
  return `Q${quadrantOf(neuron)}, row ${Math.floor(neuron / COLUMNS)}, column ${neuron % COLUMNS}`
}

/**
 * The neuron that an arrow key leads to. Left and right follow the index, up and down the lines; from the last line of a
 * quadrant the way leads into the one that is drawn below or above it.
 */
export function neighbour(neuron: number, key: string, neurons: number): number | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -LINE, ArrowDown: LINE }
  if (key === 'Home') return neuron - (neuron % LINE)
  if (key === 'End') return Math.min(neurons - 1, neuron - (neuron % LINE) + LINE - 1)
  if (key === 'PageUp' || key === 'PageDown') {
    const to = neuron + (key === 'PageUp' ? -QUADRANT : QUADRANT)
    return to >= 0 && to < neurons ? to : neuron
  }
  if (!(key in steps)) return null
  const to = neuron + steps[key]
  const leaves = Math.abs(steps[key]) === LINE && (to < 0 || quadrantOf(to) !== quadrantOf(neuron))
  const target = leaves ? to + Math.sign(steps[key]) * (abreast(neurons) - 1) * QUADRANT : to
  return target >= 0 && target < neurons ? target : neuron
}
