/**
 * Cells and switches of the circuits' further parts, as written and as held. Kept apart from memory.ts, with a stream
 * of write noise of their own: a session that leaves them alone stays the same to the last bit.
 */
import type { ChipDraw } from '../../../chip/hicann-x/draw'
import { clockMHz, dynamicsOf, withBackEnd, type Dynamics, type DynamicsCells } from '../../../chip/hicann-x/dynamics'
import { drawDynamics } from '../../../chip/hicann-x/dynamics-draw'
import { writeRow } from '../../../chip/hicann-x/parameter-memory'
import { CIRCUITS, LARGEST_CODE } from '../../../chip/hicann-x/topology'
import type { Circuits } from '../../../chip/hicann-x/circuits'
import type { Stream } from '../../../random/stream'
import type { DynamicsCell, DynamicsSwitches, NeuronSwitches, RefractoryClocks } from '../../chip-port'
import { groupsOf, type CircuitGroups, type Timing } from '../program/groups'
import { check, mapRecord } from './memory'
import { glitchProbability } from './quirks'

/** ASSUMED, as their transfer functions are: middle of what experiments use */
const POWER_UP: Record<DynamicsCell, number> = {
  adaptationLeak: 629,
  adaptationReference: 629,
  adaptationTau: 100,
  adaptationA: 500,
  adaptationB: 500,
  exponentialThreshold: 389,
  exponentialSlope: 500,
  cobaReferenceExc: 888,
  cobaReferenceInh: 740,
  cobaGainExc: 300,
  cobaGainInh: 600,
  interCompartment: 500
}

/** everything off; hold-off as short as it goes, the slow clock */
const SWITCHES: Record<keyof DynamicsSwitches, { most: number; at: number }> = {
  adaptation: { most: 1, at: 0 },
  invertA: { most: 1, at: 0 },
  invertB: { most: 1, at: 0 },
  exponential: { most: 1, at: 0 },
  cobaExc: { most: 1, at: 0 },
  cobaInh: { most: 1, at: 0 },
  resetRange: { most: 2, at: 0 },
  fastClock: { most: 1, at: 0 },
  holdOff: { most: 15, at: 15 },
  somaLine: { most: 1, at: 0 },
  conductance: { most: 1, at: 0 },
  conductanceRange: { most: 2, at: 0 },
  somaRight: { most: 1, at: 0 },
  directRight: { most: 1, at: 0 },
  vertical: { most: 1, at: 0 }
}
/** hold-off of register r: 31 − 2r cycles (hardware.md 1.2) */
const HOLD_OFF_CYCLES = 31
const LARGEST_SCALE = 15

export class DynamicsMemory {
  readonly written: Record<DynamicsCell, Uint16Array>
  readonly held: DynamicsCells
  readonly switches: DynamicsSwitches
  /** the slow clock of REFRACTORY_CLOCK_MHZ; the fast one four times that */
  clocks: RefractoryClocks = { slowScale: 5, fastScale: 3 }
  readonly #own

  constructor(
    readonly draw: ChipDraw,
    private readonly trial: Stream,
    private readonly quirks: boolean
  ) {
    this.#own = drawDynamics(draw.seed, draw.mismatch)
    this.written = mapRecord(POWER_UP, (code) => new Uint16Array(CIRCUITS).fill(code))
    this.held = mapRecord(this.written, (codes) => writeRow(codes, trial))
    this.switches = mapRecord(SWITCHES, ({ at }) => new Uint8Array(CIRCUITS).fill(at))
  }

  /** what writes change (numerics/state.ts) */
  get mutable(): object {
    const { written, held, switches, clocks } = this
    return { written, held, switches, clocks, stream: this.trial.state }
  }

  has(cell: string): cell is DynamicsCell {
    return Object.hasOwn(POWER_UP, cell)
  }

  writeNeuron(cell: DynamicsCell, codes: Uint16Array): void {
    check(`cell ${cell}`, codes, CIRCUITS, 0, LARGEST_CODE)
    this.written[cell].set(codes)
    this.held[cell] = writeRow(codes, this.trial)
  }

  writeSwitches(switches: Partial<DynamicsSwitches>): void {
    const names = Object.keys(switches) as (keyof DynamicsSwitches)[]
    for (const name of names) {
      // all are checked before the first is written
      if (switches[name]) check(`switch ${name}`, switches[name], CIRCUITS, 0, SWITCHES[name].most)
    }
    for (const name of names) if (switches[name]) this.switches[name].set(switches[name])
  }

  writeClocks(clocks: RefractoryClocks): void {
    check('scale of the slow clock', [clocks.slowScale], 1, 0, LARGEST_SCALE)
    check('scale of the fast clock', [clocks.fastScale], 1, 0, LARGEST_SCALE)
    this.clocks = { ...clocks }
  }

  /** the circuits with the refractory times and reset conductances that the back end's settings give */
  backEnd(circuits: Circuits, { refractory }: NeuronSwitches): Circuits {
    const { fastClock, resetRange } = this.switches
    const { slowScale, fastScale } = this.clocks
    return withBackEnd(circuits, {
      counter: refractory,
      clock: fastClock,
      scales: { slow: slowScale, fast: fastScale },
      resetRange
    })
  }

  /** physical values of the further parts */
  dynamics(): Dynamics {
    return dynamicsOf(this.draw, this.#own, this.held, this.switches)
  }

  /** the circuits that need the complete neuron */
  groups(circuits: Circuits, { joined, refractory }: NeuronSwitches): CircuitGroups {
    const { fastClock, holdOff } = this.switches
    const { slowScale, fastScale } = this.clocks
    const cycleUs = (n: number): number => 1 / clockMHz(fastClock[n] ? fastScale : slowScale)
    const holdOffUs = Float64Array.from(holdOff, (register, n) => {
      const cycles = HOLD_OFF_CYCLES - 2 * register
      // the shortest hold-off, one cycle, counts as part of the reset: networks are emulated and trained like that
      return cycles === 1 ? 0 : cycles * cycleUs(n)
    })
    const timing: Timing = {
      holdOffUs,
      cycleUs: Float64Array.from({ length: CIRCUITS }, (_, n) => cycleUs(n)),
      glitches: this.quirks ? glitchProbability(refractory) : new Float64Array(CIRCUITS)
    }
    return groupsOf(circuits, this.dynamics(), this.switches, joined, timing)
  }
}
