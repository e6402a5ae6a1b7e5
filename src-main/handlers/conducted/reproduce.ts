/** A run again, as a job: the run itself is an ordinary one that says whose record it is; then both are compared. */
import type { Output, Parsed } from '../../contract/index'
import type { reproduce as endpoints } from '../../contract/reproduce'
import type { Store } from '../../store/index'
import type { Context, Handlers } from '../context'
import { preparedAgain, startAgain } from '../runs/again'
import { compareCourses, type Course } from '../runs/first-difference'
import { conduct, ended, type Tell } from './conductor'

export const reproduce: Handlers<keyof typeof endpoints> = {
  reproduce: async (input, context) => {
    const { run } = await preparedAgain(input.run, context)
    return {
      job: conduct('reproduce', conductReproduce, `Run ${run.id} again`, run.chip, input, context),
      subject: null
    }
  }
}

export async function conductReproduce(job: string, context: Context, tell: Tell): Promise<Output<'reproduce'>> {
  const { store, queue, emit } = context
  const { run: of } = store.jobs.input(job) as Parsed<'reproduce'>
  const { warnings } = await preparedAgain(of, context)
  let again = store.jobs.get(job).subject
  if (again === null) {
    again = await startAgain(of, context)
    store.jobs.setSubject(job, again)
  } else if (store.jobs.requeue(store.runs.get(again).job, context.owner)) {
    queue.add(store.runs.get(again).job)
  }
  const part = store.runs.get(again).job
  await ended(part, job, context, ({ share, text, eta }) => tell(share, text, eta))
  const { firstDifference, epochs, weights } = compareCourses(courseOf(store, of), courseOf(store, again))
  const reproduced = firstDifference === null
  store.runOrigins.set(again, { kind: 'again', of, reproduced, firstDifference })
  emit('changed', { what: 'runs' })
  return {
    reproduced,
    firstDifference: firstDifference as Output<'reproduce'>['firstDifference'],
    of,
    run: again,
    epochs,
    weights,
    warnings
  }
}

function courseOf(store: Store, id: string): Course {
  const { conversion, status } = store.runs.get(id)
  const checkpoint = store.runArrays.checkpoint(id)
  return { conversion, history: store.runs.history(id), checkpoint, whole: status === 'done' }
}
