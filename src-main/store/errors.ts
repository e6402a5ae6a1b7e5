/** What the store refuses, as one line for a person; the edge (handlers) turns it into the contract's error. */
export type Refusal = 'bad-input' | 'not-found' | 'conflict' | 'newer-database' | 'damaged-file' | 'internal'

export class StoreError extends Error {
  constructor(
    readonly code: Refusal,
    message: string
  ) {
    super(message)
    this.name = 'StoreError'
  }
}
