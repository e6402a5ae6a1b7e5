/** The workspace itself: how large it is, what of it can go, and which others there are. */
import fs from 'node:fs'
import path from 'node:path'
import { InloopError } from '../../contract/errors'
import type { Output } from '../../contract/index'
import type { workspaces as endpoints } from '../../contract/workspaces'
import { openStore, type Store } from '../../store/index'
import type { Context, Handlers } from '../context'
import { readKnown, rememberWorkspace } from './known'
import { knownWorkspaces } from './path'

type Size = Output<'workspace.size'>['size']

export const workspaces: Handlers<keyof typeof endpoints> = {
  'workspace.list': (_input, { workspace }) => {
    const others = readKnown(knownWorkspaces()).recent.filter((one) => one !== workspace)
    const list = [workspace, ...others]
    return {
      workspaces: list.map((one) => ({
        path: one,
        present: fs.existsSync(path.join(one, 'inloop.db')),
        current: one === workspace
      }))
    }
  },
  'workspace.size': (_input, { store, workspace }) => ({ size: sizeOf(store, workspace) }),
  'workspace.prune': ({ what }, context) => {
    const { store, workspace, emit } = context
    const before = sizeOf(store, workspace).total
    if (what.includes('trash')) store.transaction(() => store.prune.emptyTrash())
    if (what.includes('unfinished')) store.transaction(() => store.prune.dropUnfinished())
    if (what.includes('cache')) removeCache(context)
    if (what.includes('backups')) for (const file of backups(store)) fs.rmSync(file, { force: true })
    // rows that are gone leave free pages: without this nothing would get smaller
    if (what.some((one) => one !== 'cache' && one !== 'backups')) store.prune.compact()
    for (const changed of ['runs', 'jobs'] as const) emit('changed', { what: changed })
    const size = sizeOf(store, workspace)
    return { freed: Math.max(0, before - size.total), size }
  },
  'workspace.open': async ({ path: named }, context) => {
    const { shell, store } = context
    if (!shell && named === undefined) throw inWindowOnly()
    const chosen = named ?? (await shell?.choose('Choose or make a workspace folder', 'folder')) ?? null
    if (chosen === null) return { opened: null }
    const busy = store.jobs.unfinished().filter((job) => job.owner === context.owner)
    if (busy.length > 0) {
      throw new InloopError(
        'conflict',
        `${busy.length === 1 ? `"${busy[0].title}" is` : `${busy.length} jobs are`} not done in this workspace; stop them, or wait, before another is opened`
      )
    }
    const to = path.resolve(chosen)
    refuseStrange(to)
    if (shell) await shell.openWorkspace(to)
    else makeCurrent(context.workspace, to)
    return { opened: to }
  },
  'app.choose': async ({ title, kind }, { shell }) => {
    if (!shell) throw inWindowOnly()
    return { path: await shell.choose(title, kind) }
  },
  'app.place': async ({ title, name }, { shell }) => {
    if (!shell) throw inWindowOnly()
    return { path: await shell.place(title, name) }
  },
  'app.reveal': (_input, { shell, store }) => {
    if (!shell) throw inWindowOnly()
    shell.reveal(store.file)
    return { path: store.file }
  }
}

/** without a window: for whatever is started next; the one before stays in the list, so that there is a way back */
function makeCurrent(from: string, to: string): void {
  openStore(path.join(to, 'inloop.db')).close()
  for (const place of [from, to]) rememberWorkspace(knownWorkspaces(), place)
}

const inWindowOnly = (): InloopError =>
  new InloopError('conflict', 'only the window can do this; on the command line, --workspace DIR names another')

/** a folder of other things is not a place for a workspace */
function refuseStrange(folder: string): void {
  const found = fs.statSync(folder, { throwIfNoEntry: false })
  if (found && !found.isDirectory()) throw new InloopError('bad-input', `path: ${folder} given; allowed: a folder`)
  if (!found || fs.existsSync(path.join(folder, 'inloop.db'))) return
  const others = fs.readdirSync(folder).filter((name) => !name.startsWith('.'))
  if (others.length > 0) {
    throw new InloopError(
      'bad-input',
      `path: ${folder} given; allowed: a folder with an inloop.db, or an empty one (this has ${others.slice(0, 3).join(', ')})`
    )
  }
}

function sizeOf(store: Store, workspace: string): Size {
  const { weights, dashboards, calibrations, measurements, unfinished, trash } = store.prune.parts()
  const own = folderSize(path.join(workspace, 'datasets'))
  const cache = folderSize(path.join(workspace, 'cache'))
  const old = backups(store).map((file) => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0)
  const part = (
    name: string,
    { bytes, count }: { bytes: number; count: number | null },
    help: string,
    prune: Size['parts'][number]['prune'] = null
  ): Size['parts'][number] => ({ name, bytes, count, prune, help })
  return {
    total: folderSize(workspace, 'window').bytes,
    database: store.bytes(),
    parts: [
      part('weights of runs', weights, 'the newest of each: runs resume from them and are evaluated with them'),
      part('dashboards of runs', dashboards, 'confusion, weight histogram and one sample of each'),
      part('calibrations', calibrations, 'settings, maps and searches of every neuron'),
      part('measurements', measurements, 'what acceptance measured again'),
      part(
        'unfinished calibrations',
        unfinished,
        'what they had done; without it they cannot be resumed',
        'unfinished'
      ),
      part('runs in the trash', trash, 'with their epochs, weights and evaluations', 'trash'),
      part('free pages', { bytes: store.freeBytes(), count: null }, 'given back by compacting the database', 'space'),
      part('own data sets', own, 'copies of what was added; remove them one by one'),
      part('prepared data sets', cache, 'made again when they are needed', 'cache'),
      part('copies from before a migration', { bytes: sum(old), count: old.length }, 'safe to drop', 'backups')
    ]
  }
}

function removeCache({ workspace, store }: Context): void {
  const training = store.jobs.unfinished()
  if (training.length > 0)
    throw new InloopError('conflict', `job ${training[0].id} may be reading the cache; try later`)
  fs.rmSync(path.join(workspace, 'cache'), { recursive: true, force: true })
}

function backups({ file }: Store): string[] {
  const folder = path.dirname(file)
  const start = `${path.basename(file)}.schema-`
  return fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(start))
    .map((name) => path.join(folder, name))
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)

/** @param without a folder directly below that is not counted: the browser's own files */
function folderSize(folder: string, without?: string): { bytes: number; count: number } {
  if (!fs.existsSync(folder)) return { bytes: 0, count: 0 }
  let bytes = 0
  let count = 0
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== without) {
      const inside = folderSize(at)
      bytes += inside.bytes
      count += inside.count
    } else if (entry.isFile()) {
      bytes += fs.statSync(at, { throwIfNoEntry: false })?.size ?? 0
      count++
    }
  }
  return { bytes, count }
}
