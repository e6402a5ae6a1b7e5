/**
 * Views for people who ask in SQL: plural names, one row a thing, names instead of ids where there are both, no column of
 * bytes. The comment after `as` is what the page of queries says of a view; resources/docs/schema.md explains each column.
 */
export const views = {
  version: 60,
  name: '0060-views',
  sql: `
create view runs as /* training runs, with what came of each */
select r.id, r.name, j.status, r.method, r.dataset, coalesce(c.name, 'ideal') as chip, r.chip as chip_id,
  case when r.calibration_use = 'calibrated' then r.calibration end as calibration, r.calibration_use, r.seed,
  r.epochs, r.epochs_done, r.test_accuracy, r.train_accuracy, r.n, r.hidden_spikes, r.samples_per_second, r.seconds,
  r.star, r.tags, r.note, r.deleted as in_trash, r.created_at as started, j.ended_at as ended, r.config, r.config_hash,
  r.host, r.job
from run r join job j on j.id = r.job left join chip c on c.id = r.chip;

create view epochs as /* every epoch of every run */
select e.run, r.name, e.epoch, e.loss, e.train_accuracy, e.validation_accuracy,
  e.test_accuracy, e.hidden_spikes, e.samples_per_second, e.seconds
from run_epoch e join run r on r.id = e.run;

create view settings as /* the resolved settings of every run, one row each */
select r.id as run, s.key, s.type, s.value
from run r, json_each(r.config) s;

create view chips as /* emulated chips as they are now */
select c.id, c.name, c.model, c.seed, c.mismatch, c.recipe, c.quirks, c.age_days, c.temperature, c.neurons, c.serial,
  c.active_calibration, (select count(*) from calibration k where k.chip = c.id and k.complete) as calibrations,
  (select count(*) from exclusion x where x.chip = c.id) as excluded, c.created_at as made
from chip c;

create view exclusions as /* neurons taken out of use by a person */
select x.chip as chip_id, c.name as chip, x.neuron, x.reason, x.by, x.at
from exclusion x join chip c on c.id = x.chip;

create view calibrations as /* calibrations, with what they cost */
select k.id, c.name as chip, k.chip as chip_id, k.id is c.active_calibration as active, k.complete, k.usable, k.neurons,
  k.seed, k.seconds, k.hardware_ms, k.age_days, k.temperature, k.created_at as made, k.sha256, k.targets, k.config
from calibration k join chip c on c.id = k.chip;

create view routines as /* every routine of every calibration, before and after */
select q.calibration, c.name as chip, q.position, q.name, q.quantity, q.unit, q.target, q.before_median, q.before_mad,
  q.before_sd, q.after_median, q.after_mad, q.after_sd, q.spread_ratio, q.ratio_limit, q.passed, q.reads,
  json_array_length(q.failed) as failed, q.seconds
from calibration_routine q join calibration k on k.id = q.calibration join chip c on c.id = k.chip;

create view measurements as /* each time that acceptance measured a chip again */
select m.job, c.name as chip, m.chip as chip_id, m.calibration, m.at, m.age_days, m.temperature, m.passed
from measurement m join chip c on c.id = m.chip;

create view evaluations as /* trained weights on a chip, their own or another */
select e.id, e.run, r.name as run_name, coalesce(c.name, 'ideal') as chip, e.calibration, e.calibration_use, e.seed,
  e.test_accuracy, e.n, e.hidden_spikes, e.created_at as made
from evaluation e join run r on r.id = e.run left join chip c on c.id = e.chip;

create view jobs as /* work that was asked for, and how it ended */
select id, kind, status, subject as makes, title, chip, created_at as asked, started_at as started, ended_at as ended,
  (julianday(ended_at) - julianday(started_at)) * 86400 as seconds, error
from job;
`
} as const
