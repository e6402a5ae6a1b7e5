/** What fits a chip of this kind: refuses anything else with one line that names what is wrong and what is allowed. */
import { COLUMNS, ROWS } from '../../chip/hicann-x/topology'
import { InputError } from '../../errors/input-error'
import { STEPS } from '../../kernels/emulate-memory'
import type { NetworkShape } from '../network-port'
import type { Placement } from '../placement'
import { LOOP_DELAY_SD_US, LOOP_DELAY_US } from './source'

export function checkNetwork(shape: NetworkShape, placement: Placement): void {
  const whole = (name: 'inputs' | 'hidden' | 'outputs' | 'bins' | 'batch', low: number, high: number): void => {
    const value = shape[name]
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new InputError(
        'bad-input',
        `the network's ${name} must be a whole number from ${low} to ${high}, not ${value}`
      )
    }
  }
  whole('inputs', 1, ROWS)
  // a hidden unit has a column, and a row on which it reaches the readout
  whole('hidden', 1, Math.min(ROWS, COLUMNS))
  if (shape.recurrent && shape.inputs + shape.hidden > ROWS) {
    throw new InputError(
      'bad-input',
      `a recurrent network on the chip takes a row for each input and each hidden unit: ${shape.inputs} + ${shape.hidden} given; allowed: at most ${ROWS} together`
    )
  }
  whole('outputs', 1, COLUMNS)
  whole('bins', 2, 1000)
  whole('batch', 1, 1_000_000)
  if (!(shape.binUs > 0)) throw new InputError('bad-input', `the network's binUs must be above 0, not ${shape.binUs}`)
  // no event may arrive in the step (a fifth of a bin) in which it was fired
  const longest = STEPS * (LOOP_DELAY_US - 4 * LOOP_DELAY_SD_US)
  if (shape.recurrent && shape.binUs > longest) {
    throw new InputError(
      'bad-input',
      `the bins of a recurrent network on the chip are ${shape.binUs} µs long; allowed: at most ${longest} µs`
    )
  }

  const used = new Set<number>()
  for (const name of ['hidden', 'outputs'] as const) {
    const columns = placement[name]
    if (columns.length !== shape[name]) {
      throw new InputError('bad-input', `the placement must have ${shape[name]} ${name} units, not ${columns.length}`)
    }
    for (const c of columns) {
      if (c < -1 || c >= COLUMNS) {
        throw new InputError(
          'bad-input',
          `a unit is placed on column ${c}; columns are 0 to ${COLUMNS - 1}, and -1 for none`
        )
      }
      if (c >= 0 && used.has(c)) throw new InputError('bad-input', `two units are placed on column ${c}`)
      used.add(c)
    }
  }
}
