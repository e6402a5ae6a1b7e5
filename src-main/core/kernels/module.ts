/**
 * The compiled kernels (AssemblyScript sources in `assembly/`), instantiated on a memory.
 * Each kernel's meaning is the float64 reference that stands beside its wrapper.
 */
import { Arena } from './arena'

/** every exported kernel takes and returns numbers (addresses, counts, constants) */
export type KernelExports = Readonly<Record<string, (...args: number[]) => number>>

export interface Kernels {
  readonly run: KernelExports
  readonly arena: Arena
}

/** must equal the limits that the module was compiled with (build/kernels.mjs) */
const MEMORY = { initial: 64, maximum: 32768, shared: true } as const

export function sharedMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory(MEMORY)
}

/**
 * @param bytes the module, as the build wrote it
 * @param memory one memory for all members of a team; each member has its own instance
 */
export function loadKernels(bytes: Uint8Array<ArrayBuffer>, memory = sharedMemory()): Kernels {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: {
      memory,
      abort: () => {
        throw new Error('a kernel aborted')
      }
    }
  })
  const run = instance.exports as KernelExports
  return { run, arena: new Arena(memory, run['heapBase']()) }
}
