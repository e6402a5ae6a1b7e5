import { describe, expect, it, vi } from 'vitest'
import { Engine } from '../../src-main/jobs/engine'
import { FakeCompute } from './fake-compute'

function engine(): { engine: Engine; compute: () => FakeCompute; launched: () => number } {
  const processes: FakeCompute[] = []
  const launch = (): FakeCompute => {
    processes.push(new FakeCompute())
    return processes[processes.length - 1]
  }
  const made = new Engine({ launch, kernels: '', resources: '', cache: '', threads: 1 })
  return { engine: made, compute: () => processes[processes.length - 1], launched: () => processes.length }
}

describe('a question', () => {
  it('is answered with its own answer, in whatever order they come', async () => {
    const { engine: e, compute } = engine()
    const a = e.ask('identify', { seed: 1, mismatch: 1 })
    const b = e.ask('identify', { seed: 2, mismatch: 1 })
    const [first, second] = compute().of('ask')
    compute().say({ type: 'answer', id: second.id, answer: { serial: 'B', neurons: 512 } })
    compute().say({ type: 'answer', id: first.id, answer: { serial: 'A', neurons: 512 } })
    expect([(await a).serial, (await b).serial]).toEqual(['A', 'B'])
  })

  it('is refused with the code and the line that core gave', async () => {
    const { engine: e, compute } = engine()
    const asked = e.ask('prepare', { dataset: 'mnist17' })
    const failure = { code: 'bad-input' as const, message: 'data set unknown', detail: 'stack' }
    compute().say({ type: 'refused', id: compute().of('ask')[0].id, failure })
    await expect(asked).rejects.toMatchObject(failure)
  })

  it('is rejected when the process dies, and the next one launches another', async () => {
    const { engine: e, compute, launched } = engine()
    const asked = e.ask('datasets', null)
    compute().die(9)
    await expect(asked).rejects.toThrow('exit 9')
    void e.ask('datasets', null)
    expect(launched()).toBe(2)
  })
})

it('no process is launched before it is needed', () => {
  const { engine: e, launched } = engine()
  e.control('j-1', 'stop')
  e.kill()
  expect(launched()).toBe(0)
})

it('one for urgent questions says so, and ends its process when nobody asks any more', async () => {
  vi.useFakeTimers()
  const processes: FakeCompute[] = []
  const launch = (): FakeCompute => {
    processes.push(new FakeCompute())
    return processes[processes.length - 1]
  }
  const urgent = new Engine({ launch, kernels: '', resources: '', cache: '', threads: 1, urgentFor: 1000 })
  void urgent.ask('datasets', null).catch(() => {})
  expect(processes[0].of('open')[0].urgent).toBe(true)
  await vi.advanceTimersByTimeAsync(900)
  void urgent.ask('datasets', null).catch(() => {})
  await vi.advanceTimersByTimeAsync(900)
  expect(processes[0].killed).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect(processes[0].killed).toBe(true)
  void urgent.ask('datasets', null).catch(() => {})
  expect(processes).toHaveLength(2)
  vi.useRealTimers()
})
