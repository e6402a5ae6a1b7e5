/** The service over a workspace, with processes that answer at once and compute nothing. */
import { openService, type Service } from '../../src-main/handlers/service'
import { FakeCompute } from '../jobs/fake-compute'

export const openOn = (workspace: string): Promise<Service> =>
  openService({
    workspace,
    launchCompute: () => new FakeCompute(),
    launchReader: () => new FakeCompute(),
    kernels: 'kernels.wasm',
    resources: 'resources',
    version: '0.1.0',
    runtime: 'test',
    threads: 2
  })
