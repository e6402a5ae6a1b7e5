// Twenty chips as they come: `npx vitest run --config test/bench/vitest.config.ts test/bench/chips.test.ts`.
//   CHIPS=1-20      seeds (mismatch 1)
// Prints one row a chip and the medians: ratio as read (residual without noise). The residual is the trimmed spread of the
// truth behind the port, of the membranes themselves, over the spread before as it was read. A gain's residual is over all
// rows of the array. The bench of all acceptance rows is acceptance.test.ts.
import { afterAll, describe, expect, it } from 'vitest'
import { peakHeight } from '../../src-main/core/calibration/response'
import type { CalibrationResult } from '../../src-main/core/calibration/types'
import { inspect, type Truth } from '../../src-main/core/emulator/inspector'
import { mean, median, trimmedSd } from '../../src-main/core/statistics/summary'
import { calibrated, chip, indices, routine } from '../core/calibration/calibrated'

const [from, to = from] = (process.env['CHIPS'] ?? '1-20').split('-').map(Number)
const SEEDS = Array.from({ length: to - from + 1 }, (_, k) => from + k)
const WEIGHT = 63
const COLUMNS = 256

interface Quantity {
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

const QUANTITIES: readonly Quantity[] = [
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

interface Figures {
  ratio: number
  residual: number
}

function figures(result: CalibrationResult, truth: Truth, quantity: Quantity): Figures {
  const good = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(values).filter((_, n) => result.usable[n] === 1)
  const { before, after } = routine(result, quantity.name)
  const over = (list: Float64Array): number =>
    trimmedSd(good(list)) / (quantity.ofMedian ? median(good(list)) : trimmedSd(good(before!)))
  return { ratio: over(after!), residual: over(quantity.truth(truth)) }
}

const shown = ({ ratio, residual }: Figures): string => `${ratio.toFixed(4)} (${residual.toFixed(4)})`

const rows: { of: Figures[]; usable: number }[] = []

describe('chips', () => {
  for (const seed of SEEDS) {
    it(`chip ${seed}`, () => {
      const started = performance.now()
      const port = chip(seed)
      const result = calibrated(port)
      const seconds = (performance.now() - started) / 1000
      const truth = inspect(port)
      const stuck = indices(truth.draw.stuck.map((value) => (value >= 0 ? 1 : 0)))
      const dead = indices(truth.circuits.dead)
      const defective = [...new Set([...stuck, ...dead])].sort((a, b) => a - b)
      const lost = indices(result.usable.map((good) => 1 - good))
      const of = QUANTITIES.map((quantity) => figures(result, truth, quantity))
      rows.push({ of, usable: 512 - lost.length })
      const cells = [seed, seconds.toFixed(1), 512 - lost.length, defective.join(' ') || '–', ...of.map(shown)]
      console.log(`| ${cells.join(' | ')} |`)
      expect(lost, 'unusable are the defective ones').toEqual(defective)
      expect(indices(routine(result, 'converter_channels').failed), 'stuck converter channels').toEqual(stuck)
      expect(indices(routine(result, 'tau_mem').failed), 'dead circuits').toEqual(dead)
      expect(result.routines.filter((r) => !r.passed).map((r) => r.name)).toEqual([])
    }, 1_800_000)
  }
})

afterAll(() => {
  const medians = QUANTITIES.map((_, k): Figures => {
    const of = (key: keyof Figures): number => median(rows.map((row) => row.of[k][key]))
    return { ratio: of('ratio'), residual: of('residual') }
  })
  const pooled = rows.reduce((sum, row) => sum + row.usable, 0) / (512 * rows.length)
  console.log(`| median | | ${(100 * pooled).toFixed(2)} % | | ${medians.map(shown).join(' | ')} |`)
  QUANTITIES.forEach(({ name, most }, k) => {
    expect(medians[k].ratio, name).toBeLessThanOrEqual(most)
    expect(medians[k].residual, `${name}, without noise`).toBeLessThanOrEqual(medians[k].ratio)
  })
  expect(pooled).toBeGreaterThanOrEqual(0.985)
})
