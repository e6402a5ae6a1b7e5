import { beforeAll, describe, expect, it } from 'vitest'
import type { DoneUnit, Journal } from '../../../src-main/core/calibration/journal'
import { calibrate } from '../../../src-main/core/calibration/suite'
import type { CalibrationResult } from '../../../src-main/core/calibration/types'
import { openChip, restoreChip, saveChip, type SavedChip } from '../../../src-main/core/emulator/hicann-x/index'
import { pack, unpack } from '../../../src-main/store/pack'
import { NOBODY } from './calibrated'

/** with preparation, held cells and routines that come twice; the long ones are test/cli/killed.test.ts's */
const ROUTINES = ['converter_channels', 'reference_exc', 'tau_mem', 'leak']

/** as the database keeps them: what does not survive packing would not survive a resume */
interface Kept {
  units: Uint8Array[]
  bench: Uint8Array
  chip: Uint8Array
}

interface Way {
  result: CalibrationResult | null
  kept: Kept[]
  searched: string[]
}

/** runs until `most` more units are done, from what was kept */
function run(from: Kept | null, most = Infinity): Way {
  const port = openChip({ seed: 5, mismatch: 1, trialSeed: 3 })
  const kept: Kept[] = []
  const units = from ? [...from.units] : []
  const journal: Journal = {
    done: units.map((unit) => unpack<{ result: unknown }>(unit).result),
    bench: from && unpack(from.bench),
    restore: () => from && restoreChip(port, unpack<SavedChip>(from.chip)),
    note: ({ result, bench }: DoneUnit) => {
      units.push(pack({ result }))
      kept.push({ units: [...units], bench: pack(bench), chip: pack(saveChip(port)) })
    }
  }
  const searched = new Set<string>()
  const work = calibrate(port, { targets: {}, excluded: NOBODY, reads: 3, routines: ROUTINES, journal })
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return { result: next.value, kept, searched: [...searched] }
    searched.add(next.value.label)
    if (kept.length >= most) return { result: null, kept, searched: [...searched] }
  }
}

let whole: Way
let bits: Buffer
beforeAll(() => {
  whole = run(null)
  bits = pack(whole.result)
}, 180_000)

describe('a calibration that was put aside', () => {
  it('comes to the same bits wherever it is taken up again', () => {
    expect(whole.kept.length).toBeGreaterThan(2 * ROUTINES.length)
    // every unit in turn would take long; these are before, in and after the preparation, and among the readings
    const last = whole.kept.length - 1
    for (const at of [0, 3, 6, 8, last - 7, last]) {
      const { result } = run(whole.kept[at])
      expect(pack(result).equals(bits), `taken up after unit ${at}`).toBe(true)
    }
  })

  it('comes to the same bits when it is stopped again and again', () => {
    let at: Kept | null = null
    for (let times = 0; times < 100; times++) {
      const way = run(at, 6)
      if (way.result) {
        expect(pack(way.result).equals(bits)).toBe(true)
        return
      }
      at = way.kept[way.kept.length - 1]
    }
    throw new Error('it never came to an end')
  })

  it('does nothing twice', () => {
    const { searched } = run(whole.kept[whole.kept.length - 3])
    expect(searched.length).toBeLessThanOrEqual(2)
  })
})
