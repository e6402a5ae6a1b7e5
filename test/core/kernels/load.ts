/** The compiled kernels, for tests (built first if a source is newer). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadKernels } from '../../../src-main/core/kernels/module'
import type { Kernels } from '../../../src-main/core/kernels/module'
// @ts-expect-error a plain script without declarations
import { KERNELS, buildKernels } from '../../../build/kernels.mjs'

await (buildKernels as () => Promise<void>)()
const bytes = new Uint8Array(readFileSync(join(KERNELS as string)))

/** @param memory to share one memory between members of a team */
export function kernelsForTest(memory?: WebAssembly.Memory): Kernels {
  return loadKernels(bytes, memory as Parameters<typeof loadKernels>[1])
}
