// All that must be there before anything runs, in order. Each step returns at once when there is nothing to do, so
// every command simply begins with it; a fresh clone and a checkout in use take the same way.
import { bundleCurrent, ensureBundle } from './bundle.mjs'
import { dependenciesCurrent, ensureDependencies } from './dependencies.mjs'
import { kernelsCurrent } from './kernels.mjs'
import { ensureNative, nativeCurrent } from './native.mjs'

/** is everything ready for a command without a window? Takes some milliseconds and loads no dependency. */
export function isReady() {
  return dependenciesCurrent() && nativeCurrent() && kernelsCurrent() && bundleCurrent()
}

/**
 * @param {{ electron?: boolean, bundle?: boolean }} [needs] electron: also the runtime of the window
 * @returns the runtime, when it was asked for
 */
export async function setUp({ electron = false, bundle = true } = {}) {
  await ensureDependencies()
  const runtime = electron ? await import('./runtime.mjs').then(({ ensureRuntime }) => ensureRuntime()) : undefined
  await ensureNative(runtime)
  if (bundle) await ensureBundle()
  return runtime
}
