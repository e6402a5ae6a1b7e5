/** The compiled kernels, for tests (vitest's global set-up has built them). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadKernels } from '../../../src-main/core/kernels/module'
import type { Kernels } from '../../../src-main/core/kernels/module'

export const kernelBytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../../../out/kernels.wasm')))

/** @param memory to share one memory between members of a team */
export function kernelsForTest(memory?: Parameters<typeof loadKernels>[1]): Kernels {
  return loadKernels(kernelBytes, memory)
}
