/**
 * The record of what a result was made of. It is written before any work starts and never changed; the schema refuses
 * a run, calibration or evaluation without it.
 */
import type { Json } from './canonical'

/** how a chip was configured: calibrated per neuron, the calibration's median code for all, data-sheet defaults, ideal */
export type CalibrationUse = 'calibrated' | 'median' | 'default' | 'ideal'

export interface WorkRecord {
  /** resolved configuration, plain JSON */
  config: { readonly [key: string]: Json }
  /** SHA-256 of its canonical JSON */
  configHash: string
  /** app, core (hash of code and kernels), schema, runtime */
  versions: { readonly [key: string]: string | number }
  host: string
  createdAt: string
}

/** columns shared by every table that holds a record */
export interface RecordColumns {
  config: string
  config_hash: string
  versions: string
  host: string
  created_at: string
}

export function recordColumns(record: WorkRecord): RecordColumns {
  return {
    config: JSON.stringify(record.config),
    config_hash: record.configHash,
    versions: JSON.stringify(record.versions),
    host: record.host,
    created_at: record.createdAt
  }
}

export function recordOf(row: RecordColumns): WorkRecord {
  return {
    config: JSON.parse(row.config) as WorkRecord['config'],
    configHash: row.config_hash,
    versions: JSON.parse(row.versions) as WorkRecord['versions'],
    host: row.host,
    createdAt: row.created_at
  }
}
