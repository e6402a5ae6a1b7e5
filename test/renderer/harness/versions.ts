/** Synthetic answers about versions: a second calibration a little off the first, and a chip that drifted for a month. */
import type { CalibrationDiff, NeuronMap, Schedule, Timeline } from '../../../src-renderer/api/types'
import type { Reply } from '../../../src-main/contract'
import { calibrations, FAILED } from './chips'

/** what the other version measured: the same, but for noise and one quarter of the chip */
export function otherMaps(maps: readonly NeuronMap[]): NeuronMap[] {
  return maps.map((map, k) => ({
    ...map,
    after: map.after.map((value, n) => value * (1 + 0.004 * Math.sin(7.3 * n + k) + (n % 256 > 192 ? 0.05 : 0))),
    setting: map.setting.map((code, n) => code + Math.round(2 * Math.sin(3.1 * n + k)))
  }))
}

export function diffAnswer(maps: readonly NeuronMap[], others: readonly NeuronMap[]): CalibrationDiff {
  const [newest, older] = calibrations('hx-1', 512)
  return {
    a: older,
    b: newest,
    sameChip: true,
    equal: false,
    record: [
      { key: 'seed', a: 2, b: 1 },
      { key: 'target threshold', a: 145, b: 150 },
      {
        key: 'routines',
        a: ['leak', 'reset', 'threshold', 'tau_mem', 'tau_syn_exc', 'tau_syn_inh', 'weights'],
        b: ['leak', 'reset', 'threshold', 'tau_mem', 'tau_syn_exc', 'tau_syn_inh', 'weights', 'stp_offset']
      },
      { key: 'host', a: { os: 'linux', cores: 2 }, b: { os: 'linux', cores: 8 } }
    ],
    onlyA: [],
    onlyB: ['reference_exc'],
    lost: [17],
    gained: [203, 377],
    quantities: maps.map((map, k) => {
      const deltas = Array.from(map.after, (value, n) => others[k].after[n] - value)
      const allowed = 0.02 * Math.abs(map.target ?? map.after[0])
      const beyond = deltas.flatMap((delta, n) => (Math.abs(delta) > allowed ? [n] : []))
      const largestAt = deltas.reduce((most, delta, n) => (Math.abs(delta) > Math.abs(deltas[most]) ? n : most), 0)
      return {
        metric: map.metric,
        label: map.label,
        symbol: map.symbol,
        unit: map.unit,
        tolerance: 0,
        compared: 505,
        differing: beyond.length,
        medianDelta: 0.003 * (map.target ?? 1),
        largestDelta: deltas[largestAt],
        largestAt,
        settingsDiffering: 388,
        neurons: beyond.map((n) => ({
          neuron: n,
          a: map.after[n],
          b: others[k].after[n],
          delta: deltas[n],
          allowed,
          settingA: map.setting[n],
          settingB: others[k].setting[n]
        }))
      }
    })
  }
}

export function timelineAnswer(chip: string, maps: readonly NeuronMap[], neuron: number | null): Timeline {
  const day = (days: number): string => new Date(Date.now() - (30 - days) * 86_400_000).toISOString()
  const points = [0, 5, 10, 17, 24, 30].map((ageDays, k): Timeline['points'][number] => ({
    kind: k === 0 || k === 5 ? 'calibration' : 'measurement',
    calibration: k === 5 ? 'c-12' : 'c-9',
    job: `j-${k}`,
    at: day(ageDays),
    ageDays,
    temperature: 30,
    passed: k !== 4,
    metrics: maps.map(({ metric, label, unit, target, after }) => {
      const centre = target ?? after[0]
      const drift = k === 5 ? 0 : 0.0012 * ageDays
      return {
        metric,
        label,
        unit,
        target,
        median: centre * (1 + drift),
        sd: Math.abs(centre) * (0.008 + drift / 2),
        value: neuron === null ? null : after[neuron] * (1 + 2.1 * drift),
        sigma: 0.4
      }
    })
  }))
  return { chip, neuron, points }
}

export function scheduleAnswer(chip: string, time: string): Schedule[] {
  return time === 'off' ? [] : [{ chip, time, next: new Date(Date.now() + 9 * 3_600_000).toISOString(), lastAt: null }]
}

/** a calibration with the neurons that it failed for, one of each bound */
export function shownAnswer(id: string, metrics: readonly NeuronMap[]): Reply<'calibration.show'> {
  const failures = FAILED.map((neuron, k) => ({
    neuron,
    routine: 'threshold',
    label: 'Threshold',
    bound: (['high', 'low', 'none'] as const)[k % 3],
    measured: k === 2 ? null : 119.4 + k,
    residual: k === 2 ? null : -30.6 + k,
    unit: 'LSB'
  }))
  const routines = metrics.map((map) => ({
    name: map.metric,
    label: map.label,
    quantity: map.metric,
    unit: map.unit,
    target: map.target,
    before: { median: map.target ?? 0, mad: 2, sd: 3 },
    after: { median: map.target ?? 0, mad: 0.2, sd: 0.3 },
    spreadRatio: map.spreadRatio,
    limit: map.limit,
    passed: true,
    reads: 10,
    failed: map.metric === 'threshold' ? FAILED : [],
    seconds: 4.2
  }))
  const made = { ...calibrations('hx-1', 512)[0], id }
  return { calibration: { ...made, defects: [], failures, lists: [], warnings: [], routines } }
}
