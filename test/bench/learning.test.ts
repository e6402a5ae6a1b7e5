/**
 * How well and how fast a network learns 16 × 16 MNIST, on ideal dynamics or in the loop on a chip that is calibrated
 * first. No part of the tests: it runs only when asked for, e.g.
 *   BENCH='{"epochs":5,"chip":1,"set":{"weightLimit":0.2}}' npx vitest run -c test/bench/vitest.config.ts learning
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { applySettings, medianSettings } from '../../src-main/core/calibration/settings'
import { calibrate } from '../../src-main/core/calibration/suite'
import { dataSet } from '../../src-main/core/datasets/catalog'
import { firstSamples } from '../../src-main/core/datasets/mnist'
import { openChip } from '../../src-main/core/emulator/hicann-x/index'
import { IdealPort } from '../../src-main/core/emulator/ideal/port'
import type { NetworkPort } from '../../src-main/core/emulator/network-port'
import { solo } from '../../src-main/core/kernels/team'
import { evaluateSurrogate } from '../../src-main/core/training/surrogate/evaluate'
import { resolveConfig } from '../../src-main/core/training/surrogate/settings'
import { trainSurrogate } from '../../src-main/core/training/surrogate/train'
import type { ImageSet } from '../../src-main/core/training/types'
import { kernelsForTest } from '../core/kernels/load'

interface Asked {
  epochs: number
  seed?: number
  /** seed of a chip; none: ideal */
  chip?: number
  mismatch?: number
  /** write the median code of the calibration to all neurons */
  median?: boolean
  targets?: Record<string, number>
  train?: number
  set?: Record<string, number>
  /** train on ideal dynamics, evaluate on the chip */
  transfer?: boolean
}

const asked = JSON.parse(process.env['BENCH'] ?? 'null') as Asked | null
const set = dataSet('mnist16')
const folder = join(import.meta.dirname, '../../node_modules', set.origin.package, set.origin.folder)

function images(split: 'train' | 'test'): ImageSet {
  return set.build(
    readFileSync(join(folder, set[split].images.name)),
    readFileSync(join(folder, set[split].labels.name))
  )
}

function chip({ chip: seed = 1, mismatch = 1, median, targets, seed: trialSeed = 1 }: Asked) {
  const since = performance.now()
  const port = openChip({ seed, mismatch, trialSeed })
  const run = calibrate(port, { targets: targets ?? {}, excluded: new Uint8Array(512), reads: 10 })
  let step = run.next()
  while (!step.done) step = run.next()
  const { settings, usable } = step.value
  applySettings(port, median ? medianSettings(settings) : settings)
  port.writeSwitches({ joined: new Uint8Array(512).fill(1) })
  const columns = Uint8Array.from({ length: 256 }, (_, c) => usable[c] & usable[c + 256])
  const count = columns.reduce((a, b) => a + b, 0)
  console.log(`calibrated in ${((performance.now() - since) / 1000).toFixed(1)} s, ${count} usable columns`)
  return { port: port.network, usable: median ? null : columns }
}

describe.runIf(asked)('learning', () => {
  it('surrogate', { timeout: 3_600_000 }, () => {
    if (!asked) return
    const config = resolveConfig(asked.set ?? {})
    const ideal = (): { port: NetworkPort; usable: null } => ({
      port: new IdealPort({ tauMemUs: Number(config['tauMemUs']), tauSynUs: Number(config['tauSynUs']) }),
      usable: null
    })
    const test = images('test')
    const common = { config, batch: 100, seed: asked.seed ?? 1, test, kernels: kernelsForTest(), team: solo }
    const run = trainSurrogate({
      ...common,
      ...(asked.chip === undefined || asked.transfer ? ideal() : chip(asked)),
      epochs: asked.epochs,
      train: firstSamples(images('train'), asked.train)
    })
    let since = performance.now()
    let step = run.next()
    for (; !step.done; step = run.next()) {
      const report = step.value
      if (report.kind === 'conversion') console.log(JSON.stringify(report.conversion))
      if (report.kind !== 'epoch') continue
      const seconds = (performance.now() - since) / 1000
      since = performance.now()
      const { epoch, loss, trainAccuracy, testAccuracy, hiddenSpikesPerSample } = report
      console.log(
        `${epoch} loss ${loss.toFixed(4)} train ${trainAccuracy.toFixed(4)} test ${testAccuracy.toFixed(4)} ` +
          `spikes ${hiddenSpikesPerSample.toFixed(1)} ${seconds.toFixed(2)} s`
      )
    }
    if (!asked.transfer) return
    const { testAccuracy, hiddenSpikesPerSample } = evaluateSurrogate({
      ...common,
      ...chip(asked),
      checkpoint: step.value
    })
    console.log(`on the chip: test ${testAccuracy.toFixed(4)} spikes ${hiddenSpikesPerSample.toFixed(1)}`)
  })
})
