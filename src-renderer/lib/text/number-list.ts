/** One number a neuron, as people have it: a JSON list, a column, or two columns with neuron and value. */

export interface Range {
  min: number
  max: number
  unit: string
}

/** @returns the numbers in the order of neurons, or what is wrong in one line */
export function numbersOf(text: string, count: number, { min, max, unit }: Range): number[] | string {
  const rows = text
    .replaceAll(/[[\]]/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.split(/[,;\s]+/).filter(Boolean))
    .filter((cells) => cells.length > 0)
  // a first line of words is a heading
  if (rows.length > 1 && rows[0].some((cell) => Number.isNaN(Number(cell)))) rows.shift()
  const bad = rows.flat().find((cell) => Number.isNaN(Number(cell)))
  if (bad !== undefined) return `"${bad}" given; allowed: numbers`
  const list =
    rows.length === count && rows.length > 1 && rows.every((cells) => cells.length === 2)
      ? byNeuron(rows.map((cells) => cells.map(Number)))
      : rows.flat().map(Number)
  if (list === null) return `neurons 0 to ${count - 1} are not there once each`
  if (list.length !== count) return `${list.length} numbers given; allowed: ${count}, one a neuron`
  const out = list.findIndex((value) => !(value >= min && value <= max))
  if (out >= 0) return `neuron ${out}: ${list[out]} given; allowed: ${min} to ${max} ${unit}`
  return list
}

function byNeuron(rows: number[][]): number[] | null {
  const list = new Array<number>(rows.length).fill(NaN)
  for (const [neuron, value] of rows) list[neuron] = value
  return list.length === rows.length && !list.includes(NaN) ? list : null
}
