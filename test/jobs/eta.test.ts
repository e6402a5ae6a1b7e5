import { describe, expect, it } from 'vitest'
import { Eta } from '../../src-main/jobs/eta'

describe('seconds left', () => {
  it('are unknown until 5 % are done or 10 s have passed', () => {
    const eta = new Eta(0)
    expect(eta.update(0, 0)).toBeNull()
    expect(eta.update(0.02, 1)).toBeNull()
    expect(eta.update(0.06, 3)).not.toBeNull()
  })

  it('are right for steady work', () => {
    const eta = new Eta(0)
    for (let t = 0; t < 50; t++) eta.update(t / 100, t)
    expect(eta.update(0.5, 50)).toBeCloseTo(50, 6)
  })

  it('converge to a new pace', () => {
    const eta = new Eta(0)
    for (let t = 0; t <= 10; t++) eta.update(t / 100, t)
    let left: number | null = null
    for (let k = 1; k <= 80; k++) left = eta.update(0.1 + k / 200, 10 + k)
    expect(left).toBeGreaterThan(90)
    expect(left).toBeLessThan(101)
  })

  it('count only what was done since the start of a resumed job', () => {
    const eta = new Eta(100)
    eta.update(0.8, 100)
    expect(eta.update(0.9, 110)).toBeCloseTo(10, 6)
  })
})
