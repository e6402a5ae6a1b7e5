import { describe, expect, it } from 'vitest'
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import type { FirstSpikePort } from '../../../src-main/core/emulator/first-spike-port'
import { openNetwork } from '../../../src-main/core/emulator/network/network'
import { solo } from '../../../src-main/core/kernels/team'
import { resolveFirstSpike } from '../../../src-main/core/training/first-spike/settings'
import { trainSpikes } from '../../../src-main/core/training/first-spike/train'
import { testChip } from '../emulator/network/network-source'
import { kernelsForTest } from '../kernels/load'

const NOISE = 0.05
const EARLY = 0.15
const LATE = 2
const SAMPLES = 200
const TEST = 60

/** times of the first input as the chip was given them, of training and of reading */
function given(inputNoise: number): { training: number[]; reading: number[] } {
  const kernels = kernelsForTest()
  const { buffer } = kernels.arena.memory
  const told: { training: number[]; reading: number[] } = { training: [], reading: [] }
  let calls = 0
  const network = openNetwork({ ...testChip(3, 1), fixed: { seed: 5, mismatch: 1 } })
  const chip = network.firstSpikes
  const watched = new Proxy(chip, {
    get: (_, key: keyof FirstSpikePort) => {
      const value = chip[key]
      if (typeof value !== 'function') return value
      return (...all: unknown[]) => {
        if (key === 'present') {
          const [list, , index, count] = all as Parameters<FirstSpikePort['present']>
          const start = new Int32Array(buffer, list.start)
          const times = new Float64Array(buffer, list.times)
          const inputs = new Int32Array(buffer, list.inputs)
          const rows = new Int32Array(buffer, index, count)
          // one epoch of training comes first
          const to = calls < SAMPLES ? told.training : told.reading
          calls += count
          for (const row of rows) {
            for (let k = start[row]; k < start[row + 1]; k++) if (inputs[k] === 0) to.push(times[k])
          }
        }
        return (value as (...of: unknown[]) => unknown).apply(chip, all)
      }
    }
  })
  const run = trainSpikes('first-spike', {
    config: resolveFirstSpike({ hidden: 12, inputNoise, early: EARLY, late: LATE, missHidden: 1, missOutput: 1 }),
    epochs: 1,
    batch: 25,
    seed: 2,
    train: yinYang(SAMPLES, 1),
    test: yinYang(TEST, 2),
    port: Object.defineProperty(network, 'firstSpikes', { value: watched }),
    usable: null,
    kernels,
    team: solo
  })
  while (!run.next().done);
  return told
}

describe('noise on input times', () => {
  it('reaches the chip while it learns, and not while it is read', () => {
    const [without, noisy] = [given(0), given(NOISE)]
    expect(without.training).toHaveLength(SAMPLES)
    // the same samples in the same order: what differs is the noise
    const noise = noisy.training.map((t, k) => t - without.training[k])
    const mean = noise.reduce((sum, x) => sum + x, 0) / SAMPLES
    const sd = Math.sqrt(noise.reduce((sum, x) => sum + (x - mean) ** 2, 0) / SAMPLES)
    // four standard errors
    expect(Math.abs(mean)).toBeLessThan((4 * NOISE) / Math.sqrt(SAMPLES))
    expect(Math.abs(sd / NOISE - 1)).toBeLessThan(4 / Math.sqrt(2 * SAMPLES))
    expect(noisy.reading.slice(0, TEST)).toEqual(without.reading.slice(0, TEST))
  })
})
