/** What the views of the maps say, of one chip or of several side by side. */
import type { calibrationView as endpoints } from '../../contract/calibration-view'
import { InloopError } from '../../contract/errors'
import { figuresOf } from '../../interchange/map-figures'
import { mustHave } from '../chips/neurons'
import type { Handlers } from '../context'
import { completed } from './completed'
import { mapsInUse } from './shown'

export const calibrationViews: Handlers<keyof typeof endpoints> = {
  'calibration.view': ({ calibrations, metric, views, neuron }, { store }) => {
    const all = [...new Set(calibrations)].map((named) => {
      const { id, chip, neurons } = completed(store, named)
      if (neuron !== undefined) mustHave(chip, neurons, [neuron])
      const excluded = new Set(store.chips.exclusions(chip).map((one) => one.neuron))
      return { id, chip: store.chips.get(chip), neurons, excluded, maps: mapsInUse(store, id) }
    })
    const known = [...new Set(all.flatMap(({ maps }) => maps.map((map) => map.metric)))]
    if (metric !== undefined && !known.includes(metric))
      throw new InloopError('bad-input', `metric: "${metric}" given; allowed: ${known.join(', ')}`)
    const chosen = all.map((one) => ({
      ...one,
      maps: one.maps.filter((map) => metric === undefined || map.metric === metric)
    }))
    return {
      neuron: neuron ?? null,
      maps: chosen.flatMap(({ id, chip, neurons, excluded, maps }) =>
        maps.flatMap((map) =>
          [...new Set(views)].map((view) => ({
            calibration: id,
            chip: chip.id,
            chipName: chip.name,
            ...figuresOf(map, view, neurons, excluded)
          }))
        )
      ),
      without: chosen.flatMap(({ id, maps }) => (maps.length === 0 ? [id] : []))
    }
  }
}
