/** A stop that does not wait for the next safe point. */
export const forcedStop = {
  version: 120,
  name: '0120-forced-stop',
  sql: `
alter table job add column forced integer not null default 0 check (forced in (0, 1));
`
} as const
