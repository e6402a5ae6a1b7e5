/** What a benchmark is, and what of the machine it can have measured. */
import type { Config } from '../../core/training/types'
import type { Benchmark, ChipSpec } from '../protocol'
import type { Images } from '../tasks/task'
import type { LinearInput, LinearResult } from '../tasks/linear'

export interface BenchmarkEntry {
  name: string
  unit: string
  help: string
  /** measured on one thread and on all */
  scales: boolean
  measure(lab: Lab, threads: number): Promise<Measurement>
}

/** the figure, alone or with what it says besides */
export type Measurement = number | Pick<Benchmark, 'value' | 'details'>

/** a training that is not the default one */
export interface Workload {
  images: Images
  set: Config
}

/** does the work that is measured; the chip of all benchmarks is calibrated once */
export interface Lab {
  calibration(): Promise<{ seconds: number }>
  chip(): Promise<ChipSpec>
  /** images a second, median over epochs */
  train(chip: ChipSpec, threads: number, workload?: Workload): Promise<Measurement>
  /** samples a second, median over epochs */
  firstSpike(threads: number): Promise<number>
  emulate(threads: number): Promise<Measurement>
  linear(input: Omit<LinearInput, 'images'>): Promise<LinearResult>
}
