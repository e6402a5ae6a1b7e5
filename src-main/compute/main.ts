/**
 * Entry of the compute process: answers questions, runs tasks on teams of worker threads, forwards their reports.
 * It holds no state that matters: if it dies, the job is marked interrupted and another process goes on.
 */
import os from 'node:os'
import { answer } from './answers'
import { openChannel } from './channel'
import { toFailure } from './failure'
import type { FromCompute, ToCompute } from './protocol'
import { runTask } from './runner'
import type { RunningTask } from './teams'

const channel = openChannel()
const send = (message: FromCompute): void => channel.send(message)
const tasks = new Map<string, RunningTask>()
let open: Extract<ToCompute, { type: 'open' }> | undefined

channel.onMessage((message) => void receive(message as ToCompute))
channel.onClose(() => process.exit(0))

/** The window comes first on a machine that computes: threads inherit this. Where it was lowered already, it stays. */
function stepBack(): void {
  try {
    if (os.getPriority() < os.constants.priority.PRIORITY_BELOW_NORMAL)
      os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // a system that does not let us runs it as it is
  }
}

async function receive(message: ToCompute): Promise<void> {
  if (message.type === 'open') {
    open = message
    if (!message.urgent) stepBack()
  } else if (!open) {
    throw new Error('the first message must be "open"')
  } else if (message.type === 'ask') {
    try {
      send({ type: 'answer', id: message.id, answer: await answer(message.question, message.input, open) })
    } catch (error) {
      send({ type: 'refused', id: message.id, failure: toFailure(error) })
    }
  } else if (message.type === 'control') {
    tasks.get(message.task)?.control(message.what)
  } else {
    const { task, kind, input } = message
    const running = runTask(kind, input, open, (report) => send({ type: 'report', task, report }))
    tasks.set(task, running)
    const end = await running.end
    tasks.delete(task)
    send({ type: 'end', task, end })
  }
}
