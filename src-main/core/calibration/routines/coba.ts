/**
 * Conductance-based inputs (calix, hagen/neuron_synin_coba.py; hardware.md 2, 5.2): the strength of an input is scaled by
 * 1 + (reference − V) / (reversal − reference). Two cells an input: the gain sets how much the strength changes with the
 * membrane, hence where it vanishes; the reference sets where it is as strong as without.
 *
 * Both are measured by the response to one event at resting potentials around the reference, relative to the response
 * with the input current-based. A response moves the membrane and with it the strength: the current meets a membrane that
 * is already `shareWhileRising` of the height on its way. So rests are chosen such that this point lies at the reference,
 * and of the slope is told what that of a vanishing response would be. (Taken as it is read, the slope of inhibitory inputs
 * is too flat by a quarter: codes come out a third too high, some beyond their range, and inputs vanish 14 LSB off.)
 */
import type { DynamicsCell, DynamicsSwitches } from '../../emulator/chip-port'
import { median } from '../../statistics/summary'
import type { Bench } from '../bench'
import { peakTime, shareWhileRising } from '../response'
import { cellTask, dynamicsSetting } from '../routine'
import type { Check, Routine, Task } from '../routine'
import { NEURONS } from '../settings'
import { burst } from '../stimulus'
import { EXC, INH, type Input } from './input-reference'
import { leakFor, settleRest } from './leak-for-rest'

/** weight: a response of some 30 LSB, which a read resolves well and no stage saturates at */
const WEIGHT = 30
const REPEATS = 24
/** rests on either side of the reference, LSB */
const SPAN = 30
/** of 1, in the correction of a slope: what is steeper than any stage is noise */
const LEAST_LEFT = 0.3

interface Side {
  input: Input
  gain: DynamicsCell
  reference: DynamicsCell
  on: keyof DynamicsSwitches
  /** of the membrane's motion */
  sign: 1 | -1
}

const EXC_SIDE: Side = { input: EXC, gain: 'cobaGainExc', reference: 'cobaReferenceExc', on: 'cobaExc', sign: 1 }
const INH_SIDE: Side = { input: INH, gain: 'cobaGainInh', reference: 'cobaReferenceInh', on: 'cobaInh', sign: -1 }

const reversal = (bench: Bench, { input }: Side): number =>
  input === EXC ? bench.targets.coba_reversal_exc : bench.targets.coba_reversal_inh

/** the input's conductance-based stage on or off, for all */
export function switchCoba(bench: Bench, input: Input, on: number): void {
  const { on: key } = input === EXC ? EXC_SIDE : INH_SIDE
  bench.port.writeDynamics({ [key]: new Uint8Array(NEURONS).fill(on) })
}

/** comparator off, one row of the input's sign connected; the answer undoes it */
export function prepareResponses(bench: Bench, input: Input): () => void {
  const restore = bench.hold({ cells: ['leak'], switches: ['threshold'] })
  bench.setAll({ threshold: 0 })
  bench.connectRows(input.sign, 1, WEIGHT)
  return () => {
    bench.disconnectRows(1)
    restore()
  }
}

/** rest and height of the response, in the input's direction, of every membrane, mean of repeats */
export function respond(bench: Bench, input: Input): { rest: Float64Array; height: Float64Array } {
  const { tau_mem, [`tau_syn_${input.kind}`]: tauSyn } = bench.targets
  const peakUs = 1 + peakTime(tau_mem, tauSyn)
  const program = { durationUs: peakUs + 0.5, events: burst(1, 1, 0), columnReads: [0.5, peakUs] }
  const [rest, after] = bench.columns(program, REPEATS)
  return { rest, height: after.map((v, n) => input.sign * (v - rest[n])) }
}

/** responses with the stage off and on, at several rests around the reference */
class Responses {
  readonly #leave: () => void
  readonly #codes: Uint16Array
  readonly #rest: Float64Array
  /** leak codes last used for each distance from the reference */
  readonly #leaks = new Map<number, Uint16Array>()
  /** from the rest to where the current meets the membrane, in the direction of the response: median, LSB; as a share */
  #onTheWay = 0
  readonly #share: number

  constructor(
    readonly bench: Bench,
    readonly side: Side
  ) {
    this.#leave = prepareResponses(bench, side.input)
    this.#codes = bench.port.readNeuron('leak').slice()
    this.#rest = bench.rest(REPEATS)
    this.#share = shareWhileRising(bench.targets.tau_mem, bench.targets[`tau_syn_${side.input.kind}`])
    switchCoba(bench, side.input, 0)
    this.#onTheWay = this.#share * median(this.at(0).height)
  }

  /** the response whose current meets the membrane `lsb` above the reference */
  at(lsb: number): { rest: Float64Array; height: Float64Array } {
    const wanted = this.bench.targets.coba_reference + lsb - this.#onTheWay * this.side.sign
    const known = this.#leaks.get(wanted) ?? leakFor(this.#codes, this.#rest, wanted)
    this.#leaks.set(wanted, settleRest(this.bench, known, wanted))
    return respond(this.bench, this.side.input)
  }

  /** change of the strength per LSB, % of the strength without, in the direction in which it is meant to fall */
  slope(without: Float64Array): Float64Array {
    const low = this.at(-SPAN)
    const high = this.at(SPAN)
    return without.map((whole, n) => {
      const read = (this.side.sign * (low.height[n] - high.height[n])) / (whole * (high.rest[n] - low.rest[n]))
      return (100 * read) / Math.max(LEAST_LEFT, 1 - read * this.#share * whole)
    })
  }

  leave(): void {
    this.#leave()
  }

  /** leaves membranes resting where they did before the stage was as it is now: where an offset grew, the leak yields */
  leaveAtRest(): void {
    this.#leave()
    settleRest(this.bench, this.#codes, this.#rest)
  }
}

function gainTask(bench: Bench, side: Side): Task {
  const responses = new Responses(bench, side)
  const without = responses.at(0).height
  switchCoba(bench, side.input, 1)
  return cellTask(bench, side.gain, {
    sign: 1,
    target: wantedSlope(bench, side),
    measure: () => responses.slope(without),
    finish: () => responses.leaveAtRest()
  })
}

function referenceTask(bench: Bench, side: Side): Task {
  const responses = new Responses(bench, side)
  const without = responses.at(0).height
  switchCoba(bench, side.input, 1)
  return cellTask(bench, side.reference, {
    sign: side.sign,
    target: 1,
    measure: () => responses.at(0).height.map((height, n) => height / without[n]),
    finish: () => responses.leaveAtRest()
  })
}

/** % a LSB */
function wantedSlope(bench: Bench, side: Side): number {
  return 100 / Math.abs(reversal(bench, side) - bench.targets.coba_reference)
}

/** reads with the stage on; it is left on where it was on */
function check(side: Side, read: (responses: Responses, without: Float64Array) => Float64Array): Check {
  let responses: Responses | null = null
  let without: Float64Array = new Float64Array(NEURONS)
  return {
    // each reading is the mean of many repeats already
    mostReads: 2,
    prepare: (bench) => {
      const on = bench.port.readDynamics()[side.on].slice()
      responses = new Responses(bench, side)
      without = responses.at(0).height
      bench.port.writeDynamics({ [side.on]: on })
      return () => responses?.leave()
    },
    read: () => read(responses!, without)
  }
}

function gain(side: Side, label: string, symbol: string): Routine {
  return {
    name: `coba_gain_${side.input.kind}`,
    label,
    symbol,
    quantity: 'change of the strength per LSB, relative to the strength without',
    unit: '%/LSB',
    ...dynamicsSetting(side.gain),
    target: (targets) => {
      const at = side.input === EXC ? targets.coba_reversal_exc : targets.coba_reversal_inh
      return 100 / Math.abs(at - targets.coba_reference)
    },
    search: (bench) => gainTask(bench, side),
    check: check(side, (responses, without) => responses.slope(without))
  }
}

function reference(side: Side, label: string, symbol: string): Routine {
  return {
    name: `coba_reference_${side.input.kind}`,
    label,
    symbol,
    quantity: 'response at the reference potential, relative to the response without',
    unit: '',
    ...dynamicsSetting(side.reference),
    target: () => 1,
    search: (bench) => referenceTask(bench, side),
    check: check(side, (responses, without) => responses.at(0).height.map((height, n) => height / without[n]))
  }
}

export const cobaGainExc = gain(EXC_SIDE, 'Excitatory conductance, gain', 'κ_exc')
export const cobaGainInh = gain(INH_SIDE, 'Inhibitory conductance, gain', 'κ_inh')
export const cobaReferenceExc = reference(EXC_SIDE, 'Excitatory conductance, reference', 'E_ref,exc')
export const cobaReferenceInh = reference(INH_SIDE, 'Inhibitory conductance, reference', 'E_ref,inh')
