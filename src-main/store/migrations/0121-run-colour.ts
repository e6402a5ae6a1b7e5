/**
 * The colour and the line in which a run is drawn: eight hues, and a second channel for eyes and paper without them.
 * Runs of before keep what they were shown in, which followed from the number in their id.
 */
export const runColour = {
  version: 121,
  name: '0121-run-colour',
  sql: `
alter table run add column colour text not null default 'blue'
  check (colour in ('blue', 'orange', 'green', 'purple', 'ochre', 'sky', 'brown', 'grey'));
alter table run add column line text not null default 'solid'
  check (line in ('solid', 'dashed', 'dotted', 'dash-dot'));

update run set
  colour = case cast(substr(id, 3) as integer) % 8 when 0 then 'blue' when 1 then 'orange' when 2 then 'green'
    when 3 then 'purple' when 4 then 'ochre' when 5 then 'sky' when 6 then 'brown' else 'grey' end,
  line = case cast(substr(id, 3) as integer) / 8 % 4 when 0 then 'solid' when 1 then 'dashed' when 2 then 'dotted'
    else 'dash-dot' end;

drop view runs;
create view runs as /* training runs, with what came of each */
select r.id, r.name, j.status, r.method, r.dataset, coalesce(c.name, 'ideal') as chip, r.chip as chip_id,
  case when r.calibration_use = 'calibrated' then r.calibration end as calibration, r.calibration_use, r.seed,
  r.epochs, r.epochs_done, r.test_accuracy, r.train_accuracy, r.n, r.hidden_spikes, r.samples_per_second, r.seconds,
  r.star, r.tags, r.note, r.colour, r.line, r.deleted as in_trash, r.created_at as started, j.ended_at as ended, r.config,
  r.config_hash, r.host, r.job
from run r join job j on j.id = r.job left join chip c on c.id = r.chip;
`
} as const
