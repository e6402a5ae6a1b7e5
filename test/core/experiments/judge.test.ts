import { describe, expect, it } from 'vitest'
import { EXPERIMENTS } from '../../../src-main/core/experiments/index'
import { drawn, judge } from '../../../src-main/core/experiments/judge'
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

describe('accuracy at a number of spikes', () => {
  const experiment = of({ kind: 'at spikes', runs: ['a', 'b', 'c'], spikes: 20 })
  it('lies on the line between the runs on either side', () => {
    const figures = { a: [97], 'a, spikes': [30], b: [96], 'b, spikes': [10], c: [90], 'c, spikes': [2] }
    expect(judge(experiment, figures, false)[0].value).toBeCloseTo(96.5, 12)
  })

  it('is not known beyond them', () => {
    expect(judge(experiment, { a: [97], 'a, spikes': [30] }, false)[0].value).toBeNull()
    expect(judge(experiment, { b: [96], 'b, spikes': [10] }, false)[0].value).toBeNull()
    expect(judge(experiment, { b: [96], 'b, spikes': [20] }, false)[0].value).toBe(96)
  })
})

describe('a plot', () => {
  it('has the medians of what was measured, and leaves out what was not', () => {
    const plot = {
      title: '',
      along: '',
      error: true,
      lines: [
        {
          label: 'l',
          points: [
            { x: 0, of: 'a' },
            { x: 'a, spikes', of: 'b' },
            { x: 2, of: 'c' }
          ]
        }
      ]
    }
    const { lines, unit } = drawn(plot, { a: [97, 98, 90], 'a, spikes': [7], b: [96] })
    expect(lines).toEqual([
      {
        label: 'l',
        points: [
          { x: 0, y: 3 },
          { x: 7, y: 4 }
        ]
      }
    ])
    expect(unit).toBe('% wrong')
  })
})

describe('the experiments', () => {
  it('judge only what their runs make known', () => {
    for (const { runs, checks, plots = [] } of EXPERIMENTS) {
      const known = new Set(
        runs.flatMap(({ key, vary, moved = [] }) => [
          key,
          `${key}, spikes`,
          ...moved.map((share) => `${key}, moved to ${share}`),
          ...(vary ? vary.levels.map((level) => `${key}, ${vary.name} ${level}`) : [])
        ])
      )
      for (const { value } of checks) {
        const used = Object.entries(value).flatMap(([field, key]): unknown =>
          field === 'kind' || field === 'spikes' ? [] : key
        )
        for (const key of used) expect([...known]).toContain(key)
      }
      const shown = plots.flatMap(({ lines }) => lines.flatMap(({ points }) => points))
      for (const { x, of: key } of shown) {
        expect([...known]).toContain(key)
        if (typeof x === 'string') expect([...known]).toContain(x)
      }
    }
  })

  it('give surrogate runs settings that there are', () => {
    for (const run of EXPERIMENTS.flatMap(({ runs }) => runs)) {
      if (run.method === 'surrogate') expect(() => resolveConfig(run.set)).not.toThrow()
    }
  })
})
