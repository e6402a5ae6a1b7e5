/**
 * CorrelationPort: the part of a chip's port that reaches the correlation sensors. A sensor reads high after a reset and
 * lower by what its pairs have stored; what it stored stays until the next reset (Friedmann et al. 2017, calix
 * spiking/correlation_measurement.py).
 */
export interface CorrelationPort {
  /** connects the sensors (off at power-up); only then do they see what programs send */
  enable(on: boolean): void
  /** bias currents of each quadrant: `ramp` sets the time constant, `store` the amplitude; larger codes lower both */
  writeBias(cell: 'ramp' | 'store', codes: Uint16Array): void
  readBias(cell: 'ramp' | 'store'): Uint16Array
  /** 2-bit trims of one row's synapses, 256 values each; larger values lower the time constant, the amplitude */
  writeTrims(array: 'top' | 'bottom', row: number, time: Uint8Array, amplitude: Uint8Array): void
  readTrims(array: 'top' | 'bottom', row: number): { time: Uint8Array; amplitude: Uint8Array }
  /** digital offset of the second converter channel of each column, 512 values, −128 … 127 */
  writeAcausalConverterOffsets(offsets: Int8Array): void
  /** empties the storage of all synapses of an array */
  reset(array: 'top' | 'bottom'): void
  /** reads one row, 256 columns; CADC LSB */
  read(array: 'top' | 'bottom', row: number): { causal: Uint8Array; acausal: Uint8Array }
  /** reads all rows of an array, one after the other; [row][column] */
  readArray(array: 'top' | 'bottom'): { causal: Uint8Array; acausal: Uint8Array }
}
