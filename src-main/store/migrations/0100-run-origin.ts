/** Where a run comes from that was not asked for here as a new one: out of a file, or another one run again. */
export const runOrigin = {
  version: 100,
  name: '0100-run-origin',
  sql: `
alter table run add column origin text check (origin is null or json_type(origin) = 'object');
create index run_again on run (json_extract(origin, '$.of')) where origin is not null;
`
} as const
