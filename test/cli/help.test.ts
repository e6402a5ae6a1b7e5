/** What the terminal tells of itself: help, schema, doctor, verification. */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

let bench: Bench
beforeAll(() => {
  ensureBuilt()
  bench = newBench()
}, 300_000)
afterAll(() => bench.remove())

describe('schema', () => {
  it('lists every command', async () => {
    const { commands } = await bench.json<{ commands: { command: string }[] }>('schema')
    for (const name of [
      'chip new',
      'calibrate',
      'accept',
      'train',
      'evaluate',
      'runs show',
      'resume',
      'bench',
      'doctor'
    ]) {
      expect(commands.map((c) => c.command)).toContain(name)
    }
  })

  it('tells every setting of a method with its range, default and unit', async () => {
    const { input, set } = await bench.json<{
      input: { properties: { [key: string]: { minimum?: number } } }
      set: { surrogate: { key: string; default: unknown; unit: string; min: number; max: number }[] }
    }>('schema', 'train')
    expect(input.properties['epochs']).toMatchObject({ type: 'integer', minimum: 1, default: 30 })
    expect(set.surrogate.find((s) => s.key === 'binUs')).toMatchObject({ default: 1.7, unit: 'µs', type: 'number' })
  })

  it('tells every target of a calibration', async () => {
    const { target } = await bench.json<{ target: { key: string; default: number }[] }>('schema', 'calibrate')
    expect(target.find((t) => t.key === 'leak')).toMatchObject({ default: 80, min: 30, max: 210, unit: 'LSB' })
  })
})

it('doctor finds a new workspace in order', async () => {
  const { status, ...found } = await bench.json<{ ok: boolean; checks: { name: string; ok: boolean }[] }>('doctor')
  expect(found.checks.filter((check) => !check.ok)).toEqual([])
  expect(found.ok).toBe(true)
  expect(status).toBe(0)
})

it('verify finds the shipped reference values within limits', { timeout: 120_000 }, async () => {
  const { status, suites, passed } = await bench.json<{
    suites: { suite: string; maxError: number; passed: boolean }[]
    passed: boolean
  }>('verify')
  expect(suites.map((s) => s.suite).sort()).toEqual([
    'delgrad',
    'lif_traces',
    'mnist16',
    'surrogate',
    'ttfs',
    'yin_yang'
  ])
  expect(suites.every((s) => s.passed && s.maxError <= 1)).toBe(true)
  expect(passed).toBe(true)
  expect(status).toBe(0)
})

it('verify takes any file of the schema, and fails with 1 where a value is wrong', { timeout: 120_000 }, async () => {
  const shipped = JSON.parse(fs.readFileSync('resources/vectors/lif_traces.json', 'utf8')) as {
    lif: { spikes: number[] }[]
  }
  const file = path.join(bench.workspace, 'mine.json')
  const suites = async () => {
    fs.writeFileSync(file, JSON.stringify(shipped))
    return bench.json<{ suites: { suite: string; passed: boolean }[] }>('verify', '--vectors', file)
  }
  expect(await suites()).toMatchObject({ status: 0, suites: [{ suite: 'lif_traces', passed: true }] })
  shipped.lif[2].spikes[0] += 1e-6
  expect(await suites()).toMatchObject({ status: 1, suites: [{ suite: 'lif_traces', passed: false }], passed: false })
})

it('dataset list names what there is', async () => {
  const { datasets } = await bench.json<{ datasets: { name: string; present: boolean; samples: number }[] }>(
    'dataset',
    'list'
  )
  expect(datasets.find((set) => set.name === 'mnist16')).toMatchObject({ present: true, samples: 70_000 })
})

it('help is printed on stdout with exit status 0', async () => {
  const { status, stdout, stderr } = await bench.run(['train', '--help'])
  expect(status).toBe(0)
  expect(stdout).toContain('--limit-train <n>')
  expect(stderr).toBe('')
})

it('backup copies the database once', async () => {
  const file = `${bench.workspace}/copy.db`
  const { sha256 } = await bench.json<{ sha256: string }>('backup', file)
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(await bench.json('backup', file)).toMatchObject({ status: 2, error: { code: 'conflict' } })
})
