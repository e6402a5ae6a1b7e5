/** The workspace and the machine: data sets, catalogue, benchmarks, verification, doctor, backup. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { InloopError } from '../../contract/errors'
import type { Output } from '../../contract/index'
import { activityOf } from '../../contract/run-activity'
import type { system as endpoints } from '../../contract/system'
import { SCHEMA_VERSION } from '../../store/database'
import type { Context, Handlers } from '../context'
import { submit } from '../provenance'

export const system: Handlers<keyof typeof endpoints> = {
  'dataset.list': async (_input, { engine }) => ({ datasets: await engine.ask('datasets', null) }),
  'dataset.add': async (input, { engine, emit }) => {
    const added = await engine.ask('addDataSet', { side: null, ...input, path: path.resolve(input.path) })
    emit('changed', { what: 'datasets' })
    return { dataset: added }
  },
  'dataset.remove': async ({ name }, { engine, store, emit }) => {
    const busy = store.jobs.unfinished().find(({ kind }) => kind === 'train' || kind === 'evaluate')
    if (busy) throw new InloopError('conflict', `job ${busy.id} (${busy.title}) may be using it; stop it, or wait`)
    await engine.ask('removeDataSet', { name })
    emit('changed', { what: 'datasets' })
    const used = { filter: `dataset="${name}"`, deleted: false, sort: 'started', descending: true } as const
    return { removed: name, runs: store.runList.page({ ...used, offset: 0, limit: 1 }).total }
  },
  catalogue: async (_input, { engine }) => {
    const { core: _core, ...catalogue } = await engine.ask('catalogue', null)
    const methods = catalogue.methods.map((method) => ({ ...method, activity: activityOf(method.name) }))
    return { ...catalogue, methods } as Output<'catalogue'>
  },
  bench: async (input, context) => {
    const { benchmarks } = await context.engine.ask('catalogue', null)
    const known = benchmarks.map((b) => b.name)
    const unknown = input.names.find((name) => !known.includes(name))
    if (unknown !== undefined)
      throw new InloopError('bad-input', `names: "${unknown}" given; allowed: ${known.join(', ')}`)
    return submit(
      context,
      { kind: 'bench', title: 'Measure throughput', chip: null, input, resumable: false },
      () => null
    )
  },
  verify: (input, context) => {
    const vectors = input.vectors.map((file) => path.resolve(file))
    // a device may never end
    const missing = vectors.find((file) => !fs.statSync(file, { throwIfNoEntry: false })?.isFile())
    if (missing !== undefined) throw new InloopError('bad-input', `vectors: ${missing} given; there is no such file`)
    const job = { kind: 'verify', title: 'Check reference vectors', chip: null, input: { vectors }, resumable: false }
    return submit(context, job, () => null)
  },
  doctor: async (_input, context) => doctor(context),
  backup: async ({ file }, { store }) => {
    const to = path.resolve(file)
    store.backup(to)
    return { file: to, ...(await digestOf(to)) }
  },
  'app.info': (_input, { store, version, workspace, runtime }) => ({
    version,
    workspace,
    bytes: store.bytes(),
    readOnly: store.readOnly,
    barred: store.barred,
    runtime,
    home: os.homedir()
  })
}

/** piece by piece: a file may be larger than what fits into memory at once */
async function digestOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of fs.createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

export async function doctor(context: Context): Promise<Output<'doctor'>> {
  const { store, engine, workspace, resources, version, runtime } = context
  const checks: Output<'doctor'>['checks'] = []
  const check = async (name: string, look: () => string | Promise<string>): Promise<void> => {
    try {
      checks.push({ name, ok: true, text: await look() })
    } catch (error) {
      checks.push({ name, ok: false, text: error instanceof Error ? error.message : String(error) })
    }
  }
  let core = ''
  await check('database', () => {
    const found = store.integrity()
    if (found !== 'ok') throw new Error(found)
    return `intact, schema ${store.schema}`
  })
  await check('compute', async () => {
    core = (await engine.ask('catalogue', null)).core
    return `answers, ${engine.options.threads} thread(s)`
  })
  await check('kernels', () => `${fs.statSync(engine.options.kernels).size} bytes`)
  await check('data', async () => {
    const datasets = await engine.ask('datasets', null)
    // what only a person can add is no fault of the installation
    const missing = datasets.filter((set) => !set.present && set.supply === undefined).map((set) => set.name)
    if (missing.length) throw new Error(`missing: ${missing.join(', ')}`)
    return datasets.map((set) => (set.present ? set.name : `${set.name} (not added)`)).join(', ')
  })
  return {
    ok: checks.every((c) => c.ok),
    checks,
    versions: { inloop: version, core, schema: String(SCHEMA_VERSION), sqlite: store.sqliteVersion(), runtime },
    paths: { workspace, database: store.file, kernels: engine.options.kernels, resources }
  }
}
