// Where emulate-spikes.ts and its layers find things, in bytes; ../emulate-spikes.ts writes them.

// the network's block
export const HIDDEN = 0,
  OUTPUTS = 4,
  STEPS = 8,
  NOISE = 12,
  NOISE_MASK = 16,
  SEED = 20,
  STEP_US = 24,
  DELAY_US = 28,
  STAMP_US = 32,
  HIDDEN_UNITS = 36,
  OUTPUT_UNITS = 40,
  HIDDEN_WEIGHTS = 44,
  HIDDEN_ROW = 48,
  OUTPUT_WEIGHTS = 52,
  OUTPUT_ROW = 56,
  /** f32 [inputs], [hidden]: what delay units add to an event's time, or 0 */
  INPUT_DELAYS = 60,
  HIDDEN_DELAYS = 64,
  JITTER_US = 68,
  /** f64 [batch][inputs], [batch][hidden], µs: when the delay units fired */
  INPUT_DELAYED = 72,
  HIDDEN_DELAYED = 76,
  INPUTS = 80

// parameters of four units
export const PM = 0,
  PE = 16,
  PI = 32,
  KE = 48,
  KI = 64,
  NOISE_STEP = 80,
  NOISE_SHIFT = 96,
  THRESHOLD = 112,
  RATE_MEM = 128,
  RATE_EXC = 144,
  RATE_INH = 160,
  START = 176,
  START_SD = 192
export const UNIT_BYTES: usize = 208

// state of four units
export const V = 0,
  E = 16,
  I = 32,
  /** threshold, Infinity once fired */
  LEVEL = 48
export const STATE_BYTES: usize = 64

// rows of noise of a sample, apart from those of emulate.ts
export const ROW_START = 0x4000,
  ROW_OUTPUT = 0x5000,
  ROW_JITTER = 0x6000
