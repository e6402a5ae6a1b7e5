// Compiles the AssemblyScript kernels to out/kernels.wasm, unless the module is up to date.
import fs from 'node:fs'
import path from 'node:path'
import { OUT, ROOT } from './paths.mjs'
import { script } from './shell.mjs'
import { fingerprint, isCurrent, writeWhole } from './stamp.mjs'

const SOURCES = path.join(ROOT, 'src-main/core/kernels/assembly')
export const KERNELS = path.join(OUT, 'kernels.wasm')
const STAMP = `${KERNELS}.stamp`

const sources = () => fingerprint([SOURCES, import.meta.filename])

export function kernelsCurrent() {
  return fs.existsSync(KERNELS) && isCurrent(STAMP, sources())
}

export async function buildKernels() {
  const stamp = sources()
  if (fs.existsSync(KERNELS) && isCurrent(STAMP, stamp)) return
  const { default: asc } = await import('assemblyscript/asc')
  fs.mkdirSync(OUT, { recursive: true })
  const part = `${KERNELS}.${process.pid}`
  // No relaxed SIMD: its results differ between processors, and runs must be bit-identical everywhere.
  const { error, stderr } = await asc.main([
    ...[path.join(SOURCES, 'index.ts'), '-o', part, '-O3', '--converge', '--noAssert', '--runtime', 'stub'],
    ...['--enable', 'simd', '--enable', 'threads', '--sharedMemory', '--importMemory'],
    ...['--initialMemory', '64', '--maximumMemory', '32768']
  ])
  if (error) throw new Error(`the kernels do not compile:\n${stderr.toString()}`)
  fs.renameSync(part, KERNELS)
  writeWhole(STAMP, stamp)
}

if (process.argv[1] === import.meta.filename) {
  await script(async () => {
    await buildKernels()
    return 0
  })
}
