/**
 * RoutingPort: the part of a chip's port that moves events. What can be written is digital except for the target
 * voltages of short-term plasticity.
 *
 * Events that pass here are a program's `labelled` events, the noise sources' events and the chip's own spikes. A
 * program's row events bypass router and drivers.
 */
/** passes an event exactly if (neuron label AND mask) = target; 14 bits each */
export interface CrossbarNode {
  mask: number
  target: number
  /** whether the events that it does not pass count as drops at its input */
  countDrops: boolean
}

/** a background source: one event a period, or one with a probability of rate / 255 */
export interface NoiseSource {
  on: boolean
  /** false: regular */
  poisson: boolean
  /** cycles of 8 ns, 1 … 65535 */
  period: number
  /** 0 … 255 */
  rate: number
  /** 32 bits */
  seed: number
  /** 14-bit neuron label of its events */
  label: number
  /** of the label's lower eight bits, those that are random (Poisson only) */
  mask: number
}

/** settings of the 128 drivers of an array: driver d listens to bus d mod 4 at position d div 4, rows 2d and 2d + 1 */
export interface DriverSettings {
  /** 1: listens to its bus */
  receiver: Uint8Array
  /** 5 bits of the position that an event's row address must equal; 0: takes any row address */
  compareMask: Uint8Array
  /** 1: short-term plasticity is on */
  plastic: Uint8Array
  /** 0 … 15, how much of the way to its charge voltage an event moves a driver */
  utilisation: Uint8Array
  /** 0 … 15, larger: faster back to its recovery voltage */
  recovery: Uint8Array
  /** which pair of voltages, 0 or 1 (at power-up 0 depresses and 1 facilitates) */
  target: Uint8Array
  /** 0 … 15, trims the pulses of a plastic driver; 8: as it is */
  offset: Uint8Array
  /**
   * 1: rate mode ("hagen"): the pulse is as long as the event's lower five bits say (its activation, 0 … 31), and
   * synapses compare the label's bit 5 only; short-term plasticity and correlation sensors rest
   */
  rate: Uint8Array
  /** 0 … 63, trims the length of rate-mode pulses; 32: as it is */
  rateOffset: Uint8Array
}

/**
 * analog cells of the drivers, one code a quadrant: target voltages of short-term plasticity, two pairs; the current of the
 * ramp that measures pulses in rate mode (a larger one gives longer pulses)
 */
export type PlasticityCell = 'charge0' | 'recover0' | 'charge1' | 'recover1' | 'ramp'

/** an event from the host: bits 14 and 15 choose the FPGA input, bits 0 … 13 are the neuron label */
export interface LabelledEvent {
  timeUs: number
  /** 16 bits */
  label: number
}

/** events that left the crossbar by its outputs to the FPGA, by time within their repeat */
export interface HostEvents {
  repeat: Uint16Array
  timeUs: Float64Array
  /** neuron label, 14 bits */
  label: Uint16Array
  /** 0 … 3 */
  output: Uint8Array
}

export interface RoutingPort {
  /** inputs 0 … 7 neuron outputs, 8 … 11 FPGA, 12 … 19 noise; outputs 0 … 3 top buses, 4 … 7 bottom buses, 8 … 11 FPGA */
  writeCrossbarNode(input: number, output: number, node: CrossbarNode): void
  readCrossbarNode(input: number, output: number): CrossbarNode
  writeNoiseSource(source: number, settings: NoiseSource): void
  readNoiseSource(source: number): NoiseSource
  writeDrivers(array: 'top' | 'bottom', settings: Partial<DriverSettings>): void
  readDrivers(array: 'top' | 'bottom'): DriverSettings
  writePlasticityVoltage(cell: PlasticityCell, codes: Uint16Array): void
  readPlasticityVoltage(cell: PlasticityCell): Uint16Array
  /** like `writeRowSigns`, and 2: the row's synapses act on both inputs */
  writeRowModes(array: 'top' | 'bottom', modes: Int8Array): void
  /** 6-bit labels of one row's synapses, 256 values */
  writeLabels(array: 'top' | 'bottom', row: number, labels: Uint8Array): void
  readLabels(array: 'top' | 'bottom', row: number): Uint8Array
  /** the 8-bit address that each neuron's spikes carry, 512 values */
  writeNeuronAddresses(addresses: Uint8Array): void
  readNeuronAddresses(): Uint8Array

  /** events dropped at each of 20 inputs (by nodes that count), events that left by each of 12 outputs */
  readEventCounters(): { dropped: Uint16Array; passed: Uint32Array }
  resetEventCounters(): void
  /** switches the neurons' spike counters on or off (off at power-up) */
  enableSpikeCounters(on: boolean): void
  /** 8 bits; overflow 1: the counter has been all round */
  readSpikeCounters(): { count: Uint8Array; overflow: Uint8Array }
  resetSpikeCounters(): void
}
