import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, newBench, type Bench } from './inloop'

let bench: Bench
beforeAll(async () => {
  ensureBuilt()
  bench = newBench()
  await bench.run(['chip', 'new', '--seed', '1'])
}, 300_000)
afterAll(() => bench.remove())

interface Scope {
  scope: {
    calibration: string | null
    calibrationUse: string
    samples: number[]
    invalid: number
    events: number[]
    spikes: { timeUs: number[]; neuron: number[] }
    crossbar: { nodes: unknown[]; passed: number[]; dropped: number[] } | null
  }
}

describe('scope', () => {
  it('traces a neuron of a chip that was never calibrated, the same each time', async () => {
    const ask = ['scope', 'hx-1', '--neuron', '137', '--stimulus', 'poisson', '--seed', '4'] as const
    const { scope, status } = await bench.json<Scope>(...ask)
    expect(status).toBe(0)
    expect(scope.calibrationUse).toBe('default')
    expect(scope.calibration).toBeNull()
    expect(scope.samples.length).toBe(Math.floor(208 / 0.034 + 1e-6))
    expect(scope.crossbar?.nodes).toHaveLength(76)
    expect(scope.crossbar?.passed[0]).toBe(scope.events.length)
    expect(scope.spikes.timeUs).toHaveLength(scope.spikes.neuron.length)
    expect((await bench.json<Scope>(...ask)).scope).toEqual(scope)
  })

  it('reads the column converter', async () => {
    const { scope } = await bench.json<Scope>('scope', 'hx-1', '--converter', 'column', '--duration', '100')
    expect(scope.invalid).toBe(0)
    expect(scope.samples.length).toBe(64)
    expect(Math.max(...scope.samples)).toBeLessThan(256)
  })

  it.each<[string[], RegExp]>([
    [['--neuron', '512'], /neuron: 512 given; allowed: 0 to 511 on chip hx-1/],
    [['--rate', 'fast'], /rateKHz: "fast" given; expected number/],
    [['--stimulus', 'noise'], /stimulus: "noise" given; allowed: silent, regular, poisson, burst/],
    [['--converter', 'column', '--source', 'lineExc'], /source: lineExc given with the column converter/],
    [['--calibration', 'active'], /chip hx-1 has no active calibration/]
  ])('refuses %o in one line', async (args, line) => {
    const { status, stderr } = await bench.run(['scope', 'hx-1', ...args])
    expect(status).toBe(2)
    expect(stderr.trim()).toMatch(line)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

it('chip state tells the codes of the four quadrants', async () => {
  const { state } = await bench.json<{
    state: { quadrants: { cells: { name: string; median: number }[]; usable: number }[]; routines: unknown[] }
  }>('chip', 'state', 'hx-1')
  expect(state.quadrants).toHaveLength(4)
  expect(state.quadrants.map(({ usable }) => usable)).toEqual([128, 128, 128, 128])
  expect(state.quadrants[3].cells.find(({ name }) => name === 'leak')?.median).toBe(629)
  expect(state.routines).toEqual([])
  expect((await bench.run(['chip', 'state', 'hx-1'])).stdout).toContain('bottom right')
})

describe('chip node', () => {
  const node = (...args: string[]) => bench.json<{ nodes: object[] }>('chip', 'node', 'hx-1', ...args)

  it('writes a node that traces respect, until it is reset', async () => {
    const passed = async (): Promise<number[]> =>
      (await bench.json<Scope>('scope', 'hx-1')).scope.crossbar?.passed ?? []
    expect((await passed())[0]).toBeGreaterThan(0)
    const written = { input: 8, output: 0, mask: 0x3fff, target: 2, countDrops: true }
    const { nodes } = await node('8', '0', '--mask', '0x3FFF', '--target', '2', '--count-drops')
    expect(nodes).toEqual([written])
    expect((await passed())[0]).toBe(0)
    const { state } = await bench.json<{ state: { nodes: object[] } }>('chip', 'state', 'hx-1')
    expect(state.nodes).toEqual([written])
    expect((await bench.run(['chip', 'state', 'hx-1'])).stdout).toContain('0x3fff')
    expect((await node('8', '0', '--reset')).nodes).toEqual([])
    expect((await passed())[0]).toBeGreaterThan(0)
  })

  it.each([
    [['0', '1'], /crossbar node 0 to 1: no such node/],
    [['0', '0', '--mask', '16384'], /mask: 16384 given; allowed: at most 16383/],
    [['20', '0'], /input: 20 given; allowed: at most 19/]
  ])('refuses %o in one line', async (args, line) => {
    const { status, stderr } = await bench.run(['chip', 'node', 'hx-1', ...args])
    expect(status).toBe(2)
    expect(stderr.trim()).toMatch(line)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('chip noise', () => {
  const noise = (...args: string[]) => bench.json<{ sources: object[] }>('chip', 'noise', 'hx-1', ...args)

  it('switches a source whose events pass an open node, until it is off', async () => {
    const passed = async (): Promise<number> =>
      (await bench.json<Scope>('scope', 'hx-1', '--stimulus', 'silent')).scope.crossbar?.passed[1] ?? NaN
    const before = await passed()
    const { sources } = await noise('1', '--period', '1250')
    expect(sources).toEqual([
      { source: 1, on: true, poisson: false, period: 1250, rate: 255, seed: 1, label: 1, mask: 0 }
    ])
    expect(await passed()).toBe(before)
    await bench.run(['chip', 'node', 'hx-1', '13', '1'])
    // 208 us of program, one event every 10 us
    expect(await passed()).toBe(before + 20)
    expect((await bench.run(['chip', 'state', 'hx-1'])).stdout).toContain('regular')
    await noise('1', '--off')
    expect(await passed()).toBe(before)
    await bench.run(['chip', 'node', 'hx-1', '13', '1', '--reset'])
  })

  it.each([
    [['8'], /source: 8 given; allowed: at most 7/],
    [['0', '--period', '0'], /period: 0 given; allowed: at least 1/]
  ])('refuses %o in one line', async (args, line) => {
    const { status, stderr } = await bench.run(['chip', 'noise', 'hx-1', ...args])
    expect(status).toBe(2)
    expect(stderr.trim()).toMatch(line)
  })
})

it('runs synapses wants a run', async () => {
  const { status, stderr } = await bench.run(['runs', 'synapses', 'r-9'])
  expect(status).toBe(2)
  expect(stderr).toMatch(/r-9/)
})
