import { describe, expect, it } from 'vitest'
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import { openNetwork } from '../../../src-main/core/emulator/network/network'
import { solo } from '../../../src-main/core/kernels/team'
import { measureDelays, settingFor } from '../../../src-main/core/training/first-spike/delay-units'
import { resolveDelgrad } from '../../../src-main/core/training/first-spike/settings'
import { trainSpikes } from '../../../src-main/core/training/first-spike/train'
import type { EpochReport } from '../../../src-main/core/training/types'
import { testChip } from '../emulator/network/network-source'
import { kernelsForTest } from '../kernels/load'

const SIZES = { inputs: 20, hidden: 30 }
const SHAPE = { ...SIZES, outputs: 3, batch: 4, events: 20, delayed: true }
const PLACES = {
  hidden: Int16Array.from({ length: SIZES.hidden }, (_, h) => h),
  outputs: Int16Array.from({ length: 3 }, (_, o) => 200 + o)
}
const chipOf = () => ({ ...testChip(3, 1), fixed: { seed: 5, mismatch: 1 } })

/** recorded delays of all units with these settings, on average over many events */
function bench() {
  const kernels = kernelsForTest()
  const { arena } = kernels
  const door = openNetwork(chipOf()).firstSpikes
  const recorded = door.open(kernels, solo, { ...SHAPE, windowUs: door.longestWindowUs(true) }, PLACES)
  const full = (length: number): number => {
    const slab = arena.f32(length)
    slab.data.fill(63)
    return slab.at
  }
  door.writeNetwork(full(SIZES.inputs * 32), full(SIZES.hidden * 4))
  return { kernels, door, recorded }
}

describe('delay units', () => {
  it('reach a wanted delay once they are measured, and are half a microsecond off before', () => {
    const { kernels, door, recorded } = bench()
    const lines = measureDelays(door, kernels, solo, SIZES, recorded)
    const wanted = 16
    const nominal = (wanted - 2) * 8
    const settings = (units: typeof lines.inputs): Uint8Array =>
      Uint8Array.from(units.offset, (_, u) => settingFor(units, u, wanted, door.delayCodes))
    const worst = (codes: { inputs: Uint8Array; hidden: Uint8Array }): number => {
      door.writeDelays(codes.inputs, codes.hidden)
      const { arena } = kernels
      const start = arena.i32(2)
      start.data[1] = SIZES.inputs
      const places = arena.i32(SIZES.inputs)
      places.data.forEach((_, i) => (places.data[i] = i))
      const list = { start: start.at, times: arena.f64(SIZES.inputs).at, exps: 0, inputs: places.at }
      door.present(list, 1, arena.i32(1).at, 1, 77)
      const read = (at: number, units: number): Float64Array => new Float64Array(arena.memory.buffer, at, units)
      const of = recorded.delayed!
      const fired = read(recorded.hidden, SIZES.hidden)
      const off = [
        ...read(of.inputs, SIZES.inputs).map((t) => t - wanted),
        ...read(of.hidden, SIZES.hidden).map((t, h) => t - fired[h] - wanted)
      ]
      return Math.max(...off.map(Math.abs))
    }
    const before = worst({
      inputs: new Uint8Array(SIZES.inputs).fill(nominal),
      hidden: new Uint8Array(SIZES.hidden).fill(nominal)
    })
    expect(before).toBeGreaterThan(1)
    // half a step of the setting, four times the jitter, two stamps
    const after = worst({ inputs: settings(lines.inputs), hidden: settings(lines.hidden) })
    expect(after).toBeLessThan(0.0625 * 1.1 + 4 * 0.06 + 0.016)
  })

  it('learn in the loop, beside the weights', () => {
    const run = (set: Record<string, string | number>) =>
      trainSpikes('delgrad', {
        config: resolveDelgrad({ delays: 'axonal', hidden: 20, ...set }),
        epochs: 20,
        batch: 25,
        seed: 2,
        train: yinYang(400, 1),
        test: yinYang(100, 2),
        port: openNetwork(chipOf()),
        usable: null,
        kernels: kernelsForTest(),
        team: solo
      })
    const epochs: EpochReport[] = []
    for (const report of run({})) if (report.kind === 'epoch') epochs.push(report)
    expect(epochs[19].loss).toBeLessThan(epochs[0].loss)
    expect(epochs[19].testAccuracy).toBeGreaterThan(0.45)
    const moved = (name: string): number => {
      const [from, to] = [epochs[0], epochs[19]].map(({ checkpoint }) => checkpoint.arrays[name])
      return Math.max(...Array.from(from, (value, k) => Math.abs(value - to[k])))
    }
    expect(moved('hiddenDelays')).toBeGreaterThan(0.01)
    expect(moved('outputDelays')).toBeGreaterThan(0.01)
    expect(() => run({ delays: 'synaptic' }).next()).toThrow('allowed on a chip are none, axonal')
  })
})
