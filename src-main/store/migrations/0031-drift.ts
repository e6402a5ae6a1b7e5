/**
 * How a chip changes: what acceptance measured again, metric by metric, and at what time of the day the window calibrates
 * a chip by itself.
 */
export const drift = {
  version: 31,
  name: '0031-drift',
  sql: `
create table measurement (
  job text primary key references job (id) on delete cascade,
  chip text not null references chip (id) on delete cascade,
  calibration text not null references calibration (id) on delete cascade,
  at text not null,
  age_days real not null,
  temperature real not null,
  passed integer not null check (passed in (0, 1))
) strict;
create index measurement_by_chip on measurement (chip, at);

create table measurement_array (
  job text not null references measurement (job) on delete cascade,
  metric text not null,
  data blob not null,
  primary key (job, metric)
) strict;

create table schedule (
  chip text primary key references chip (id) on delete cascade,
  time text not null check (time glob '[0-2][0-9]:[0-5][0-9]'),
  last_at text
) strict, without rowid;
`
} as const
