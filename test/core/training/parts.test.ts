import { expect, it } from 'vitest'
import { encodeLatency } from '../../../src-main/core/datasets/latency'
import { IdealPort } from '../../../src-main/core/emulator/ideal/port'
import { solo } from '../../../src-main/core/kernels/team'
import { Stream } from '../../../src-main/core/random/stream'
import { IDENTITY } from '../../../src-main/core/training/conversion'
import { initialState } from '../../../src-main/core/training/surrogate/initial'
import { Session } from '../../../src-main/core/training/surrogate/session'
import { resolveConfig, surrogateConfig } from '../../../src-main/core/training/surrogate/settings'
import { kernelsForTest } from '../kernels/load'

const batch = 20
const count = 19
const bins = 300

it('a batch that goes part by part has the gradient and the sums, bit by bit, of one that is presented whole', () => {
  const found = [false, true].map((whole) => {
    const kernels = kernelsForTest()
    const config = surrogateConfig(resolveConfig({ hidden: 45, bins, binUs: 34 / bins, initScale: 3, burst: 0.01 }))
    const port = new IdealPort({ tauMemUs: 6, tauSynUs: 6 })
    const request = { config, batch, classes: 3, inputs: 64, port, usable: null, kernels, team: solo }
    const session = new Session(request, batch)
    session.convert(IDENTITY)
    const stream = new Stream(4, 'parts')
    const pixels = Uint8Array.from({ length: batch * 64 }, () => stream.below(256))
    const labels = Uint8Array.from({ length: batch }, () => stream.below(3))
    const stimulus = encodeLatency({ side: 8, classes: 3, pixels, labels }, kernels.arena, solo, session.code)
    const { network, gradient, index } = session
    index.data.forEach((_, b) => (index.data[b] = batch - 1 - b))
    network.load(initialState(config, 64, 3, session.beta, 1))
    network.write()
    gradient.inputs(stimulus, index.at, count)
    expect(gradient.part).toBe(7)
    let sums = gradient.sums(0)
    for (let first = 0; first < count; first += whole ? count : gradient.part) {
      const length = whole ? count : Math.min(gradient.part, count - first)
      port.present(stimulus, index.at + first * 4, length)
      gradient.losses(labels, index.data.subarray(first), count, 1, 1, 5, 0, length)
      sums = gradient.sums(length, sums)
      for (let block = 0; block < gradient.blocks; block++) {
        gradient.block(block, stimulus, index.at, count, network.outputBlock(block), 1, whole ? undefined : first)
      }
    }
    return { sums: { ...sums }, hidden: gradient.hidden.data.slice(), output: gradient.output.data.slice() }
  })
  expect(found[0]).toEqual(found[1])
  expect(found[0].sums.spikes).toBeGreaterThan(count)
  expect(found[0].hidden.filter((g) => g !== 0).length).toBeGreaterThan(64 * 40)
  expect(found[0].output.some((g) => g !== 0)).toBe(true)
})
