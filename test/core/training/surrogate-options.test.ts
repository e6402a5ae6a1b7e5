/** What a surrogate run can be told beyond the paper's default: turned images, samples set aside, schedules, terms. */
import { describe, expect, it } from 'vitest'
import { solo } from '../../../src-main/core/kernels/team'
import { holdOut, Patience } from '../../../src-main/core/training/held-out'
import { addAmplitude } from '../../../src-main/core/training/surrogate/loss'
import type { Checkpoint, EpochReport, TrainReport } from '../../../src-main/core/training/types'
import { kernelsForTest } from '../kernels/load'
import { tinyRun } from './tiny'

const epochsIn = (reports: TrainReport[]): EpochReport[] =>
  reports.filter((report): report is EpochReport => report.kind === 'epoch')
const bits = (checkpoint: Checkpoint): string => JSON.stringify(checkpoint)
const OPTIONS = { rotation: 15, validation: 0.2, schedule: 'cosine', outputDecay: 0.1, amplitude: 1e-3 }

describe('a run with turned images and samples set aside', () => {
  const whole = tinyRun(kernelsForTest(), solo, { set: OPTIONS })

  it('reads the samples that it set aside', () => {
    const epochs = epochsIn(whole.reports)
    expect(epochs.map(({ validationAccuracy }) => (validationAccuracy ?? 0) > 0.3)).toEqual([true, true, true])
    // 500 samples, 100 of them aside: accuracies are hundredths
    for (const { validationAccuracy = 0 } of epochs) {
      expect(Math.abs(100 * validationAccuracy - Math.round(100 * validationAccuracy))).toBeLessThan(1e-9)
    }
  })

  it('goes on from a checkpoint with the same bits', () => {
    const [first] = epochsIn(whole.reports)
    const resumed = tinyRun(kernelsForTest(), solo, { set: OPTIONS, resume: first.checkpoint })
    expect(bits(resumed.last)).toBe(bits(whole.last))
  })

  it('is another run than one without', () => {
    expect(bits(tinyRun(kernelsForTest(), solo, { set: { ...OPTIONS, rotation: 0 } }).last)).not.toBe(bits(whole.last))
  })

  it('stops when validation does not rise any more', () => {
    // with the smallest learning rate nothing rises after the first epoch
    const set = { validation: 0.2, patience: 2, learningRate: 1e-9 }
    const { reports, last } = tinyRun(kernelsForTest(), solo, { epochs: 9, set })
    expect(epochsIn(reports).length).toBe(3)
    expect(last.epoch).toBe(3)
    expect(tinyRun(kernelsForTest(), solo, { epochs: 9, set, resume: last }).last.epoch).toBe(3)
  })
})

describe('samples set aside', () => {
  it('are drawn from the seed, and no sample is in both parts', () => {
    const { learnt, aside } = holdOut(1000, 0.25, 3)
    expect([learnt.length, aside.length]).toEqual([750, 250])
    expect(new Set([...learnt, ...aside]).size).toBe(1000)
    expect(holdOut(1000, 0.25, 3)).toEqual({ learnt, aside })
    expect(holdOut(1000, 0.25, 4).aside).not.toEqual(aside)
    expect(holdOut(5, 0, 1)).toEqual({ learnt: Int32Array.of(0, 1, 2, 3, 4), aside: new Int32Array(0) })
  })

  it('stop a run only after as many epochs without a rise', () => {
    const patience = new Patience(2)
    const over = [0.5, 0.6, 0.6, 0.55].map((accuracy, k) => {
      patience.hear(k + 1, accuracy)
      return patience.over(k + 1)
    })
    expect(over).toEqual([false, false, false, true])
    expect(patience.saved).toEqual({ best: 0.6, bestEpoch: 2 })
  })
})

describe('the term of the amplitudes', () => {
  it('has the difference quotient as its derivative', () => {
    const maxima = Float64Array.of(0.3, -0.2, 0.5)
    const error = new Float64Array(3)
    const term = addAmplitude(maxima, 10, 0.02, error)
    expect(term).toBeCloseTo((0.02 * (9 + 4 + 25)) / 3, 12)
    for (let o = 0; o < 3; o++) {
      const moved = (by: number): number =>
        addAmplitude(
          maxima.map((m, k) => m + (k === o ? by : 0)),
          10,
          0.02,
          new Float64Array(3)
        )
      expect(error[o]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 6)
    }
  })
})
