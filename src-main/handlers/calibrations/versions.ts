/** Versions of calibrations: compared, exported, imported, made by themselves; and how a chip drifts between them. */
import type { calibrationVersions as endpoints } from '../../contract/calibration-versions'
import type { Output } from '../../contract/index'
import { nextTime } from '../../jobs/nightly'
import type { Store } from '../../store/index'
import { calibrationDiff } from './diff'
import { documentOf, exportCalibration, importCalibration } from './files'
import { detail } from './shown'
import type { Handlers } from '../context'
import { timelineOf } from '../chips/timeline'

type Schedules = Output<'calibration.schedules'>['schedules']

function schedulesOf(store: Store, now = new Date()): Schedules {
  return store.schedules.all().map((one) => ({ ...one, next: nextTime(one.time, now).toISOString() }))
}

export const calibrationVersions: Handlers<keyof typeof endpoints> = {
  'chip.timeline': ({ chip, neuron = null }, { store }) => ({ timeline: timelineOf(store, chip, neuron) }),
  'calibration.schedule': ({ chip, time }, { store, emit }) => {
    const { id } = store.chips.get(chip)
    if (time === 'off') store.schedules.remove(id)
    else store.schedules.set(id, time)
    emit('changed', { what: 'calibrations' })
    return { schedules: schedulesOf(store) }
  },
  'calibration.schedules': (_input, { store }) => ({ schedules: schedulesOf(store) }),
  'calibration.diff': (input, { store }) => ({ diff: calibrationDiff(store, input) }),
  'calibration.export': (input, context) => exportCalibration(context, input),
  'calibration.document': ({ calibration, format }, context) => documentOf(context, calibration, format),
  'calibration.import': (input, context) => ({ calibration: detail(context.store, importCalibration(context, input)) })
}
