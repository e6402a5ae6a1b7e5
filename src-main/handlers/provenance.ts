/** The part of a record that is the same for everything made here and now. */
import os from 'node:os'
import { SCHEMA_VERSION } from '../store/database'
import { hashOf, type Json } from '../store/canonical'
import type { WorkRecord } from '../store/records'
import type { Context } from './context'

export async function recordOf(context: Context, config: { readonly [key: string]: Json }): Promise<WorkRecord> {
  const { core } = await context.engine.ask('catalogue', null)
  return {
    config,
    configHash: hashOf(config),
    versions: {
      app: context.version,
      core,
      schema: SCHEMA_VERSION,
      runtime: context.runtime,
      threads: context.engine.options.threads
    },
    host: `${os.hostname()} (${os.platform()} ${os.arch()})`,
    createdAt: new Date().toISOString()
  }
}

/** records a job and what it makes, together, before any work; then hands it to the queue */
export function submit(
  context: Context,
  job: { kind: string; title: string; chip: string | null; input: unknown; resumable: boolean },
  make: (job: string) => string | null
): { job: string; subject: string | null } {
  const made = context.store.transaction(() => {
    const id = context.store.jobs.create({ ...job, owner: context.owner, createdAt: new Date().toISOString() })
    const subject = make(id)
    if (subject !== null) context.store.jobs.setSubject(id, subject)
    return { job: id, subject }
  })
  context.queue.add(made.job)
  return made
}
