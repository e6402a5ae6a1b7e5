/** What the correlation sensors see of the chip around them. */
import type { Converter } from '../../../chip/hicann-x/column-converter'
import type { ChipDraw } from '../../../chip/hicann-x/draw'
import type { Stream } from '../../../random/stream'
import type { TrialNoise } from '../../trial-noise'
import type { SynapseMemory } from '../program/drive'

export interface SensorBench {
  draw: ChipDraw
  synapses: SynapseMemory
  labels: readonly [Uint8Array, Uint8Array]
  /** noise of writes */
  writes: Stream
  /** a stream for one measurement's noise; accounts for the time of reading so many rows */
  measure(rows: number): TrialNoise
  causalConverter(): Converter
  acausalConverter(offsets: Int8Array, fixed: Pick<ChipDraw, 'channelOffset' | 'stuck'>): Converter
  /** a bias was written: cells settle, converters shift */
  settle(): void
}
