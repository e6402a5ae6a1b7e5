/** Jobs and the processes that own them. A job's row is there before its work starts and tells how it ended. */
import type { Db } from './database'
import { StoreError } from './errors'
import type { NextId } from './sequence'

export type JobStatus = 'queued' | 'running' | 'paused' | 'done' | 'interrupted' | 'cancelled' | 'failed'

/** what a person asks of a job; `kill`: to stop without waiting for a safe point */
export type Request = 'pause' | 'cancel' | 'kill'

export interface Job {
  id: string
  kind: string
  status: JobStatus
  subject: string | null
  title: string
  chip: string | null
  owner: string
  request: Request | null
  share: number | null
  doing: string | null
  eta: number | null
  error: string | null
  errorCode: string | null
  resumable: boolean
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}

/** why a job did not end well: one line, its code, and more for a diagnostics file */
export interface Fault {
  message: string
  code: string
  detail?: string
}

export interface Owner {
  id: string
  pid: number
  host: string
  /** ms since 1970 */
  heartbeatAt: number
}

type Row = Omit<Job, 'resumable'> & { resumable: number }

const REQUEST = `case when forced then 'kill' else request end as request`
const SELECT = `select id, kind, status, subject, title, chip, owner, ${REQUEST}, share, doing, eta, error, error_code as errorCode,
  resumable,
  created_at as createdAt, started_at as startedAt, ended_at as endedAt from job`

export const JOB_LIST = `${SELECT} order by created_at desc, rowid desc limit ?`

export function jobs(db: Db, nextId: NextId) {
  const list = db.prepare<[number], Row>(JOB_LIST)
  const one = db.prepare<[string], Row>(`${SELECT} where id = ?`)
  const unfinished = db.prepare<[], Row>(`${SELECT} where status in ('queued', 'running', 'paused') order by rowid`)
  const insert = db.prepare(
    `insert into job (id, kind, status, title, chip, input, owner, resumable, created_at)
     values (@id, @kind, 'queued', @title, @chip, @input, @owner, @resumable, @createdAt)`
  )
  const input = db.prepare<[string], { input: string }>('select input from job where id = ?')
  const done = db.prepare<[string], { id: string; input: string }>(
    `select id, input from job where status = 'done' and kind = ? order by created_at desc, rowid desc`
  )
  const subject = db.prepare('update job set subject = ? where id = ?')
  const start = db.prepare(`update job set status = 'running', started_at = coalesce(started_at, ?) where id = ?`)
  const requeue = db.prepare(
    `update job set status = 'queued', owner = ?, request = null, forced = 0, error = null, error_code = null,
       error_detail = null, ended_at = null
     where id = ? and (status in ('interrupted', 'cancelled', 'failed') or (status = 'done' and ?))`
  )
  const state = db.prepare('update job set status = ? where id = ?')
  const request = db.prepare('update job set request = ?, forced = ? where id = ?')
  const requests = db.prepare<[string], { id: string; request: Request | null }>(
    `select id, ${REQUEST} from job where owner = ? and status in ('queued', 'running', 'paused')`
  )
  const progress = db.prepare('update job set share = ?, doing = ?, eta = ? where id = ?')
  const end = db.prepare(
    `update job set status = @status, error = @error, error_code = @code, error_detail = @detail, ended_at = @at,
       eta = null, request = null, forced = 0, resumable = @resumable where id = @id`
  )
  const detail = db.prepare<[string], { detail: string | null }>('select error_detail as detail from job where id = ?')
  const putResult = db.prepare('insert or replace into job_result values (?, ?)')
  const getResult = db.prepare<[string], { result: string }>('select result from job_result where job = ?')

  const beat = db.prepare(
    `insert into process values (@id, @pid, @host, @runtime, @now)
     on conflict (id) do update set heartbeat_at = @now`
  )
  const owners = db.prepare<[], Owner>('select id, pid, host, heartbeat_at as heartbeatAt from process')
  const leave = db.prepare('delete from process where id = ?')

  const get = (id: string): Job => {
    const row = one.get(id)
    if (!row) throw new StoreError('not-found', `job "${id}" does not exist; see \`inloop jobs list\``)
    return jobOf(row)
  }

  return {
    list: (limit: number) => list.all(limit).map(jobOf),
    get,
    unfinished: () => unfinished.all().map(jobOf),
    create: (job: {
      kind: string
      title: string
      chip: string | null
      input: unknown
      owner: string
      resumable: boolean
      createdAt: string
    }): string => {
      const id = nextId('j')
      insert.run({ ...job, id, input: JSON.stringify(job.input), resumable: job.resumable ? 1 : 0 })
      return id
    },
    /** jobs of a kind that ended well, newest first */
    done: (kind: string): { id: string; input: unknown }[] =>
      done.all(kind).map(({ id, input: asked }) => ({ id, input: JSON.parse(asked) as unknown })),
    input: (id: string): unknown => JSON.parse((input.get(id) as { input: string }).input),
    setSubject: (id: string, made: string): void => {
      subject.run(made, id)
    },
    start: (id: string, at: string): void => {
      start.run(at, id)
    },
    /** @param evenDone also one that came to its end @returns false if the job is not one that can be taken up again */
    requeue: (id: string, owner: string, evenDone = false): boolean =>
      requeue.run(owner, id, evenDone ? 1 : 0).changes === 1,
    setStatus: (id: string, status: JobStatus): void => {
      state.run(status, id)
    },
    /** asks the owner, whichever process that is */
    request: (id: string, what: Request | null): void => {
      request.run(what === 'kill' ? 'cancel' : what, what === 'kill' ? 1 : 0, id)
    },
    requests: (owner: string) => requests.all(owner),
    progress: (id: string, share: number, doing: string, eta: number | null): void => {
      progress.run(share, doing, eta, id)
    },
    end: (id: string, status: JobStatus, at: string, resumable: boolean, fault?: Fault): void => {
      const { message = null, code = null, detail = null } = fault ?? {}
      end.run({ id, status, at, resumable: resumable ? 1 : 0, error: message, code, detail })
    },
    /** stack of the process that failed, for a diagnostics file */
    errorDetail: (id: string): string | null => detail.get(id)?.detail ?? null,
    saveResult: (id: string, result: unknown): void => {
      putResult.run(id, JSON.stringify(result))
    },
    result: (id: string): unknown => {
      const row = getResult.get(id)
      return row && JSON.parse(row.result)
    },
    beat: (process: { id: string; pid: number; host: string; runtime: string; now: number }): void => {
      beat.run(process)
    },
    owners: () => owners.all(),
    leave: (owner: string): void => {
      leave.run(owner)
    }
  }
}

function jobOf(row: Row): Job {
  return { ...row, resumable: row.resumable === 1 }
}
