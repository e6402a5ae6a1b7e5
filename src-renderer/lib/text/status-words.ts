/** States in the words of people: who stops a run does not cancel it, what is done stays. */
import type { Status } from '../../api/types'

export const STATUS_WORDS: Record<Status, string> = {
  queued: 'queued',
  running: 'running',
  paused: 'paused',
  done: 'done',
  interrupted: 'interrupted',
  cancelled: 'stopped',
  failed: 'failed'
}
