/** What Yin-Yang networks made of the disc, after a few epochs; read when a run is opened, by no list. */
export const planes = {
  version: 70,
  name: '0070-planes',
  sql: `create table run_plane (
  run text not null references run (id) on delete cascade,
  epoch integer not null,
  data blob not null,
  primary key (run, epoch)
) strict;`
} as const
