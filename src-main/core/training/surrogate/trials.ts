/**
 * Numbers of presentations. The trial noise of a sample is drawn from (run seed, presentation, sample), so presentations
 * that must not share noise have different numbers: characterisation, training and test, by epoch and batch.
 */
export const TRIAL = { train: 0, test: 0x40000000, validation: 0x60000000, characterisation: 0x7f000000 } as const

/** at most 8192 epochs of 65536 batches are distinct */
export const trialOf = (kind: number, epoch: number, batch: number): number =>
  kind + ((epoch & 0x3fff) << 16) + (batch & 0xffff)
