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

  it('of the other recipe is another chip, and chips age', async () => {
    const [a, b] = await Promise.all(
      [
        ['--recipe', 'A'],
        ['--recipe', 'B', '--quirks']
      ].map((more) => bench.json<{ chip: Chip }>('chip', 'new', '--seed', '3', ...more))
    )
    expect(a.chip.serial).not.toBe(b.chip.serial)
    expect(b).toMatchObject({ chip: { recipe: 'B', quirks: true, ageDays: 0, temperature: 30 } })
    const { id } = b.chip
    await bench.json('chip', 'age', id, '--days', '3')
    expect(await bench.json('chip', 'age', id, '--days', '4', '--temperature', '25')).toMatchObject({
      status: 0,
      chip: { ageDays: 7, temperature: 25, serial: b.chip.serial, ageing: { coefficients: 'assumed' } }
    })
    expect(await bench.json('chip', 'quirks', id, 'off')).toMatchObject({ chip: { quirks: false } })
    const { stdout } = await bench.run(['chip', 'show', id])
    expect(stdout).toContain('Ageing (coefficients are assumed')
    const refused = await bench.run(['chip', 'age', id, '--days', '3', '--temperature', '60'])
    expect(refused).toMatchObject({ status: 2 })
    expect(refused.stderr).toContain('temperature: 60 given; allowed: at most 45')
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

  it('notes what was seen on a neuron, which stays in use', async () => {
    const at = expect.any(String) as string
    const noted = await bench.json('chip', 'note', 'right', '7', ' jumps when warm ')
    expect(noted).toMatchObject({ status: 0, chip: { notes: [{ neuron: 7, note: 'jumps when warm', at }] } })
    await bench.json('chip', 'note', 'right', '7', 'jumps at 40 °C')
    const shown = await bench.json<{ chip: { notes: unknown[]; excluded: number } }>('chip', 'show', 'right')
    expect(shown.chip.notes).toEqual([{ neuron: 7, note: 'jumps at 40 °C', at }])
    const asked = await bench.json<{ rows: unknown[] }>('sql', 'select neuron, note from neuron_notes')
    expect(asked.rows).toEqual([[7, 'jumps at 40 °C']])
    expect(await bench.json('chip', 'note', 'right', '7', '')).toMatchObject({ chip: { notes: [] } })
    const wrong = await bench.run(['chip', 'note', 'right', '512', 'there is none'])
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('neuron: 512 given') as string })
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
