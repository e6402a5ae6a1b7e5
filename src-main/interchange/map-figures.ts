/** What a neuron map says in figures: over which neurons, their median, spread and yield. As the window writes them under it. */
import { mad, median, trimmedSd } from '../core/statistics/summary'
import type { Output } from '../contract/index'
import { bandOf, inBand, type MapView, shownOf } from '../contract/map-view'

type NeuronMap = Output<'calibration.maps'>['maps'][number]
type Shown = Output<'calibration.view'>['maps'][number]
export type Figures = Omit<Shown, 'calibration' | 'chip' | 'chipName'>

/** @param map values in its unit, one a neuron; settings in LSB */
export function figuresOf(map: NeuronMap, view: MapView, neurons: number, excluded: ReadonlySet<number>): Figures {
  const { values, states, used, unit } = shownOf(map, view, neurons, excluded)
  const counted = used.map((n) => values[n])
  const { metric, label, target, measuredBy, spreadRatio, limit } = map
  const banded = (view === 'before' || view === 'after') && bandOf(map) !== null
  return {
    measuredBy,
    metric,
    label,
    unit,
    target,
    view,
    neurons,
    used: used.length,
    median: finite(median(counted)),
    mad: finite(mad(counted)),
    sd: finite(trimmedSd(counted)),
    inBand: banded ? inBand(map, map[view], used) : null,
    spreadRatio,
    limit,
    values,
    states
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
