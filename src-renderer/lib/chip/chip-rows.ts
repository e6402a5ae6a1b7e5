/** The list of chips: its columns, what a word finds in it, and its order. */
import type { CalibrationSummary, Chip } from '../../api/types'
import type { GridColumn } from '../keys/grid'
import { fixed, hex } from '../text/format'

export interface ChipRow {
  chip: Chip
  /** its active calibration */
  active: CalibrationSummary | null
}

export interface ChipColumn extends GridColumn {
  /** what it is sorted by; null comes last both ways */
  by: (row: ChipRow) => string | number | null
}

const COLUMNS: readonly ChipColumn[] = [
  { key: 'name', label: 'Chip', width: 'minmax(110px, 2fr)', by: ({ chip }) => chip.name },
  { key: 'id', label: 'Id', width: 'minmax(60px, 1fr)', by: ({ chip }) => Number(/\d+$/.exec(chip.id)?.[0] ?? 0) },
  { key: 'model', label: 'Model', width: 'minmax(130px, 2fr)', by: ({ chip }) => chip.model },
  { key: 'seed', label: 'Seed', width: 'minmax(72px, 1fr)', num: true, by: ({ chip }) => chip.seed },
  { key: 'mismatch', label: 'Mismatch, × σ', width: 'minmax(92px, 1fr)', num: true, by: ({ chip }) => chip.mismatch },
  { key: 'neurons', label: 'Neurons', width: 'minmax(68px, 1fr)', num: true, by: ({ chip }) => chip.neurons },
  {
    key: 'active',
    label: 'Active calibration',
    width: 'minmax(190px, 3fr)',
    title: 'Sorted by when it was made',
    by: ({ active }) => active?.createdAt ?? null
  },
  {
    key: 'usable',
    label: 'Usable',
    width: 'minmax(76px, 1fr)',
    num: true,
    by: ({ active }) => active && active.usable / active.neurons
  },
  {
    key: 'calibrations',
    label: 'Calibrations',
    width: 'minmax(86px, 1fr)',
    num: true,
    by: ({ chip }) => chip.calibrations
  },
  { key: 'excluded', label: 'Excluded', width: 'minmax(72px, 1fr)', num: true, by: ({ chip }) => chip.excluded },
  { key: 'made', label: 'Made', width: 'minmax(72px, 1fr)', num: true, by: ({ chip }) => chip.createdAt }
]
export const CHIP_COLUMNS = COLUMNS.map((column) => ({ ...column, sorts: true }))

export interface ChipOrder {
  key: string
  descending: boolean
}

/** every word must be somewhere in what the row says */
export function chipsFound(rows: readonly ChipRow[], text: string): ChipRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return words.length === 0
    ? [...rows]
    : rows.filter((row) => {
        const said = wordsOf(row)
        return words.every((word) => said.includes(word))
      })
}

function wordsOf({ chip, active }: ChipRow): string {
  const state = active === null ? 'not calibrated' : `${active.id} calibrated ${active.stale.length ? 'stale' : ''}`
  const { name, id, model, seed, mismatch, recipe, quirks } = chip
  return [name, id, model, hex(seed), `${fixed(mismatch, 1)} × σ`, `recipe ${recipe}`, quirks ? 'quirks' : '', state]
    .join(' ')
    .toLowerCase()
}

/** stable: chips that are alike there keep their order */
export function chipsSorted(rows: readonly ChipRow[], { key, descending }: ChipOrder): ChipRow[] {
  const by = CHIP_COLUMNS.find((column) => column.key === key)?.by
  if (!by) return [...rows]
  const order = (a: string | number, b: string | number): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true })
  return [...rows].sort((left, right) => {
    const [a, b] = [by(left), by(right)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return descending ? order(b, a) : order(a, b)
  })
}
