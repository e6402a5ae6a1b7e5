/** Checks the code that training and emulation call against files of reference values. */
import { createHash } from 'node:crypto'
import { verify as verifyFile } from '../../core/verify/index'
import type { TaskResults } from '../protocol'
import { bareChip } from './chips'
import { type Images, type LaneContext, STOPPED, type Stopped } from './task'

export interface VerifyInput {
  vectors: { file: string; content: unknown }[]
  /** mnist16, as training gets it */
  images: Images
}

export function verify({ vectors, images }: VerifyInput, context: LaneContext): TaskResults['verify'] | Stopped {
  const tools = {
    kernels: context.kernels,
    sha256: (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex'),
    mnist16: (): Images => images,
    open: bareChip
  }
  const suites: TaskResults['verify']['suites'] = []
  for (const [k, { file, content }] of vectors.entries()) {
    context.report({ kind: 'progress', share: k / vectors.length, text: file })
    suites.push(verifyFile(content, file, tools))
    if (!context.proceed()) return STOPPED
  }
  return { suites, passed: suites.every((suite) => suite.passed) }
}
