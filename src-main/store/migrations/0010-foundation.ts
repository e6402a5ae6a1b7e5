/**
 * The first schema. Metadata tables are narrow; arrays live in tables of their own (`*_array`, `checkpoint`,
 * `dashboard`) that list queries never touch. The record of a run, calibration or evaluation is NOT NULL throughout,
 * so that none can exist without what it was made of. resources/docs/schema.md explains every table.
 */
export const foundation = {
  version: 10,
  name: '0010-foundation',
  sql: `
create table sequence (prefix text primary key, last integer not null) strict, without rowid;

create table preference (key text primary key, value text not null check (json_valid(value))) strict, without rowid;

create table process (
  id text primary key,
  pid integer not null,
  host text not null,
  runtime text not null,
  heartbeat_at integer not null
) strict, without rowid;

create table job (
  id text primary key,
  kind text not null,
  status text not null check (status in ('queued', 'running', 'paused', 'done', 'interrupted', 'cancelled', 'failed')),
  subject text,
  title text not null,
  chip text,
  input text not null check (json_valid(input)),
  owner text not null,
  request text check (request in ('pause', 'cancel')),
  share real,
  doing text,
  eta real,
  error text,
  error_code text check ((error_code is null) = (error is null)),
  error_detail text,
  resumable integer not null default 0 check (resumable in (0, 1)),
  created_at text not null,
  started_at text,
  ended_at text
) strict;
create index job_by_status on job (status);
create index job_by_time on job (created_at);

create table job_result (
  job text primary key references job (id) on delete cascade,
  result text not null check (json_valid(result))
) strict;

create table chip (
  id text primary key,
  name text not null unique collate nocase,
  model text not null,
  seed integer not null,
  mismatch real not null check (mismatch >= 0),
  neurons integer not null check (neurons > 0),
  serial text not null,
  created_at text not null,
  active_calibration text references calibration (id) on delete set null
) strict;

create table exclusion (
  chip text not null references chip (id) on delete cascade,
  neuron integer not null check (neuron >= 0),
  reason text not null check (reason <> ''),
  by text not null,
  at text not null,
  primary key (chip, neuron)
) strict, without rowid;

create table calibration (
  id text primary key,
  chip text not null references chip (id) on delete cascade,
  job text not null references job (id),
  config text not null check (json_type(config) = 'object'),
  config_hash text not null check (length(config_hash) = 64),
  targets text not null check (json_type(targets) = 'object'),
  seed integer not null,
  chip_serial text not null,
  chip_seed integer not null,
  excluded text not null check (json_type(excluded) = 'array'),
  versions text not null check (json_type(versions) = 'object'),
  host text not null,
  neurons integer not null,
  created_at text not null,
  complete integer not null default 0 check (complete in (0, 1)),
  usable integer not null default 0,
  seconds real not null default 0,
  hardware_ms real not null default 0
) strict;
create index calibration_by_chip on calibration (chip, created_at);

create table calibration_routine (
  calibration text not null references calibration (id) on delete cascade,
  position integer not null,
  name text not null,
  label text not null,
  symbol text not null,
  quantity text not null,
  unit text not null,
  target real,
  ratio_limit real,
  before_median real, before_mad real, before_sd real,
  after_median real, after_mad real, after_sd real,
  spread_ratio real,
  passed integer not null check (passed in (0, 1)),
  reads integer not null,
  failed text not null check (json_type(failed) = 'array'),
  seconds real not null,
  primary key (calibration, position)
) strict, without rowid;

create table calibration_array (
  calibration text not null references calibration (id) on delete cascade,
  part text not null,
  data blob not null,
  primary key (calibration, part)
) strict;

create table run (
  id text primary key,
  job text not null references job (id),
  name text not null,
  method text not null,
  config text not null check (json_type(config) = 'object'),
  config_hash text not null check (length(config_hash) = 64),
  seed integer not null,
  seeds text not null check (json_type(seeds) = 'object'),
  dataset text not null,
  dataset_sha256 text not null check (length(dataset_sha256) = 64),
  chip text references chip (id),
  chip_serial text not null check (chip is not null or chip_serial = 'ideal'),
  chip_seed integer check (chip is null or chip_seed is not null),
  mismatch real check (chip is null or mismatch is not null),
  calibration text references calibration (id),
  calibration_use text not null check (calibration_use in ('calibrated', 'median', 'default', 'ideal')),
  excluded text not null check (json_type(excluded) = 'array'),
  versions text not null check (json_type(versions) = 'object'),
  host text not null,
  epochs integer not null check (epochs > 0),
  created_at text not null,
  conversion text check (json_valid(conversion)),
  epochs_done integer not null default 0,
  train_accuracy real,
  test_accuracy real,
  n integer not null default 0,
  hidden_spikes real,
  samples_per_second real,
  seconds real not null default 0,
  star integer not null default 0 check (star in (0, 1)),
  tags text not null default '[]' check (json_type(tags) = 'array'),
  note text not null default '',
  deleted integer not null default 0 check (deleted in (0, 1)),
  check (calibration_use in ('default', 'ideal') or calibration is not null)
) strict;
create index run_by_time on run (deleted, created_at);
create index run_by_chip on run (chip);

create table run_epoch (
  run text not null references run (id) on delete cascade,
  epoch integer not null,
  loss real not null,
  train_accuracy real not null,
  test_accuracy real,
  hidden_spikes real not null,
  samples_per_second real not null,
  seconds real not null,
  primary key (run, epoch)
) strict, without rowid;

create table checkpoint (
  run text primary key references run (id) on delete cascade,
  epoch integer not null,
  sha256 text not null check (length(sha256) = 64),
  data blob not null
) strict;

create table dashboard (run text primary key references run (id) on delete cascade, data blob not null) strict;

create table evaluation (
  id text primary key,
  run text not null references run (id) on delete cascade,
  job text not null references job (id),
  config text not null check (json_type(config) = 'object'),
  config_hash text not null check (length(config_hash) = 64),
  seed integer not null,
  chip text references chip (id),
  chip_serial text not null check (chip is not null or chip_serial = 'ideal'),
  chip_seed integer check (chip is null or chip_seed is not null),
  calibration text references calibration (id),
  calibration_use text not null check (calibration_use in ('calibrated', 'median', 'default', 'ideal')),
  versions text not null check (json_type(versions) = 'object'),
  host text not null,
  created_at text not null,
  test_accuracy real,
  n integer,
  hidden_spikes real
) strict;
create index evaluation_by_run on evaluation (run);

create table evaluation_array (
  evaluation text primary key references evaluation (id) on delete cascade,
  data blob not null
) strict;
`
} as const
