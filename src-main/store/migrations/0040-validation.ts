/** What a run read on the training samples that it set aside. */
export const validation = {
  version: 40,
  name: '0040-validation',
  sql: `alter table run_epoch add column validation_accuracy real;`
} as const
