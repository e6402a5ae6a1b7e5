/**
 * How well and how fast the ideal network learns 16 × 16 MNIST. No part of the tests: it runs only when asked for,
 *   BENCH='{"epochs":5,"set":{"weightLimit":0.2}}' npx vitest run -c test/bench/vitest.config.ts learning
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { dataSet } from '../../src-main/core/datasets/catalog'
import { IdealPort } from '../../src-main/core/emulator/ideal/port'
import { solo } from '../../src-main/core/kernels/team'
import { resolveConfig } from '../../src-main/core/training/surrogate/settings'
import { trainSurrogate } from '../../src-main/core/training/surrogate/train'
import type { ImageSet } from '../../src-main/core/training/types'
import { kernelsForTest } from '../core/kernels/load'

const asked = JSON.parse(process.env['BENCH'] ?? 'null') as {
  epochs: number
  seed?: number
  set?: Record<string, number>
} | null
const set = dataSet('mnist16')
const folder = join(import.meta.dirname, '../../node_modules', set.origin.package, set.origin.folder)

function images(split: 'train' | 'test'): ImageSet {
  return set.build(
    readFileSync(join(folder, set[split].images.name)),
    readFileSync(join(folder, set[split].labels.name))
  )
}

describe.runIf(asked)('learning', () => {
  it('ideal', { timeout: 3_600_000 }, () => {
    const config = resolveConfig(asked?.set ?? {})
    const run = trainSurrogate({
      config,
      epochs: asked?.epochs ?? 1,
      batch: 100,
      seed: asked?.seed ?? 1,
      train: images('train'),
      test: images('test'),
      port: new IdealPort({ tauMemUs: Number(config['tauMemUs']), tauSynUs: Number(config['tauSynUs']) }),
      usable: null,
      kernels: kernelsForTest(),
      team: solo
    })
    let since = performance.now()
    for (const report of run) {
      if (report.kind !== 'epoch') continue
      const seconds = (performance.now() - since) / 1000
      since = performance.now()
      const { epoch, loss, trainAccuracy, testAccuracy, hiddenSpikesPerSample } = report
      console.log(
        `${epoch} loss ${loss.toFixed(4)} train ${trainAccuracy.toFixed(4)} test ${testAccuracy.toFixed(4)} ` +
          `spikes ${hiddenSpikesPerSample.toFixed(1)} ${seconds.toFixed(2)} s`
      )
    }
  })
})
