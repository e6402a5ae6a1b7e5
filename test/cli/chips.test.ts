import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

let bench: Bench
beforeAll(() => {
  ensureBuilt()
  bench = newBench()
}, 300_000)
afterAll(() => bench.remove())

interface Chip {
  id: string
  name: string
  seed: number
  serial: string
  neurons: number
  mismatch: number
}

describe('chip', () => {
  it('is made from a seed, listed, shown, renamed and deleted', async () => {
    const made = await bench.json<{ chip: Chip }>(
      'chip',
      'new',
      '--model',
      'hicann-x',
      '--seed',
      '7',
      '--name',
      'left',
      '--mismatch',
      '0.5'
    )
    expect(made).toMatchObject({ status: 0, chip: { id: 'hx-1', name: 'left', seed: 7, mismatch: 0.5, neurons: 512 } })
    const other = await bench.json<{ chip: Chip }>('chip', 'new')
    expect(other.chip.id).toBe('hx-2')
    expect(other.chip.serial).not.toBe(made.chip.serial)
    const { chips } = await bench.json<{ chips: Chip[] }>('chip', 'list')
    expect(chips.map((chip) => chip.id)).toEqual(['hx-1', 'hx-2'])
    expect(await bench.json('chip', 'rename', 'left', 'right')).toMatchObject({ chip: { id: 'hx-1', name: 'right' } })
    expect(await bench.json('chip', 'show', 'right')).toMatchObject({
      chip: { id: 'hx-1', calibrations: [], exclusions: [] }
    })
    expect(await bench.json('chip', 'delete', 'hx-2')).toMatchObject({ status: 0, deleted: 'hx-2' })
    expect((await bench.json<{ chips: Chip[] }>('chip', 'list')).chips).toHaveLength(1)
  })

  it('has the same serial number whenever it is made from the same seed', async () => {
    const a = await bench.json<{ chip: Chip }>('chip', 'new', '--seed', '3')
    const b = await bench.json<{ chip: Chip }>('chip', 'new', '--seed', '3')
    expect(a.chip.serial).toBe(b.chip.serial)
  })

  it('excludes neurons with a reason and takes them back', async () => {
    const excluded = await bench.json('exclude', 'right', '3', '300', '--reason', 'noisy')
    const by = { reason: 'noisy', by: 'operator' }
    expect(excluded).toMatchObject({
      status: 0,
      chip: {
        exclusions: [
          { neuron: 3, ...by },
          { neuron: 300, ...by }
        ]
      }
    })
    expect(await bench.json('include', 'right', '3')).toMatchObject({ chip: { exclusions: [{ neuron: 300 }] } })
  })

  it('takes global options anywhere', async () => {
    for (const args of [
      ['--json', 'chip', 'list'],
      ['chip', '--json', 'list'],
      ['chip', 'list', '--json', '--threads', '1']
    ]) {
      const { status, stdout } = await bench.run(args)
      expect(status).toBe(0)
      expect(JSON.parse(stdout)).toHaveProperty('chips')
    }
  })

  it('prints a table for people', async () => {
    const { stdout } = await bench.run(['chip', 'list'])
    expect(stdout).toMatch(/^id +name +seed/)
    expect(stdout).toMatch(/^hx-1 +right +7/m)
  })
})
