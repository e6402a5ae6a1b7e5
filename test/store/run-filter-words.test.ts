/** The filter knows what the list shows: its words, its tags, the calibration, the day on the person's clock. */
import { afterEach, describe, expect, it } from 'vitest'
import { runFilter } from '../../src-main/store/runs/filter'
import type { Store } from '../../src-main/store/index'
import { moment } from '../../src-renderer/lib/text/format'
import { idealRun, newChip, newJob, temporaryStore } from './fixtures'
import { record } from './made'

const kept = (store: Store, filter: string): string[] => store.runList.ids(filter, false).sort()

function made(store: Store, more: object = {}, set: object = {}): string {
  const job = { kind: 'train', title: 'train', chip: null, input: { set, epochs: 3 }, owner: 'x', resumable: false }
  return store.runs.create({ ...idealRun(store.jobs.create({ ...job, createdAt: '2026-01-01T00:00:00Z' })), ...more })
}

describe('words', () => {
  it('a run that was stopped is found by the word that the list has for it, and by that of the record', () => {
    const store = temporaryStore()
    const [a, b] = [made(store), made(store)]
    store.jobs.end(store.runs.summary(a).job, 'cancelled', '2026-01-01T00:00:00Z', false)
    store.jobs.end(store.runs.summary(b).job, 'done', '2026-01-01T00:00:00Z', false)
    for (const filter of [
      'stopped',
      'Stopped',
      'status:stopped',
      'status=stopped',
      'status:stop',
      'status:cancelled',
      'cancelled'
    ])
      expect(kept(store, filter), filter).toEqual([a])
    for (const filter of ['done', 'status!=stopped', '-status:stopped', 'NOT stopped'])
      expect(kept(store, filter), filter).toEqual([b])
  })

  it('finds a setting that was asked for, and its value; not what all runs have', () => {
    const store = temporaryStore()
    const config = { slope: 25, hidden: 246, readout: 'max' }
    const [a, b] = [made(store, { config }, { slope: 25 }), made(store, { config })]
    expect(kept(store, 'slope')).toEqual([a])
    expect(kept(store, 'epochs')).toEqual([])
    expect(kept(store, 'config.slope=25')).toEqual([a, b])
  })

  it('finds a calibration, and no bracket or quote of how tags are kept', () => {
    const store = temporaryStore()
    const chip = newChip(store)
    const place = { chipSerial: 'HX-0001', chipSeed: 1, excluded: [] }
    const measured = { ...place, targets: {}, seed: 1, ageDays: 0, temperature: 30, neurons: 512 }
    const calibration = store.calibrations.create({ ...record, ...measured, chip, job: newJob(store) })
    const on = { ...place, chip, mismatch: 1, calibration }
    const [a, b] = ['calibrated', 'median'].map((calibrationUse) => made(store, { ...on, calibrationUse }))
    expect(kept(store, calibration)).toEqual([a])
    expect(kept(store, chip)).toEqual([a, b])
    store.runs.tag(a, ['night', 'two words'])
    for (const filter of ['[', ']', '","', '\\"'].map((part) => `"${part}"`))
      expect(kept(store, filter), filter).toEqual([])
    expect(kept(store, '[')).toEqual([])
    expect(kept(store, 'NIGHT')).toEqual([a])
    expect(kept(store, '"two words"')).toEqual([a])
    store.runs.tag(b, ['[draft]'])
    expect(kept(store, '[')).toEqual([b])
  })

  it('asks for what is empty by an empty pair of quotes', () => {
    const store = temporaryStore()
    const [a, b] = [made(store, { config: { keep: 'best' } }), made(store)]
    store.runs.note(a, 'good')
    store.runs.tag(a, ['night'])
    for (const filter of ['note=""', 'tag=""', 'config.keep=""']) expect(kept(store, filter), filter).toEqual([b])
    for (const filter of ['note!=""', 'tag!=""', 'config.keep!=""', '-note=""'])
      expect(kept(store, filter), filter).toEqual([a])
    for (const filter of ['note=', 'note:""', 'tag:'])
      expect(() => runFilter(filter), filter).toThrow('has no value after')
    for (const filter of ['seed=""', 'accuracy=""', 'took=""', 'started=""'])
      expect(() => runFilter(filter), filter).toThrow(filter.slice(0, 4))
  })
})

describe('days and times are those of the person', () => {
  const zone = process.env['TZ']
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })

  /** by the system's own rules, another way than the filter's */
  const shown = (iso: string, timeZone: string): string =>
    new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' })
      .format(new Date(iso))
      .replace(' ', 'T')

  // among them the change to summer time in Berlin (29 March, 02 to 03) and Los Angeles (8 March), and back
  const times = ['2026-03-08T09:59', '2026-03-08T10:00', '2026-03-29T00:59', '2026-03-29T01:00', '2026-03-29T22:30']
    .concat(['2026-10-25T00:30', '2026-10-25T01:30', '2026-11-21T07:59', '2026-11-21T08:00', '2026-11-22T06:40'])
    .concat(['2025-12-31T23:30', '2026-12-31T12:00'])
    .map((minute) => `${minute}:30.000Z`)

  it.each(['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Australia/Lord_Howe'])(
    '%s',
    (timeZone) => {
      process.env['TZ'] = timeZone
      const store = temporaryStore()
      const ids = times.map((createdAt) => made(store, { createdAt }))
      const where = (of: (local: string) => boolean): string[] =>
        ids.filter((_, k) => of(shown(times[k], timeZone))).sort()
      for (const from of new Set(times.flatMap((iso) => [4, 7, 10, 13].map((n) => shown(iso, timeZone).slice(0, n))))) {
        const cut = (local: string): string => local.slice(0, from.length)
        expect(kept(store, `started=${from}`), from).toEqual(where((local) => cut(local) === from))
        expect(kept(store, `started!=${from}`), from).toEqual(where((local) => cut(local) !== from))
        expect(kept(store, `started>${from}`), from).toEqual(where((local) => cut(local) > from))
        expect(kept(store, `started<=${from}`), from).toEqual(where((local) => cut(local) <= from))
      }
    }
  )

  it('what the list shows as 21 November is found by that day', () => {
    process.env['TZ'] = 'America/Los_Angeles'
    const store = temporaryStore()
    const id = made(store, { createdAt: '2026-11-22T06:40:00.000Z' })
    expect(moment('2026-11-22T06:40:00.000Z', Date.UTC(2026, 11, 30))).toMatch(/21/)
    expect(kept(store, 'started=2026-11-21')).toEqual([id])
    expect(kept(store, 'started=2026-11-21T22:40')).toEqual([id])
    expect(kept(store, 'started=2026-11-22')).toEqual([])
  })

  it('an hour that the clock leaves out holds nothing; a day that does not exist is refused', () => {
    process.env['TZ'] = 'Europe/Berlin'
    const store = temporaryStore()
    made(store, { createdAt: '2026-03-29T01:30:00.000Z' })
    expect(kept(store, 'started=2026-03-29T02')).toEqual([])
    expect(kept(store, 'started=2026-03-29T02:30')).toEqual([])
    expect(kept(store, 'started=2026-03-29T03:30')).toHaveLength(1)
    for (const wrong of ['2026-02-29', '2026-13', '2026-11-20T24', 'yesterday'])
      expect(() => runFilter(`started>${wrong}`)).toThrow('allowed: a day or time of your clock')
  })
})
