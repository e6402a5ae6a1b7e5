/**
 * Speed of loss, backward pass and update alone, on one thread, at the size that is trained:
 *   BENCH='{}' npx vitest run -c test/bench/vitest.config.ts backward
 */
import { describe, it } from 'vitest'
import { encodeLatency } from '../../src-main/core/datasets/latency'
import { IdealPort } from '../../src-main/core/emulator/ideal/port'
import { solo } from '../../src-main/core/kernels/team'
import { Stream } from '../../src-main/core/random/stream'
import { IDENTITY } from '../../src-main/core/training/conversion'
import { Session } from '../../src-main/core/training/surrogate/session'
import { initialState } from '../../src-main/core/training/surrogate/initial'
import { resolveConfig, surrogateConfig } from '../../src-main/core/training/surrogate/settings'
import { kernelsForTest } from '../core/kernels/load'

const BATCH = 100
const ROUNDS = 200

describe.runIf(process.env['BENCH'])('speed', () => {
  it('loss, backward and update', { timeout: 600_000 }, () => {
    const kernels = kernelsForTest()
    const config = surrogateConfig(resolveConfig({ initScale: 3 }))
    const port = new IdealPort({ tauMemUs: 6, tauSynUs: 6 })
    const session = new Session(
      { config, batch: BATCH, classes: 10, inputs: 256, port, usable: null, kernels, team: solo },
      BATCH
    )
    session.convert(IDENTITY)
    const stream = new Stream(1)
    // a quarter of the pixels spike, as in MNIST
    const pixels = Uint8Array.from({ length: BATCH * 256 }, () =>
      stream.uniform() < 0.25 ? 60 + stream.below(196) : 0
    )
    const labels = Uint8Array.from({ length: BATCH }, () => stream.below(10))
    const stimulus = encodeLatency({ side: 16, classes: 10, pixels, labels }, kernels.arena)
    const { network, gradient, index } = session
    index.data.forEach((_, b) => (index.data[b] = b))
    network.load(initialState(config, 256, 10, session.beta, 1))
    network.write()
    port.present(stimulus, index.at, BATCH)
    const round = (): void => {
      gradient.losses(labels, index.data, BATCH, 1, 1, 0)
      gradient.inputs(stimulus, index.at, BATCH)
      network.tick(1e-6)
      for (let block = 0; block < network.blocks; block++) {
        gradient.block(block, stimulus, index.at, BATCH, network.outputBlock(block), 1)
        network.update(block, gradient.hidden.at, gradient.output.at, { hidden: 0, output: 0 })
      }
      network.write()
    }
    for (let k = 0; k < 20; k++) round()
    // processor time of this process: the machine may be busy with other work
    const since = process.cpuUsage().user
    for (let k = 0; k < ROUNDS; k++) round()
    const seconds = (process.cpuUsage().user - since) / 1e6
    const { spikes } = gradient.sums(BATCH)
    console.log(
      `${Math.round((ROUNDS * BATCH) / seconds)} images a second of processor time, ${spikes / BATCH} hidden spikes an image`
    )
  })
})
