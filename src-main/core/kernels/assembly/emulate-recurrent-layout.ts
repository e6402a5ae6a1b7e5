// What the units of emulate-recurrent.ts are made of, in bytes: parameters of four units over a step or a part of it, and
// their state; ../emulate-recurrent.ts writes the parameters and sizes the memory. What both network kernels have is in
// layout.ts.

// parameters of four units over a step: ../emulate-recurrent.ts, FIELDS
export const PM = 0,
  PE = 16,
  PI = 32,
  KE = 48,
  KI = 64,
  NOISE_SD = 80,
  RANGE_E = 96,
  RANGE_I = 112,
  RATE_MEM = 128,
  RATE_EXC = 144,
  RATE_INH = 160
/** a constant current that adds what the step's noise adds, as the membrane it leads to */
export const NOISE_SHIFT = 176
export const FIELD_BYTES: usize = 192

// of four units: membrane above rest, lines (LSB / µs, inhibitory <= 0), refractory time left; what their stages pass at the
// end of a part of a step, and the membrane at its beginning
export const V = 0,
  E = 16,
  I = 32,
  LEFT = 48,
  END_E = 64,
  END_I = 80,
  BEGIN = 96
export const STATE_BYTES: usize = 112

// a member's own memory: states of all vectors; of each unit where in its bin it fired in this step (f32), and a bit a unit
// that did, at most 256 (the chip's rows); then when each event of the sample arrives (f32)
export const DUE_BYTES: usize = 32
