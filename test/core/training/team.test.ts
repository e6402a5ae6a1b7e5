import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import { teamBuffer } from '../../../src-main/compute/shared-team'
import { sharedMemory } from '../../../src-main/core/kernels/module'
import { solo } from '../../../src-main/core/kernels/team'
import type { EpochReport } from '../../../src-main/core/training/types'
import { kernelBytes, kernelsForTest } from '../kernels/load'
import { tinyRun } from './tiny'
import { tinySpikes } from './tiny-spikes'

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'node_modules/.cache/team-test')

/** all that a run reports, weights and moments included */
function trainWith(size: number, what: 'surrogate' | 'recurrent' | 'spikes' = 'surrogate'): Promise<string> {
  const shared = { what, size, buffer: teamBuffer(), memory: sharedMemory(), kernels: kernelBytes }
  return new Promise((resolve, reject) => {
    for (let index = 0; index < size; index++) {
      const worker = new Worker(join(folder, 'member.js'), { workerData: { ...shared, index } })
      worker.on('error', reject)
      worker.on('message', resolve)
    }
  })
}

describe('a training run', () => {
  const alone = tinyRun(kernelsForTest(), solo)
  const epochs = alone.reports.filter((report): report is EpochReport => report.kind === 'epoch')

  beforeAll(async () => {
    const entry = join(import.meta.dirname, 'member.ts')
    await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        ssr: entry,
        outDir: folder,
        emptyOutDir: true,
        rolldownOptions: { output: { entryFileNames: 'member.js' } }
      }
    })
  })

  it('learns', () => {
    expect(epochs.length).toBe(3)
    expect(epochs[2].loss).toBeLessThan(epochs[0].loss)
    expect(epochs[2].testAccuracy).toBeGreaterThan(0.8)
    expect(epochs[2].testSamples).toBe(130)
    expect(epochs[2].hiddenSpikesPerSample).toBeGreaterThan(1)
    const total = epochs[2].confusion.reduce((sum, n) => sum + n, 0)
    const right = [0, 1, 2, 3].reduce((sum, k) => sum + epochs[2].confusion[k * 5], 0)
    expect([total, right / total]).toEqual([130, epochs[2].testAccuracy])
  })

  it('has the same bits on one, two and three threads', async () => {
    const expected = JSON.stringify(alone.reports)
    for (const size of [1, 2, 3]) expect(await trainWith(size)).toBe(expected)
  })

  it('has the same bits on one and two threads where hidden units hear each other', async () => {
    const expected = JSON.stringify(tinyRun(kernelsForTest(), solo, { set: { recurrent: true } }).reports)
    for (const size of [1, 2]) expect(await trainWith(size, 'recurrent')).toBe(expected)
  })

  it('has the same bits on one, two and three threads with spike times', async () => {
    const expected = JSON.stringify(tinySpikes(kernelsForTest(), solo).reports)
    for (const size of [1, 2, 3]) expect(await trainWith(size, 'spikes')).toBe(expected)
  })

  it('goes on from any checkpoint with the same bits', () => {
    for (const { checkpoint } of epochs.slice(0, 2)) {
      const again = tinyRun(kernelsForTest(), solo, { resume: checkpoint })
      expect(again.last).toEqual(alone.last)
      expect(again.reports.at(-1)).toEqual(alone.reports.at(-1))
    }
  })

  it('refuses to go on with weights of another shape', () => {
    expect(() => tinyRun(kernelsForTest(), solo, { resume: alone.last, set: { hidden: 44 } })).toThrow(
      'the hidden weights have 2880 values, the network needs 64 × 44'
    )
  })

  it('shows a sample as it was measured; the ideal network is what ideal dynamics measure', () => {
    const { sample } = epochs[2]
    expect(sample.index).toBe(2)
    expect(sample.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    expect(sample.shown.length).toBe(6)
    sample.measured.forEach((v, k) => expect(Math.abs(v - sample.modelled[k])).toBeLessThan(1e-4))
  })
})
