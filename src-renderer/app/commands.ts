/** What the palette can do besides opening things: every key of the keymap that is bound now, and what has no key. */
import type { Chip } from '../api/types'
import { KEYMAP, SCOPES, type Action } from '../lib/keys/keymap'
import { hintOf } from '../lib/text/cli'
import type { Findable } from '../lib/text/ranking'
import { keyOfSlot, nameOf, SLOTS } from '../state/protocols.svelte'
import { CHIP_PAGE_NAMES, CHIP_PAGES, VIEW_NAMES, VIEWS } from '../state/router.svelte'
import { exportRun } from '../state/run-edits'
import type { Session } from '../state/session.svelte'
import { SETTINGS_PARTS, settingsOf, type SettingsPart } from '../state/settings'

export interface Entry extends Findable {
  id: string
  keys?: Action
  /** it is there, but not possible where the person is */
  disabled?: boolean
  run: () => void
}

/** keys of the palette itself, of the focus, and held ones; those of views and jobs have entries of their own */
const ELSEWHERE = new Set<string>([
  ...VIEWS,
  ...['palette', 'quickOpen', 'nextRegion', 'previousRegion', 'peek', 'stop', 'forceStop', 'cli'],
  ...SLOTS.map(keyOfSlot)
])

/** @param all with what is not possible here, which says so */
export function commandsOf(session: Session, all: boolean): Entry[] {
  return [...places(session), ...keyed(session, all), ...made(session), ...shown(session), ...settings(session)]
}

/** of each chip that was named */
export function calibrateOf({ calibrating, router }: Session, chip: Chip): Entry {
  const run = (): void => {
    calibrating.chooseChip(chip.id)
    router.go('calibrate')
  }
  return { id: `calibrate-${chip.id}`, group: 'Do', label: `Calibrate ${chip.name}…`, note: chip.id, run }
}

function places({ router }: Session): Entry[] {
  const views = VIEWS.map((view) => ({
    id: view,
    group: 'Go to',
    label: VIEW_NAMES[view],
    ...(view in KEYMAP ? { keys: view as Action } : {}),
    run: () => router.go(view)
  }))
  if (router.view !== 'chips' || router.chip === null) return views
  const pages = CHIP_PAGES.map((page) => ({
    id: `page-${page}`,
    group: 'Chip',
    label: CHIP_PAGE_NAMES[page],
    run: () => router.openPage(page)
  }))
  return [...views, ...pages]
}

function keyed({ keys }: Session, all: boolean): Entry[] {
  return (Object.keys(KEYMAP) as Action[])
    .filter((action) => !ELSEWHERE.has(action) && (all || keys.has(action)))
    .map((action) => {
      const { label, scope } = KEYMAP[action]
      const entry = { id: `key-${action}`, group: 'Do', label, keys: action, run: () => keys.run(action) }
      if (keys.has(action)) return entry
      const where = scope === 'window' ? '' : `: ${SCOPES[scope].toLowerCase()}`
      return { ...entry, note: `not here${where}`, disabled: true }
    })
}

/** what is made anew, kept or taken in */
function made(session: Session): Entry[] {
  const { router, training, runTable, theme } = session
  const ask = (view: 'chips' | 'data' | 'runs', form: NonNullable<Session['form']>): void => {
    session.form = form
    if (view === 'chips') router.openChip(null)
    else router.go(view)
  }
  const run = router.view === 'train' ? training.run : router.view === 'runs' ? runTable.run : null
  const ended = run && !['queued', 'running', 'paused'].includes(run.status)
  return [
    { id: 'new-chip', label: 'New chip…', run: () => ask('chips', 'chip') },
    {
      id: 'new-run',
      label: 'Set up a new training run',
      run: () => {
        training.close()
        router.go('train')
      }
    },
    { id: 'new-set', label: 'Add a data set…', run: () => ask('data', 'dataset') },
    { id: 'import', label: 'Import a run…', run: () => ask('runs', 'run') },
    ...(ended
      ? [
          {
            id: 'export',
            label: `Export ${run.id} in one file`,
            run: () => void exportRun(session, run)
          }
        ]
      : []),
    { id: 'backup', label: 'Back up the workspace…', run: () => void session.backUp() },
    { id: 'theme', label: theme.dark ? 'Switch to light' : 'Switch to dark', run: () => theme.toggle() }
  ].map((entry) => ({ group: 'Do', ...entry }))
}

/** of what is open: its report, its job, its command line, the protocols */
function shown(session: Session): Entry[] {
  const { router, training, bench, comparison, runTable, work } = session
  const compared = comparison.runs.map(({ id }) => id)
  const subjects: string[][] = [
    ...(router.view === 'chips' && router.chip ? [[router.chip]] : []),
    ...(router.view === 'train' && training.run ? [[training.run.id]] : []),
    ...(router.view === 'runs' && runTable.run ? [[runTable.run.id]] : []),
    ...(router.view === 'compare' && compared.length > 1 ? [compared] : []),
    ...bench.jobs.filter((job) => job.kind === 'experiment' && job.status === 'done').map((job) => [job.id])
  ]
  const job = session.frontJob()
  const { cli: line } = session
  const entries: Omit<Entry, 'group'>[] = [
    ...subjects.map((one) => ({
      id: `report-${one.join()}`,
      label: `Save a report of ${one.length > 1 ? 'the comparison' : one[0]}`,
      run: () => void session.saveReport(one, one.length > 1 ? comparison.reported : {})
    })),
    ...(session.sql.running
      ? [
          {
            id: 'stop-sql',
            label: 'Stop the question in SQL',
            run: () => void session.attempt(() => session.sql.stop())
          }
        ]
      : []),
    job
      ? { id: 'stop', label: `Stop ${job.title}`, note: job.id, keys: 'stop', run: () => work.stop(job) }
      : { id: 'stop', label: KEYMAP.stop.label, note: 'nothing runs', keys: 'stop', disabled: true, run: () => {} },
    ...(job
      ? [
          {
            id: 'force-stop',
            label: `Force stop ${job.title}`,
            note: job.id,
            keys: 'forceStop' as const,
            run: () => work.askForce(job)
          }
        ]
      : []),
    ...SLOTS.flatMap((slot) => {
      const protocol = session.protocols.of(slot)
      if (!protocol) return []
      const label = `Protocol ${slot}: ${nameOf(protocol)}`
      return [{ id: `protocol-${slot}`, label, keys: keyOfSlot(slot), run: () => session.askProtocol(slot) }]
    }),
    ...(line
      ? [
          {
            id: 'cli',
            label: 'Copy as CLI',
            note: hintOf(line),
            keys: 'cli' as const,
            run: () => void session.copy(line, 'Command')
          }
        ]
      : [])
  ]
  return entries.map((entry) => ({ group: 'Do', ...entry }))
}

/** every part of the settings page, and every value of each setting; what holds now says so */
function settings(session: Session): Entry[] {
  const { theme, preferences, router } = session
  const parts = Object.entries(SETTINGS_PARTS).map(([part, name]) => ({
    id: `settings-${part}`,
    label: `Settings: ${name}`,
    run: () => {
      session.settingsPart = part as SettingsPart
      router.go('settings')
    }
  }))
  const elsewhere = [
    { id: 'settings-keys', label: 'Settings: Keys', run: () => router.go('keys') },
    { id: 'settings-data', label: 'Settings: Data sets', run: () => router.go('data') }
  ]
  const values = settingsOf(theme, preferences).flatMap(({ id, label, options, value, choose }) =>
    options.map((option) => ({
      id: `${id}-${option.value}`,
      label: `${label}: ${option.label.toLowerCase()}`,
      ...(option.value === value ? { note: 'now' } : {}),
      run: () => choose(option.value)
    }))
  )
  return [...values, ...parts, ...elsewhere].map((entry) => ({ group: 'Settings', ...entry }))
}
