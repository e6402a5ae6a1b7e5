/** What an operator writes on a neuron that stays in use: what was seen there, for whoever looks next. */
export const neuronNote = {
  version: 110,
  name: '0110-neuron-note',
  sql: `
create table neuron_note (
  chip text not null references chip (id) on delete cascade,
  neuron integer not null check (neuron >= 0),
  note text not null check (note <> ''),
  at text not null,
  primary key (chip, neuron)
) strict, without rowid;

create view neuron_notes as /* what people wrote on neurons */
select n.chip as chip_id, c.name as chip, n.neuron, n.note, n.at
from neuron_note n join chip c on c.id = n.chip;
`
} as const
