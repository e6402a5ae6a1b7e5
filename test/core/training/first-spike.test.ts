import { describe, expect, it } from 'vitest'
import { solo } from '../../../src-main/core/kernels/team'
import { lambertW0 } from '../../../src-main/core/numerics/lambert'
import { firstSpikeReference } from '../../../src-main/core/training/first-spike/reference'
import type { EpochReport } from '../../../src-main/core/training/types'
import { kernelsForTest } from '../kernels/load'
import { tinySpikes } from './tiny-spikes'
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { resolveDelgrad } from '../../../src-main/core/training/first-spike/settings'
import { evaluateSpikes } from '../../../src-main/core/training/first-spike/train'
import type { Checkpoint, Config } from '../../../src-main/core/training/types'

describe('Lambert W', () => {
  it('meets published values and its own definition', () => {
    expect(lambertW0(-0.2)).toBeCloseTo(-0.25917110181907377, 15)
    expect(lambertW0(1)).toBeCloseTo(0.5671432904097838, 15)
    expect(lambertW0(-1)).toBeNaN()
    for (const w of [-0.99, -0.7, -0.1, 1e-8, 0.5, 3, 20]) {
      expect(Math.abs(lambertW0(w * Math.exp(w)) / w - 1)).toBeLessThan(1e-13)
    }
  })
})

describe('first-spike times', () => {
  it('are where the published example has them', () => {
    const times = [0.3, 0.8, 1.2, 1.9]
    const weights = [1.4, -0.5, 1.6, 0.7]
    expect(firstSpikeReference(2, times, weights, 0.5).time).toBeCloseTo(1.6677449237728799, 12)
    expect(firstSpikeReference(1, times, weights, 0.45).time).toBeCloseTo(1.2523201400224684, 12)
    expect(firstSpikeReference(1, times, weights, 1).time).toBe(Infinity)
  })
})

describe('a training run on spike times', () => {
  it.each(['none', 'axonal', 'dendritic', 'synaptic'])('learns with delays: %s', (delays) => {
    const { reports } = tinySpikes(kernelsForTest(), solo, { set: { noise: 'none', delays }, epochs: 12 })
    const epochs = reports.filter((report): report is EpochReport => report.kind === 'epoch')
    expect(epochs[11].loss).toBeLessThan(epochs[0].loss)
    expect(epochs[11].testAccuracy).toBeGreaterThan(0.55)
    expect(epochs[11].sample.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
  })

  it('goes on from any checkpoint with the same bits', () => {
    const whole = tinySpikes(kernelsForTest(), solo)
    const epochs = whole.reports.filter((report): report is EpochReport => report.kind === 'epoch')
    for (const { checkpoint } of epochs.slice(0, 2)) {
      const again = tinySpikes(kernelsForTest(), solo, { resume: checkpoint })
      expect(again.last).toEqual(whole.last)
    }
  })

  it('reads samples that were set aside, stops when they say so, and goes on with the same bits', () => {
    const set = { validation: 0.3, patience: 2, schedule: 'cosine' }
    const whole = tinySpikes(kernelsForTest(), solo, { set, epochs: 40 })
    const epochs = whole.reports.filter((report): report is EpochReport => report.kind === 'epoch')
    const read = epochs.map(({ validationAccuracy }) => validationAccuracy ?? NaN)
    const best = read.indexOf(Math.max(...read))
    expect(epochs.length).toBe(Math.min(40, best + 3))
    const again = tinySpikes(kernelsForTest(), solo, { set, epochs: 40, resume: epochs[1].checkpoint })
    expect(again.last).toEqual(whole.last)
  })

  it('ends with the weights of its best epoch if it shall, and does so after resuming, too', () => {
    // a learning rate that makes the accuracy go up and down
    const set = { validation: 0.3, learningRate: 0.05, delayRate: 0.05 }
    const best = { ...set, keep: 'best' }
    const epochsOf = ({ reports }: ReturnType<typeof tinySpikes>): EpochReport[] =>
      reports.filter((report): report is EpochReport => report.kind === 'epoch')
    const plain = tinySpikes(kernelsForTest(), solo, { set, epochs: 6 })
    const kept = tinySpikes(kernelsForTest(), solo, { set: best, epochs: 6 })
    const { bestEpoch } = plain.last.numbers
    expect(bestEpoch).toBeLessThan(6)
    expect(kept.last.numbers['bestEpoch']).toBe(bestEpoch)
    const there = epochsOf(plain)[bestEpoch - 1]
    expect(kept.last.arrays).toEqual(there.checkpoint.arrays)
    // until then nothing is otherwise, and the test reads what is kept
    expect(epochsOf(kept).map((epoch) => epoch.loss)).toEqual(epochsOf(plain).map((epoch) => epoch.loss))
    expect(epochsOf(kept)[5].testAccuracy).toBe(there.testAccuracy)
    for (const at of [bestEpoch - 1, 4]) {
      const resume = epochsOf(kept)[at].checkpoint
      expect(tinySpikes(kernelsForTest(), solo, { set: best, epochs: 6, resume }).last).toEqual(kept.last)
    }
    expect(() => tinySpikes(kernelsForTest(), solo, { set: { keep: 'best' } })).toThrow(
      'allowed with validation above 0'
    )
  })

  it.each([
    ['steps', 1],
    ['cosine', 0.5]
  ])('bumps silent neurons, twice as much each time, and as much less as rates have fallen (%s)', (schedule, share) => {
    const silent = { noise: 'none', delays: 'none', hiddenMean: -1, hiddenSd: 0, missHidden: 0, bump: 2 ** -30 }
    const { last } = tinySpikes(kernelsForTest(), solo, { set: { ...silent, schedule }, epochs: 2 })
    // 14 batches an epoch; a geometric series, whose second half counts less
    const sum = 2 ** -30 * (2 ** 14 - 1 + share * (2 ** 28 - 2 ** 14))
    for (const weight of last.arrays['hiddenWeights']) expect(weight + 1).toBeCloseTo(sum, 9)
  })

  it('refuses to go on with weights of another shape', () => {
    const { last } = tinySpikes(kernelsForTest(), solo, { epochs: 1 })
    expect(() => tinySpikes(kernelsForTest(), solo, { resume: last, set: { hidden: 12 } })).toThrow(
      'the array hiddenWeights has 260 values, the network needs 240'
    )
  })

  it('is read on ideal neurons with the inputs it had on the chip it was trained on', () => {
    // what presets.ts has for a chip, given by hand
    const chip = { tauRatio: 1, copies: 5, threshold: 2.6, margin: 0.3, hiddenMean: 1, hiddenSd: 0.12, outputMean: 0.3 }
    const own = { noise: 'none', delays: 'none' }
    const { last } = tinySpikes(kernelsForTest(), solo, { set: { ...own, ...chip }, epochs: 4 })
    const read = (set: Config, checkpoint: Checkpoint): unknown =>
      evaluateSpikes({
        method: 'delgrad',
        config: resolveDelgrad({ hidden: 13, ...set }),
        batch: 23,
        seed: 7,
        test: yinYang(110, 2),
        port: new IdealPort({ tauMemUs: 6, tauSynUs: 6 }),
        usable: null,
        kernels: kernelsForTest(),
        team: solo,
        checkpoint
      })
    const fromChip = { ...last, numbers: { ...last.numbers, 'conversion.codesPerUnit': 20 } }
    expect(read(own, fromChip)).toEqual(read({ ...own, ...chip }, last))
    expect(() => read(own, last)).toThrow('the network needs 52')
  })
})
