/**
 * What one trace of the oscilloscope is asked for: neuron, converter, stimulus. Ranges are the chip's own (hardware.md
 * 1), but for the duration, which keeps a trace within what a window can be sent, and rates, which keep an event a
 * sample of the fast converter at most.
 */
import { InputError } from '../errors/input-error'

export const CONVERTERS = ['fast', 'column'] as const
/** what the fast converter is connected to; the column converter sees membranes */
export const SOURCES = ['membrane', 'lineExc', 'lineInh'] as const
export const STIMULI = ['silent', 'regular', 'poisson', 'burst'] as const
export const SIGNS = ['exc', 'inh'] as const
/** who gets the stimulus */
export const REACHES = ['all', 'neuron'] as const

export interface ScopeRequest {
  /** 0 … one less than the chip has */
  neuron: number
  converter: (typeof CONVERTERS)[number]
  source: (typeof SOURCES)[number]
  /** recorded from time 0, µs */
  durationUs: number
  stimulus: (typeof STIMULI)[number]
  /** of events (within a burst: of its events), kHz of hardware time; 1000 kHz is an event a µs */
  rateKHz: number
  /** of a burst */
  events: number
  /** synapse code, 0 … 63 */
  weight: number
  sign: (typeof SIGNS)[number]
  /** synapse rows that each event reaches: more rows are a larger weight */
  rows: number
  reach: (typeof REACHES)[number]
  /** code of the constant offset current; 0: switched off */
  offsetCurrent: number
  /** added to the code of the leak potential: "leak over threshold" makes neurons fire without input */
  leakShift: number
  /** 8 bits that every neuron's spikes carry: the lowest six are the label that synapses react to, if a node lets them */
  address: number
  /** of the session's writes and measurements and of the Poisson events; another seed is another trial */
  seed: number
}

/** allowed, both ends included; whole numbers where `whole` */
const RANGES = {
  durationUs: { low: 1, high: 1000, whole: false, unit: ' us' },
  rateKHz: { low: 1, high: 5000, whole: false, unit: ' kHz' },
  events: { low: 1, high: 1000, whole: true, unit: '' },
  weight: { low: 0, high: 63, whole: true, unit: '' },
  rows: { low: 1, high: 16, whole: true, unit: '' },
  offsetCurrent: { low: 0, high: 1022, whole: true, unit: '' },
  leakShift: { low: -1022, high: 1022, whole: true, unit: '' },
  address: { low: 0, high: 255, whole: true, unit: '' },
  seed: { low: 0, high: 0xffffffff, whole: true, unit: '' }
} as const

/**
 * @param neurons of the chip
 * @throws InputError, one line naming the setting, what was given and what is allowed
 */
export function checkScope(request: ScopeRequest, neurons: number): void {
  const ranges = { neuron: { low: 0, high: neurons - 1, whole: true, unit: '' }, ...RANGES }
  for (const [name, { low, high, whole, unit }] of Object.entries(ranges)) {
    const value = request[name as keyof typeof ranges]
    if (value >= low && value <= high && (!whole || Number.isInteger(value))) continue
    throw new InputError(
      'bad-input',
      `${name}: ${value} given; allowed: ${whole ? 'whole numbers ' : ''}${low} … ${high}${unit}`
    )
  }
  if (request.converter === 'column' && request.source !== 'membrane') {
    throw new InputError(
      'bad-input',
      `source: ${request.source} given with the column converter, which sees membranes only; allowed: membrane, or converter fast`
    )
  }
}
