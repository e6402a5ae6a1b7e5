// Spike recordings from HDF5 files in SHD's layout: read, kept, damaged, missing.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { addDataSet, listDataSets, prepare, removeDataSet } from '../../src-main/compute/datasets/index'
import { half, readRecordings } from '../../src-main/compute/datasets/hdf5'
import { EventEncoder, takenChannels, TICK_SECONDS } from '../../src-main/core/datasets/events'
import { solo } from '../../src-main/core/kernels/team'
import { Stream } from '../../src-main/core/random/stream'
import { dashboardOf } from '../../src-main/compute/dashboard'
import { methodNamed } from '../../src-main/compute/methods'
import { openNetwork } from '../../src-main/core/emulator/network/network'
import type { EpochReport } from '../../src-main/core/training/types'
import { testChip } from '../core/emulator/network/network-source'
import { kernelsForTest } from '../core/kernels/load'
import { toHalf, writeShd } from './hdf5-file'
import type { Recording } from './hdf5-file'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-shd-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

function recordings(seed: number, count: number): Recording[] {
  const stream = new Stream(seed, 'recordings')
  return Array.from({ length: count }, (_, k) => {
    const times = Array.from({ length: 5 + stream.below(40) }, () => stream.uniform()).sort((a, b) => a - b)
    return { times, units: times.map(() => stream.below(700)), label: k % 20 }
  })
}

const where = { resources: folder, cache: path.join(folder, 'cache') }
const given = (name: string): string => {
  const at = path.join(folder, name)
  fs.mkdirSync(at, { recursive: true })
  return at
}

/** classes that differ in where and when their spikes are, with some that mean nothing */
function spoken(seed: number, count: number): Recording[] {
  const stream = new Stream(seed, 'spoken')
  return Array.from({ length: count }, () => {
    const label = stream.below(4)
    const spikes = Array.from({ length: 400 }, (_, k) => {
      const noise = k % 4 === 0
      const time = noise ? stream.uniform() : 0.2 + 0.2 * (label & 1) + 0.04 * stream.normal()
      const unit = noise ? stream.below(700) : 125 + 150 * label + 40 * stream.normal()
      return { time: Math.max(0, time), unit: Math.max(0, Math.min(699, Math.round(unit))) }
    }).sort((a, b) => a.time - b.time)
    return { times: spikes.map(({ time }) => time), units: spikes.map(({ unit }) => unit), label }
  })
}

describe('recordings of spikes', () => {
  it('train a recurrent network, on ideal dynamics and with a chip in the loop', async () => {
    const from = given('spoken')
    writeShd(path.join(from, 'shd_train.h5'), spoken(1, 240))
    writeShd(path.join(from, 'shd_test.h5'), spoken(2, 80))
    await addDataSet({ name: 'spoken', path: from, side: null }, where)
    const { train, test } = await prepare('spoken', where)
    const surrogate = methodNamed('surrogate')
    const set = {
      hidden: 30,
      bins: 60,
      compression: 8000,
      initScale: 3,
      learningRate: 0.01,
      readoutScale: 0.2,
      channelJitter: 5
    }
    const config = surrogate.resolve(set, train)
    expect(config).toMatchObject({ recurrent: true, readout: 'sum', hidden: 30 })
    const ports = { ideal: surrogate.ideal(config), chip: openNetwork(testChip(3, 0.3)) }
    for (const port of Object.values(ports)) {
      const kernels = kernelsForTest()
      const request = { config, batch: 20, seed: 1, port, usable: null, kernels, team: solo }
      const run = surrogate.train({ ...request, epochs: 5, train, test })
      let last: EpochReport | undefined
      let step = run.next()
      for (; !step.done; step = run.next()) if (step.value.kind === 'epoch') last = step.value
      expect(last!.testAccuracy).toBeGreaterThan(0.9)
      expect(last!.hiddenSpikesPerSample).toBeGreaterThan(1)
      expect(last!.sample).toMatchObject({ side: 0, inputs: 70 })
      expect(dashboardOf(last!, port.weightLimit)).toMatchObject({ recurrent: { units: 30 }, weights: { rows: 1 } })
      const again = surrogate.evaluate({ ...request, checkpoint: step.value, test, samePlace: true })
      expect(Math.abs(again.testAccuracy - last!.testAccuracy)).toBeLessThan(0.06)
    }
  })

  it('16-bit floats are those of IEEE 754', () => {
    // from the standard's table of interchange formats: smallest, largest subnormal, smallest normal, near 1/3, 1, 1.5, −2
    const known = [
      [0x0001, 2 ** -24],
      [0x03ff, 1023 * 2 ** -24],
      [0x0400, 2 ** -14],
      [0x3555, 0.333251953125],
      [0x3c00, 1],
      [0x3e00, 1.5],
      [0xc000, -2]
    ]
    for (const [bits, value] of known) expect(half(bits)).toBe(value)
    expect(half(0x7c00)).toBe(Infinity)
  })

  it.each([16, 32] as const)('come out of a file as they went in (times of %i bits)', async (precision) => {
    const list = recordings(1, 1300)
    const file = path.join(folder, `plain${precision}.h5`)
    writeShd(file, list, precision)
    const { channels, start, channel, tick, labels } = await readRecordings(file)
    expect(channels).toBe(700)
    expect([...labels]).toEqual(list.map(({ label }) => label))
    list.forEach(({ times, units }, k) => {
      expect([...channel.subarray(start[k], start[k + 1])]).toEqual(units)
      times.forEach((t, j) => {
        const stored = precision === 16 ? half(toHalf(t)) : t
        expect(Math.abs(tick[start[k] + j] * TICK_SECONDS - stored)).toBeLessThanOrEqual(TICK_SECONDS / 2 + 1e-7)
      })
    })
  })

  it('name the file and what is wrong with it', async () => {
    const file = path.join(folder, 'damaged.h5')
    writeShd(file, recordings(1, 30), 16, 'units')
    await expect(readRecordings(file)).rejects.toThrow(`${file}: has no list spikes/units`)
    writeShd(file, recordings(1, 30), 16, 'labels')
    await expect(readRecordings(file)).rejects.toThrow(`${file}: has no list labels`)
    writeShd(file, [{ times: [0.1], units: [700], label: 0 }])
    await expect(readRecordings(file)).rejects.toThrow(`${file}: recording 0: a unit beyond 699`)
    writeShd(file, [{ times: [0.1, 0.2], units: [3], label: 0 }])
    await expect(readRecordings(file)).rejects.toThrow('recording 0: 2 times, 1 units')
    writeShd(file, recordings(1, 300))
    const whole = fs.readFileSync(file)
    fs.writeFileSync(file, whole.subarray(0, 6000))
    await expect(readRecordings(file)).rejects.toThrow(`${file}: `)
    fs.writeFileSync(file, 'no such thing')
    await expect(readRecordings(file)).rejects.toThrow(`${file}: is no HDF5 file`)
  })

  it('are added to the workspace, checked by their hash, and missing ones are asked for', async () => {
    expect(listDataSets(where).find((set) => set.name === 'shd')).toMatchObject({ present: false, sha256: null })
    await expect(prepare('shd', where)).rejects.toThrow(/'shd' is not there: add shd_train.h5 and shd_test.h5/)
    const from = given('shd')
    await expect(addDataSet({ name: 'shd', path: from, side: null }, where)).rejects.toThrow(
      'without shd_train.h5 and shd_test.h5; allowed'
    )
    writeShd(path.join(from, 'shd_train.h5'), recordings(1, 60))
    writeShd(path.join(from, 'shd_test.h5'), recordings(2, 40))
    const info = await addDataSet({ name: 'shd', path: from, side: null }, where)
    expect(info).toMatchObject({ name: 'shd', present: true, samples: 100, origin: 'added from shd' })
    const { train, test, sha256 } = await prepare('shd', where)
    expect(sha256).toBe(info.sha256)
    expect([train.labels.length, test.labels.length, train.classes, train.side]).toEqual([60, 40, 20, 0])
    const source = recordings(2, 40)
    const { start, channel } = test.events!
    source.forEach(({ units }, k) => expect([...channel.subarray(start[k], start[k + 1])]).toEqual(units))

    const kept = path.join(folder, 'datasets', 'shd.images')
    const bytes = fs.readFileSync(kept)
    bytes[bytes.length - 5] ^= 1
    fs.writeFileSync(kept, bytes)
    await expect(prepare('shd', where)).rejects.toThrow('does not carry the samples its checksum says')
    expect(removeDataSet('shd', where)).toBeNull()
    expect(listDataSets(where).find((set) => set.name === 'shd')?.present).toBe(false)
  })

  it('are encoded by channel and by time, 2000 times faster', () => {
    const { arena } = kernelsForTest()
    const taken = takenChannels(700, 70)
    expect(taken.filter((k) => k >= 0).length).toBe(70)
    expect([taken[5], taken[15], taken[695], taken[4]]).toEqual([0, 1, 69, -1])
    const events = {
      channels: 700,
      start: Int32Array.of(0, 2, 5),
      channel: Uint16Array.of(5, 6, 695, 15, 15),
      // 3.4 ms are a bin of 1.7 µs
      tick: Uint16Array.from([0, 0.001, 0.0171, 0.0035, 0.9], (t) => Math.round(t / TICK_SECONDS))
    }
    const code = { channels: 70, compression: 2000, bins: 20, binUs: 1.7 }
    const { input, start, binStart } = new EventEncoder(events, 2, arena, solo, code).encode()
    const { buffer } = arena.memory
    // the spike at 0.9 s comes after the last bin
    expect([...new Int32Array(buffer, start, 3)]).toEqual([0, 1, 3])
    expect([...new Uint8Array(buffer, input, 3)]).toEqual([0, 1, 69])
    const bins = new Uint16Array(buffer, binStart, 2 * 21)
    expect([bins[0], bins[1], bins[20]]).toEqual([0, 1, 1])
    expect([...bins.subarray(21, 28)]).toEqual([0, 0, 1, 1, 1, 1, 2])

    const again = new EventEncoder(events, 2, arena, solo, code, true)
    const moved = (epoch: number): string => {
      const stimulus = again.encode({ sd: 20, seed: 1, epoch })
      return [...new Uint8Array(buffer, stimulus.input, new Int32Array(buffer, stimulus.start, 3)[2])].join()
    }
    const seen = new Set(Array.from({ length: 8 }, (_, epoch) => moved(epoch)))
    expect(seen.size).toBeGreaterThan(3)
    expect(moved(3)).toBe(moved(3))
  })
})
