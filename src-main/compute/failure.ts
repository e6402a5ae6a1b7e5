/** Errors as data: what a person can mend keeps its code and its one line, everything else is a fault of ours. */
import { InputError } from '../core/errors/input-error'
import type { Failure } from './protocol'

export function toFailure(error: unknown): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (error instanceof InputError) return { code: error.code, message: error.message, detail }
  // core's checks of targets and settings throw RangeError with one line for a person
  if (error instanceof RangeError && !/call stack|allocation|Invalid typed array/.test(error.message)) {
    return { code: 'bad-input', message: error.message, detail }
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), detail }
}
