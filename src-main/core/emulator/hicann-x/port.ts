/**
 * The emulated chip behind its ChipPort. It keeps what was written, turns it into physical values when they are next
 * needed, and lets programs run on them. Every measurement draws its noise from a stream of its own, named by the
 * run's seed and the measurement's number: the chip's fixed pattern is never touched.
 */
import { circuitsOf, dacFactors } from '../../chip/hicann-x/transfer'
import { convert, converterOf, debugVoltage, type Converter } from '../../chip/hicann-x/column-converter'
import type { ChipDraw } from '../../chip/hicann-x/draw'
import { EVENT_LOSS } from '../../chip/hicann-x/router'
import { writeShared } from '../../chip/hicann-x/parameter-memory'
import { CIRCUITS, LARGEST_CODE } from '../../chip/hicann-x/topology'
import { USUAL_TEMPERATURE } from '../../chip/hicann-x/drift'
import { readBoard } from '../../chip/hicann-x/housekeeping'
import { InputError } from '../../errors/input-error'
import {
  REFRACTORY_CLOCK_MHZ,
  type ChipIdentity,
  type ChipPort,
  type DynamicsCell,
  type DynamicsSwitches,
  type Housekeeping,
  type NeuronCell,
  type NeuronSwitches,
  type Program,
  type QuadrantCell,
  type Recording,
  type RefractoryClocks,
  type SpikeSwitches
} from '../chip-port'
import type { CorrelationPort } from '../correlation-port'
import { columnsOf, membranesOf } from '../joined'
import { openNetwork, type EmulatedNetwork } from '../network/network'
import { LOOP_DELAY_SD_US } from '../network/source'
import type { RoutingPort } from '../routing-port'
import { copyOf, putBack } from '../../numerics/state'
import { TrialNoise } from '../trial-noise'
import { DynamicsMemory } from './written/dynamics-memory'
import { Fabric } from './routed/fabric'
import { mapRecord, Memory } from './written/memory'
import { Latches, LEAKY_READOUT } from './written/quirks'
import type { ChipState } from './program/recorder'
import type { SavedChip } from './written/saved-chip'
import { SpikeMemory } from './written/spike-memory'

/** how long things take on the real chip, ms (hardware.md 1.1, 7.1) */
const SETTLE_MS = 20
const COLUMN_READ_MS = 0.2
const TRACE_MS = 2

export class HicannXPort implements ChipPort {
  readonly identity: ChipIdentity
  readonly network: EmulatedNetwork
  readonly routing: RoutingPort
  readonly correlation: CorrelationPort
  readonly #memory: Memory
  readonly #dynamics: DynamicsMemory
  readonly #spikes = new SpikeMemory()
  readonly #latches: Latches | null
  readonly #fabric: Fabric
  #elapsedMs = 0
  #state: ChipState | null = null
  #revision = 0
  #measurements = 0

  constructor(
    readonly draw: ChipDraw,
    readonly trialSeed: number,
    private readonly quirks = false,
    private readonly temperature = USUAL_TEMPERATURE
  ) {
    this.identity = { model: 'hicann-x', serial: draw.serial, neurons: CIRCUITS }
    this.#memory = new Memory(draw, new TrialNoise(trialSeed, 'hicann-x', 'write'))
    this.#dynamics = new DynamicsMemory(draw, new TrialNoise(trialSeed, 'hicann-x', 'write-dynamics'), quirks)
    this.#latches = quirks ? new Latches(draw.seed, draw.mismatch) : null
    this.#fabric = new Fabric({
      draw,
      synapses: this.#memory.synapses,
      writes: new TrialNoise(trialSeed, 'hicann-x', 'write-fabric'),
      measure: (rows) => {
        this.#elapsedMs += rows * COLUMN_READ_MS
        return this.#trial()
      },
      converter: () => this.state().converter,
      converterOf: (offsets, fixed) => this.#converter(offsets, { ...draw, ...fixed }),
      settle: () => this.#written(SETTLE_MS)
    })
    this.routing = this.#fabric.routing
    this.correlation = this.#fabric.correlation
    // asked for the revision, the network's source must answer for this chip as it is then
    const revision = (): number => this.#revision
    this.network = openNetwork({
      columns: () => columnsOf(this.#plain().circuits, this.#memory.switches.joined),
      get revision() {
        return revision()
      },
      synapses: () => ({ top: draw.synapses(0), bottom: draw.synapses(1) }),
      weightCurve: () => draw.weightCurve,
      events: () => ({ loss: EVENT_LOSS, delaySd: LOOP_DELAY_SD_US }),
      converter: () => this.state().converter,
      trialSeed,
      fixed: { seed: draw.seed, mismatch: draw.mismatch }
    })
  }

  get elapsedMs(): number {
    return this.#elapsedMs
  }

  writeNeuron(cell: NeuronCell | DynamicsCell, codes: Uint16Array): void {
    if (this.#dynamics.has(cell)) this.#dynamics.writeNeuron(cell, codes)
    else this.#memory.writeNeuron(cell, codes)
    this.#written(SETTLE_MS)
    if (cell === 'threshold' && this.#latches) {
      this.#latches.swept(this.state().circuits)
      this.#written(0)
    }
  }

  writeQuadrant(cell: QuadrantCell, codes: Uint16Array): void {
    this.#memory.writeQuadrant(cell, codes)
    this.#written(SETTLE_MS)
  }

  writeSwitches(switches: Partial<NeuronSwitches>): void {
    this.#memory.writeSwitches(switches)
    this.#written(0)
  }

  writeDynamics(switches: Partial<DynamicsSwitches>): void {
    this.#dynamics.writeSwitches(switches)
    this.#written(0)
  }

  writeRefractoryClocks(clocks: RefractoryClocks): void {
    this.#dynamics.writeClocks(clocks)
    this.#written(0)
  }

  writeSpikeSwitches(switches: Partial<SpikeSwitches>): void {
    this.#spikes.write(switches)
    this.#written(0)
  }

  writeConverterOffsets(offsets: Int8Array): void {
    this.#memory.writeConverterOffsets(offsets)
    this.#written(0)
  }

  writeRowSigns(array: 'top' | 'bottom', signs: Int8Array): void {
    this.#memory.writeRowSigns(array, signs)
  }

  writeWeights(array: 'top' | 'bottom', row: number, weights: Uint8Array): void {
    this.#memory.writeWeights(array, row, weights)
  }

  readNeuron(cell: NeuronCell | DynamicsCell): Uint16Array {
    if (this.#dynamics.has(cell)) return this.#dynamics.written[cell].slice()
    return this.#memory.written[cell].slice()
  }

  readQuadrant(cell: QuadrantCell): Uint16Array {
    return this.#memory.writtenShared[cell].slice()
  }

  readSwitches(): NeuronSwitches {
    return mapRecord(this.#memory.switches, (values) => values.slice())
  }

  readDynamics(): DynamicsSwitches {
    return mapRecord(this.#dynamics.switches, (values) => values.slice())
  }

  readRefractoryClocks(): RefractoryClocks {
    return { ...this.#dynamics.clocks }
  }

  readSpikeSwitches(): SpikeSwitches {
    return mapRecord(this.#spikes.switches, (values) => values.slice())
  }

  readDebugLine(code: number, reads: number, side: 'causal' | 'acausal' = 'causal'): Uint8Array {
    if (!(Number.isInteger(code) && code >= 0 && code <= LARGEST_CODE)) {
      throw new InputError('bad-input', `debug line at code ${code}: a whole number in 0 … ${LARGEST_CODE}`)
    }
    const trial = this.#trial()
    const voltage = debugVoltage(writeShared(Uint16Array.of(code), trial)[0])
    const converter = side === 'causal' ? this.state().converter : this.#fabric.correlation.secondConverter()
    const out = new Uint8Array(reads * CIRCUITS)
    for (let k = 0; k < out.length; k++) out[k] = convert(converter, k % CIRCUITS, voltage, trial.normal())
    this.#elapsedMs += SETTLE_MS + reads * COLUMN_READ_MS
    return out
  }

  readHousekeeping(): Housekeeping {
    return readBoard(this.draw.seed, this.draw.mismatch, this.temperature, this.#trial())
  }

  run(program: Program): Recording {
    if (program.forcedReset && this.#latches?.reset()) this.#written(0)
    const recording = this.#fabric.run(this.state(), program, this.#trial())
    const perRepeat = program.durationUs / 1000 + (program.columnReads?.length ?? 0) * COLUMN_READ_MS
    this.#elapsedMs += perRepeat * (program.repeats ?? 1)
    if (program.trace) this.#elapsedMs += (program.trace.neurons?.length ?? CIRCUITS) * TRACE_MS
    return recording
  }

  /** everything that writes, measurements and time have changed since power-up (numerics/state.ts) */
  save(): SavedChip {
    return {
      memory: copyOf(this.#memory.mutable),
      dynamics: copyOf(this.#dynamics.mutable),
      spikes: copyOf(this.#spikes.switches),
      latches: copyOf(this.#latches?.mutable ?? null),
      fabric: this.#fabric.save(),
      elapsedMs: this.#elapsedMs,
      measurements: this.#measurements
    }
  }

  /** @param saved of a chip of the same seed, mismatch and trial seed */
  restore({ memory, dynamics, spikes, latches, fabric, elapsedMs, measurements }: SavedChip): void {
    putBack(this.#memory.mutable, memory)
    putBack(this.#dynamics.mutable, dynamics)
    // a session that was saved before there were such switches had them as at power-up
    if (spikes) putBack(this.#spikes.switches, spikes)
    if (this.#latches && latches) putBack(this.#latches.mutable, latches)
    this.#fabric.restore(fabric)
    this.#elapsedMs = elapsedMs
    this.#measurements = measurements
    this.#written(0)
  }

  /** for the inspector only */
  get sensors(): Fabric['correlation'] {
    return this.#fabric.correlation
  }

  /** ground truth: for the emulator and its inspector only */
  state(): ChipState {
    if (this.#state === null) {
      const { draw, held, heldShared, switches, converterOffsets } = this.#memory
      const nominal = circuitsOf(draw, held, heldShared.synapseDacBias, switches, REFRACTORY_CLOCK_MHZ)
      const timed = this.#dynamics.backEnd(nominal, switches)
      const circuits = this.#latches ? this.#latches.silence(timed) : timed
      this.#state = {
        circuits,
        membranes: membranesOf(circuits, switches.joined),
        joined: switches.joined,
        groups: this.#dynamics.groups(circuits, switches),
        bypass: this.#spikes.bypass(switches.joined),
        eventOutput: this.#spikes.switches.eventOutput,
        converter: this.#converter(converterOffsets, draw),
        dacFactors: dacFactors(draw, heldShared.synapseDacBias),
        readoutLimit: this.quirks ? LEAKY_READOUT : Infinity
      }
    }
    return this.#state
  }

  /** the state, if networks can be emulated in it: they know neurons without further parts only */
  #plain(): ChipState {
    const state = this.state()
    const { bypass, eventOutput } = state
    const further = (n: number): boolean => {
      const group = state.groups[n]
      return (group && !group.plain) || bypass?.exc[n] === 1 || bypass?.inh[n] === 1 || eventOutput[n] === 0
    }
    const circuit = state.groups.findIndex((_, n) => further(n))
    if (circuit < 0) return state
    throw new InputError(
      'bad-input',
      `network: circuit ${circuit} has adaptation, exponential term, conductance-based input, hold-off, connections or ` +
        'bypass switched on, or its event output off, which only programs emulate: switch them back'
    )
  }

  /** the columns' converters, causal or acausal channels, as the sensors' biases shift them */
  #converter(digital: Int8Array, draw: ChipDraw): Converter {
    const { heldShared } = this.#memory
    const converter = converterOf(draw, heldShared.converterRampOffset, heldShared.converterRampSlope, digital)
    converter.offset.forEach((_, c) => {
      if (draw.stuck[c] < 0) converter.offset[c] += this.#fabric.correlation.shift(c)
    })
    return converter
  }

  #trial(): TrialNoise {
    return new TrialNoise(this.trialSeed, 'hicann-x', 'measurement', this.#measurements++)
  }

  #written(ms: number): void {
    this.#elapsedMs += ms
    this.#state = null
    this.#revision++
  }
}
