import { expect, it } from 'vitest'
import { openChip } from '../../../src-main/core/emulator/hicann-x/index'
import { mean, sd } from '../../../src-main/core/statistics/summary'

it('a board reads its temperature, six rails within one percent and its power', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const port = openChip({ seed, mismatch: 1, trialSeed: 1, temperature: 36 })
    const reads = Array.from({ length: 100 }, () => port.readHousekeeping())
    const { rails, milliwatts } = reads[0]
    expect(rails).toHaveLength(6)
    for (const { nominal, volts } of rails) expect(Math.abs(volts / nominal - 1)).toBeLessThanOrEqual(0.01)
    expect(milliwatts).toBeGreaterThan(100)
    expect(milliwatts).toBeLessThan(200)
    // a sensor good to half a kelvin, whose readings differ by a tenth
    const temperatures = reads.map(({ temperature }) => temperature)
    expect(Math.abs(mean(temperatures) - 36)).toBeLessThan(1)
    expect(sd(temperatures)).toBeGreaterThan(0.07)
    expect(sd(temperatures)).toBeLessThan(0.13)
  }
})

it('reading it moves nothing else of the chip', () => {
  const [a, b] = [0, 1].map(() => openChip({ seed: 1, mismatch: 1, trialSeed: 1 }))
  b.readHousekeeping()
  expect(b.readNeuron('leak')).toEqual(a.readNeuron('leak'))
  expect(b.elapsedMs).toBe(a.elapsedMs)
})
