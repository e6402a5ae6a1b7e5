/**
 * One zip file for whoever looks into a fault. Without the database it holds nothing that was measured or trained, and the
 * home folder's name is taken out of every text.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { diagnostics as endpoints } from '../../contract/diagnostics'
import { InloopError } from '../../contract/errors'
import { type Parts, writeArchive } from '../../interchange/bundle/archive'
import type { Store } from '../../store/index'
import type { Context, Handlers } from '../context'
import { LOGS } from './log'
import { doctor } from './system'
import { workspaces } from './workspaces'
import { writeWhole } from './written'

const KIND = { format: 'inloop-diagnostics', schema: 1 }
const JOBS = 200
/** what an internal error of the command line leaves behind */
const LEFT = /^diagnostics-.*\.txt$/
const MOST_LEFT = 20
/** a compute process that hangs is a reason to ask for this file */
const PATIENCE_MS = 10_000
const MOST_BYTES = 2 ** 30

const README = `Made by "inloop diagnostics", to look into a fault.

versions.json   this program, its core, the database's schema, the runtime
doctor.json     what the program finds of itself and its paths
hardware.json   processor, memory, free disk, operating system
settings.json   what was set in the window of this workspace
jobs.json       the last ${JOBS} jobs: how each ended; of those with an error what was asked for, and the stack
sizes.json      how large the workspace is, part by part
manifest.json   the SHA-256 of every part
logs/           what happened, line by line; faults of the command line
workspace.db    only where it was asked for: the whole database
`

export const diagnostics: Handlers<keyof typeof endpoints> = {
  diagnostics: async ({ file, withWorkspace }, context) => {
    const to = path.resolve(file ?? `inloop-diagnostics-${new Date().toISOString().slice(0, 10)}.zip`)
    const parts: Parts = new Map([['README.txt', Buffer.from(README)]])
    for (const [name, text] of Object.entries(await texts(context))) parts.set(name, Buffer.from(anonymous(text)))
    if (withWorkspace) parts.set('workspace.db', copyOf(context.store))
    const bytes = writeArchive(KIND, context.version, parts)
    return { ...writeWhole(to, bytes), parts: [...parts.keys()] }
  }
}

async function texts(context: Context): Promise<{ [part: string]: string }> {
  const { store, version, runtime, workspace } = context
  const examined = await Promise.race([doctor(context), patience()])
  const versions = examined?.versions ?? { inloop: version, runtime, core: 'not known: compute did not answer' }
  const { size } = await workspaces['workspace.size']({}, context)
  return {
    'versions.json': text({
      ...versions,
      database: store.schema,
      node: process.versions.node,
      readOnly: store.readOnly
    }),
    'doctor.json': text(examined ?? { ok: false, compute: `did not answer within ${PATIENCE_MS / 1000} s` }),
    'hardware.json': text(hardware(context)),
    'settings.json': text(store.preferences.all()),
    'jobs.json': text(jobsOf(store)),
    'sizes.json': text(size),
    ...logs(workspace)
  }
}

const patience = (): Promise<null> => new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS).unref())

function hardware({ engine, workspace }: Context): object {
  const { bavail, bsize } = fs.statfsSync(workspace)
  return {
    processor: os.cpus()[0]?.model ?? 'not known',
    cores: os.cpus().length,
    threads: engine.options.threads,
    memoryBytes: os.totalmem(),
    freeMemoryBytes: os.freemem(),
    freeDiskBytes: bavail * bsize,
    load: os.loadavg(),
    system: `${os.platform()} ${os.release()} ${os.arch()}`
  }
}

function jobsOf(store: Store): object[] {
  return store.jobs.list(JOBS).map(({ owner: _owner, title: _title, ...job }) => {
    if (job.error === null) return job
    return { ...job, input: store.jobs.input(job.id), detail: store.jobs.errorDetail(job.id) }
  })
}

function logs(workspace: string): { [part: string]: string } {
  const left = fs.readdirSync(workspace).filter((name) => LEFT.test(name))
  const found: { [part: string]: string } = {}
  for (const name of [...LOGS, ...left.sort().slice(-MOST_LEFT)]) {
    const file = path.join(workspace, name)
    if (fs.existsSync(file)) found[`logs/${name}`] = fs.readFileSync(file, 'utf8')
  }
  return found
}

/** @throws InloopError where it is too large for a zip file that is made in memory */
function copyOf(store: Store): Uint8Array {
  const bytes = store.bytes()
  if (bytes > MOST_BYTES) {
    const megabytes = Math.round(bytes / 1e6)
    throw new InloopError(
      'conflict',
      `withWorkspace: the database has ${megabytes} MB; allowed: at most ${Math.round(MOST_BYTES / 1e6)} MB; \`inloop backup FILE\` copies it beside`
    )
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-diagnostics-'))
  try {
    const file = path.join(folder, 'workspace.db')
    store.backup(file)
    return fs.readFileSync(file)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

const text = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`

/** paths tell who works here */
function anonymous(content: string): string {
  const home = os.homedir()
  if (home.length < 2) return content
  return content.replaceAll(JSON.stringify(home).slice(1, -1), '~').replaceAll(home, '~')
}
