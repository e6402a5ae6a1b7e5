/**
 * Delay units of a chip, measured as a lab would (DelGrad): every unit's delay at some settings, from the spike times of
 * its event and of the unit itself, and a line through them; then any wanted delay has the setting that comes nearest.
 *
 * So that all hidden units fire, all weights are as large as they can be while this is measured.
 */
import type { FirstSpikePort, RecordedTimes } from '../../emulator/first-spike-port'
import type { SpikeList } from '../../kernels/first-spike'
import type { Kernels } from '../../kernels/module'
import type { Team } from '../../kernels/team'
import { median } from '../../statistics/summary'
import { TRIAL, trialOf } from '../surrogate/trials'

/** delay = offset + slope · setting, µs; one entry a unit */
export interface DelayLines {
  offset: Float64Array
  slope: Float64Array
}

const SETTINGS = 5
const REPEATS = 8
/** a trial's number apart from those of other measurements */
const APART = 0xff
/** when the events come, µs */
const EVENT_US = 1

/** Every member calls it, with an opened door and strong weights written. */
export function measureDelays(
  door: FirstSpikePort,
  { arena }: Kernels,
  team: Team,
  { inputs, hidden }: { inputs: number; hidden: number },
  recorded: RecordedTimes
): { inputs: DelayLines; hidden: DelayLines } {
  if (!recorded.delayed) throw new Error('the door was opened without delay units')
  const list = eventsAtOnce(arena, team, inputs)
  const index = arena.i32(1)
  const { buffer } = arena.memory
  const inputSpikes = new Float64Array(buffer, recorded.delayed.inputs, inputs)
  const hiddenSpikes = new Float64Array(buffer, recorded.hidden, hidden)
  const delayedSpikes = new Float64Array(buffer, recorded.delayed.hidden, hidden)
  const [least, most] = door.delayCodes
  const settings = Array.from({ length: SETTINGS }, (_, k) => Math.round(least + ((most - least) * k) / (SETTINGS - 1)))
  const read = { inputs: settings.map(() => series(inputs)), hidden: settings.map(() => series(hidden)) }
  settings.forEach((setting, k) => {
    door.writeDelays(new Uint8Array(inputs).fill(setting), new Uint8Array(hidden).fill(setting))
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      door.present(list, 1, index.at, 1, trialOf(TRIAL.characterisation, APART, k * REPEATS + repeat))
      team.barrier()
      for (let i = 0; i < inputs; i++) read.inputs[k][i].push(inputSpikes[i] - EVENT_US)
      for (let h = 0; h < hidden; h++) read.hidden[k][h].push(delayedSpikes[h] - hiddenSpikes[h])
      team.barrier()
    }
  })
  return { inputs: lines(settings, read.inputs), hidden: lines(settings, read.hidden) }
}

/** the setting that comes nearest to a delay */
export function settingFor(
  { offset, slope }: DelayLines,
  unit: number,
  delayUs: number,
  [least, most]: FirstSpikePort['delayCodes']
): number {
  return Math.max(least, Math.min(most, Math.round((delayUs - offset[unit]) / slope[unit])))
}

const series = (units: number): number[][] => Array.from({ length: units }, () => [])

function eventsAtOnce(arena: Kernels['arena'], team: Team, inputs: number): SpikeList {
  const start = arena.i32(2)
  const times = arena.f64(inputs)
  const places = arena.i32(inputs)
  if (team.index === 0) {
    start.data[1] = inputs
    times.data.fill(EVENT_US)
    for (let i = 0; i < inputs; i++) places.data[i] = i
  }
  team.barrier()
  return { start: start.at, times: times.at, exps: 0, inputs: places.at }
}

/** least squares through medians; a unit that could not be measured takes the others' line */
function lines(settings: readonly number[], read: readonly number[][][]): DelayLines {
  const units = read[0].length
  const offset = new Float64Array(units)
  const slope = new Float64Array(units)
  for (let u = 0; u < units; u++) {
    const points = settings.flatMap((x, k) => {
      const y = median(read[k][u].filter((delay) => Number.isFinite(delay)))
      return Number.isFinite(y) ? [[x, y] as const] : []
    })
    const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / points.length
    const [x0, y0] = [mean(0), mean(1)]
    const square = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0)
    slope[u] = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0) / square
    offset[u] = y0 - slope[u] * x0
  }
  const known = [...slope.keys()].filter((u) => slope[u] > 0)
  const [others, from] = [median(known.map((u) => slope[u])), median(known.map((u) => offset[u]))]
  for (let u = 0; u < units; u++) {
    if (slope[u] > 0) continue
    slope[u] = others
    offset[u] = from
  }
  return { offset, slope }
}
