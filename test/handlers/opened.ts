/** The service over a workspace, with processes that answer at once and compute nothing. */
import { openService, type Service } from '../../src-main/handlers/service'
import type { ToCompute } from '../../src-main/compute/protocol'
import { SURROGATE_SETTINGS } from '../../src-main/core/training/surrogate/settings'
import { FakeCompute } from '../jobs/fake-compute'

/** knows what there is, and does nothing */
class KnowingCompute extends FakeCompute {
  override post(message: unknown): void {
    super.post(message)
    const asked = message as ToCompute
    if (asked.type !== 'ask' || asked.question !== 'catalogue') return
    const methods = [{ name: 'surrogate', settings: SURROGATE_SETTINGS }]
    const answer = { core: 'f4b97d53', routines: [], presets: [], targets: [], methods, datasets: [] }
    queueMicrotask(() => this.say({ type: 'answer', id: asked.id, answer }))
  }
}

export const openOn = (workspace: string): Promise<Service> =>
  openService({
    workspace,
    launchCompute: () => new KnowingCompute(),
    launchReader: () => new FakeCompute(),
    kernels: 'kernels.wasm',
    resources: 'resources',
    version: '0.1.0',
    runtime: 'test',
    threads: 2
  })
