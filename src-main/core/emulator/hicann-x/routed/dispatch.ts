/**
 * Events on their way to the synapses: from the host and the noise sources through the crossbar at once, from the chip's
 * own neurons through the crossbar and after the loop's delay. Deliveries wait here until the membranes' walk takes them.
 */
import { transmit, type StoredVoltage } from '../../../chip/hicann-x/drivers'
import type { ChipDraw } from '../../../chip/hicann-x/draw'
import {
  BUSES,
  FPGA_OUTPUT,
  fromHost,
  neuronLabel,
  neuronOutput,
  NOISE_INPUT,
  onBus
} from '../../../chip/hicann-x/router'
import { CIRCUITS } from '../../../chip/hicann-x/topology'
import type { RowEvent } from '../../chip-port'
import type { LabelledEvent } from '../../routing-port'
import { LOOP_DELAY_SD_US, LOOP_DELAY_US } from '../../network/source'
import type { TrialNoise } from '../../trial-noise'
import { deliver, type Drive, type SynapseMemory } from '../program/drive'
import { BUS_OUTPUTS, links, type Link } from './links'
import type { PrePulse } from '../sensors/pulses'
import type { Routing } from './routing'

/** neuron to crossbar to synapse: 1.0 ± 0.1 µs (Priesemann-Group/neuromorphic-bistability, table of parameters) */
const LOOP_DELAY = { us: LOOP_DELAY_US, sd: LOOP_DELAY_SD_US, most: 4 }
/** no spike comes back sooner */
export const SHORTEST_LOOP_US = LOOP_DELAY.us - LOOP_DELAY.most * LOOP_DELAY.sd

/** what the bits of a synapse label say in rate mode */
const ACTIVATION = 0b011111
const CHOICE = 0b100000

type Delivery =
  | { timeUs: number; order: number; event: RowEvent }
  | { timeUs: number; order: number; array: 0 | 1; bus: number; label: number }

interface HostEvent {
  repeat: number
  timeUs: number
  label: number
  output: number
}

export class Dispatch {
  readonly toHost: HostEvent[] = []
  #waiting: Delivery[] = []
  #order = 0
  #repeat = 0
  #voltages = new Map<number, StoredVoltage>()
  /** the buses, apart for what comes from outside, which is known beforehand, and for the chip's own spikes */
  #fromSources: readonly Link[] = []
  #fromNeurons: readonly Link[] = []

  constructor(
    private readonly draw: ChipDraw,
    private readonly synapses: SynapseMemory,
    private readonly routing: Routing,
    private readonly trial: TrialNoise
  ) {}

  /** some driver sends pulses that are shorter than a spike's */
  get rateMode(): boolean {
    return this.routing.rateMode
  }

  /** all that comes from outside in one repeat; plasticity starts recovered, like all else that starts settled */
  begin(repeat: number, durationUs: number, rows: readonly RowEvent[], labelled: readonly LabelledEvent[]): void {
    this.#repeat = repeat
    this.#voltages = new Map()
    this.#waiting = rows.map((event) => ({ timeUs: event.timeUs, order: this.#order++, event }))
    const sources: { timeUs: number; input: number; label: number }[] = labelled.map(({ timeUs, label }) => ({
      timeUs,
      ...fromHost(label)
    }))
    this.routing.noise.forEach((source, k) => {
      source.emit(durationUs, (timeUs, label) => sources.push({ timeUs, input: NOISE_INPUT + k, label }))
    })
    this.#fromSources = links(BUS_OUTPUTS)
    this.#fromNeurons = links(BUS_OUTPUTS)
    sources.sort((a, b) => a.timeUs - b.timeUs)
    for (const { timeUs, input, label } of sources) this.#route(input, label, timeUs, timeUs, this.#fromSources)
  }

  /** a neuron has fired */
  spike(circuit: number, timeUs: number): void {
    const label = neuronLabel(circuit, this.routing.addresses[circuit])
    const { us, sd, most } = LOOP_DELAY
    const jitter = Math.max(-most, Math.min(most, this.trial.normal()))
    this.#route(neuronOutput(circuit), label, timeUs, timeUs + us + sd * jitter, this.#fromNeurons)
  }

  #route(input: number, label: number, timeUs: number, arrivesUs: number, buses: readonly Link[]): void {
    this.routing.crossbar.route(input, label, (output) => {
      if (output >= FPGA_OUTPUT) {
        this.toHost.push({ repeat: this.#repeat, timeUs, label, output: output - FPGA_OUTPUT })
        return
      }
      if (!buses[output].takes(timeUs)) {
        this.routing.crossbar.lose(input)
        return
      }
      const array = output < BUSES ? 0 : 1
      this.#waiting.push({ timeUs: arrivesUs, order: this.#order++, array, bus: output % BUSES, label })
    })
  }

  /** takes out what arrives before `untilUs`, or at it where `inclusive`, by time */
  take(untilUs: number, inclusive: boolean): Delivery[] {
    const due = (x: Delivery): boolean => x.timeUs < untilUs || (inclusive && x.timeUs === untilUs)
    const taken = this.#waiting.filter(due)
    if (taken.length > 0) this.#waiting = this.#waiting.filter((x) => !due(x))
    return taken.sort((a, b) => a.timeUs - b.timeUs || a.order - b.order)
  }

  /** times of all that waits, by time */
  times(): Float64Array {
    return Float64Array.from(this.#waiting, ({ timeUs }) => timeUs).sort()
  }

  /** what deliveries add to each synaptic input; `onPulse` hears the rows that they reach */
  drive(deliveries: readonly Delivery[], onPulse: (pulse: PrePulse) => void): Drive {
    const exc = new Float64Array(deliveries.length * CIRCUITS)
    const inh = new Float64Array(deliveries.length * CIRCUITS)
    deliveries.forEach((delivery, k) => {
      if ('event' in delivery) {
        const { array, row, timeUs } = delivery.event
        for (const index of [0, 1] as const) {
          if (array === (index === 0 ? 'bottom' : 'top')) continue
          deliver(this.draw, this.synapses, index, row, k * CIRCUITS, exc, inh)
          onPulse({ timeUs, array: index, row, label: -1 })
        }
        return
      }
      const { array, bus, label, timeUs } = delivery
      const { row: address, synapse } = onBus(label)
      for (const driver of this.routing.listening(array, bus, address)) {
        const rate = this.routing.ratePulse(array, driver, synapse & ACTIVATION)
        const pulse = {
          labels: this.routing.labels[array],
          label: synapse,
          mask: rate === null ? ACTIVATION | CHOICE : CHOICE,
          efficacy: rate ?? this.#efficacy(array, driver, timeUs)
        }
        for (const row of [2 * driver, 2 * driver + 1]) {
          deliver(this.draw, this.synapses, array, row, k * CIRCUITS, exc, inh, pulse)
          if (rate === null) onPulse({ timeUs, array, row, label: synapse })
        }
      }
    })
    return { exc, inh, any: true }
  }

  #efficacy(array: 0 | 1, driver: number, timeUs: number): number {
    const short = this.routing.shortTerm(array, driver)
    if (!short) return 1
    const key = array * CIRCUITS + driver
    let stored = this.#voltages.get(key)
    if (!stored) this.#voltages.set(key, (stored = { share: 0, timeUs }))
    return short.pulse * transmit(stored, short, timeUs)
  }
}
