/** What the queue or the compute process refuses, as one line for a person. */
export class JobError extends Error {
  constructor(
    readonly code: 'bad-input' | 'damaged-file' | 'conflict' | 'internal',
    message: string,
    /** stack of the other process, for the diagnostics file */
    readonly detail = ''
  ) {
    super(message)
    this.name = 'JobError'
  }
}
