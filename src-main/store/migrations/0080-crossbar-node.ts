/** Nodes of the event crossbar that an operator wrote on a chip. */
export const crossbarNode = {
  version: 80,
  name: '0080-crossbar-node',
  sql: `
create table crossbar_node (
  chip text not null references chip (id) on delete cascade,
  input integer not null,
  output integer not null,
  mask integer not null,
  target integer not null,
  count_drops integer not null check (count_drops in (0, 1)),
  primary key (chip, input, output)
) strict, without rowid;
`
} as const
