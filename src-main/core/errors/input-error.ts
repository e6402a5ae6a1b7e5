/**
 * What core throws when something it was handed cannot be used: one line that names what is wrong and what is allowed.
 * The process that runs core turns it into the contract's error of the same code; any other error is a fault of ours.
 */
export class InputError extends Error {
  constructor(
    readonly code: 'bad-input' | 'damaged-file',
    message: string
  ) {
    super(message)
    this.name = 'InputError'
  }
}
