/**
 * Synaptic input references (calix, hagen/neuron_synin.py, SynReferenceCalib): a connected input whose reference is not
 * matched sends a constant current and moves the rest by tens of LSB. The reference is set so that the rest with the
 * input connected is the one recorded without it. A higher excitatory reference lowers the rest, a higher inhibitory
 * one raises it.
 *
 * Some references would have to lie below code 0 (the spread is a third of the range). What such an input sends too much
 * its partner can take: both are constant currents into one membrane. These neurons lean: the reference that is out of
 * reach goes to a code well inside the range, the partner's is matched with both connected, and both stay connected
 * whenever one of the two is matched. A neuron fails where the rest moves although both are connected.
 */
import type { Bench } from '../bench'
import { cellTask, neuronSetting, settle } from '../routine'
import type { Check, Routine, Task } from '../routine'
import { HIGHEST_CODE } from '../settings'

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

/** connects this input, and the other one where the two are matched together */
export function connect(bench: Bench, input: Input): void {
  const other = input === EXC ? INH : EXC
  bench.setAll({ [input.enable]: 1 })
  bench.port.writeSwitches({ [other.enable]: bench.leaning })
}

/** a reference within so many codes of an end of its range counts as out of reach; where it goes instead */
const CLOSE = 30
const INSIDE = 60

/** Finds the neurons that lean, and matches them. Inputs are left disconnected. */
export function findLeaning(bench: Bench): void {
  bench.leaning.fill(0)
  for (const [input, other] of [
    [EXC, INH],
    [INH, EXC]
  ]) {
    connect(bench, input)
    const { codes } = settle(bench, referenceTask(bench, input, bench.restWithoutInput))
    const beyond = codes.map((code, n) =>
      bench.leaning[n] ? 0 : code < CLOSE ? -1 : code > HIGHEST_CODE - CLOSE ? 1 : 0
    )
    if (!beyond.some((side) => side !== 0)) continue
    beyond.forEach((side, n) => {
      if (side !== 0) codes[n] = side < 0 ? INSIDE : HIGHEST_CODE - INSIDE
    })
    bench.write(input.reference, codes)
    const kept = bench.port.readNeuron(other.reference).slice()
    bench.setAll({ [other.enable]: 1 })
    const support = settle(bench, referenceTask(bench, other, bench.restWithoutInput)).codes
    bench.write(
      other.reference,
      kept.map((code, n) => (beyond[n] !== 0 ? support[n] : code))
    )
    beyond.forEach((side, n) => {
      if (side !== 0) bench.leaning[n] = 1
    })
  }
  bench.setAll({ inputExc: 0, inputInh: 0 })
}

/** shift of the rest when the inputs are connected, at the finished chip's time constants */
const check: Check = {
  prepare: (bench) => {
    const restore = bench.hold({ switches: ['threshold', 'inputExc', 'inputInh'] })
    bench.setAll({ threshold: 0 })
    return restore
  },
  read: (bench) => {
    bench.setAll({ inputExc: 0, inputInh: 0 })
    const off = bench.rest(1)
    bench.setAll({ inputExc: 1, inputInh: 1 })
    return bench.rest(1).map((v, n) => v - off[n])
  }
}

function routine(input: Input, label: string, symbol: string): Routine {
  return {
    name: `reference_${input.kind}`,
    label,
    symbol,
    quantity: 'shift of the rest by connecting the inputs',
    unit: 'LSB',
    ...neuronSetting(input.reference),
    // what one reference cannot reach the other takes up
    boundFails: false,
    target: () => 0,
    search: (bench) => {
      connect(bench, input)
      // the excitatory one comes last and takes up what is left of the inhibitory one
      if (input === EXC) bench.setAll({ inputInh: 1 })
      return referenceTask(bench, input, bench.restWithoutInput)
    },
    check
  }
}

export const referenceExc = routine(EXC, 'Excitatory input reference', 'V_ref,exc')
export const referenceInh = routine(INH, 'Inhibitory input reference', 'V_ref,inh')
