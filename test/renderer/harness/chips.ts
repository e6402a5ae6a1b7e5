/** Synthetic chips and calibrations: quadrant offsets, a gradient along the columns, mismatch; a few failures. */
import type { CalibrationSummary, Chip, ChipDetail, NeuronMap, SearchTrace } from '../../../src-renderer/api/types'
import { Stream } from '../../../src-main/core/random/stream'
import { trimmedSd } from '../../../src-main/core/statistics/summary'

export const NOW = Date.parse('2026-11-21T09:18:00')
export const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()

interface Shape {
  metric: string
  label: string
  symbol: string
  unit: string
  target: number
  relative: boolean
  sd: number
  quadrants: number[]
  gradient: number
  after: number
  limit: number | null
  code: number
  perSd: number
}

function shape(
  [metric, label, symbol, unit]: [string, string, string, string],
  target: number,
  [sd, gradient, after]: [number, number, number],
  quadrants: number[],
  limit: number | null,
  [code, perSd]: [number, number]
): Shape {
  return {
    metric,
    label,
    symbol,
    unit,
    target,
    relative: unit !== 'LSB',
    sd,
    quadrants,
    gradient,
    after,
    limit,
    code,
    perSd
  }
}

const SHAPES: Shape[] = [
  shape(['leak', 'Leak potential', 'V_leak', 'LSB'], 80, [12, -6, 4.4], [5, 7, -8, -3], 0.3, [629, -32]),
  shape(['reset', 'Reset potential', 'V_reset', 'LSB'], 80, [10, 4, 1.4], [5, 8, -9, -3], 0.2, [625, -32]),
  shape(['threshold', 'Threshold', 'V_thres', 'LSB'], 150, [6.7, 5, 1.4], [-7, 11, -11, 5], 0.35, [389, -14]),
  shape(
    ['tau_mem', 'Membrane time constant', 'τ_mem', 'µs'],
    6,
    [0.11, 0.04, 0.041],
    [0.05, 0.06, -0.07, -0.03],
    0.45,
    [158, 19]
  ),
  shape(
    ['tau_syn_exc', 'Excitatory synaptic time constant', 'τ_syn,exc', 'µs'],
    6,
    [0.235, -0.16, 0.034],
    [0.24, 0.34, -0.36, -0.06],
    0.2,
    [84, 16]
  ),
  shape(
    ['tau_syn_inh', 'Inhibitory synaptic time constant', 'τ_syn,inh', 'µs'],
    6,
    [0.24, -0.12, 0.035],
    [0.22, 0.36, -0.38, -0.08],
    0.2,
    [78, 14]
  ),
  shape(
    ['gain_exc', 'Excitatory synaptic gain', 'g_exc', 'LSB'],
    12,
    [2, 0.4, 0.7],
    [0.3, 2.2, -2.4, 0.5],
    null,
    [487, -27]
  ),
  shape(
    ['gain_inh', 'Inhibitory synaptic gain', 'g_inh', 'LSB'],
    12,
    [1.9, 0.3, 0.7],
    [0.2, 2.3, -2.5, 0.1],
    null,
    [539, -27]
  )
]
export const FAILED = [41, 300, 473]

export function maps(neurons: number, seed: number): NeuronMap[] {
  return SHAPES.map((entry) => {
    const stream = new Stream(seed, entry.metric)
    const size = Math.max(512, neurons)
    const blank = (): Float64Array<ArrayBuffer> => new Float64Array(size).fill(NaN)
    const [before, after, setting, sigma] = [blank(), blank(), blank(), blank()]
    for (let n = 0; n < neurons; n++) {
      const column = (n & 255) / 255 - 0.5
      const deviation = entry.quadrants[(n >> 7) & 3] + entry.gradient * column + entry.sd * stream.normal()
      const rest = entry.after * stream.normal() * (stream.uniform() < 0.02 ? 2.6 : 1)
      before[n] = entry.relative ? entry.target * Math.exp(deviation) : entry.target + deviation
      after[n] = entry.relative ? entry.target * (1 + rest) : entry.target + rest
      setting[n] = Math.min(
        1018,
        Math.max(4, Math.round(entry.code + (entry.perSd * deviation) / entry.sd + 3 * stream.normal()))
      )
      sigma[n] = (entry.relative ? entry.target : 1) * entry.after * (0.25 + 0.2 * stream.uniform())
    }
    const failed = new Uint8Array(size)
    if (neurons >= 512) for (const n of FAILED) failed[n] = 1
    const { metric, label, symbol, unit, target, limit } = entry
    const spreadRatio = neurons > 2 ? trimmedSd(after) / trimmedSd(before) : null
    return {
      metric,
      label,
      symbol,
      unit,
      target,
      targets: null,
      limit,
      spreadRatio,
      measuredBy: 'c-12',
      before,
      after,
      sigma,
      setting,
      failed,
      reads: 10
    }
  })
}

/** a noisy bisection of 13 steps towards the setting */
export function traces(list: NeuronMap[], neuron: number): SearchTrace[] {
  return list.map((map) => {
    const stream = new Stream(neuron, map.metric)
    const goal = map.failed[neuron] ? 1100 : map.setting[neuron]
    const codes: number[] = []
    const observed: number[] = []
    let [code, step] = [511, 256]
    for (let k = 0; k < 13; k++) {
      codes.push(Math.round(code))
      const slope = (map.target ?? 1) / (goal || 1)
      observed.push((map.target ?? 0) + (code - goal) * slope + map.sigma[neuron] * stream.normal())
      code = Math.min(1022, Math.max(0, code + (code > goal + 2 * stream.normal() ? -step : step)))
      step = Math.max(1.5, step / 2)
    }
    const bound = map.failed[neuron] ? 'high' : 'none'
    return {
      metric: map.metric,
      unit: map.unit,
      target: map.target,
      codes,
      observed,
      chosen: map.setting[neuron],
      bound
    }
  })
}

export function calibrations(chip: string, neurons: number): CalibrationSummary[] {
  const targets = { leak: 80, reset: 80, threshold: 150, tau_mem: 6, tau_syn_exc: 6, tau_syn_inh: 6 }
  const usable = neurons >= 512 ? neurons - 5 : neurons
  const made = { seed: 1, ageDays: 0, temperature: 30, targets, sha256: '9c41'.repeat(16) }
  const same = { chip, complete: true, neurons, usable, stale: [], ...made }
  return [
    { ...same, id: 'c-12', active: true, createdAt: ago(372), seconds: 41 },
    {
      ...same,
      id: 'c-9',
      active: false,
      createdAt: ago(1900),
      seconds: 43,
      seed: 2,
      stale: ['excluded since: neuron 88, 391']
    },
    { ...same, id: 'c-4', active: false, complete: false, createdAt: ago(4100), seconds: 12, usable: 0 }
  ]
}

export function chip(id: string, name: string, seed: number, neurons = 512, calibrated = true): Chip {
  return {
    id,
    name,
    model: 'hicann-x',
    seed,
    mismatch: 1,
    recipe: 'A',
    quirks: false,
    ageDays: 0,
    temperature: 30,
    neurons,
    serial: `HX-${seed.toString(16).toUpperCase()}`,
    createdAt: ago(9000),
    active: calibrated ? 'c-12' : null,
    calibrations: calibrated ? 3 : 0,
    excluded: neurons >= 512 && calibrated ? 2 : 0
  }
}

export function detail(summary: Chip): ChipDetail {
  const exclusions =
    summary.excluded > 0
      ? [
          { neuron: 88, reason: 'noisy trace, by hand', by: 'operator' },
          { neuron: 391, reason: 'noisy trace, by hand', by: 'operator' }
        ]
      : []
  const list = summary.active ? calibrations(summary.id, summary.neurons) : []
  const notes =
    summary.excluded > 0
      ? [
          { neuron: 137, note: 'leak jumps by 2 LSB when warm', at: ago(120) },
          { neuron: 402, note: 'slow to settle', at: ago(4000) }
        ]
      : []
  const ageing = { coefficients: 'assumed' as const, history: [] }
  return { ...summary, calibrations: list, exclusions, notes, derived: [], ageing }
}
