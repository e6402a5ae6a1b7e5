/**
 * What lies between the neurons: router, drivers and correlation sensors, and which way a program's events take. A
 * program that uses none of it runs as if it were not there.
 */
import type { Converter } from '../../../chip/hicann-x/column-converter'
import type { ChipDraw } from '../../../chip/hicann-x/draw'
import { COLUMNS } from '../../../chip/hicann-x/topology'
import { InputError } from '../../../errors/input-error'
import type { Stream } from '../../../random/stream'
import type { Program, Recording } from '../../chip-port'
import type { TrialNoise } from '../../trial-noise'
import { Correlation } from '../sensors/correlation'
import { Dispatch } from './dispatch'
import { driveOf, type Drive, type SynapseMemory } from '../program/drive'
import { rowPulses, type PostPulse, type Pulses } from '../sensors/pulses'
import { check, record, type ChipState, type Spike } from '../program/recorder'
import { recordRouted } from './run'
import { Routing } from './routing'

export interface FabricBench {
  draw: ChipDraw
  synapses: SynapseMemory
  /** noise of writes */
  writes: Stream
  /** noise of a reading of sensors; accounts for the time of so many rows */
  measure(rows: number): TrialNoise
  converter(): Converter
  converterOf(offsets: Int8Array, fixed: Pick<ChipDraw, 'channelOffset' | 'stuck'>): Converter
  /** an analog cell was written */
  settle(): void
}

export class Fabric {
  readonly routing: Routing
  readonly correlation: Correlation

  constructor(private readonly bench: FabricBench) {
    const { draw, synapses, writes, measure, converter, converterOf, settle } = bench
    this.routing = new Routing(draw, synapses, writes, settle)
    this.correlation = new Correlation({
      draw,
      synapses,
      labels: this.routing.labels,
      writes,
      measure,
      causalConverter: converter,
      acausalConverter: converterOf,
      settle
    })
  }

  /** see numerics/state.ts */
  save() {
    return { routing: this.routing.save(), correlation: this.correlation.save(), stream: this.bench.writes.save() }
  }

  restore({ routing, correlation, stream }: ReturnType<Fabric['save']>): void {
    this.routing.restore(routing)
    this.correlation.restore(correlation)
    this.bench.writes.restore(stream)
  }

  run(state: ChipState, program: Program, trial: TrialNoise): Recording {
    const { prePulses = [], postPulses = [] } = program
    const given = (program.events ?? []).map(({ timeUs }) => timeUs)
    for (const timeUs of [...given, ...prePulses, ...postPulses]) {
      if (timeUs >= 0 && timeUs <= program.durationUs) continue
      throw new InputError('bad-input', `time ${timeUs} us lies outside the program (0 … ${program.durationUs} us)`)
    }
    const { draw, synapses } = this.bench
    const artificial: PostPulse[] = postPulses.map((timeUs) => ({ timeUs, circuit: -1 }))
    if (this.routing.busy || (program.labelled?.length ?? 0) > 0) {
      return recordRouted({
        state,
        program,
        dispatch: new Dispatch(draw, synapses, this.routing, trial),
        recurrent: this.routing.recurrent,
        trial,
        onRepeat: ({ pre, post }, spikes) => this.#note({ pre, prePulses, post: [...post, ...artificial] }, spikes)
      })
    }
    const repeats = program.repeats ?? 1
    if (!observes(program) && !state.circuits.fires.includes(1) && !state.bypass) {
      // nobody looks at a membrane and no comparator does: what the sensors see is all that happens
      check(program, repeats)
      const pre = rowPulses(program.events ?? [])
      for (let repeat = 0; repeat < repeats; repeat++) this.#note({ pre, prePulses, post: artificial }, [])
      return record(state, { durationUs: 0 }, NO_DRIVE, trial)
    }
    const drive = driveOf(draw, synapses, program.events ?? [])
    if (!this.correlation.on && !this.routing.counting) return record(state, program, drive, trial)

    const spikes: Spike[] = []
    const recording = record(state, program, drive, trial, (repeat, timeUs, neuron) => {
      spikes.push({ repeat, timeUs, neuron })
    })
    const pre = rowPulses(program.events ?? [])
    for (let repeat = 0; repeat < repeats; repeat++) {
      const mine = spikes.filter((spike) => spike.repeat === repeat)
      const post = mine.flatMap(({ timeUs, neuron }) => {
        const lower = neuron + COLUMNS
        const own = { timeUs, circuit: neuron }
        return neuron < COLUMNS && state.joined[neuron] === 1 ? [own, { timeUs, circuit: lower }] : [own]
      })
      this.#note({ pre, prePulses, post: [...post, ...artificial] }, mine)
    }
    return recording
  }

  #note(pulses: Pulses, spikes: readonly Spike[]): void {
    for (const { neuron } of spikes) this.routing.count(neuron)
    if (this.correlation.on) this.correlation.present(pulses)
  }
}

const NO_DRIVE: Drive = { exc: new Float64Array(0), inh: new Float64Array(0), any: false }

/** whether anything of the membranes is recorded */
function observes({ columnReads, trace, spikes }: Program): boolean {
  return (columnReads?.length ?? 0) > 0 || trace !== undefined || spikes === true
}
