// What tests need that are run on their own (`npx vitest run test/core`): kernels, and SQLite for this Node.
import { buildKernels } from './kernels.mjs'
import { ensureNative } from './native.mjs'

export default async function () {
  await buildKernels()
  await ensureNative()
}
