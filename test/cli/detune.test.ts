/** A chip that is set wrong on purpose: what it needs, what is recorded, and that networks are trained on it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

interface Calibration {
  id: string
  targets: { tau_mem: number }
}

let bench: Bench
beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  await bench.json('chip', 'new', '--seed', '1')
  await bench.json('chip', 'new', '--seed', '2')
  await bench.json('calibrate', 'hx-1', '--routine', 'converter_channels', '--routine', 'leak')
}, 300_000)
afterAll(() => bench.remove())

describe('calibrate --detune', () => {
  it('stands on an active calibration, alone, within half of a target', async () => {
    const refused = async (...args: string[]): Promise<string> => {
      const { status, stderr } = await bench.run(['calibrate', ...args])
      expect(status).toBe(2)
      return stderr
    }
    expect(await refused('hx-2', '--detune', '0.3')).toContain('chip hx-2 has no active calibration')
    expect(await refused('hx-1', '--detune', '0.3', '--target', 'leak=90')).toContain('detune: given with targets')
    expect(await refused('hx-1', '--detune', '0.6')).toContain('detune: 0.6 given; allowed: at most 0.5')
  })

  it('is recorded with what its neurons were drawn around, and trained on', async () => {
    const { calibration } = await bench.json<{ calibration: Calibration }>(
      'calibrate',
      'hx-1',
      '--detune',
      '0.3',
      '--no-activate'
    )
    expect(calibration.targets.tau_mem).toBe(6)
    const few = ['--epochs', '1', '--limit-train', '100', '--limit-test', '50']
    const { run } = await bench.json<{ run: { config: object } }>(
      'train',
      'surrogate',
      '--chip',
      'hx-1',
      '--calibration',
      calibration.id,
      ...few
    )
    expect(run.config).toMatchObject({ detune: 0.3, detuneSeed: 1 })
  }, 300_000)
})
