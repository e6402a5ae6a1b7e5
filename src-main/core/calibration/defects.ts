/**
 * The parts of a chip that a calibration found defective, each by its address. A part is named once, by what is wrong with
 * it, not by all the routines that it spoils: a converter channel that reads nothing makes its neuron fail in every
 * routine, and all sensors of its column too.
 *
 * A quadrant is weak where its synapses give less than 60 % of what the median quadrant's give at the same code of the
 * synapse DAC. Production spreads quadrants by a log-sd of 0.25 (hardware.md 7), so nothing else can be told from outside.
 */
import { median } from '../statistics/summary'
import { quadrantMedians } from './quadrants'
import { HANGS } from './routines/latch'
import type { Defect, DefectivePart, RoutineResult } from './types'

type Finding = Pick<RoutineResult, 'name' | 'label' | 'per' | 'failed' | 'before' | 'after'>

const COLUMNS = 256
const DRIVERS_OF_ARRAY = 128
const SYNAPSES_OF_ARRAY = 256 * 256
const WEAK = 0.6
const QUADRANTS = ['top left', 'top right', 'bottom left', 'bottom right']
const indices = (mask: ArrayLike<number> = []): number[] => Array.from(mask).flatMap((x, n) => (x ? [n] : []))
const half = (first: boolean): string => (first ? 'top' : 'bottom')
const column = (n: number): string => `${half(n < COLUMNS)} column ${n % COLUMNS}`

/** converter routine that finds channels out of order */
const CHANNELS = 'converter_channels'
/** routines about quadrants: what fails there says nothing of a single neuron */
const SHARED = new Set(['converter_offset', 'converter_slope', 'correlation_store', 'correlation_ramp'])

export function defectsOf(findings: readonly Finding[]): Defect[] {
  const of = (name: string): Finding | undefined => findings.find((finding) => finding.name === name)
  const blind = new Set(indices(of(CHANNELS)?.failed))
  return [
    ...[...blind].map((at) => defect('converter channel', at, column(at), 'does not follow the debug line')),
    ...neurons(findings, blind),
    ...comparators(of('comparator_latch')),
    ...weakQuadrants(of('synapse_dac_bias')),
    ...drivers(findings),
    ...synapses(of('correlation_amplitude'), blind)
  ]
}

function defect(part: DefectivePart, at: number, address: string, why: string): Defect {
  return { part, at, address, why }
}

/** those whose reads work and that failed all the same, with the routines in which they did */
function neurons(findings: readonly Finding[], blind: ReadonlySet<number>): Defect[] {
  const failedIn = new Map<number, string[]>()
  for (const { name, label, per, failed } of findings) {
    if (per !== 'neuron' || name === CHANNELS || SHARED.has(name)) continue
    for (const at of indices(failed)) if (!blind.has(at)) failedIn.set(at, [...(failedIn.get(at) ?? []), label])
  }
  return [...failedIn]
    .sort(([a], [b]) => a - b)
    .map(([at, labels]) => defect('neuron', at, `neuron ${at}, ${column(at)}`, `failed: ${labels.join(', ')}`))
}

function comparators(latch: Finding | undefined): Defect[] {
  return Array.from(latch?.after ?? []).flatMap((lost, at) =>
    lost > HANGS
      ? [defect('comparator', at, `neuron ${at}, ${column(at)}`, 'hangs after its threshold was swept, until a reset')]
      : []
  )
}

function weakQuadrants(bias: Finding | undefined): Defect[] {
  if (!bias?.before) return []
  const strengths = quadrantMedians(bias.before)
  const middle = median(strengths)
  return Array.from(strengths).flatMap((strength, q) =>
    strength < WEAK * middle
      ? [defect('quadrant', q, QUADRANTS[q], `synapses at ${Math.round((100 * strength) / middle)} % of the others'`)]
      : []
  )
}

function drivers(findings: readonly Finding[]): Defect[] {
  const failed = findings.filter(({ per }) => per === 'driver').flatMap(({ failed }) => indices(failed))
  return [...new Set(failed)]
    .sort((a, b) => a - b)
    .map((at) => {
      const where = `${half(at < DRIVERS_OF_ARRAY)} driver ${at % DRIVERS_OF_ARRAY}`
      return defect('driver', at, where, "pulses far from its block's")
    })
}

/** single sensors, and columns of which all fail: then it is the column's second converter channel that reads nothing */
function synapses(sensors: Finding | undefined, blind: ReadonlySet<number>): Defect[] {
  const columnOf = (at: number): number => COLUMNS * Math.floor(at / SYNAPSES_OF_ARRAY) + (at % COLUMNS)
  const byColumn = new Map<number, number[]>()
  for (const at of indices(sensors?.failed)) byColumn.set(columnOf(at), [...(byColumn.get(columnOf(at)) ?? []), at])
  return [...byColumn]
    .filter(([n]) => !blind.has(n))
    .sort(([a], [b]) => a - b)
    .flatMap(([n, list]) =>
      list.length === SYNAPSES_OF_ARRAY / COLUMNS
        ? [defect('sensor channel', n, column(n), 'no correlation sensor of the column can be read')]
        : list.map((at) => {
            const row = Math.floor((at % SYNAPSES_OF_ARRAY) / COLUMNS)
            return defect(
              'synapse',
              at,
              `${half(at < SYNAPSES_OF_ARRAY)} row ${row} column ${at % COLUMNS}`,
              'no sensor'
            )
          })
    )
}
