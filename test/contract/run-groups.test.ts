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

  it('are called by the fewest settings that tell them apart, three at most, the method first', () => {
    const words = (configs: { [key: string]: unknown }[]): string[] =>
      settingsNames(configs).map((name) => name.split(' #')[0])
    expect(settingsNames([asked, asked])[0]).toMatch(/^the same settings #[0-9a-f]{8}$/)
    expect(words([asked, { a: 1, b: 2, ...asked, method: 'delgrad' }])).toEqual(['method=surrogate', 'method=delgrad'])
    const hash = { datasetSha256: 'e'.repeat(64) }
    expect(
      words([
        { ...asked, ...hash },
        { ...asked, dataset: 'y', datasetSha256: 'f'.repeat(64) }
      ])
    ).toEqual(['dataset=mnist16', 'dataset=y'])
    // one method has a setting that the other has not
    const reference = ['ann', 'shallow'].map((network) => ({ ...asked, method: 'reference', network }))
    expect(words([asked, ...reference])).toEqual([
      'method=surrogate',
      'method=reference, network=ann',
      'method=reference, network=shallow'
    ])
    const sixteen = Array.from({ length: 16 }, (_, k) => ({ a: k & 1, b: k & 2, c: k & 4, d: k & 8 }))
    expect(words(sixteen)[15]).toBe('a=1, b=2, c=4')
    expect(new Set(settingsNames(sixteen)).size).toBe(16)
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
