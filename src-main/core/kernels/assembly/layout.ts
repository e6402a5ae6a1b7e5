// Where the emulation kernels find things, in bytes; ../emulate-memory.ts and emulator/network/hidden-tables.ts and readout-tables.ts write them.

// rows of noise of one sample: see noise.ts
export const ROW_START = 0,
  ROW_STEP = 1,
  ROW_READ = 0x1000,
  ROW_READOUT_START = 0x2000,
  ROW_READOUT = 0x2001,
  ROW_READOUT_READ = 0x3000,
  ROW_INPUT = 0x4000,
  ROW_DELAY = 0x4001,
  ROW_EVENT = 0x4002,
  ROW_BIN = 0x7000

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
  LOSS = 88,
  STEPPED = 92
export const STEP_US = 96,
  BIN_US = 100,
  DELAY_US = 104,
  DELAY_SD = 108,
  CYCLE_RATE = 112

// parameters of four units over a bin, the ones of every bin first
export const PM = 0,
  NOISE_SD = 16,
  SLOPE = 32,
  OFFSET = 48,
  READ = 64
// of the excitatory input stage; those of the inhibitory one follow, at a distance of INHIBITORY
export const LINE = 80,
  /** what a stage passes over a bin, of a line u: u (U0 + U1 u² + U2 u⁴) / (L0 + L1 u² + L2 u⁴ + u⁶) */
  UPPER = 96,
  LOWER = 144,
  /** how the membrane's path bends: u (B0 − B1 · square of what the stage passes) */
  BULGE = 192,
  INHIBITORY = 144
export const LEVEL = 368,
  THRESHOLD = 384,
  START = 400,
  START_SD = 416
export const UNIT_BYTES: usize = 432

// parameters of one unit in steps: vectors, whose lanes are (exc clamped, exc free, inh free, inh clamped)
export const S_MOST = 0,
  S_FALL = 16,
  S_BEND = 32,
  /** current that adds 1 to the membrane in a step, LSB / µs: at the step's begin and at its end (lanes 1 and 2) */
  S_BEGIN = 48,
  S_END = 64,
  /** rates of (membrane, exc, inh, none): free, clamped, and of the currents alone */
  S_FREE = 80,
  S_CLAMPED = 96,
  S_LINES = 112,
  /** what the first four steps' noise still counts at the end of the bin */
  S_COUNTS = 128
export const S_PM = 144,
  S_CLAMP_P = 148,
  S_CLAMP_REST = 152,
  S_NOISE = 156,
  S_CLAMP_NOISE = 160,
  S_SHIFT = 164,
  S_CLAMP_SHIFT = 168,
  S_THRESHOLD = 172,
  S_LEVEL = 176,
  S_REFRACTORY = 180,
  S_REFRACTORY_CYCLE = 184,
  S_MIDDLE = 188,
  S_TOTAL = 192,
  S_SHARE = 196,
  S_RATE = 200
export const STEPPED_BYTES: usize = 208

// parameters of four readout units, over a bin: PM … READ as above
export const R_PE = 80,
  R_PI = 96,
  R_KE = 112,
  R_KI = 128,
  R_NOISE_SD = 144,
  R_RANGE_E = 160,
  R_RANGE_I = 176
export const READOUT_BYTES: usize = 192

// state of four units, twice: a bin is computed from one copy into the other, so that a unit's bin can be done again
export const V = 0,
  X = 16,
  Y = 32
export const STATE_BYTES: usize = 48

// a member's scratch: number of spikes, spikes when the event outputs' cycles were last cleared, the sample's key and what
// follows from it for its input spikes, addresses of the bin's 5 noise rows, lanes of one vector; of one unit in steps: 5
// values each, and 4 lanes each; then the states
export const CLEARED = 4,
  KEY = 8,
  KEY_INPUT = 12,
  ROWS = 16,
  READS = 48,
  DRIVE = 64,
  CLAMPED = 96,
  KICK = 128,
  VALUE = 160,
  FALL = 176,
  BEND = 192,
  STATES = 256
// what arrives at four readout units in a bin: membrane and line, excitatory and inhibitory
export const ARRIVAL_BYTES: usize = 64
