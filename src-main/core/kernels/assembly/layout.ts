// Where the emulation kernels find things, in bytes; ../emulate-memory.ts writes them.

// rows of noise of one sample: see noise.ts
export const ROW_START = 0,
  ROW_STEP = 1,
  ROW_READ = 0x1000,
  ROW_READOUT_START = 0x2000,
  ROW_READOUT = 0x2001,
  ROW_READOUT_READ = 0x3000,
  ROW_INPUT = 0x4000,
  ROW_DELAY = 0x4001,
  ROW_EVENT = 0x4002

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
  GRID = 72,
  EVENT_OUTPUT = 76,
  CYCLES = 80,
  OUTPUT_BYTES = 84,
  LOSS = 88
export const STEP_US = 96,
  BIN_US = 100,
  DELAY_US = 104,
  DELAY_SD = 108,
  CYCLE_RATE = 112

// parameters of four units, the ones of every bin first
export const PM = 0,
  NOISE_STEP = 16,
  SLOPE = 32,
  OFFSET = 48,
  READ = 64,
  THRESHOLD = 80
export const BIN_E = 96,
  BIN_I = 112,
  MIDDLE_E = 128,
  MIDDLE_I = 144,
  MOST_E = 160,
  MOST_I = 176,
  FALL_E = 192,
  FALL_I = 208,
  BEND_E = 224,
  BEND_I = 240
export const PE = 256,
  PI = 272,
  CLAMP_P = 288,
  CLAMP_E = 304,
  CLAMP_I = 320,
  CLAMP_NOISE = 336,
  CLAMP_REST = 352,
  REFRACTORY = 368,
  REFRACTORY_CYCLE = 384
export const RATE_MEM = 400,
  RATE_CLAMP = 416,
  RATE_EXC = 432,
  RATE_INH = 448,
  NOISE_SHIFT = 464,
  CLAMP_SHIFT = 480
export const PER_X = 496,
  PER_Y = 512,
  START = 528,
  START_SD = 544
export const UNIT_BYTES: usize = 560

// parameters of four readout units, over a bin: PM … READ as above
export const R_PE = 80,
  R_PI = 96,
  R_KE = 112,
  R_KI = 128,
  R_NOISE_SD = 144,
  R_RANGE_E = 160,
  R_RANGE_I = 176
export const READOUT_BYTES: usize = 192

// state of four units, twice: a bin is computed from one copy into the other, so that it can be done again
export const V = 0,
  X = 16,
  Y = 32
export const STATE_BYTES: usize = 48
// where a lane's bin has to be done again if it goes above (threshold, or −∞ while refractory), refractory time left
export const GUARD = 0,
  LEFT = 16
export const GUARD_BYTES: usize = 32

// a member's scratch: number of spikes, spikes when the event outputs' cycles were last cleared, addresses of the bin's 5
// noise rows, lanes of one vector, then the states
export const CLEARED = 4,
  KEY = 8,
  ROWS = 16,
  TIMES = 64,
  READS = 80,
  STATES = 192
// what arrives at four readout units in a bin: membrane and line, excitatory and inhibitory
export const ARRIVAL_BYTES: usize = 64
