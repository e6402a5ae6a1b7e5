/**
 * What was asked of the method, without the place (contract/run-groups.ts), each text once: runs are grouped by it and
 * looked for by its digits without reading a configuration. Runs of before get theirs when the store opens.
 */
export const runSettings = {
  version: 122,
  name: '0122-run-settings',
  sql: `
create table run_settings (
  id integer primary key,
  digits text not null check (length(digits) = 8),
  text text not null unique check (json_type(text) = 'object')
) strict;
create index run_settings_by_digits on run_settings (digits);

alter table run add column settings integer references run_settings (id);
create index run_without_settings on run (id) where settings is null;
`
} as const
