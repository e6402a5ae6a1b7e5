/**
 * What differs between two calibrations, quantity by quantity and neuron by neuron. A neuron differs where its two means
 * are further apart than the tolerance and than so many sd of that difference, which comes from the sd of single reads
 * and their number: so reading noise alone does not count.
 */
import { InloopError } from '../../contract/errors'
import type { Output, Parsed } from '../../contract/index'
import { canonical, type Json } from '../../store/canonical'
import type { Store } from '../../store/index'
import { completed } from './completed'
import { neuronMaps } from './shown'
import { summaryOf } from './staleness'

type Diff = Output<'calibration.diff'>['diff']
type Quantity = Diff['quantities'][number]
type NeuronMap = Output<'calibration.maps'>['maps'][number]

export function calibrationDiff(store: Store, { a, b, tolerance, sigmas }: Parsed<'calibration.diff'>): Diff {
  const [one, other] = [completed(store, a), completed(store, b)]
  const [mapsA, mapsB] = [one, other].map(({ id }) => neuronMaps(store, id))
  const names = new Set([...mapsA, ...mapsB].map(({ metric }) => metric))
  const unknown = Object.keys(tolerance).find((name) => !names.has(name))
  if (unknown !== undefined) {
    throw new InloopError('bad-input', `tolerance: "${unknown}" given; allowed: ${[...names].join(', ')}`)
  }
  const quantities = mapsA.flatMap((mine) => {
    const yours = mapsB.find(({ metric }) => metric === mine.metric)
    return yours ? [quantityDiff(mine, yours, tolerance[mine.metric] ?? 0, sigmas)] : []
  })
  const only = (here: NeuronMap[], there: NeuronMap[]): string[] =>
    here.map(({ metric }) => metric).filter((metric) => !there.some((map) => map.metric === metric))
  const [usableA, usableB] = [one, other].map(({ id }) => store.calibrations.array<Uint8Array>(id, 'usable')!)
  const without = (here: Uint8Array, there: Uint8Array): number[] =>
    [...here.keys()].filter((n) => here[n] === 1 && there[n] !== 1)
  const [lost, gained] = [without(usableA, usableB), without(usableB, usableA)]
  const [onlyA, onlyB] = [only(mapsA, mapsB), only(mapsB, mapsA)]
  return {
    a: summaryOf(store, one.id),
    b: summaryOf(store, other.id),
    sameChip: one.chipSerial === other.chipSerial,
    equal: [...lost, ...gained, ...onlyA, ...onlyB].length === 0 && quantities.every((q) => q.differing === 0),
    record: recordDiff(flat(one), flat(other)),
    onlyA,
    onlyB,
    lost,
    gained,
    quantities
  }
}

function quantityDiff(a: NeuronMap, b: NeuronMap, tolerance: number, sigmas: number): Quantity {
  const { metric, label, symbol, unit } = a
  const variance = ({ sigma, reads }: NeuronMap, n: number): number =>
    Number.isFinite(sigma[n]) ? sigma[n] ** 2 / reads : 0
  const neurons: Quantity['neurons'] = []
  const deltas: { neuron: number; delta: number }[] = []
  let settingsDiffering = 0
  for (let n = 0; n < a.after.length; n++) {
    if (a.setting[n] !== b.setting[n]) settingsDiffering++
    const delta = b.after[n] - a.after[n]
    if (!Number.isFinite(delta)) continue
    deltas.push({ neuron: n, delta })
    const allowed = Math.max(tolerance, sigmas * Math.sqrt(variance(a, n) + variance(b, n)))
    if (Math.abs(delta) <= allowed) continue
    neurons.push({
      neuron: n,
      a: a.after[n],
      b: b.after[n],
      delta,
      allowed,
      settingA: a.setting[n],
      settingB: b.setting[n]
    })
  }
  const sorted = deltas.map(({ delta }) => delta).sort((x, y) => x - y)
  const half = sorted.length >> 1
  const middle = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  const largest = deltas.reduce<(typeof deltas)[number] | null>(
    (most, one) => (most === null || Math.abs(one.delta) > Math.abs(most.delta) ? one : most),
    null
  )
  return {
    metric,
    label,
    symbol,
    unit,
    tolerance,
    compared: deltas.length,
    differing: neurons.length,
    medianDelta: sorted.length ? middle : null,
    largestDelta: largest?.delta ?? null,
    largestAt: largest?.neuron ?? null,
    settingsDiffering,
    neurons
  }
}

type Flat = { [key: string]: Json | undefined }

/** what the record says, name by name */
function flat(made: ReturnType<Store['calibrations']['get']>): Flat {
  const { config, targets, versions, host } = made
  const { targets: _targets, ...options } = config
  const { threads: _threads, ...code } = versions
  const aims = Object.entries(targets).map(([name, value]) => [`target ${name}`, value])
  return { ...options, ...Object.fromEntries(aims), ...code, host } as Flat
}

function recordDiff(a: Flat, b: Flat): Diff['record'] {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys
    .map((key) => ({ key, a: a[key] ?? null, b: b[key] ?? null }))
    .filter((row) => canonical(row.a) !== canonical(row.b))
}
