/** Errors that a person can act on: one line that names what is wrong and what is allowed. */
export const ERROR_CODES = [
  'bad-input',
  'not-found',
  'conflict',
  'newer-database',
  'damaged-file',
  'interrupted',
  'internal'
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

export class InloopError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string
  ) {
    super(message)
    this.name = 'InloopError'
  }
}
