import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeLatency, LATENCY, latencyBins, latencyUs } from '../../../src-main/core/datasets/latency'
import { Stream } from '../../../src-main/core/random/stream'
import { kernelsForTest } from '../kernels/load'

const vectors = JSON.parse(
  readFileSync(new URL('../../../resources/vectors/mnist16.json', import.meta.url), 'utf8')
) as {
  images: { pixels: number[]; spike_times_us: (number | null)[] }[]
}

describe('latency code', () => {
  it('gives the published times', () => {
    for (const { pixels, spike_times_us } of vectors.images) {
      pixels.forEach((pixel, k) => {
        const expected = spike_times_us[k]
        if (expected === null) expect(latencyUs(pixel)).toBeNaN()
        else expect(Math.abs(latencyUs(pixel) - expected)).toBeLessThan(1e-9)
      })
    }
  })

  it('counts bins from a full-scale pixel, which is the earliest of a batch of digits', () => {
    const bins = latencyBins()
    expect(bins[255]).toBe(0)
    expect(bins[50]).toBe(-1)
    expect(bins[51]).toBe(-1) // 116 µs: after the last bin
    for (let pixel = 60; pixel < 255; pixel++) expect(bins[pixel]).toBeGreaterThanOrEqual(bins[pixel + 1])
    const brightest = vectors.images.map(({ pixels }) => Math.max(...pixels))
    expect(brightest.filter((pixel) => pixel === 255).length).toBeGreaterThan(30)
  })

  it('lists the spikes of each sample by bin, the same for any team', () => {
    const stream = new Stream(3, 'pixels')
    const samples = 7
    const images = {
      side: 16,
      classes: 10,
      pixels: Uint8Array.from({ length: samples * 256 }, () => stream.below(256)),
      labels: new Uint8Array(samples)
    }
    const kernels = kernelsForTest()
    const { input, start, binStart } = encodeLatency(images, kernels.arena)
    const { buffer } = kernels.arena.memory
    const starts = new Int32Array(buffer, start, samples + 1)
    const offsets = new Uint16Array(buffer, binStart, samples * (LATENCY.bins + 1))
    const inputs = new Uint8Array(buffer, input, starts[samples])
    const bins = latencyBins()
    let seen = 0
    for (let s = 0; s < samples; s++) {
      for (let t = 0; t < LATENCY.bins; t++) {
        const at = s * (LATENCY.bins + 1) + t
        for (let e = offsets[at]; e < offsets[at + 1]; e++) {
          const pixel = inputs[starts[s] + e]
          expect(bins[images.pixels[s * 256 + pixel]]).toBe(t)
          seen++
        }
      }
    }
    expect(seen).toBe(images.pixels.filter((pixel) => bins[pixel] >= 0).length)
    expect(starts[samples]).toBe(seen)
  })
})
