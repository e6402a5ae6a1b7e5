/** Measured again for the eye: the trace behind a number of a calibration, and the columns' converters. Nothing is recorded. */
import type { calibrationEvidence as endpoints } from '../../contract/calibration-evidence'
import { InloopError } from '../../contract/errors'
import type { Output } from '../../contract/index'
import { listsOf } from '../../jobs/kinds/calibrate'
import { completed } from './completed'
import type { Handlers } from '../context'
import { mustHave } from '../chips/neurons'
import { onChip } from '../chips/scope'

type Converters = Output<'chip.converters'>['converters']
type Trace = Output<'calibration.trace'>['trace']

export const calibrationEvidence: Handlers<keyof typeof endpoints> = {
  'calibration.trace': async ({ calibration, metric, neuron, seed }, context) => {
    const { store, engine } = context
    const { id, chip, targets, config } = completed(store, calibration)
    const names = store.calibrations.routines(id).map(({ name }) => name)
    if (!names.includes(metric)) {
      throw new InloopError('bad-input', `metric: "${metric}" given; ${id} has: ${names.join(', ')}`)
    }
    mustHave(chip, store.chips.get(chip).neurons, [neuron])
    const { spec } = onChip(context, chip, id, true)
    const lists = listsOf(config)
    const trace = await engine.ask('evidence', { chip: spec, metric, neuron, targets, lists, seed })
    if (trace === null) return { trace }
    const { residualSd, ...same } = trace
    const sd = Number.isFinite(residualSd) ? residualSd : null
    // arrays that crossed from another process are this one's own
    return { trace: { calibration: id, metric, neuron, unit: 'MADC LSB', ...same, residualSd: sd } as Trace }
  },
  'chip.converters': async ({ chip, calibration, seed }, context) => {
    const { placed, spec } = onChip(context, chip, calibration, true)
    const converters = await context.engine.ask('converters', { chip: spec, seed })
    return { calibration: placed.calibration, converters: converters as Converters }
  }
}
