// The ends of `--mismatch`: a chip that is twice as uneven ends with its failed neurons named; on one that is even nothing
// is changed that need not be. Quick routines; whole suites of both chips are in test/core/calibration/chips.test.ts.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

const ROUTINES = ['refractory', 'converter_channels', 'tau_syn_exc', 'reset', 'leak']
const QUICK = ROUTINES.flatMap((name) => ['--routine', name])

interface Calibration {
  id: string
  usable: number
  neurons: number
  routines: { name: string; passed: boolean; failed: number[] }[]
  failures: { neuron: number; routine: string; bound: string; measured: number | null; residual: number | null }[]
  defects: { part: string; at: number; address: string; why: string }[]
}

let bench: Bench
beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  await bench.json('chip', 'new', '--seed', '1', '--mismatch', '2')
  await bench.json('chip', 'new', '--seed', '1', '--mismatch', '0')
}, 300_000)
afterAll(() => bench.remove())

const calibrate = async (chip: string): Promise<Calibration & { status: number | null }> => {
  const { calibration, status } = await bench.json<{ calibration: Calibration }>('calibrate', chip, ...QUICK)
  return { ...calibration, status }
}

describe('calibrate', () => {
  it('names every failed neuron of a chip with --mismatch 2, with routine and bound', async () => {
    const { status, id, usable, neurons, routines, failures, defects } = await calibrate('hx-1')
    expect(status).toBe(0)
    const failed = new Set(routines.flatMap((one) => one.failed))
    expect(failed.size).toBeGreaterThan(0)
    expect(usable).toBe(neurons - failed.size)
    expect(new Set(failures.map(({ neuron }) => neuron))).toEqual(failed)
    expect(failures.filter(({ measured, residual }) => (measured === null) !== (residual === null))).toEqual([])
    expect(new Set(defects.map(({ at }) => at))).toEqual(failed)
    const { stdout } = await bench.run(['calibration', 'show', id])
    for (const { address, why } of defects) {
      expect(stdout).toContain(address)
      expect(stdout).toContain(why)
    }
    expect(stdout).toContain(`${usable}/${neurons} neurons usable`)
  })

  it('passes on a chip with --mismatch 0 and treats all neurons alike', async () => {
    const { status, id, usable, routines, failures, defects } = await calibrate('hx-2')
    expect([status, usable, failures, defects]).toEqual([0, 512, [], []])
    expect(routines.filter(({ passed }) => !passed)).toEqual([])
    const file = path.join(bench.workspace, 'even.csv')
    await bench.json('calibration', 'export', id, file)
    const [head, ...rows] = fs
      .readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const settings = (routine: string): number[] =>
      rows.map((row) => Number(row[head.indexOf(`${routine} setting [code]`)]))
    const range = (list: number[]): number => Math.max(...list) - Math.min(...list)
    expect(settings('refractory')).toHaveLength(512)
    expect(range(settings('refractory'))).toBe(0)
    expect(range(settings('converter_channels'))).toBeLessThanOrEqual(2)
    // codes of 0.3 LSB, which reads are noisy by
    for (const name of ['leak', 'reset']) expect(range(settings(name)), name).toBeLessThan(20)
    expect((await bench.json<{ passed: boolean }>('accept', id)).passed).toBe(true)
  })
})
