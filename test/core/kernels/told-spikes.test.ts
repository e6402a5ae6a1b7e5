import { describe, expect, it } from 'vitest'
import { encodeLatency } from '../../../src-main/core/datasets/latency'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { hiddenCell, spikedAt } from '../../../src-main/core/emulator/network-port'
import { STEP_ORDERS } from '../../../src-main/core/kernels/ideal'
import { spikeCounts } from '../../../src-main/core/kernels/losses'
import { BLOCK, blocksOf } from '../../../src-main/core/kernels/surrogate'
import { solo } from '../../../src-main/core/kernels/team'
import { Stream } from '../../../src-main/core/random/stream'
import { place } from '../../../src-main/core/training/placement'
import { kernelsForTest } from './load'

const shape = { inputs: 64, hidden: 45, outputs: 3, bins: 20, binUs: 1.7, batch: 6 }

describe('spikes of hidden units', () => {
  // three blocks: the last pair of the forward kernel has one only
  it.each(['A', 'C'] as const)('are told by the ideal port, order %s, as they are found in its membranes', (order) => {
    const kernels = kernelsForTest()
    const { arena } = kernels
    const { inputs, hidden, outputs, bins, batch } = shape
    const port = new IdealPort({ tauMemUs: 6, tauSynUs: 6, order: STEP_ORDERS[order] })
    const measured = port.open(kernels, solo, shape, place(port, null, hidden, outputs))
    const stream = new Stream(3, 'told')
    const weights = arena.f32(inputs * 48)
    for (let n = 0; n < inputs; n++) for (let h = 0; h < hidden; h++) weights.data[n * 48 + h] = 0.2 * stream.normal()
    const pixels = Uint8Array.from({ length: batch * inputs }, () => stream.below(256))
    const stimulus = encodeLatency({ side: 8, classes: 2, pixels, labels: new Uint8Array(batch) }, arena)
    const index = arena.i32(batch)
    index.data.forEach((_, b) => (index.data[b] = b))
    port.writeNetwork(weights.at, arena.f32(hidden * 4).at)
    port.present(stimulus, index.at, batch)

    const blocks = blocksOf(hidden)
    const lists = batch * blocks * (bins + 1)
    const found = { counts: arena.f32(batch * blocks * BLOCK), fired: arena.i32(lists), sums: arena.f64(2 * batch) }
    const said = {
      maxima: 0,
      currents: 0,
      peaks: 0,
      counts: found.counts.at,
      sums: found.sums.at,
      fired: found.fired.at
    }
    const { told, ...silent } = measured
    spikeCounts(kernels, { bins, hidden, outputs, lanes: 4 }, silent, said, 0, batch)

    const v = new Float32Array(arena.memory.buffer, measured.membrane, batch * measured.sample)
    const counts = new Float32Array(arena.memory.buffer, told!.counts, batch * blocks * BLOCK)
    const fired = new Int32Array(arena.memory.buffer, told!.fired, lists)
    let total = 0
    for (let b = 0; b < batch; b++) {
      for (let block = 0; block < blocks; block++) {
        const list: number[] = []
        const expected = new Float32Array(BLOCK)
        for (let t = 0; t < bins; t++) {
          let mask = 0
          for (let h = block * BLOCK; h < Math.min(hidden, (block + 1) * BLOCK); h++) {
            if (!spikedAt(v, null, hiddenCell(measured, b, t, h))) continue
            mask |= 1 << (h % BLOCK)
            expected[h % BLOCK]++
            total++
          }
          if (mask !== 0) list.push(t | (mask << 16))
        }
        const first = (b * blocks + block) * (bins + 1)
        for (const lists of [fired, found.fired.data]) {
          expect([...lists.subarray(first, first + 1 + list.length)]).toEqual([list.length, ...list])
        }
        for (const units of [counts, found.counts.data]) {
          expect(units.subarray((b * blocks + block) * BLOCK, (b * blocks + block + 1) * BLOCK)).toEqual(expected)
        }
      }
    }
    expect(total).toBeGreaterThan(100)
    expect(found.sums.data.reduce((sum, x, k) => sum + (k % 2 === 0 ? x : 0), 0)).toBe(total)
  })
})
