/** Calibrations at a time of the day: the service with a clock that the test turns, and a compute process that answers. */
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ToCompute } from '../../src-main/compute/protocol'
import { openService, type Service } from '../../src-main/handlers/service'
import { isDue, lastTime, nextTime } from '../../src-main/jobs/nightly'
import { openStore } from '../../src-main/store/index'
import { FakeCompute } from '../jobs/fake-compute'
import { newChip, temporaryFolder } from '../store/fixtures'

describe('a time of the day', () => {
  const at = (text: string): Date => new Date(`2026-03-05T${text}`)
  it('was last today or yesterday, and is next today or tomorrow', () => {
    expect(lastTime('03:00', at('02:59:59'))).toEqual(new Date('2026-03-04T03:00:00'))
    expect(lastTime('03:00', at('03:00:00'))).toEqual(at('03:00:00'))
    expect(nextTime('03:00', at('02:59:59'))).toEqual(at('03:00:00'))
    expect(nextTime('03:00', at('03:00:00'))).toEqual(new Date('2026-03-06T03:00:00'))
  })
  it('comes due once, and only while the program is open', () => {
    const schedule = { chip: 'hx-1', time: '03:00', lastAt: null }
    expect(isDue(schedule, at('02:00:00'), at('02:59:59'))).toBe(false)
    expect(isDue(schedule, at('02:00:00'), at('03:00:01'))).toBe(true)
    expect(isDue(schedule, at('08:00:00'), at('08:00:01'))).toBe(false)
    expect(isDue({ ...schedule, lastAt: at('03:00:01').toISOString() }, at('02:00:00'), at('03:00:03'))).toBe(false)
  })
})

describe('while the window is open', () => {
  let workspace: string
  let service: Service
  let compute: FakeCompute

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: new Date('2026-03-05T02:58:30') })
    workspace = temporaryFolder()
    const store = openStore(path.join(workspace, 'inloop.db'))
    newChip(store)
    store.close()
  })
  afterEach(() => vi.useRealTimers())

  async function open(scheduled: boolean): Promise<void> {
    compute = new FakeCompute()
    const post = compute.post.bind(compute)
    compute.post = (message) => {
      post(message)
      const said = message as ToCompute
      if (said.type !== 'ask') return
      const answers: { [question: string]: unknown } = {
        catalogue: { routines: [], targets: [], presets: [], methods: [], datasets: [], benchmarks: [], core: 'feed' },
        preset: { name: 'spiking2', label: '', help: '', routines: null, targets: {}, onTop: false },
        aim: { targets: { leak: 80 }, lists: {}, warnings: [] }
      }
      compute.say({ type: 'answer', id: said.id, answer: answers[said.question] })
    }
    const launchCompute = (): FakeCompute => compute
    const where = { kernels: 'k', resources: 'r', version: '0.1.0', runtime: 'test', threads: 1 }
    service = await openService({ workspace, launchCompute, launchReader: launchCompute, ...where, scheduled })
    await service.invoke('calibration.schedule', { chip: 'hx-1', time: '03:00' })
  }
  const jobs = async (): Promise<{ kind: string; title: string }[]> =>
    ((await service.invoke('jobs.list', {})) as { jobs: { kind: string; title: string }[] }).jobs
  const pass = (minutes: number): Promise<unknown> => vi.advanceTimersByTimeAsync(minutes * 60_000)

  it('calibrates when the time comes, once, and again the next day', async () => {
    await open(true)
    await pass(1)
    expect(await jobs()).toEqual([])
    await pass(1)
    expect(await jobs()).toMatchObject([{ kind: 'calibrate', title: 'Calibrate hx-1 (nightly)' }])
    vi.setSystemTime(new Date('2026-03-05T13:00:00'))
    await pass(1)
    expect(await jobs()).toHaveLength(1)
    compute.end('j-1', { how: 'stopped' })
    vi.setSystemTime(new Date('2026-03-06T02:59:30'))
    await pass(1)
    expect(await jobs()).toHaveLength(2)
    compute.end('j-2', { how: 'stopped' })
    await service.close()
  })

  it('leaves a chip alone that is being calibrated, or whose schedule was taken off', async () => {
    await open(true)
    await service.invoke('calibrate', { chip: 'hx-1' })
    await pass(2)
    expect(await jobs()).toHaveLength(1)
    const off = await service.invoke('calibration.schedule', { chip: 'hx-1', time: 'off' })
    expect(off).toEqual({ schedules: [] })
    compute.end('j-1', { how: 'stopped' })
    vi.setSystemTime(new Date('2026-03-06T02:59:30'))
    await pass(1)
    expect(await jobs()).toHaveLength(1)
    await service.close()
  })

  it('does nothing by itself in a terminal', async () => {
    await open(false)
    await pass(60)
    expect(await jobs()).toEqual([])
    await service.close()
  })

  it('refuses a time that is none', async () => {
    await open(true)
    await expect(service.invoke('calibration.schedule', { chip: 'hx-1', time: '25:00' })).rejects.toThrow(
      'time: "25:00" given; allowed: a time like 03:00, or off'
    )
    await service.close()
  })
})
