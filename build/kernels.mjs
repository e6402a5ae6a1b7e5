// Compiles the AssemblyScript kernels to out/kernels.wasm. Skipped when the module is newer than every source.
import fs from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const from = path.join(root, 'src-main/core/kernels/assembly')
export const KERNELS = path.join(root, 'out/kernels.wasm')

const modified = (file) => fs.statSync(file).mtimeMs

export async function buildKernels() {
  const sources = fs.readdirSync(from).filter((f) => f.endsWith('.ts')).map((f) => path.join(from, f))
  const inputs = [...sources, import.meta.filename]
  if (fs.existsSync(KERNELS) && inputs.every((f) => modified(f) <= modified(KERNELS))) return
  const { default: asc } = await import('assemblyscript/asc')
  fs.mkdirSync(path.dirname(KERNELS), { recursive: true })
  const out = `${KERNELS}.${process.pid}`
  // No relaxed SIMD: its results differ between processors, and runs must be bit-identical everywhere.
  const { error, stderr } = await asc.main([
    path.join(from, 'index.ts'), '-o', out, '-O3', '--converge', '--noAssert', '--runtime', 'stub',
    '--enable', 'simd', '--enable', 'threads', '--sharedMemory', '--importMemory',
    '--initialMemory', '64', '--maximumMemory', '32768'
  ])
  if (error) throw new Error(`the kernels do not compile:\n${stderr.toString()}`)
  fs.renameSync(out, KERNELS)
}

if (process.argv[1] === import.meta.filename) await buildKernels()
