/**
 * The further parts of chip settings: written only where a calibration holds them, read back where it asks for them.
 * Everything of a part is written, so that what was on the chip before does not matter.
 */
import type { ChipPort, DynamicsCell } from '../emulator/chip-port'
import type { PlasticityCell } from '../emulator/routing-port'
import { median } from '../statistics/summary'
import { mapRecord } from './record'
import type { ChipSettings, CorrelationSettings, CorrelationTrims, DynamicsSettings, FurtherPart } from './types'

const ROWS = 256
const COLUMNS = 256
const ARRAYS = ['top', 'bottom'] as const

/** the tables are of true: a cell that is missing in them does not compile */
const DYNAMICS_CELLS: Readonly<Record<DynamicsCell, true>> = {
  adaptationLeak: true,
  adaptationReference: true,
  adaptationTau: true,
  adaptationA: true,
  adaptationB: true,
  exponentialThreshold: true,
  exponentialSlope: true,
  cobaReferenceExc: true,
  cobaReferenceInh: true,
  cobaGainExc: true,
  cobaGainInh: true,
  interCompartment: true
}
const PLASTICITY_CELLS: Readonly<Record<PlasticityCell, true>> = {
  charge0: true,
  recover0: true,
  charge1: true,
  recover1: true,
  ramp: true
}

type Further = Pick<ChipSettings, FurtherPart>

/** the further parts that settings hold */
export function partsOf(settings: Further): FurtherPart[] {
  return (['dynamics', 'drivers', 'correlation'] as const).filter((part) => settings[part] !== undefined)
}

export function applyFurther(port: ChipPort, { dynamics, drivers, correlation }: Further): void {
  if (dynamics) {
    for (const cell of Object.keys(dynamics.cells) as DynamicsCell[]) port.writeNeuron(cell, dynamics.cells[cell])
    port.writeDynamics(dynamics.switches)
    port.writeRefractoryClocks(dynamics.clocks)
  }
  if (drivers) {
    for (const cell of Object.keys(drivers.voltages) as PlasticityCell[]) {
      port.routing.writePlasticityVoltage(cell, drivers.voltages[cell])
    }
    for (const array of ARRAYS) port.routing.writeDrivers(array, drivers[array])
  }
  if (correlation) applyCorrelation(port, correlation)
}

function applyCorrelation(port: ChipPort, settings: CorrelationSettings): void {
  for (const bias of ['ramp', 'store'] as const) port.correlation.writeBias(bias, settings[bias])
  for (const array of ARRAYS) {
    const { time, amplitude } = settings[array]
    for (let row = 0; row < ROWS; row++) {
      const [from, to] = [row * COLUMNS, (row + 1) * COLUMNS]
      port.correlation.writeTrims(array, row, time.subarray(from, to), amplitude.subarray(from, to))
    }
  }
  port.correlation.writeAcausalConverterOffsets(settings.acausalOffsets)
}

/**
 * What is on the chip now, of the parts asked for.
 * @param acausalOffsets of the second converters, which cannot be read back: the caller knows what it wrote
 */
export function readFurther(port: ChipPort, parts: readonly FurtherPart[], acausalOffsets: Int8Array): Further {
  const { routing, correlation } = port
  return {
    ...(parts.includes('dynamics') && { dynamics: readDynamics(port) }),
    ...(parts.includes('drivers') && {
      drivers: {
        top: routing.readDrivers('top'),
        bottom: routing.readDrivers('bottom'),
        voltages: mapRecord(PLASTICITY_CELLS, (_, cell) => routing.readPlasticityVoltage(cell))
      }
    }),
    ...(parts.includes('correlation') && {
      correlation: {
        ramp: correlation.readBias('ramp'),
        store: correlation.readBias('store'),
        top: readTrims(port, 'top'),
        bottom: readTrims(port, 'bottom'),
        acausalOffsets: acausalOffsets.slice()
      }
    })
  }
}

function readDynamics(port: ChipPort): DynamicsSettings {
  return {
    cells: mapRecord(DYNAMICS_CELLS, (_, cell) => port.readNeuron(cell)),
    switches: port.readDynamics(),
    clocks: port.readRefractoryClocks()
  }
}

function readTrims(port: ChipPort, array: 'top' | 'bottom'): CorrelationTrims {
  const trims = { time: new Uint8Array(ROWS * COLUMNS), amplitude: new Uint8Array(ROWS * COLUMNS) }
  for (let row = 0; row < ROWS; row++) {
    const { time, amplitude } = port.correlation.readTrims(array, row)
    trims.time.set(time, row * COLUMNS)
    trims.amplitude.set(amplitude, row * COLUMNS)
  }
  return trims
}

/** one value for all neurons, drivers, synapses; what quadrants share and the converters' offsets are kept */
export function medianFurther({ dynamics, drivers, correlation }: Further): Further {
  return {
    ...(dynamics && {
      dynamics: {
        cells: mapRecord(dynamics.cells, flat),
        switches: mapRecord(dynamics.switches, flat),
        clocks: { ...dynamics.clocks }
      }
    }),
    ...(drivers && {
      drivers: {
        top: mapRecord(drivers.top, flat),
        bottom: mapRecord(drivers.bottom, flat),
        voltages: mapRecord(drivers.voltages, (codes) => codes.slice())
      }
    }),
    ...(correlation && {
      correlation: {
        ramp: correlation.ramp.slice(),
        store: correlation.store.slice(),
        top: mapRecord({ ...correlation.top }, flat),
        bottom: mapRecord({ ...correlation.bottom }, flat),
        acausalOffsets: correlation.acausalOffsets.slice()
      }
    })
  }
}

/** the median for all */
function flat<T extends Uint8Array | Uint16Array>(values: T): T {
  return values.slice().fill(Math.round(median(values))) as T
}
