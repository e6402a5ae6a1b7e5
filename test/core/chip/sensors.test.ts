// Correlation sensors of twenty chips against the spreads of hardware.md 3.6 and 7.
import { describe, expect, it } from 'vitest'
import {
  converterShift,
  drawAcausalChannels,
  drawSensorQuadrants,
  drawSensors,
  sensorAmplitude,
  sensorTau
} from '../../../src-main/core/chip/hicann-x/sensors'

/** sd, and how well so many values tell it: four standard errors */
class Pool {
  #n = 0
  #sum = 0
  #squares = 0
  add(x: number): void {
    this.#n++
    this.#sum += x
    this.#squares += x * x
  }
  get sd(): number {
    return Math.sqrt((this.#squares - this.#sum ** 2 / this.#n) / (this.#n - 1))
  }
  near(stated: number): void {
    expect(Math.abs(this.sd / stated - 1)).toBeLessThan(4 / Math.sqrt(2 * this.#n))
  }
}

describe('twenty chips', () => {
  it('have sensors that differ as published', () => {
    const pools = { causal: new Pool(), acausal: new Pool(), tau: new Pool(), ratio: new Pool() }
    let least = Infinity
    for (let seed = 0; seed < 20; seed++) {
      const drawn = drawSensors(500 + seed, 1, (seed % 2) as 0 | 1)
      drawn.tau.forEach((tau, k) => {
        pools.causal.add(Math.log(drawn.causal[k]))
        pools.acausal.add(Math.log(drawn.acausal[k]))
        pools.tau.add(Math.log(tau))
        pools.ratio.add(Math.log(drawn.causal[k] / drawn.acausal[k]))
        least = Math.min(least, drawn.baselineCausal[k], drawn.baselineAcausal[k])
      })
    }
    pools.causal.near(0.35)
    pools.acausal.near(0.35)
    pools.tau.near(0.3)
    pools.ratio.near(0.25)
    // calix refuses a chip whose sensors read less than 120 after a reset
    expect(least).toBeGreaterThan(120)
  })

  it('have quadrants and second converter channels that differ as stated', () => {
    const [amplitude, tau, offsets, both] = [new Pool(), new Pool(), new Pool(), new Pool()]
    for (let seed = 0; seed < 20; seed++) {
      const quadrants = drawSensorQuadrants(seed, 1)
      quadrants.amplitude.forEach((x) => amplitude.add(Math.log(x)))
      quadrants.tau.forEach((x) => tau.add(Math.log(x)))
      const causal = Float64Array.from({ length: 512 }, (_, k) => 10 * Math.SQRT2 * Math.sin(k))
      const { channelOffset } = drawAcausalChannels(seed, 1, causal)
      channelOffset.forEach((x, k) => {
        offsets.add(x)
        both.add(x + causal[k])
      })
    }
    amplitude.near(0.1)
    tau.near(0.1)
    offsets.near(10)
    // var(a + b) = 2 · 100 · (1 + 0.1); the sine's own variance is that of the published offsets
    both.near(Math.sqrt(220))
  })

  it('are ideal at mismatch 0 and the same for a seed', () => {
    const ideal = drawSensors(3, 0, 0)
    expect(ideal.causal.every((x) => x === 1) && ideal.tau.every((x) => x === 1)).toBe(true)
    expect(drawSensors(3, 1, 1).tau).toEqual(drawSensors(3, 1, 1).tau)
    expect(drawSensors(3, 1, 1).tau).not.toEqual(drawSensors(3, 1, 0).tau)
  })
})

describe('settings', () => {
  it('move the way calix and haldls say: larger biases and larger trims lower', () => {
    expect(sensorTau(80, 0)).toBe(5)
    expect(sensorAmplitude(70, 0)).toBe(0.5)
    expect(sensorTau(160, 0)).toBe(2.5)
    for (const map of [sensorTau, sensorAmplitude]) {
      for (let trim = 1; trim < 4; trim++) expect(map(70, trim) / map(70, trim - 1)).toBeCloseTo(0.8, 12)
      expect(Number.isFinite(map(0, 0))).toBe(true)
    }
    expect(converterShift(80, 70)).toBe(0)
    expect(Math.abs(converterShift(1022, 70))).toBeLessThan(5)
  })
})
