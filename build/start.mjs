// npm start: all the set-up, then the window; without a display, the first job in the terminal.
//   --dev             the window with live reload of its sources
//   --workspace DIR   another workspace than the default one
import { parseArgs } from 'node:util'
import path from 'node:path'
import { ELECTRON_VITE } from './bundle.mjs'
import { firstLight } from './first-light.mjs'
import { ROOT } from './paths.mjs'
import { run, script } from './shell.mjs'
import { setUp } from './setup.mjs'

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

async function openWindow(dev) {
  const runtime = await setUp({ electron: true })
  const { announce } = await import('./runtime.mjs')
  announce(runtime)
  const env = { ...process.env, ...runtime.env }
  delete env.ELECTRON_RUN_AS_NODE
  const options = { cwd: ROOT, env, stdio: 'inherit' }
  return dev
    ? run(process.execPath, [ELECTRON_VITE, 'dev', '--watch'], options)
    : run(runtime.executable, [ROOT], options)
}

await script(async () => {
  const { values } = parseArgs({ options: { dev: { type: 'boolean' }, workspace: { type: 'string' } } })
  if (values.workspace) process.env.INLOOP_WORKSPACE = path.resolve(values.workspace)
  if (hasDisplay) return openWindow(values.dev)
  await setUp()
  return firstLight()
})
