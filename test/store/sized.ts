/**
 * A chip of any number of neurons with two calibrations of eight quantities, as the store keeps what a calibration came
 * to. No such chip can be emulated: what is shown of its neurons is made, and a few of them failed.
 */
import { defaultSettings } from '../../src-main/core/calibration/settings'
import { mad, median, sd } from '../../src-main/core/statistics/summary'
import type { Store } from '../../src-main/store/index'
import { maps } from '../renderer/harness/chips'
import { record } from './made'

const AT = ['2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'] as const
const FAILED = [2, 700, 1000]
const STEPS = 9

/** @returns id of the chip */
export function sizedChip(store: Store, neurons: number, name: string): string {
  return store.transaction(() => {
    const made = { model: 'hicann-x', seed: neurons, mismatch: 1, neurons, serial: `HX-${neurons}` }
    const chip = store.chips.create({ ...made, name, createdAt: record.createdAt })
    const ids = AT.map((createdAt, k) => calibrate(store, chip, k + 1, createdAt))
    store.chips.activate(chip.id, ids[1])
    return chip.id
  })
}

function calibrate(store: Store, chip: ReturnType<Store['chips']['create']>, seed: number, createdAt: string): string {
  const { neurons } = chip
  const job = store.jobs.create({
    kind: 'calibrate',
    title: `calibrate ${chip.name}`,
    chip: chip.id,
    input: {},
    owner: 'nobody',
    resumable: false,
    createdAt
  })
  store.jobs.end(job, 'done', createdAt, false)
  const of = { chipSerial: chip.serial, chipSeed: chip.seed, ageDays: 0, temperature: 30, excluded: [], neurons }
  const shown = maps(neurons, seed).map((map) => ({ ...map, ...cutTo(map, neurons) }))
  const aimed = shown.filter(({ metric }) => !metric.startsWith('gain'))
  const targets = Object.fromEntries(aimed.map(({ metric, target }) => [metric, target ?? 0]))
  const id = store.calibrations.create({ ...record, ...of, chip: chip.id, job, targets, seed, createdAt })
  const failed = FAILED.filter((n) => n < neurons)
  const arrays: { [part: string]: unknown } = {
    settings: defaultSettings(),
    usable: Uint8Array.from({ length: neurons }, (_, n) => (failed.includes(n) ? 0 : 1)),
    defects: []
  }
  for (const { metric, before, after, sigma, setting } of shown) {
    const bad = Uint8Array.from({ length: neurons }, (_, n) => (failed.includes(n) && metric === 'leak' ? 1 : 0))
    arrays[`${metric}/map`] = { per: 'neuron', before, after, sigma, setting, failed: bad }
    arrays[`${metric}/search`] = search(neurons, setting, after, bad)
  }
  const routines = shown.map(({ metric, label, symbol, unit, target, limit, spreadRatio, reads, before, after }) => ({
    ...{ name: metric, label, symbol, quantity: label, unit, target, limit, spreadRatio, reads },
    before: spread(before),
    after: spread(after),
    passed: true,
    failed: metric === 'leak' ? failed : [],
    seconds: 1
  }))
  const usable = neurons - failed.length
  store.calibrations.finish(id, { complete: true, usable, seconds: 9, hardwareMs: 90, targets, routines, arrays })
  return id
}

type Arrays = Pick<ReturnType<typeof maps>[number], 'before' | 'after' | 'sigma' | 'setting'>

const cutTo = ({ before, after, sigma, setting }: Arrays, neurons: number): Arrays => ({
  before: before.slice(0, neurons),
  after: after.slice(0, neurons),
  sigma: sigma.slice(0, neurons),
  setting: setting.slice(0, neurons)
})

/** of one neuron there is none */
const spread = (values: Float64Array) =>
  values.length < 2 ? null : { median: median(values), mad: mad(values), sd: sd(values) }

/** halves the way to the setting at every step; a neuron that failed goes to the upper bound */
function search(neurons: number, setting: Float64Array, after: Float64Array, failed: Uint8Array) {
  const codes = new Int16Array(STEPS * neurons)
  const observed = new Float32Array(STEPS * neurons)
  for (let step = 0; step < STEPS; step++) {
    for (let n = 0; n < neurons; n++) {
      const to = failed[n] ? 1022 : setting[n]
      codes[step * neurons + n] = Math.round(to + (511 - to) * 0.5 ** step)
      observed[step * neurons + n] = after[n] * (1 + 0.5 ** (step + 2))
    }
  }
  return { codes, observed, steps: STEPS, instances: neurons, bound: Int8Array.from(failed) }
}
