// Where the emulation kernels find things, in bytes; ../emulate-memory.ts writes them.

// rows of noise of one sample: see noise.ts
export const ROW_START = 0,
  ROW_STEP = 1,
  ROW_READ = 0x1000,
  ROW_READOUT_START = 0x2000,
  ROW_READOUT = 0x2001,
  ROW_READOUT_READ = 0x3000

// network block
export const HIDDEN = 0,
  VECTORS = 4,
  OUTPUTS = 8,
  READOUT_VECTORS = 12,
  BINS = 16,
  STRIDE = 20,
  UNITS = 24,
  READOUTS = 28
export const WEIGHTS = 32,
  WEIGHT_ROW = 36,
  OUTPUT_WEIGHTS = 40,
  NOISE = 44,
  NOISE_MASK = 48,
  SEED = 52,
  CAPACITY = 56
export const RESPONSES = 60,
  ARRIVALS = 64,
  LIST = 68,
  STEP_US = 72,
  BIN_US = 76,
  DELAY_US = 80,
  GRID = 84

// parameters of four units
export const PM = 0,
  PE = 16,
  PI = 32,
  NOISE_STEP = 48,
  SLOPE = 64,
  OFFSET = 80,
  READ = 96,
  THRESHOLD = 112
export const CLAMP_P = 128,
  CLAMP_E = 144,
  CLAMP_I = 160,
  CLAMP_NOISE = 176,
  CLAMP_REST = 192,
  REFRACTORY = 208
export const RATE_MEM = 224,
  RATE_CLAMP = 240,
  RATE_EXC = 256,
  RATE_INH = 272,
  NOISE_SHIFT = 288,
  CLAMP_SHIFT = 304
export const PER_X = 320,
  PER_Y = 336,
  START = 352,
  START_SD = 368
export const UNIT_BYTES: usize = 384

// parameters of four readout units: PM … READ as above, but over a bin
export const R_KE = 112,
  R_KI = 128,
  R_NOISE_SD = 144
export const READOUT_BYTES: usize = 160

// state of four units, twice: a bin is computed from one copy into the other, so that it can be done again
export const V = 0,
  X = 16,
  Y = 32
export const STATE_BYTES: usize = 48
// where a lane's bin has to be done again if it goes above (threshold, or −∞ while refractory), refractory time left
export const GUARD = 0,
  LEFT = 16
export const GUARD_BYTES: usize = 32

// a member's scratch: number of spikes, addresses of the bin's 5 noise rows, lanes of one vector, then the states
export const ROWS = 16,
  TIMES = 64,
  READS = 80,
  STATES = 192
