/**
 * Synaptic input references (calix, hagen/neuron_synin.py, SynReferenceCalib): a connected input whose reference is not
 * matched sends a constant current and moves the rest by tens of LSB. The reference is set so that the rest with the
 * input connected is the one recorded without it. A higher excitatory reference lowers the rest, a higher inhibitory
 * one raises it.
 */
import type { Bench } from '../bench'
import { cellTask, neuronSetting } from '../routine'
import type { Check, Routine, Task } from '../routine'

const READS = 16

export interface Input {
  kind: 'exc' | 'inh'
  sign: 1 | -1
  enable: 'inputExc' | 'inputInh'
  reference: 'synapticReferenceExc' | 'synapticReferenceInh'
  gain: 'synapticGainExc' | 'synapticGainInh'
}

export const EXC: Input = {
  kind: 'exc',
  sign: 1,
  enable: 'inputExc',
  reference: 'synapticReferenceExc',
  gain: 'synapticGainExc'
}

export const INH: Input = {
  kind: 'inh',
  sign: -1,
  enable: 'inputInh',
  reference: 'synapticReferenceInh',
  gain: 'synapticGainInh'
}

/** search of the reference for a rest at `rest`, with `reads` reads a step, in the present state */
export function referenceTask(bench: Bench, input: Input, rest: Float64Array, reads = READS): Task {
  const sign = input.sign === 1 ? -1 : 1
  return cellTask(bench, input.reference, { sign, target: rest, measure: () => bench.rest(reads) })
}

/** shift of the rest when the input is connected, at the finished chip's time constants */
function check(input: Input): Check {
  return {
    prepare: (bench) => {
      const restore = bench.hold({ switches: ['threshold', input.enable] })
      bench.setAll({ threshold: 0 })
      return restore
    },
    read: (bench) => {
      bench.setAll({ [input.enable]: 0 })
      const off = bench.rest(1)
      bench.setAll({ [input.enable]: 1 })
      return bench.rest(1).map((v, n) => v - off[n])
    }
  }
}

function routine(input: Input, label: string, symbol: string): Routine {
  return {
    name: `reference_${input.kind}`,
    label,
    symbol,
    quantity: 'shift of the rest by connecting the input',
    unit: 'LSB',
    ...neuronSetting(input.reference),
    target: () => 0,
    search: (bench) => {
      bench.setAll({ [input.enable]: 1 })
      return referenceTask(bench, input, bench.restWithoutInput)
    },
    check: check(input)
  }
}

export const referenceExc = routine(EXC, 'Excitatory input reference', 'V_ref,exc')
export const referenceInh = routine(INH, 'Inhibitory input reference', 'V_ref,inh')
