/** Runs that differ in their chip alone are one group, under one name wherever they are grouped. */
import { describe, expect, it } from 'vitest'
import { groupedBy, settingsNames, settingsText } from '../../src-main/contract/run-groups'
import { compared } from '../../src-main/handlers/runs/compared'
import { groupRuns } from '../../src-renderer/lib/runs/groups'
import { idealRun, newJob, temporaryStore } from '../store/fixtures'
import { runDetail, runs } from '../renderer/harness/runs'

/** what `train` records of a chip and its state, chip by chip, and of the method */
const onChip = (chip: number) => ({
  chip: `HX-${chip}`,
  chipSeed: chip,
  mismatch: 1,
  recipe: chip % 2 ? 'A' : 'B',
  quirks: chip % 2 === 0,
  ageDays: 10 * chip,
  temperature: 30 + chip,
  calibration: 'calibrated',
  calibrationHash: String(chip).repeat(64),
  excluded: chip % 2 ? '3,4' : ''
})
const asked = { method: 'surrogate', dataset: 'mnist16', epochs: 30, limitTest: null, slope: 50 }

describe('settings of runs', () => {
  it('are those of the method: not the chip, its state, its calibration, nor a seed', () => {
    const [a, b] = [1, 2].map((chip) => settingsText({ ...asked, seed: chip, ...onChip(chip) }))
    expect(a).toBe(b)
    expect(JSON.parse(a)).toEqual({ ...asked, limitTest: undefined, calibration: 'calibrated' })
  })

  it('are the same in another order, and where nothing was given', () => {
    expect(settingsText({ slope: 50, epochs: 3, rate: null })).toBe(settingsText({ epochs: 3, slope: 50 }))
    expect(settingsText({ slope: 50 })).not.toBe(settingsText({ slope: 51 }))
  })

  it('are told apart by how a chip was set: calibrated, the median code for all, no chip', () => {
    const names = settingsNames(['calibrated', 'median', 'ideal'].map((calibration) => ({ ...asked, calibration })))
    expect(names.map((name) => name.split(' #')[0])).toEqual([
      'calibration=calibrated',
      'calibration=median',
      'calibration=ideal'
    ])
  })

  it('are called by what differs, three at most, the method first; of another method its own settings are not named', () => {
    expect(settingsNames([asked, asked])[0]).toMatch(/^the same settings #[0-9a-f]{8}$/)
    const many = settingsNames([asked, { a: 1, b: 2, c: 3, d: 4, ...asked, method: 'delgrad' }])
    expect(many.map((name) => name.split(' #')[0])).toEqual(['method=surrogate', 'method=delgrad'])
    const more = { method: 'surrogate', dataset: 'x', datasetSha256: 'e'.repeat(64), epochs: 3, slope: 1 }
    const [first, second] = settingsNames([
      { ...more, dataset: 'y', datasetSha256: 'f'.repeat(64), epochs: 4, slope: 2 },
      more
    ])
    expect(first).toMatch(/^dataset=y, epochs=4, slope=2 #/)
    expect(second).toMatch(/^dataset=x, epochs=3, slope=1 #/)
  })
})

it('one group over two chips, under the same name in the list, the comparison and the window', () => {
  const store = temporaryStore()
  const made = [1, 2, 1, 2].map((chip, k) => {
    const config = { ...asked, slope: k < 2 ? 50 : 25, seed: k, ...onChip(chip) }
    return { config, id: store.runs.create({ ...idealRun(newJob(store)), seed: k, config }) }
  })
  const [listed, alone] = [store.runList.groups('', ['config']), store.runList.groups('config.slope=25', ['config'])]
  expect(listed.map(({ runs: members }) => members.sort())).toEqual([
    ['r-3', 'r-4'],
    ['r-1', 'r-2']
  ])
  const { heads } = compared({ store }, { runs: made.map(({ id }) => id), by: 'config' } as never)
  const window = groupRuns(
    runs(4, false).map((run, k) => ({ ...runDetail(run), id: made[k].id, config: made[k].config })),
    'config'
  )
  const names = ['slope=50', 'slope=25']
  for (const found of [heads, window, groupedBy(window[0].runs.concat(window[1].runs), 'config')])
    expect(found.map(({ name }) => name.split(' #')[0])).toEqual(names)
  expect(window.map(({ name }) => name)).toEqual(heads.map(({ name }) => name))
  expect(listed.map(({ key }) => key.config).reverse()).toEqual(heads.map(({ name }) => name))
  // beside others it is called otherwise; its digits stay
  expect(String(alone[0].key.config).split('#')[1]).toBe(heads[1].name.split('#')[1])
})
