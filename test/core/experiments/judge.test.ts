import { describe, expect, it } from 'vitest'
import { EXPERIMENTS } from '../../../src-main/core/experiments/index'
import { judge } from '../../../src-main/core/experiments/judge'
import type { Experiment, Value } from '../../../src-main/core/experiments/types'
import { resolveConfig } from '../../../src-main/core/training/surrogate/settings'

const of = (value: Value): Experiment => ({
  name: 'x',
  title: '',
  paper: '',
  suites: [],
  seeds: 3,
  runs: [],
  checks: [{ name: 'x', value, paper: null, band: [null, 1.3], quick: [null, 2] }]
})

describe('an experiment is judged', () => {
  it('by the ratio of errors, seed by seed', () => {
    const experiment = of({ kind: 'error ratio', of: 'a', to: 'b' })
    const figures = { a: [96, 97, 90], b: [98, 97, 95] }
    expect(judge(experiment, figures, false)).toEqual([
      { name: 'x', value: 2, paper: null, band: [null, 1.3], passed: false }
    ])
    expect(judge(experiment, figures, true)[0].passed).toBe(true)
    expect(judge(experiment, { a: [96] }, false)[0]).toMatchObject({ value: null, passed: false })
  })
})

describe('the experiments', () => {
  it('judge only what their runs make known', () => {
    for (const { runs, checks } of EXPERIMENTS) {
      const known = new Set(
        runs.flatMap(({ key, vary }) => [
          key,
          `${key}, spikes`,
          ...(vary ? vary.levels.map((level) => `${key}, ${vary.name} ${level}`) : [])
        ])
      )
      for (const { value } of checks) {
        const used = Object.entries(value).flatMap(([field, key]) => (field === 'kind' ? [] : [key]))
        for (const key of used) expect([...known]).toContain(key)
      }
    }
  })

  it('give surrogate runs settings that there are', () => {
    for (const run of EXPERIMENTS.flatMap(({ runs }) => runs)) {
      if (run.method === 'surrogate') expect(() => resolveConfig(run.set)).not.toThrow()
    }
  })
})
