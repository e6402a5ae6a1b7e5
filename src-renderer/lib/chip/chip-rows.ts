/** The columns of the list of chips; what a word finds and how chips are sorted is the contract's (chip-order.ts). */
import type { Input } from '../../../src-main/contract'
import { CHIP_SORTS, type ChipSort } from '../../../src-main/contract/chip-order'
import type { GridColumn } from '../keys/grid'

export { chipsFound, chipsSorted } from '../../../src-main/contract/chip-order'

const COLUMNS: readonly (GridColumn & { key: ChipSort })[] = [
  { key: 'name', label: 'Chip', width: 'minmax(110px, 2fr)' },
  { key: 'id', label: 'Id', width: 'minmax(60px, 1fr)' },
  { key: 'model', label: 'Model', width: 'minmax(130px, 2fr)' },
  { key: 'seed', label: 'Seed', width: 'minmax(72px, 1fr)', num: true },
  { key: 'mismatch', label: 'Mismatch, × σ', width: 'minmax(92px, 1fr)', num: true },
  { key: 'neurons', label: 'Neurons', width: 'minmax(68px, 1fr)', num: true },
  {
    key: 'active',
    label: 'Active calibration',
    width: 'minmax(190px, 3fr)',
    title: 'Sorted by when it was made'
  },
  {
    key: 'usable',
    label: 'Usable',
    width: 'minmax(76px, 1fr)',
    num: true
  },
  {
    key: 'calibrations',
    label: 'Calibrations',
    width: 'minmax(86px, 1fr)',
    num: true
  },
  { key: 'excluded', label: 'Excluded', width: 'minmax(72px, 1fr)', num: true },
  { key: 'made', label: 'Made', width: 'minmax(72px, 1fr)', num: true }
]
export const CHIP_COLUMNS = COLUMNS.map((column) => ({ ...column, sorts: true }))

/** how the list was left */
export const CHIPS_LISTED = { filter: '', key: '', descending: false }

/** the list as the command line asks for it */
export function chipsAsked({ filter, key, descending }: typeof CHIPS_LISTED): Input<'chip.list'> {
  const sort = CHIP_SORTS.find((one) => one === key)
  return { filter, ...(sort ? { sort, descending } : {}) }
}
