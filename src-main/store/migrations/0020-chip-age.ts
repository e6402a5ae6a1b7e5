/**
 * Chips of other recipes, with quirks, and chips that age: how old and how warm a chip is now, its history, and the age
 * and temperature at which each calibration was made. Chips from before are recipe A, new, at 30 °C.
 */
export const chipAge = {
  version: 20,
  name: '0020-chip-age',
  sql: `
alter table chip add column recipe text not null default 'A' check (recipe in ('A', 'B'));
alter table chip add column quirks integer not null default 0 check (quirks in (0, 1));
alter table chip add column age_days real not null default 0 check (age_days >= 0);
alter table chip add column temperature real not null default 30;

create table chip_ageing (
  chip text not null references chip (id) on delete cascade,
  position integer not null,
  days real not null check (days >= 0),
  temperature real not null,
  at text not null,
  primary key (chip, position)
) strict, without rowid;

alter table calibration add column age_days real not null default 0;
alter table calibration add column temperature real not null default 30;
`
} as const
