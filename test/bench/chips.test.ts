// Twenty chips as they come: `npx vitest run --config test/bench/vitest.config.ts test/bench/chips.test.ts`.
//   CHIPS=1-20      seeds (mismatch 1)
//   ACCEPT=all      also every group of acceptance checks with the negative control, and the routines that only run when
//                   they are named (conductance-based inputs, compartments): minutes a chip
// Prints one row a chip and the medians. A residual is the trimmed spread of the truth behind the port, without any
// read noise, over the spread before as it was read; it must not be larger than the ratio as read.
import { afterAll, describe, expect, it } from 'vitest'
import { GROUPS } from '../../src-main/core/calibration/acceptance/index'
import { applySettings } from '../../src-main/core/calibration/settings'
import type { CalibrationResult } from '../../src-main/core/calibration/types'
import { inspect, type Truth } from '../../src-main/core/emulator/inspector'
import { median, trimmedSd } from '../../src-main/core/statistics/summary'
import { accepted, calibrated, chip, indices, NOBODY, routine } from '../core/calibration/calibrated'

const [from, to = from] = (process.env['CHIPS'] ?? '1-20').split('-').map(Number)
const SEEDS = Array.from({ length: to - from + 1 }, (_, k) => from + k)
const ALL = process.env['ACCEPT'] === 'all'

/** most that the median over the chips may be */
const MOST: { [routine: string]: number } = {
  leak: 0.06,
  reset: 0.06,
  threshold: 0.1,
  tau_mem: 0.4,
  tau_syn_exc: 0.15,
  tau_syn_inh: 0.15
}
const GAIN = 0.07
const NAMED = ['coba_gain_exc', 'coba_gain_inh', 'coba_reference_exc', 'coba_reference_inh', 'inter_compartment']

/** what a read would show without noise */
const TRUTH: { [routine: string]: (truth: Truth) => Float64Array } = {
  // the resting membrane: leak and what the inputs' offsets add
  leak: ({ circuits: c }) =>
    c.leak.map((v, n) => v + ((c.inputOffsetExc[n] - c.inputOffsetInh[n]) * c.tauMem[n]) / c.capacitance[n]),
  reset: ({ circuits }) => circuits.reset,
  threshold: ({ circuits }) => circuits.threshold,
  tau_mem: ({ circuits }) => circuits.tauMem,
  tau_syn_exc: ({ circuits }) => circuits.tauSynExc,
  tau_syn_inh: ({ circuits }) => circuits.tauSynInh
}

const rows: { ratio: number[]; residual: number[]; gain: number[]; usable: number }[] = []

function gainSpread(result: CalibrationResult, name: string): number {
  const { after, failed } = routine(result, name)
  const good = after!.filter((_, n) => !failed[n])
  return trimmedSd(good) / median(good)
}

describe('chips', () => {
  for (const seed of SEEDS) {
    it(`chip ${seed}`, () => {
      const started = performance.now()
      const port = chip(seed)
      const result = calibrated(port)
      const seconds = (performance.now() - started) / 1000
      const { draw, circuits } = inspect(port)
      const stuck = indices(draw.stuck.map((value) => (value >= 0 ? 1 : 0)))
      const dead = indices(circuits.dead)
      const defective = [...new Set([...stuck, ...dead])].sort((a, b) => a - b)
      const lost = indices(result.usable.map((good) => 1 - good))
      const truth = inspect(port)
      const good = (values: Float64Array): Float64Array => values.filter((_, n) => result.usable[n])
      const ratio = Object.keys(MOST).map((name) => routine(result, name).spreadRatio ?? NaN)
      const residual = Object.keys(MOST).map(
        (name) => trimmedSd(good(TRUTH[name](truth))) / trimmedSd(good(routine(result, name).before!))
      )
      const gain = ['gain_exc', 'gain_inh'].map((name) => gainSpread(result, name))
      rows.push({ ratio, residual, gain, usable: 512 - lost.length })
      const shown = ratio.map((x, k) => `${x.toFixed(3)} (${residual[k].toFixed(3)})`)
      console.log(
        [`| ${seed}`, seconds.toFixed(1), 512 - lost.length, defective.join(' ') || '–', ...shown]
          .concat(gain.map((x) => x.toFixed(3)))
          .join(' | ') + ' |'
      )
      expect(lost, 'unusable are the defective ones').toEqual(defective)
      expect(indices(routine(result, 'converter_channels').failed), 'stuck converter channels').toEqual(stuck)
      expect(indices(routine(result, 'tau_mem').failed), 'dead circuits').toEqual(dead)
      expect(result.routines.filter((r) => !r.passed).map((r) => r.name)).toEqual([])
      if (!ALL) return
      const later = chip(seed, 1, 100 + seed)
      applySettings(later, result.settings)
      const first = accepted(later, result, NOBODY, { control: true, groups: GROUPS })
      expect(first.checks.filter((check) => !check.passed)).toEqual([])
      const further = calibrated(later, { routines: NAMED, from: result.settings })
      const second = accepted(later, further, NOBODY, { control: true, groups: GROUPS })
      expect(second.checks.filter((check) => !check.passed)).toEqual([])
      console.log(`  chip ${seed}: ${first.checks.length + second.checks.length} acceptance checks passed`)
    }, 1_800_000)
  }
})

afterAll(() => {
  const of = (f: (row: (typeof rows)[number]) => number): number => median(rows.map(f))
  const names = Object.keys(MOST)
  const medians = names.map((_, k) => of((row) => row.ratio[k]))
  const residuals = names.map((_, k) => of((row) => row.residual[k]))
  const gains = [0, 1].map((k) => of((row) => row.gain[k]))
  const pooled = rows.reduce((sum, row) => sum + row.usable, 0) / (512 * rows.length)
  console.log(
    `| median | | ${(100 * pooled).toFixed(2)} % | | ${names.map((_, k) => `${medians[k].toFixed(3)} (${residuals[k].toFixed(3)})`).join(' | ')} | ${gains.map((x) => x.toFixed(3)).join(' | ')} |`
  )
  names.forEach((name, k) => {
    expect(medians[k], name).toBeLessThanOrEqual(MOST[name])
    expect(residuals[k], `${name}, without noise`).toBeLessThanOrEqual(medians[k])
  })
  for (const gain of gains) expect(gain).toBeLessThanOrEqual(GAIN)
  expect(pooled).toBeGreaterThanOrEqual(0.985)
})
