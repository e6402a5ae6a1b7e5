// Where conductance-based inputs vanish and where they are as strong as without, seen from inside the chip: of all that the
// bench of acceptance (acceptance.test.ts, session conductances) has kept in out/acceptance. Seconds.
// `npx vitest run --config test/bench/vitest.config.ts test/bench/reversals.test.ts`
import fs from 'node:fs'
import path from 'node:path'
import { deserialize } from 'node:v8'
import { expect, it } from 'vitest'
import { applySettings } from '../../src-main/core/calibration/settings'
import type { CalibrationResult } from '../../src-main/core/calibration/types'
import { inspectConductances } from '../../src-main/core/emulator/inspector'
import { median, trimmedSd } from '../../src-main/core/statistics/summary'
import { chip } from '../core/calibration/calibrated'

const FOLDER = path.join(import.meta.dirname, '../../out/acceptance')
const KEPT = /^(\d+)-conductances\.calibration$/

it('conductance-based inputs vanish at their reversal', () => {
  const seeds = fs.readdirSync(FOLDER).flatMap((name) => (KEPT.test(name) ? [Number(KEPT.exec(name)![1])] : []))
  for (const seed of seeds.sort((a, b) => a - b)) {
    const file = path.join(FOLDER, `${seed}-conductances.calibration`)
    const { result } = deserialize(fs.readFileSync(file)) as { result: CalibrationResult }
    const port = chip(seed, 1, 100 + seed)
    applySettings(port, result.settings)
    const told = (['exc', 'inh'] as const).map((kind) => {
      const truth = inspectConductances(port, kind)
      const usable = (values: Float64Array): Float64Array => values.filter((_, n) => result.usable[n] === 1)
      const [reversal, reference] = [usable(truth.reversal), usable(truth.reference)]
      const { [`coba_reversal_${kind}`]: aim, coba_reference: at } = result.targets
      expect(Math.abs(median(reversal) - aim), `chip ${seed}, ${kind}`).toBeLessThan(4)
      expect(Math.abs(median(reference) - at), `chip ${seed}, ${kind}`).toBeLessThan(4)
      const shown = (values: Float64Array): string => `${median(values).toFixed(1)} ± ${trimmedSd(values).toFixed(1)}`
      return `${kind}: vanishes at ${shown(reversal)}, as without at ${shown(reference)}`
    })
    console.log(`chip ${seed}: ${told.join('; ')} LSB`)
  }
})
