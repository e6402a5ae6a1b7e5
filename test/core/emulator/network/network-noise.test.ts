// Trial noise: an Ornstein-Uhlenbeck membrane and a white converter, different in every trial and sample.
import { describe, expect, it } from 'vitest'
import { openNetwork } from '../../../../src-main/core/emulator/network/network'
import { fillNoise, NOISE_ROWS } from '../../../../src-main/core/emulator/network/noise'
import { solo } from '../../../../src-main/core/kernels/team'
import { kernelsForTest } from '../../kernels/load'
import { placementOf, placeStimulus, SHAPE, testChip } from './network-source'

const SAMPLES = 400
const UNITS = SHAPE.hidden + SHAPE.outputs
const shape = { ...SHAPE, batch: SAMPLES }

/** reads [sample][bin][unit] of a chip without input that rests at 128, for each trial */
function quietReads(
  membraneNoise: number,
  readNoise: number,
  trials: number[],
  { trialSeed = 7, stepped = false } = {}
): Float32Array[] {
  const chip = testChip(3, 0, trialSeed)
  chip.circuits.leak.fill(128.3)
  chip.circuits.fires.fill(stepped ? 1 : 0)
  // a threshold that is never met, and lines that fall within a bin: the kernel takes every bin in steps
  if (stepped) {
    chip.circuits.threshold.fill(200)
    chip.circuits.tauSynExc.fill(1)
  }
  chip.circuits.noise.fill(membraneNoise)
  chip.channels.noise.fill(readNoise)
  const kernels = kernelsForTest()
  const network = openNetwork(chip)
  const measured = network.open(kernels, solo, shape, placementOf())
  network.writeNetwork(kernels.arena.f32(256 * 248).at, kernels.arena.f32(246 * 12).at)
  const stimulus = placeStimulus(
    kernels.arena,
    Array.from({ length: SAMPLES }, () => Array.from({ length: SHAPE.bins }, () => []))
  )
  const index = kernels.arena.i32(SAMPLES)
  index.data.set(Array.from({ length: SAMPLES }, (_, s) => s))
  return trials.map((trial) => {
    network.present(stimulus, index.at, SAMPLES, trial)
    expect(measured.stride).toBe(UNITS)
    return new Float32Array(kernels.arena.memory.buffer, measured.membrane, SAMPLES * SHAPE.bins * UNITS).slice()
  })
}

/** mean of products of deviations from `centre` over all (sample, bin, unit) with a partner, shifted by each argument */
function covariance(
  a: Float32Array,
  b: Float32Array,
  centre: number,
  by: { sample?: number; bin?: number; unit?: number }
): number {
  const { sample = 0, bin = 0, unit = 0 } = by
  let [sum, n] = [0, 0]
  for (let s = 0; s + sample < SAMPLES; s++) {
    for (let t = 0; t + bin < SHAPE.bins; t++) {
      const [p, q] = [(s * SHAPE.bins + t) * UNITS, ((s + sample) * SHAPE.bins + t + bin) * UNITS + unit]
      for (let u = 0; u + unit < UNITS; u++) {
        sum += (a[p + u] - centre) * (b[q + u] - centre)
        n++
      }
    }
  }
  return sum / n
}

const mean = (list: Float32Array): number => list.reduce((sum, x) => sum + x, 0) / list.length

describe('membrane noise', () => {
  const sd = 12
  const [first, second] = quietReads(sd, 0, [1, 2])

  it('has the stationary spread from the first sample on, and is normal', () => {
    // rounding adds 1/12 to the variance
    expect(Math.abs(mean(first) - 128.3)).toBeLessThan(0.1)
    const variance = covariance(first, first, 128.3, {})
    expect(Math.abs(variance / (sd * sd + 1 / 12) - 1)).toBeLessThan(0.02)
    for (const bin of [0, 1, 10, 19]) {
      const here = first.filter((_, k) => Math.floor(k / UNITS) % SHAPE.bins === bin)
      expect(Math.sqrt(covarianceAtRest(here)) / sd).toBeGreaterThan(0.98)
      expect(Math.sqrt(covarianceAtRest(here)) / sd).toBeLessThan(1.02)
    }
    const fourth = first.reduce((sum, x) => sum + (x - 128.3) ** 4, 0) / first.length
    expect(fourth / variance ** 2).toBeGreaterThan(2.85)
    expect(fourth / variance ** 2).toBeLessThan(3.15)
  })

  it('forgets with the membrane time constant', () => {
    const variance = covariance(first, first, 128.3, {})
    for (const bin of [1, 2, 3, 6, 12]) {
      expect(Math.abs(covariance(first, first, 128.3, { bin }) / variance - Math.exp((-1.7 * bin) / 6))).toBeLessThan(
        0.01
      )
    }
  })

  it('is another one for every unit, sample and trial', () => {
    const variance = covariance(first, first, 128.3, {})
    // two units share the table's autocorrelation at their distance: sd 1 / √16384, here 4 of them
    for (const unit of [1, 2, 3, 4, 16, 100]) {
      expect(Math.abs(covariance(first, first, 128.3, { unit }) / variance)).toBeLessThan(0.032)
    }
    for (const sample of [1, 2, 7])
      expect(Math.abs(covariance(first, first, 128.3, { sample }) / variance)).toBeLessThan(0.01)
    expect(Math.abs(covariance(first, second, 128.3, {}) / variance)).toBeLessThan(0.01)
    expect(Math.abs(covariance(first, second, 128.3, { sample: 1 }) / variance)).toBeLessThan(0.01)
  })

  it('follows from the trial seed', () => {
    const [again] = quietReads(sd, 0, [1])
    const [other] = quietReads(sd, 0, [1], { trialSeed: 8 })
    expect(Buffer.compare(Buffer.from(again.buffer), Buffer.from(first.buffer))).toBe(0)
    expect(Math.abs(covariance(first, other, 128.3, {})) / (sd * sd)).toBeLessThan(0.01)
  })

  it('adds up over the steps of a bin to what the bin has when it is taken at once', () => {
    const [[atOnce], [inSteps]] = [quietReads(3, 0, [1]), quietReads(3, 0, [1], { stepped: true })]
    let [different, most] = [0, 0]
    atOnce.forEach((x, k) => {
      if (x !== inSteps[k]) different++
      most = Math.max(most, Math.abs(x - inSteps[k]))
    })
    // a sum of float32 in another order: now and then it is rounded to the other side
    expect(most).toBeLessThanOrEqual(1)
    expect(different / atOnce.length).toBeLessThan(1e-4)
  })

  it('moves the readout units alike', () => {
    const readout = first.filter((_, k) => k % UNITS >= SHAPE.hidden)
    expect(Math.sqrt(covarianceAtRest(readout)) / sd).toBeGreaterThan(0.95)
    expect(Math.sqrt(covarianceAtRest(readout)) / sd).toBeLessThan(1.05)
  })
})

describe('converter noise', () => {
  it('is white with the spread of the channel', () => {
    const [reads] = quietReads(0, 1, [1])
    const variance = covariance(reads, reads, 128.3, {})
    // rounding a normal variable of sd 1 adds 1/12
    expect(Math.abs(Math.sqrt(variance) - Math.sqrt(1 + 1 / 12))).toBeLessThan(0.01)
    expect(Math.abs(mean(reads) - 128.3)).toBeLessThan(0.01)
    for (const by of [{ bin: 1 }, { bin: 5 }, { sample: 1 }])
      expect(Math.abs(covariance(reads, reads, 128.3, by))).toBeLessThan(0.01)
    expect(Math.abs(covariance(reads, reads, 128.3, { unit: 1 }))).toBeLessThan(0.035)
  })

  it('reads the rounded rest when switched off', () => {
    const [reads] = quietReads(0, 0, [1])
    expect(new Set(reads)).toEqual(new Set([128]))
  })
})

describe('table of normal numbers', () => {
  it('has mean 0 and variance 1, begins again where it ends, and differs between trial seeds', () => {
    const table = new Float32Array(NOISE_ROWS * 4 + 272)
    fillNoise(table, 5)
    const whole = table.slice(0, NOISE_ROWS * 4)
    expect(Math.abs(mean(whole))).toBeLessThan(1e-6)
    expect(whole.reduce((sum, x) => sum + x * x, 0) / whole.length).toBeCloseTo(1, 5)
    expect(table.slice(NOISE_ROWS * 4)).toEqual(table.slice(0, 272))
    // Kolmogorov and Smirnov against the normal distribution, over the half that was drawn: 1.63 / √n at 1 %
    const half = Float64Array.from(whole.slice(0, whole.length / 2)).sort()
    let distance = 0
    half.forEach((x, k) => {
      distance = Math.max(distance, Math.abs(normalDistribution(x) - (k + 0.5) / half.length))
    })
    expect(distance).toBeLessThan(1.63 / Math.sqrt(half.length))
    const other = new Float32Array(table.length)
    fillNoise(other, 6)
    expect(other).not.toEqual(table)
  })
})

function covarianceAtRest(list: Float32Array): number {
  return list.reduce((sum, x) => sum + (x - 128.3) ** 2, 0) / list.length - 1 / 12
}

/** Φ(x), by Simpson's rule on the density */
function normalDistribution(x: number): number {
  const n = 200
  const h = x / n
  const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  let sum = density(0) + density(x)
  for (let k = 1; k < n; k++) sum += density(k * h) * (k % 2 === 1 ? 4 : 2)
  return 0.5 + (sum * h) / 3
}
