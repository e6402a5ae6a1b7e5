/** Noise sources of a chip as an operator set them. */
export const noiseSource = {
  version: 90,
  name: '0090-noise-source',
  sql: `
create table noise_source (
  chip text not null references chip (id) on delete cascade,
  source integer not null,
  "on" integer not null check ("on" in (0, 1)),
  poisson integer not null check (poisson in (0, 1)),
  period integer not null,
  rate integer not null,
  seed integer not null,
  label integer not null,
  mask integer not null,
  primary key (chip, source)
) strict, without rowid;
`
} as const
