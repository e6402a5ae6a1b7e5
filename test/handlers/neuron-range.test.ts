/** Which neuron may be traced: every one that the chip has, and a refusal names that chip's range. */
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openService, type Service } from '../../src-main/handlers/service'
import { openStore } from '../../src-main/store/index'
import { FakeCompute } from '../jobs/fake-compute'
import { temporaryFolder } from '../store/fixtures'
import { sizedChip } from '../store/sized'

async function bench(neurons: number): Promise<{ service: Service; compute: FakeCompute; chip: string }> {
  const workspace = temporaryFolder()
  const store = openStore(path.join(workspace, 'inloop.db'))
  const chip = sizedChip(store, neurons, 'sized')
  store.close()
  const compute = new FakeCompute()
  const service = await openService({
    workspace,
    launchCompute: () => compute,
    launchReader: () => new FakeCompute(),
    kernels: 'kernels.wasm',
    resources: 'resources',
    version: '0.1.0',
    runtime: 'test',
    threads: 1
  })
  onTestFinished(() => service.close())
  return { service, compute, chip }
}

it.each([
  [1, 'only 0'],
  [4, '0 to 3'],
  [1024, '0 to 1023']
])('of a chip of %i neurons', async (neurons, allowed) => {
  const { service, compute, chip } = await bench(neurons)
  const { id } = ((await service.invoke('chip.show', { chip })) as { chip: { calibrations: { id: string }[] } }).chip
    .calibrations[0]
  const line = `neuron: ${neurons} given; allowed: ${allowed} on chip ${chip}`
  await expect(service.invoke('chip.scope', { chip, neuron: neurons })).rejects.toThrow(line)
  const evidence = { calibration: id, metric: 'tau_mem', neuron: neurons }
  await expect(service.invoke('calibration.trace', evidence)).rejects.toThrow(line)
  // the last one is asked of the process that has the chip
  service.invoke('chip.scope', { chip, neuron: neurons - 1 }).catch(() => undefined)
  await expect.poll(() => compute.of('ask').length).toBe(1)
  expect(compute.of('ask')[0]).toMatchObject({ question: 'scope', input: { request: { neuron: neurons - 1 } } })
})
