/**
 * Router, drivers and labels behind the RoutingPort: what was written, checked as it is written, and what of it lives on
 * between programs (noise generators, counters).
 */
import {
  RAMP_CODE,
  busOf,
  drawDrivers,
  drawRates,
  DRIVER_SETTINGS,
  driverQuadrant,
  DRIVERS,
  matches,
  ratePulse,
  shortTermOf,
  trimmed,
  type RateDraw,
  type ShortTerm
} from '../../../chip/hicann-x/drivers'
import type { ChipDraw } from '../../../chip/hicann-x/draw'
import { NoiseGenerator, SILENT_SOURCE } from '../../../chip/hicann-x/noise-sources'
import { writeShared } from '../../../chip/hicann-x/parameter-memory'
import { Crossbar, LARGEST_LABEL, NEURON_OUTPUTS, NOISE_SOURCES } from '../../../chip/hicann-x/router'
import { CIRCUITS, COLUMNS, LARGEST_CODE, QUADRANTS, ROWS } from '../../../chip/hicann-x/topology'
import { InputError } from '../../../errors/input-error'
import type { Stream } from '../../../random/stream'
import { copyOf, putBack } from '../../../numerics/state'
import type { CrossbarNode, DriverSettings, NoiseSource, PlasticityCell, RoutingPort } from '../../routing-port'
import type { SynapseMemory } from '../program/drive'
import { check, mapRecord } from '../written/memory'

/** calix's voltages (spiking/synapse_driver.py): pair 0 depresses, pair 1 facilitates */
const VOLTAGES: Record<PlasticityCell, number> = {
  charge0: 100,
  recover0: 400,
  charge1: 330,
  recover1: 50,
  ramp: RAMP_CODE
}
const LARGEST_SYNAPSE_LABEL = 63

interface SavedRouting {
  crossbar: Crossbar['mutable']
  labels: Uint8Array[]
  addresses: Uint8Array
  drivers: DriverSettings[]
  noise: { settings: NoiseSource; state: Int32Array }[]
  voltages: Record<PlasticityCell, Float64Array>
  spikes: Float64Array
  counting: boolean
}

export class Routing implements RoutingPort {
  readonly crossbar = new Crossbar()
  /** [row][column] of the two arrays */
  readonly labels = [new Uint8Array(ROWS * COLUMNS), new Uint8Array(ROWS * COLUMNS)] as const
  readonly addresses = new Uint8Array(CIRCUITS)
  readonly drivers: readonly [DriverSettings, DriverSettings]
  readonly noise: NoiseGenerator[]
  readonly #written: Record<PlasticityCell, Uint16Array>
  /** what these cells really hold */
  readonly #voltages: Record<PlasticityCell, Float64Array>
  readonly #own: (Float64Array | undefined)[] = []
  readonly #rates: (RateDraw | undefined)[] = []
  readonly #spikes = new Float64Array(CIRCUITS)
  #counting = false

  /**
   * @param trial noise of this session's writes to the drivers' voltages
   * @param settle accounts for the time of such a write
   */
  constructor(
    private readonly draw: ChipDraw,
    private readonly synapses: SynapseMemory,
    private readonly trial: Stream,
    private readonly settle: () => void
  ) {
    const powerUp = (): DriverSettings => mapRecord(DRIVER_SETTINGS, ({ at }) => new Uint8Array(DRIVERS).fill(at))
    this.drivers = [powerUp(), powerUp()]
    this.noise = Array.from({ length: NOISE_SOURCES }, () => new NoiseGenerator(SILENT_SOURCE))
    this.#written = mapRecord(VOLTAGES, (code) => new Uint16Array(QUADRANTS).fill(code))
    this.#voltages = mapRecord(this.#written, (codes) => writeShared(codes, trial))
  }

  /** see numerics/state.ts */
  save(): SavedRouting {
    const { labels, addresses, drivers, noise, crossbar } = this
    return copyOf({
      crossbar: crossbar.mutable,
      labels: [...labels],
      addresses,
      drivers: [...drivers],
      noise: noise.map(({ settings, state }) => ({ settings, state })),
      voltages: this.#voltages,
      spikes: this.#spikes,
      counting: this.#counting
    })
  }

  restore({ noise, counting, crossbar, ...same }: SavedRouting): void {
    const { labels, addresses, drivers } = this
    putBack({ labels, addresses, drivers, voltages: this.#voltages, spikes: this.#spikes }, same)
    putBack(this.crossbar.mutable, crossbar)
    noise.forEach(({ settings, state }, k) => {
      this.noise[k] = new NoiseGenerator({ ...settings })
      this.noise[k].state.set(state)
    })
    this.#counting = counting
  }

  writeCrossbarNode(input: number, output: number, node: CrossbarNode): void {
    this.#node(input, output)
    check(`crossbar node ${input} to ${output}`, [node.mask, node.target], 2, 0, LARGEST_LABEL)
    this.crossbar.write(input, output, node)
  }

  readCrossbarNode(input: number, output: number): CrossbarNode {
    return this.#node(input, output)
  }

  #node(input: number, output: number): CrossbarNode {
    const node = this.crossbar.node(input, output)
    if (!node) {
      throw new InputError(
        'bad-input',
        `crossbar node ${input} to ${output}: no such node (inputs 0 … 19 and outputs 0 … 11 meet in 76 places)`
      )
    }
    return node
  }

  writeNoiseSource(source: number, settings: NoiseSource): void {
    check('noise source', [source], 1, 0, NOISE_SOURCES - 1)
    check('period of a noise source', [settings.period], 1, 1, 0xffff)
    check('rate of a noise source', [settings.rate], 1, 0, 255)
    check('seed of a noise source', [settings.seed], 1, 0, 0xffffffff)
    check('label of a noise source', [settings.label], 1, 0, LARGEST_LABEL)
    check('mask of a noise source', [settings.mask], 1, 0, 255)
    this.noise[source] = new NoiseGenerator({ ...settings })
  }

  readNoiseSource(source: number): NoiseSource {
    check('noise source', [source], 1, 0, NOISE_SOURCES - 1)
    return { ...this.noise[source].settings }
  }

  writeDrivers(array: 'top' | 'bottom', settings: Partial<DriverSettings>): void {
    const names = Object.keys(settings) as (keyof DriverSettings)[]
    for (const name of names) {
      // all are checked before the first is written
      if (settings[name]) check(`driver setting ${name}`, settings[name], DRIVERS, 0, DRIVER_SETTINGS[name].most)
    }
    for (const name of names) if (settings[name]) this.drivers[indexOf(array)][name].set(settings[name])
  }

  readDrivers(array: 'top' | 'bottom'): DriverSettings {
    return mapRecord(this.drivers[indexOf(array)], (values) => values.slice())
  }

  writePlasticityVoltage(cell: PlasticityCell, codes: Uint16Array): void {
    check(`cell ${cell}`, codes, QUADRANTS, 0, LARGEST_CODE)
    this.#written[cell].set(codes)
    this.#voltages[cell] = writeShared(codes, this.trial)
    this.settle()
  }

  readPlasticityVoltage(cell: PlasticityCell): Uint16Array {
    return this.#written[cell].slice()
  }

  writeRowModes(array: 'top' | 'bottom', modes: Int8Array): void {
    check(`row modes of the ${array} array`, modes, ROWS, -1, 2)
    this.synapses.signs[indexOf(array)].set(modes)
  }

  writeLabels(array: 'top' | 'bottom', row: number, labels: Uint8Array): void {
    check('synapse row', [row], 1, 0, ROWS - 1)
    check(`labels of row ${row}`, labels, COLUMNS, 0, LARGEST_SYNAPSE_LABEL)
    this.labels[indexOf(array)].set(labels, row * COLUMNS)
  }

  readLabels(array: 'top' | 'bottom', row: number): Uint8Array {
    check('synapse row', [row], 1, 0, ROWS - 1)
    return this.labels[indexOf(array)].slice(row * COLUMNS, (row + 1) * COLUMNS)
  }

  writeNeuronAddresses(addresses: Uint8Array): void {
    check('neuron addresses', addresses, CIRCUITS, 0, 255)
    this.addresses.set(addresses)
  }

  readNeuronAddresses(): Uint8Array {
    return this.addresses.slice()
  }

  readEventCounters(): { dropped: Uint16Array; passed: Uint32Array } {
    return { dropped: this.crossbar.dropped.slice(), passed: this.crossbar.passed.slice() }
  }

  resetEventCounters(): void {
    this.crossbar.resetCounters()
  }

  enableSpikeCounters(on: boolean): void {
    this.#counting = on
  }

  readSpikeCounters(): { count: Uint8Array; overflow: Uint8Array } {
    return {
      count: Uint8Array.from(this.#spikes, (spikes) => spikes % 256),
      overflow: Uint8Array.from(this.#spikes, (spikes) => (spikes > 255 ? 1 : 0))
    }
  }

  resetSpikeCounters(): void {
    this.#spikes.fill(0)
  }

  get counting(): boolean {
    return this.#counting
  }

  count(neuron: number): void {
    if (this.#counting) this.#spikes[neuron]++
  }

  /** whether events move by themselves: a program then takes the router's path, whatever it sends */
  get busy(): boolean {
    return this.recurrent || this.noise.some(({ settings }) => settings.on)
  }

  /** whether the chip's own spikes can reach its synapses */
  get recurrent(): boolean {
    return Array.from({ length: NEURON_OUTPUTS }, (_, k) => k).some((k) => this.crossbar.reachesSynapses(k))
  }

  /** drivers of a bus that take an event of this row address */
  listening(array: 0 | 1, bus: number, row: number): number[] {
    const { receiver, compareMask } = this.drivers[array]
    const list: number[] = []
    for (let d = 0; d < DRIVERS; d++) {
      if (busOf(d) === bus && receiver[d] && matches(d, compareMask[d], row)) list.push(d)
    }
    return list
  }

  /** whether any driver is in rate mode */
  get rateMode(): boolean {
    return this.drivers.some(({ rate }) => rate.includes(1))
  }

  /** pulse of a driver in rate mode, relative to a spike's; null where it is not in rate mode */
  ratePulse(array: 0 | 1, driver: number, activation: number): number | null {
    const { rate, rateOffset } = this.drivers[array]
    if (!rate[driver]) return null
    const own = (this.#rates[array] ??= drawRates(this.draw.seed, this.draw.mismatch, array))
    const ramp = this.#voltages.ramp[driverQuadrant(array, driver)] / RAMP_CODE
    return ratePulse(activation, ramp * own.slope[driver], own.offset[driver], rateOffset[driver])
  }

  /** null where the driver's plasticity is off; `pulse` is the driver's own efficacy, trimmed */
  shortTerm(array: 0 | 1, driver: number): (ShortTerm & { pulse: number }) | null {
    const { plastic, utilisation, recovery, target, offset } = this.drivers[array]
    if (!plastic[driver]) return null
    const own = (this.#own[array] ??= drawDrivers(this.draw.seed, this.draw.mismatch, array))
    const q = driverQuadrant(array, driver)
    const { charge0, charge1, recover0, recover1 } = this.#voltages
    const [charge, recover] = target[driver] ? [charge1, recover1] : [charge0, recover0]
    const short = shortTermOf(utilisation[driver], recovery[driver], recover[q], charge[q])
    return { ...short, pulse: trimmed(own[driver], offset[driver]) }
  }
}

export function indexOf(array: 'top' | 'bottom'): 0 | 1 {
  return array === 'top' ? 0 : 1
}
