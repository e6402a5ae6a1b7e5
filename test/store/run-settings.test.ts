/** The same run elsewhere, and repetitions of a run: what training records of a place, against the one list of it. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { PLACE, settingsDigits, settingsText } from '../../src-main/contract/run-groups'
import { place, placementConfig } from '../../src-main/handlers/chips/placement'
import { openDatabase } from '../../src-main/store/database'
import { openStore, type Store } from '../../src-main/store/index'
import { idealRun, newJob, record, temporaryFolder, temporaryStore } from './fixtures'

const ELSEWHERE: readonly string[] = [...PLACE.drawn, ...PLACE.condition]
const ASKED = {
  method: 'surrogate',
  dataset: 'mnist16',
  datasetSha256: 'a'.repeat(64),
  epochs: 3,
  batch: 100,
  slope: 50
}

function calibrated(store: Store, chip: string, config: object = {}): string {
  const { serial, seed } = store.chips.get(chip)
  const made = { targets: {}, seed: 1, ageDays: 0, temperature: 30, excluded: [], neurons: 512 }
  const from = { chip, job: newJob(store, 'calibrate'), chipSerial: serial, chipSeed: seed }
  const id = store.calibrations.create({ ...record, config: { seed: 1, ...config }, ...made, ...from })
  const arrays = { settings: { codes: new Uint16Array([Number(id.slice(2))]) } }
  const ended = { complete: true, usable: 512, seconds: 1, hardwareMs: 1, targets: {}, routines: [], arrays }
  store.calibrations.finish(id, ended)
  return id
}

function bench() {
  const store = temporaryStore()
  const [a, b] = [1, 2].map((seed) => {
    const chip = { model: 'hicann-x', seed, mismatch: 1, neurons: 512, serial: `HX-000${seed}` }
    return store.chips.create({ ...chip, createdAt: record.createdAt }).id
  })
  const [own, other] = [calibrated(store, a), calibrated(store, b)]
  const wrong = (detuneSeed: number): string => calibrated(store, a, { from: own, detune: 0.1, detuneSeed })
  for (const [chip, id] of [
    [a, own],
    [b, other]
  ])
    store.chips.activate(chip, id)
  const at = (chip: string, calibration: string, seed: number, more: object = {}) => {
    const placed = place(store, chip, calibration, true)
    return { ...ASKED, seed, spread: 0, spreadSeed: 1, ...placementConfig(store, placed), ...more }
  }
  const places = {
    here: at(a, 'active', 1),
    'another seed': at(a, 'active', 2),
    'another chip': at(b, 'active', 1),
    "another chip's calibration": at(b, own, 1),
    'the median code': at(a, 'none', 1),
    'wrong by a tenth': at(a, wrong(1), 1),
    'wrong by a tenth, drawn anew': at(a, wrong(2), 1),
    ideal: at('ideal', 'active', 1),
    'ideal neurons that differ': at('ideal', 'active', 1, { spread: 0.2 }),
    'they differ otherwise': at('ideal', 'active', 1, { spread: 0.2, spreadSeed: 2 })
  }
  return { store, places }
}

it('whatever training records of a place is place, and nothing that was asked of the method is', () => {
  const { places } = bench()
  const recorded = new Set(Object.values(places).flatMap((config) => Object.keys(config)))
  expect([...recorded].filter((key) => !ELSEWHERE.includes(key)).sort()).toEqual(Object.keys(ASKED).sort())
})

it('repetitions are one group; a place that was set otherwise on purpose is another', () => {
  const { store, places } = bench()
  const names = Object.keys(places)
  const of = new Map(
    Object.entries(places).map(([name, config]) => [store.runs.create({ ...idealRun(newJob(store)), config }), name])
  )
  const groups = store.runList.groups('', ['config']).map(({ runs }) => runs.map((id) => of.get(id)).sort())
  expect(groups.sort()).toEqual(
    [
      ["another chip's calibration", 'another chip', 'another seed', 'here'].sort(),
      ['the median code'],
      ['wrong by a tenth', 'wrong by a tenth, drawn anew'],
      ['ideal'],
      ['ideal neurons that differ', 'they differ otherwise']
    ].sort()
  )
  expect(names).toHaveLength(groups.flat().length)
})

it('all of them are the same run elsewhere; one with another setting is not', () => {
  const { store, places } = bench()
  const configs = [...Object.values(places), { ...places.here, slope: 25 }, { ...places.here, epochs: 4 }]
  const ids = configs.map((config) => {
    const job = newJob(store)
    const id = store.runs.create({ ...idealRun(job), config })
    store.jobs.end(job, 'done', '2026-01-01T00:00:00Z', false)
    const epoch = { epoch: 1, loss: 1, trainAccuracy: 0.9, testAccuracy: 0.9, seconds: 1 }
    store.runs.append(id, { ...epoch, hiddenSpikesPerSample: 4, samplesPerSecond: 1 }, 100)
    return id
  })
  for (const id of ids.slice(0, -2)) {
    const related = store.relatedRuns.ofSameTask(id)
    const same = related.filter(({ sameButPlace }) => sameButPlace === 1).map((one) => one.id)
    expect(same.sort(), id).toEqual(ids.slice(0, -2).sort())
  }
})

it('the digits of a group find its runs, with their # or without', () => {
  const { store, places } = bench()
  const ids = Object.values(places).map((config) => store.runs.create({ ...idealRun(newJob(store)), config }))
  const digits = settingsDigits(settingsText(places.here))
  const kept = (filter: string): string[] => store.runList.ids(filter, false).sort()
  for (const filter of [`config=#${digits}`, `config:${digits.toUpperCase()}`, `config="#${digits}"`])
    expect(kept(filter), filter).toEqual(ids.slice(0, 4).sort())
  expect(kept(`config!=#${digits}`)).toEqual(ids.slice(4).sort())
  expect(kept('config=#00000000')).toEqual([])
  for (const { key, runs } of store.runList.groups('', ['config']))
    expect(kept(`config=${String(key.config).split(' ').at(-1) ?? ''}`)).toEqual(runs.sort())
})

it('runs of before, or of before the rule was changed, get theirs when the store opens', () => {
  const file = path.join(temporaryFolder(), 'inloop.db')
  const configs = Object.values(bench().places)
  const store = openStore(file)
  for (const config of configs) store.runs.create({ ...idealRun(newJob(store)), config })
  const before = store.runList.groups('', ['config'])
  store.close()
  const db = openDatabase(file)
  db.exec('update run set settings = null; delete from run_settings')
  db.close()
  const again = openStore(file)
  expect(again.runList.groups('', ['config'])).toEqual(before)
  again.close()
})

it('whoever changes what was drawn makes a migration that forgets the settings that are kept', () => {
  // update run set settings = null; delete from run_settings
  expect(PLACE.drawn.join()).toBe(
    'seed,chip,chipSeed,mismatch,recipe,quirks,ageDays,temperature,calibrationHash,calibrationChip,detuneSeed,excluded,spreadSeed'
  )
})
