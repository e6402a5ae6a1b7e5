import { describe, expect, it } from 'vitest'
import type { Option, RunDetail } from '../../src-renderer/api/types'
import { asked } from '../../src-renderer/lib/runs/again'
import { cli } from '../../src-renderer/lib/text/cli'

const option = (key: string, usual: number | string | null): Option => ({ key, default: usual }) as Option

function detail(config: RunDetail['config'], chip = 'hx-1', calibration: string | null = 'c-3'): RunDetail {
  const run = { method: 'surrogate', dataset: 'mnist16', chip, calibration, epochs: 5, seed: 7, config }
  return run as Partial<RunDetail> as RunDetail
}

describe('what a run was asked for', () => {
  const options = [option('decay', 0.97), option('schedule', 'exponential'), option('hidden', 246)]

  it('is asked for again in full: settings that are not the usual ones, and how many samples', () => {
    const config = { batch: 40, decay: 0.92, schedule: 'cosine', hidden: 246, limitTrain: 1200, limitTest: null }
    expect(cli.train(asked(detail(config), options))).toBe(
      'inloop train surrogate --dataset mnist16 --chip hx-1 --calibration c-3 --epochs 5 --batch 40 --seed 7 ' +
        '--set decay=0.92 --set schedule=cosine --limit-train 1200'
    )
  })

  it('is what was asked for, not what it came to: a setting that was left open is left open again', () => {
    const open = [option('learningRate', null), option('bump', null), option('hidden', 120)]
    const config = { batch: 40, learningRate: 0.01, bump: null, hidden: 120 }
    const run = { ...detail(config, 'ideal', null), asked: { learningRate: 0.01, bump: null, gone: 1 } }
    expect(asked(run, open).set).toEqual({ learningRate: 0.01 })
    expect(asked({ ...run, asked: {} }, open).set).toEqual({})
    expect(asked(detail({ ...config, learningRate: null }, 'ideal', null), open).set).toEqual({})
  })

  it('names no calibration where none was used', () => {
    const usual = { batch: 100, decay: 0.97, schedule: 'exponential', hidden: 246 }
    expect(cli.train(asked(detail(usual, 'hx-1', null), options))).toContain('--calibration none')
    expect(cli.train(asked(detail(usual, 'ideal', null), options))).not.toMatch(/--calibration|--set|--limit/)
  })
})
