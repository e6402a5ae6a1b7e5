/**
 * How long the parts of a calibration take beside each other, so that a share of the work done is a share of the time. Only
 * for telling progress: seconds of a quiet machine when it was written; nothing depends on them.
 */
interface Effort {
  search: number
  /** all readings together, before or after */
  reading: number
}

const USUAL: Effort = { search: 0.3, reading: 0.1 }
const COBA: Effort = { search: 2.5, reading: 0.7 }

const EFFORT: { readonly [routine: string]: Effort } = {
  refractory: { search: 0.02, reading: 0.01 },
  converter_channels: { search: 0.1, reading: 0.05 },
  tau_syn_exc: { search: 2, reading: 0.2 },
  tau_syn_inh: { search: 2, reading: 0.2 },
  threshold: { search: 1.7, reading: 0.6 },
  tau_mem: { search: 0.5, reading: 0.3 },
  gain_exc: { search: 0.6, reading: 0.1 },
  gain_inh: { search: 0.6, reading: 0.1 },
  stp_offset: { search: 0.5, reading: 0.9 },
  comparator_latch: { search: 0.02, reading: 0.3 },
  coba_gain_exc: COBA,
  coba_gain_inh: COBA,
  coba_reference_exc: COBA,
  coba_reference_inh: COBA,
  inter_compartment: { search: 20, reading: 3 },
  correlation_store: { search: 2.2, reading: 0.5 },
  correlation_ramp: { search: 2.6, reading: 0.5 },
  // one search finds the trims of both
  correlation_amplitude: { search: 9, reading: 1.5 },
  correlation_tau: { search: 0.05, reading: 0.8 },
  hagen_ramp: { search: 1, reading: 0.8 },
  hagen_offset: { search: 1, reading: 1.5 }
}

export function effortOf(name: string): Effort {
  return EFFORT[name] ?? USUAL
}
