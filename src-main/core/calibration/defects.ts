/**
 * The parts of a chip that a calibration found defective, each by its address. A part is named once, by what is wrong with
 * it, not by all the routines that it spoils: a converter channel that reads nothing makes its neuron fail in every
 * routine, and all sensors of its column too; a dead circuit spoils the pair that it is measured in.
 *
 * A calibration on top of another knows what that one found. It stays defective, whether or not the few routines that run
 * now would meet it, until the routines that found it run again.
 *
 * A quadrant is weak where its synapses give less than 60 % of what the median quadrant's give at the same code of the
 * synapse DAC. Production spreads quadrants by a log-sd of 0.25 (hardware.md 7), so nothing else can be told from outside.
 */
import { median } from '../statistics/summary'
import { quadrantMedians } from './quadrants'
import { HANGS } from './routines/latch'
import { NEURONS } from './settings'
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

/** measures circuits in pairs of neighbours: a defective one spoils its partner's number */
const PAIRS = 'inter_compartment'
const partner = (n: number): number => n ^ 1

/** @param known of the calibration that this one was made on top of */
export function defectsOf(findings: readonly Finding[], known: readonly Defect[] = []): Defect[] {
  const of = (name: string): Finding | undefined => findings.find((finding) => finding.name === name)
  const again = ({ by = [] }: Defect): boolean => by.length > 0 && by.every((name) => of(name))
  const kept = known.filter((one) => !again(one))
  const blind = new Set([...indices(of(CHANNELS)?.failed), ...places(kept, 'converter channel')])
  const found = [
    ...indices(of(CHANNELS)?.failed).map((at) =>
      defect('converter channel', at, column(at), 'does not follow the debug line', [CHANNELS])
    ),
    ...neurons(findings, blind, new Set([...blind, ...places(kept, 'neuron')])),
    ...comparators(of('comparator_latch')),
    ...weakQuadrants(of('synapse_dac_bias')),
    ...drivers(findings),
    ...synapses(of(SENSORS), blind)
  ]
  const same = (a: Defect, b: Defect): boolean => a.part === b.part && a.at === b.at
  return [...kept, ...found.filter((one) => !kept.some((old) => same(old, one)))]
}

/** 1: the neuron cannot be used: it is defective, its converter channel is, or a routine failed on it for its own part */
export function lostNeurons(findings: readonly Finding[], defects: readonly Defect[]): Uint8Array {
  const spoilt = new Set([...places(defects, 'neuron'), ...places(defects, 'converter channel')])
  return Uint8Array.from({ length: NEURONS }, (_, n) =>
    spoilt.has(n) || findings.some((one) => one.per === 'neuron' && one.failed[n] && !excused(one, n, spoilt)) ? 1 : 0
  )
}

/** the number of a pair is spoilt by the other one */
function excused({ name }: Finding, n: number, spoilt: ReadonlySet<number>): boolean {
  return name === PAIRS && !spoilt.has(n) && spoilt.has(partner(n))
}

function places(defects: readonly Defect[], part: DefectivePart): number[] {
  return defects.filter((one) => one.part === part).map(({ at }) => at)
}

function defect(part: DefectivePart, at: number, address: string, why: string, by: string[]): Defect {
  return { part, at, address, why, by }
}

/**
 * Those whose reads work and that failed all the same, with the routines in which they did.
 * @param spoilt defective already
 */
function neurons(findings: readonly Finding[], blind: ReadonlySet<number>, spoilt: ReadonlySet<number>): Defect[] {
  const failedIn = new Map<number, Finding[]>()
  for (const finding of findings) {
    const { name, per, failed } = finding
    if (per !== 'neuron' || name === CHANNELS || SHARED.has(name)) continue
    for (const at of indices(failed)) {
      if (!blind.has(at) && !excused(finding, at, spoilt)) failedIn.set(at, [...(failedIn.get(at) ?? []), finding])
    }
  }
  return [...failedIn]
    .sort(([a], [b]) => a - b)
    .map(([at, list]) => {
      const why = `failed: ${list.map(({ label }) => label).join(', ')}`
      return defect(
        'neuron',
        at,
        `neuron ${at}, ${column(at)}`,
        why,
        list.map(({ name }) => name)
      )
    })
}

function comparators(latch: Finding | undefined): Defect[] {
  return Array.from(latch?.after ?? []).flatMap((lost, at) =>
    lost > HANGS
      ? [
          defect(
            'comparator',
            at,
            `neuron ${at}, ${column(at)}`,
            'hangs after its threshold was swept, until a reset',
            ['comparator_latch']
          )
        ]
      : []
  )
}

function weakQuadrants(bias: Finding | undefined): Defect[] {
  if (!bias?.before) return []
  const strengths = quadrantMedians(bias.before)
  const middle = median(strengths)
  return Array.from(strengths).flatMap((strength, q) =>
    strength < WEAK * middle
      ? [
          defect('quadrant', q, QUADRANTS[q], `synapses at ${Math.round((100 * strength) / middle)} % of the others'`, [
            'synapse_dac_bias'
          ])
        ]
      : []
  )
}

function drivers(findings: readonly Finding[]): Defect[] {
  const judging = findings.filter(({ per }) => per === 'driver')
  return [...new Set(judging.flatMap(({ failed }) => indices(failed)))]
    .sort((a, b) => a - b)
    .map((at) => {
      const where = `${half(at < DRIVERS_OF_ARRAY)} driver ${at % DRIVERS_OF_ARRAY}`
      const by = judging.filter(({ failed }) => failed[at]).map(({ name }) => name)
      return defect('driver', at, where, "pulses far from its block's", by)
    })
}

/** the routine that reads every sensor */
const SENSORS = 'correlation_amplitude'

/** single sensors, and columns of which all fail: then it is the column's second converter channel that reads nothing */
function synapses(sensors: Finding | undefined, blind: ReadonlySet<number>): Defect[] {
  const columnOf = (at: number): number => COLUMNS * Math.floor(at / SYNAPSES_OF_ARRAY) + (at % COLUMNS)
  const byColumn = new Map<number, number[]>()
  for (const at of indices(sensors?.failed)) byColumn.set(columnOf(at), [...(byColumn.get(columnOf(at)) ?? []), at])
  return [...byColumn]
    .filter(([n]) => !blind.has(n))
    .sort(([a], [b]) => a - b)
    .flatMap(([n, list]) => {
      if (list.length === SYNAPSES_OF_ARRAY / COLUMNS) {
        return [defect('sensor channel', n, column(n), 'no correlation sensor of the column can be read', [SENSORS])]
      }
      return list.map((at) => {
        const row = Math.floor((at % SYNAPSES_OF_ARRAY) / COLUMNS)
        const address = `${half(at < SYNAPSES_OF_ARRAY)} row ${row} column ${at % COLUMNS}`
        return defect('synapse', at, address, 'no sensor', [SENSORS])
      })
    })
}
