/** The list of chips: words find what a row says, heads sort by what it means, keys go where the grid pattern says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CalibrationSummary } from '../../src-renderer/api/types'
import { CHIP_SORTS, type ChipRow, chipsFound, chipsSorted, type ChipSort } from '../../src-main/contract/chip-order'
import { CHIP_COLUMNS } from '../../src-renderer/lib/chip/chip-rows'
import { gridStep, leastOf } from '../../src-renderer/lib/keys/grid'
import { chip } from './harness/chips'

const calibration = (id: string, usable: number, stale: string[], createdAt: string): CalibrationSummary =>
  ({ id, usable, neurons: 512, stale, createdAt }) as unknown as CalibrationSummary

const ROWS: ChipRow[] = [
  { chip: chip('hx-1', 'HX-2', 0x7a31), active: calibration('c-2', 500, [], '2026-01-02T00:00:00.000Z') },
  { chip: chip('hx-2', 'HX-10', 0x1c04), active: calibration('c-9', 512, ['aged'], '2026-01-03T00:00:00.000Z') },
  { chip: chip('hx-10', 'bench', 0x93b2, 512, false), active: null }
]
const names = (rows: readonly ChipRow[]): string[] => rows.map((row) => row.chip.name)
const sorted = (key: ChipSort, descending = false): string[] => names(chipsSorted(ROWS, key, descending))

describe('the list of chips', () => {
  it('finds every word, wherever it is said', () => {
    const found = (text: string): string[] => names(chipsFound(ROWS, text))
    expect(found('')).toEqual(['HX-2', 'HX-10', 'bench'])
    expect(found('hx- stale')).toEqual(['HX-10'])
    expect(found('not calibrated')).toEqual(['bench'])
    expect(found('C-2')).toEqual(['HX-2'])
    expect(found('0x93B2')).toEqual(['bench'])
    expect(found('hx- bench-7')).toEqual([])
  })

  it('sorts names as people count, and what is missing last both ways', () => {
    expect(sorted('name')).toEqual(['bench', 'HX-2', 'HX-10'])
    expect(sorted('id', true)).toEqual(['bench', 'HX-10', 'HX-2'])
    expect(sorted('usable')).toEqual(['HX-2', 'HX-10', 'bench'])
    expect(sorted('usable', true)).toEqual(['HX-10', 'HX-2', 'bench'])
    expect(sorted('active', true)).toEqual(['HX-10', 'HX-2', 'bench'])
    expect(CHIP_COLUMNS.map(({ key }) => key)).toEqual(CHIP_SORTS)
    for (const key of CHIP_SORTS) expect(sorted(key).sort()).toEqual(['HX-10', 'HX-2', 'bench'])
  })
})

describe('a grid', () => {
  const size = { rows: 100, columns: 4, page: 20 }
  const at = { row: 50, column: 2 }
  const go = (key: string, ctrlKey = false, of = size) => gridStep({ key, ctrlKey }, at, of)

  it('goes by cells, rows, pages, and to the ends', () => {
    expect(go('ArrowDown')).toEqual({ row: 51, column: 2 })
    expect(go('ArrowRight')).toEqual({ row: 50, column: 3 })
    expect(go('PageUp')).toEqual({ row: 30, column: 2 })
    expect(go('Home')).toEqual({ row: 50, column: 0 })
    expect(go('End', true)).toEqual({ row: 99, column: 3 })
    expect(go('x')).toBeNull()
  })

  it('of rows alone, has no cells to go to', () => {
    const rows = { ...size, columns: 1 }
    expect(go('ArrowRight', false, rows)).toBeNull()
    expect(gridStep({ key: 'End', ctrlKey: false }, { row: 3, column: 0 }, rows)).toEqual({ row: 99, column: 0 })
  })

  it('is never left', () => {
    const key = fc.constantFrom('ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'PageDown', 'PageUp', 'Home', 'End')
    const press = fc.record({ key, ctrlKey: fc.boolean() })
    const shape = fc.record({
      rows: fc.integer({ min: 1, max: 300 }),
      columns: fc.integer({ min: 1, max: 9 }),
      page: fc.integer({ min: 1, max: 40 })
    })
    fc.assert(
      fc.property(shape, fc.array(press, { maxLength: 60 }), (of, presses) => {
        let place = { row: 0, column: 0 }
        for (const one of presses) place = gridStep(one, place, of) ?? place
        expect(place.row >= 0 && place.row < of.rows && place.column >= 0 && place.column < of.columns).toBe(true)
      })
    )
  })

  it('is as wide as its columns at least', () => {
    expect(
      leastOf([
        { key: 'a', label: 'a', width: 'minmax(110px, 2fr)' },
        { key: 'b', label: 'b', width: '40px' }
      ])
    ).toBe(150)
  })
})
