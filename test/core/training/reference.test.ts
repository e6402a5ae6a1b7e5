import { describe, expect, it } from 'vitest'
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { solo } from '../../../src-main/core/kernels/team'
import { resolveReference } from '../../../src-main/core/training/reference/settings'
import { evaluateReference, trainReference } from '../../../src-main/core/training/reference/train'
import type { Checkpoint, EpochReport } from '../../../src-main/core/training/types'
import { kernelsForTest } from '../kernels/load'

function run(network: string, epochs: number, resume?: Checkpoint): { epochs: EpochReport[]; last: Checkpoint } {
  const port = new IdealPort({ tauMemUs: 6, tauSynUs: 6 })
  const basis = { batch: 20, seed: 1, train: yinYang(1000, 42), test: yinYang(300, 40), port, usable: null, team: solo }
  const generator = trainReference({
    ...basis,
    config: resolveReference({ network }),
    epochs,
    kernels: kernelsForTest(),
    ...(resume ? { resume } : {})
  })
  const reports: EpochReport[] = []
  let step = generator.next()
  for (; !step.done; step = generator.next()) if (step.value.kind === 'epoch') reports.push(step.value)
  return { epochs: reports, last: step.value }
}

describe('reference networks', () => {
  it('come in the order that the paper found', () => {
    const [ann, frozen, shallow] = ['ann', 'frozen', 'shallow'].map((network) => run(network, 15))
    const accuracy = (of: typeof ann): number => of.epochs[14].testAccuracy
    expect(accuracy(ann)).toBeGreaterThan(accuracy(frozen))
    expect(accuracy(frozen)).toBeGreaterThan(accuracy(shallow))
    expect(Math.abs(accuracy(shallow) - 0.638)).toBeLessThan(0.05)
    const config = resolveReference({ network: 'ann' })
    expect(evaluateReference({ config, test: yinYang(300, 40), checkpoint: ann.last }).testAccuracy).toBe(accuracy(ann))
  })

  it('go on from a checkpoint with the same bits', () => {
    const whole = run('ann', 3)
    expect(run('ann', 3, whole.epochs[0].checkpoint).last).toEqual(whole.last)
  })
})
