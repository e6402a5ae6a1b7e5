/**
 * The main process's side of the compute process: launches it when first needed, asks it questions, starts tasks.
 * Every question and every task settles exactly once, also when the process dies; the next one launches another.
 */
import type {
  FromCompute,
  Question,
  Questions,
  TaskEnd,
  TaskInputs,
  TaskKind,
  TaskReport,
  ToCompute,
  Wish
} from '../compute/protocol'
import { JobError } from './errors'

/** the process that runs core (compute/main.ts), however it was launched */
export interface ComputeProcess {
  post(message: unknown): void
  onMessage(callback: (message: unknown) => void): void
  onExit(callback: (code: number | null) => void): void
  kill(): void
}

/** `displaced`: its process was ended because of another task; it can begin again at once */
export type EngineEnd = TaskEnd | { how: 'crashed'; code: number | null } | { how: 'displaced' }

interface Task {
  report(report: TaskReport): void
  end(end: EngineEnd): void
}

interface Pending {
  resolve(answer: unknown): void
  reject(error: JobError): void
}

export interface EngineOptions {
  launch: () => ComputeProcess
  kernels: string
  resources: string
  /** folder for prepared data sets */
  cache: string
  threads: number
  /** keeps the priority of the window, and ends its process when nothing was asked for so many ms */
  urgentFor?: number
  /** keeps the priority it was started with: what it does is being timed */
  timed?: boolean
}

/** for a process whose threads end at once, which takes some ms */
const KILL_GRACE_MS = 5000

export class Engine {
  #process: ComputeProcess | undefined
  #tasks = new Map<string, Task>()
  #pending = new Map<number, Pending>()
  #lastId = 0
  #closed = false
  #idle: NodeJS.Timeout | undefined
  #killing = new Map<string, NodeJS.Timeout>()

  constructor(readonly options: EngineOptions) {}

  ask<Q extends Question>(question: Q, input: Questions[Q]['input']): Promise<Questions[Q]['answer']> {
    const id = ++this.#lastId
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }))
    this.#post({ type: 'ask', id, question, input })
    return answer as Promise<Questions[Q]['answer']>
  }

  start<K extends TaskKind>(id: string, kind: K, input: TaskInputs[K], task: Task): void {
    this.#tasks.set(id, task)
    this.#post({ type: 'start', task: id, kind, input })
  }

  control(id: string, what: Exclude<Wish, 'kill'>): void {
    if (this.#tasks.has(id)) this.#post({ type: 'control', task: id, what })
  }

  /**
   * Ends a task where it is. Its threads are its own and go without the others'; where the process does not answer in
   * `graceMs` it is ended as a whole, and the next task launches another.
   */
  killTask(id: string, graceMs = KILL_GRACE_MS): void {
    if (!this.#tasks.has(id) || this.#killing.has(id)) return
    this.#post({ type: 'control', task: id, what: 'kill' })
    this.#killing.set(
      id,
      setTimeout(() => this.#killWith(id), graceMs)
    )
  }

  #killWith(id: string): void {
    const ends = [...this.#tasks].map(([other, task]) => {
      const how = other === id || this.#killing.has(other) ? 'killed' : 'displaced'
      this.#forget(other)
      return () => task.end({ how })
    })
    this.#tasks.clear()
    this.kill()
    for (const end of ends) end()
  }

  #forget(id: string): void {
    clearTimeout(this.#killing.get(id))
    this.#killing.delete(id)
  }

  /** ends the process at once; tasks that still run end as crashed */
  kill(): void {
    const process = this.#process
    process?.kill()
    if (process) this.#gone(process, null)
  }

  /** for good: a question that is asked while the program leaves must not launch another process */
  close(): void {
    this.#closed = true
    clearTimeout(this.#idle)
    this.kill()
  }

  #post(message: ToCompute): void {
    if (this.#closed) return this.#settle(null)
    this.#process ??= this.#launch()
    this.#process.post(message)
    const { urgentFor } = this.options
    if (urgentFor === undefined) return
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.kill(), urgentFor).unref()
  }

  #launch(): ComputeProcess {
    const { launch, kernels, resources, cache, threads, urgentFor, timed } = this.options
    const process = launch()
    process.onMessage((message) => this.#receive(message as FromCompute))
    process.onExit((code) => this.#gone(process, code))
    process.post({
      type: 'open',
      kernels,
      resources,
      cache,
      threads,
      urgent: urgentFor !== undefined || timed === true
    } satisfies ToCompute)
    return process
  }

  #receive(message: FromCompute): void {
    if (message.type === 'report') {
      this.#tasks.get(message.task)?.report(message.report)
    } else if (message.type === 'end') {
      const task = this.#tasks.get(message.task)
      this.#tasks.delete(message.task)
      this.#forget(message.task)
      task?.end(message.end)
    } else {
      const pending = this.#pending.get(message.id)
      this.#pending.delete(message.id)
      if (message.type === 'answer') pending?.resolve(message.answer)
      else pending?.reject(new JobError(message.failure.code, message.failure.message, message.failure.detail))
    }
  }

  #gone(process: ComputeProcess, code: number | null): void {
    if (this.#process !== process) return
    this.#process = undefined
    this.#settle(code)
  }

  #settle(code: number | null): void {
    const tasks = [...this.#tasks.values()]
    const pending = [...this.#pending.values()]
    for (const id of this.#tasks.keys()) this.#forget(id)
    this.#tasks.clear()
    this.#pending.clear()
    for (const { reject } of pending) reject(new JobError('internal', `the compute process ended (exit ${code})`))
    for (const task of tasks) task.end({ how: 'crashed', code })
  }
}
