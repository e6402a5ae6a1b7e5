/** Throughput of this machine: which benchmarks there are, on one thread and on all. */
import os from 'node:os'
import type { Benchmark, Machine, TaskEnd } from '../protocol'
import type { Teams } from '../teams'
import type { BenchmarkEntry } from './entry'
import { IDEAL_BENCHMARKS } from './ideal'
import { Ended, TeamLab } from './lab'
import { LINEAR_BENCHMARK } from './linear'

export const BENCHMARKS: readonly BenchmarkEntry[] = [
  {
    name: 'calibrate.hicann-x',
    unit: 's',
    help: 'all routines on all 512 neurons of one chip',
    scales: false,
    measure: async (lab) => (await lab.calibration()).seconds
  },
  {
    name: 'emulate.mnist16',
    unit: 'images/s',
    help: 'images presented to a trained network on the emulated chip and read out',
    scales: true,
    measure: (lab, threads) => lab.emulate(threads)
  },
  {
    name: 'train.surrogate.mnist16',
    unit: 'images/s',
    help: 'forward on the emulated chip, backward and update',
    scales: true,
    measure: async (lab, threads) => lab.train(await lab.chip(), threads)
  },
  {
    name: 'train.surrogate.mnist16.ideal',
    unit: 'images/s',
    help: 'forward on ideal dynamics, backward and update',
    scales: true,
    measure: (lab, threads) => lab.train({ kind: 'ideal' }, threads)
  },
  {
    name: 'train.first-spike.yin-yang',
    unit: 'samples/s',
    help: 'exact gradients of first-spike times, 5-120-3: forward, backward and update',
    scales: true,
    measure: (lab, threads) => lab.firstSpike(threads)
  },
  ...IDEAL_BENCHMARKS,
  LINEAR_BENCHMARK
]

/** @returns the measurements, or how the work ended instead */
export async function benchmarks(names: readonly string[], teams: Teams): Promise<Benchmark[] | TaskEnd> {
  const chosen = BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name))
  const lab = new TeamLab(teams)
  const all = teams.surroundings.threads
  const results: Benchmark[] = []
  const steps = chosen.flatMap((entry) =>
    (entry.scales && all > 1 ? [1, all] : [1]).map((threads) => ({ entry, threads }))
  )
  try {
    for (const [k, { entry, threads }] of steps.entries()) {
      const { name, unit } = entry
      teams.report({ kind: 'progress', share: k / steps.length, text: `${name}, ${threads} thread(s)` })
      const measured = await entry.measure(lab, threads)
      results.push({ name, unit, threads, ...(typeof measured === 'number' ? { value: measured } : measured) })
    }
  } catch (error) {
    if (error instanceof Ended) return error.end
    throw error
  }
  return results
}

export function machine(): Machine {
  const cores = os.cpus()
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
    node: process.versions.node
  }
}
