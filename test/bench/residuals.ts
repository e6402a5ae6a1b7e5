// What a calibrated chip is like behind its port, beside what was read: for each quantity the spread ratio as measured, and
// the same without noise. The residual is the trimmed spread of the truth (of potentials: of the membranes themselves) over
// the spread before as it was read. A gain's is over all rows of the array. The truth is looked at as the chip stands when
// the reading begins: cells land elsewhere each time they are written, and the end of a calibration writes them once more.
import { peakHeight } from '../../src-main/core/calibration/response'
import type { CalibrationProgress, CalibrationResult } from '../../src-main/core/calibration/types'
import type { ChipPort } from '../../src-main/core/emulator/chip-port'
import { inspect, type Truth } from '../../src-main/core/emulator/inspector'
import { mean, median, trimmedSd } from '../../src-main/core/statistics/summary'
import { routine } from '../core/calibration/calibrated'

const WEIGHT = 63
const COLUMNS = 256

export interface Quantity {
  name: string
  /** most that the median over the chips may be */
  most: number
  truth(truth: Truth): Float64Array
  /** spread over the median instead of over the spread before */
  ofMedian?: boolean
}

/** mean over all rows of what one weight LSB at full weight does to a membrane, LSB */
function gainOf({ draw, circuits: c }: Truth, side: 'Exc' | 'Inh'): Float64Array {
  const rows = [0, 1].map((array) => {
    const factors = draw.synapses(array as 0 | 1)
    return Array.from({ length: COLUMNS }, (_, column) => mean(factors.filter((_, k) => k % COLUMNS === column)))
  })
  return Float64Array.from({ length: c.count }, (_, n) => {
    const weight = (draw.weightCurve[WEIGHT] + c[`weightOffset${side}`][n]) / WEIGHT
    const height = peakHeight(c.tauMem[n], c[`tauSyn${side}`][n]) / c.capacitance[n]
    return c[`gain${side}`][n] * weight * rows[Math.floor(n / COLUMNS)][n % COLUMNS] * height
  })
}

export const QUANTITIES: readonly Quantity[] = [
  {
    name: 'leak',
    most: 0.06,
    // the resting membrane: leak and what the inputs' offsets add
    truth: ({ circuits: c }) =>
      c.leak.map((v, n) => v + ((c.inputOffsetExc[n] - c.inputOffsetInh[n]) * c.tauMem[n]) / c.capacitance[n])
  },
  { name: 'reset', most: 0.06, truth: ({ circuits }) => circuits.reset },
  { name: 'threshold', most: 0.1, truth: ({ circuits }) => circuits.threshold },
  { name: 'tau_mem', most: 0.4, truth: ({ circuits }) => circuits.tauMem },
  { name: 'tau_syn_exc', most: 0.15, truth: ({ circuits }) => circuits.tauSynExc },
  { name: 'tau_syn_inh', most: 0.15, truth: ({ circuits }) => circuits.tauSynInh },
  { name: 'gain_exc', most: 0.07, ofMedian: true, truth: (truth) => gainOf(truth, 'Exc') },
  { name: 'gain_inh', most: 0.07, ofMedian: true, truth: (truth) => gainOf(truth, 'Inh') }
]

export interface Figures {
  ratio: number
  residual: number
}

/** looks behind the port when a quantity is about to be read on the finished chip */
export class TruthWatch {
  readonly #truths = new Map<string, Float64Array>()

  constructor(private readonly port: ChipPort) {}

  see({ routine: name, label }: CalibrationProgress): void {
    const quantity = label.endsWith(': after') && QUANTITIES.find((one) => one.name === name)
    if (quantity) this.#truths.set(name, quantity.truth(inspect(this.port)))
  }

  figures(result: CalibrationResult): Figures[] {
    return QUANTITIES.map((quantity) => figures(result, this.#truths.get(quantity.name)!, quantity))
  }
}

function figures(result: CalibrationResult, truth: Float64Array, quantity: Quantity): Figures {
  const good = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(values).filter((_, n) => result.usable[n] === 1)
  const { before, after } = routine(result, quantity.name)
  const over = (list: Float64Array): number =>
    trimmedSd(good(list)) / (quantity.ofMedian ? median(good(list)) : trimmedSd(good(before!)))
  return { ratio: over(after!), residual: over(truth) }
}

export const shown = ({ ratio, residual }: Figures): string => `${ratio.toFixed(4)} (${residual.toFixed(4)})`

/** medians over the chips: one row a chip, one entry a quantity */
export function medians(rows: readonly (readonly Figures[])[]): Figures[] {
  return QUANTITIES.map((_, k) => ({
    ratio: median(rows.map((row) => row[k].ratio)),
    residual: median(rows.map((row) => row[k].residual))
  }))
}
