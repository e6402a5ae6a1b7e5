/** Which samples were read right: of each label as many as stand on the diagonal of the confusion matrix. */
import { expect, it } from 'vitest'
import { yinYang } from '../../../src-main/core/datasets/yin-yang'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { solo } from '../../../src-main/core/kernels/team'
import { resolveReference } from '../../../src-main/core/training/reference/settings'
import { trainReference } from '../../../src-main/core/training/reference/train'
import { rightBits } from '../../../src-main/core/training/right'
import type { EpochReport, TrainReport } from '../../../src-main/core/training/types'
import { kernelsForTest } from '../kernels/load'
import { images, tinyRun } from './tiny'
import { tinySpikes } from './tiny-spikes'

it('a sample has a bit, from the lowest of the first byte on', () => {
  expect([...rightBits([1, 0, 0, 1, 0, 0, 0, 0, 1, 1])]).toEqual([0b1001, 0b11])
  expect(rightBits(new Uint8Array(16)).length).toBe(2)
})

const test = yinYang(300, 40)
const port = new IdealPort({ tauMemUs: 6, tauSynUs: 6 })
const reference = (): TrainReport[] => {
  const config = resolveReference({ network: 'ann' })
  const basis = { batch: 20, seed: 1, train: yinYang(500, 42), test, port, usable: null, team: solo, epochs: 1 }
  return [...trainReference({ ...basis, config, kernels: kernelsForTest() })]
}

it.each([
  ['surrogate', () => tinyRun(kernelsForTest(), solo, { epochs: 1 }).reports, images(2, 130).labels],
  [
    'recurrent',
    () => tinyRun(kernelsForTest(), solo, { epochs: 1, set: { recurrent: true } }).reports,
    images(2, 130).labels
  ],
  ['first-spike', () => tinySpikes(kernelsForTest(), solo, { epochs: 1 }).reports, null],
  ['reference', reference, test.labels]
])('%s', (_name, run, labels) => {
  const {
    right,
    confusion,
    testSamples: n,
    testAccuracy
  } = run().find((each): each is EpochReport => each.kind === 'epoch')!
  const bit = (k: number): number => (right[k >> 3] >> (k & 7)) & 1
  const classes = Math.sqrt(confusion.length)
  const counts = new Array<number>(classes).fill(0)
  let all = 0
  for (let k = 0; k < 8 * right.length; k++) {
    all += bit(k)
    if (labels && k < n) counts[labels[k]] += bit(k)
  }
  expect(right.length).toBe(Math.ceil(n / 8))
  expect(all / n).toBe(testAccuracy)
  if (labels) expect(counts).toEqual(counts.map((_, k) => confusion[k * (classes + 1)]))
})
