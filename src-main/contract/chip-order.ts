/** The list of chips, the same in the window and after `chip list`: what a word finds, and by what chips are sorted. */

/** what of a chip and of its active calibration is found and sorted by */
export interface ChipRow {
  chip: {
    id: string
    name: string
    model: string
    seed: number
    mismatch: number
    recipe: string
    quirks: boolean
    neurons: number
    calibrations: number
    excluded: number
    createdAt: string
  }
  active: { id: string; createdAt: string; usable: number; neurons: number; stale: readonly string[] } | null
}

type By = (row: ChipRow) => string | number | null

/** null comes last both ways */
const SORTED_BY = {
  name: ({ chip }) => chip.name,
  id: ({ chip }) => Number(/\d+$/.exec(chip.id)?.[0] ?? 0),
  model: ({ chip }) => chip.model,
  seed: ({ chip }) => chip.seed,
  mismatch: ({ chip }) => chip.mismatch,
  neurons: ({ chip }) => chip.neurons,
  // when it was made
  active: ({ active }) => active?.createdAt ?? null,
  usable: ({ active }) => active && active.usable / active.neurons,
  calibrations: ({ chip }) => chip.calibrations,
  excluded: ({ chip }) => chip.excluded,
  made: ({ chip }) => chip.createdAt
} satisfies Record<string, By>

export type ChipSort = keyof typeof SORTED_BY
export const CHIP_SORTS = Object.keys(SORTED_BY) as [ChipSort, ...ChipSort[]]

/** every word must be somewhere in what the row says */
export function chipsFound<R extends ChipRow>(rows: readonly R[], text: string): R[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...rows]
  return rows.filter((row) => {
    const said = wordsOf(row)
    return words.every((word) => said.includes(word))
  })
}

function wordsOf({ chip, active }: ChipRow): string {
  const state = active === null ? 'not calibrated' : `${active.id} calibrated ${active.stale.length ? 'stale' : ''}`
  const { name, id, model, seed, mismatch, recipe, quirks } = chip
  const numbers = `0x${seed.toString(16).padStart(4, '0')} ${mismatch.toFixed(1)} × σ`
  return [name, id, model, numbers, `recipe ${recipe}`, quirks ? 'quirks' : '', state].join(' ').toLowerCase()
}

/** stable: chips that are alike there keep their order */
export function chipsSorted<R extends ChipRow>(rows: readonly R[], sort: ChipSort, descending: boolean): R[] {
  const by: By = SORTED_BY[sort]
  const order = (a: string | number, b: string | number): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true })
  return [...rows].sort((left, right) => {
    const [a, b] = [by(left), by(right)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return descending ? order(b, a) : order(a, b)
  })
}
