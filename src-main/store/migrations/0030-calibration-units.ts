/**
 * What an unfinished calibration has done: one row a unit, and where bench and chip stood after the last. Both go when
 * it is complete; the hash over all that it came to stays.
 */
export const calibrationUnits = {
  version: 30,
  name: '0030-calibration-units',
  sql: `
alter table calibration add column sha256 text check (sha256 is null or length(sha256) = 64);

create table calibration_unit (
  calibration text not null references calibration (id) on delete cascade,
  position integer not null,
  name text not null,
  data blob not null,
  primary key (calibration, position)
) strict;

create table calibration_state (
  calibration text primary key references calibration (id) on delete cascade,
  position integer not null,
  sha256 text not null check (length(sha256) = 64),
  data blob not null
) strict;
`
} as const
