// Twenty chips as they come: `npx vitest run --config test/bench/vitest.config.ts test/bench/chips.test.ts`.
//   CHIPS=1-20      seeds (mismatch 1)
// Prints one row a chip and the medians: ratio as read (residual without noise: residuals.ts). The bench of all acceptance
// rows is acceptance.test.ts, which prints the same beside them.
import { afterAll, describe, expect, it } from 'vitest'
import { inspect } from '../../src-main/core/emulator/inspector'
import { calibrated, chip, indices, routine } from '../core/calibration/calibrated'
import { medians, QUANTITIES, shown, TruthWatch, type Figures } from './residuals'

const [from, to = from] = (process.env['CHIPS'] ?? '1-20').split('-').map(Number)
const SEEDS = Array.from({ length: to - from + 1 }, (_, k) => from + k)
const rows: { of: Figures[]; usable: number }[] = []

describe('chips', () => {
  for (const seed of SEEDS) {
    it(`chip ${seed}`, () => {
      const started = performance.now()
      const port = chip(seed)
      const truths = new TruthWatch(port)
      const result = calibrated(port, {}, (progress) => truths.see(progress))
      const seconds = (performance.now() - started) / 1000
      const truth = inspect(port)
      const stuck = indices(truth.draw.stuck.map((value) => (value >= 0 ? 1 : 0)))
      const dead = indices(truth.circuits.dead)
      const defective = [...new Set([...stuck, ...dead])].sort((a, b) => a - b)
      const lost = indices(result.usable.map((good) => 1 - good))
      const of = truths.figures(result)
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
  const middle = medians(rows.map(({ of }) => of))
  const pooled = rows.reduce((sum, row) => sum + row.usable, 0) / (512 * rows.length)
  console.log(`| median | | ${(100 * pooled).toFixed(2)} % | | ${middle.map(shown).join(' | ')} |`)
  QUANTITIES.forEach(({ name, most }, k) => {
    expect(middle[k].ratio, name).toBeLessThanOrEqual(most)
    expect(middle[k].residual, `${name}, without noise`).toBeLessThanOrEqual(middle[k].ratio)
  })
  expect(pooled).toBeGreaterThanOrEqual(0.985)
})
