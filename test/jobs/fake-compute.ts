/** A compute process that does what the test says, so that every way a job can end is tried. */
import type { FromCompute, TaskEnd, TaskReport, ToCompute } from '../../src-main/compute/protocol'
import type { ComputeProcess } from '../../src-main/jobs/engine'

export class FakeCompute implements ComputeProcess {
  readonly heard: ToCompute[] = []
  killed = false
  #message: (message: unknown) => void = () => {}
  #exit: (code: number | null) => void = () => {}

  post(message: unknown): void {
    this.heard.push(message as ToCompute)
  }
  onMessage(callback: (message: unknown) => void): void {
    this.#message = callback
  }
  onExit(callback: (code: number | null) => void): void {
    this.#exit = callback
  }
  kill(): void {
    this.killed = true
    this.#exit(null)
  }

  /** what the process was told, by type */
  of<T extends ToCompute['type']>(type: T): Extract<ToCompute, { type: T }>[] {
    return this.heard.filter((message): message is Extract<ToCompute, { type: T }> => message.type === type)
  }
  say(message: FromCompute): void {
    this.#message(message)
  }
  report(task: string, report: TaskReport): void {
    this.say({ type: 'report', task, report })
  }
  end(task: string, end: TaskEnd): void {
    this.say({ type: 'end', task, end })
  }
  die(code: number | null): void {
    this.#exit(code)
  }
}
