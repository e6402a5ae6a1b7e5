// npm test: all the set-up, then the tests of the sources (vitest) and of the real window (Playwright); where there is
// no display, on one in memory. The last line counts them. `unit` or `e2e` as argument: only these (what follows
// `e2e` is for Playwright: `e2e -g calibrated`); `long` (npm run
// test:long): what takes too long for every day, alone.
import fs from 'node:fs'
import path from 'node:path'
import { LOCAL_CACHE, ROOT } from './paths.mjs'
import { run, script } from './shell.mjs'
import { setUp } from './setup.mjs'

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const REPORTS = path.join(LOCAL_CACHE, 'test')

function freshReport(name) {
  const file = path.join(REPORTS, name)
  fs.mkdirSync(REPORTS, { recursive: true })
  fs.rmSync(file, { force: true })
  return file
}

/** a part that ends badly without naming a failed test (it could not even start, say) counts as one failure */
function counted({ passed, failed }, status) {
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed }
}

/** @param name `unit`, or `long` with a configuration of its own */
async function unit(name = 'unit') {
  const report = freshReport(`${name}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
  const config = name === 'unit' ? [] : ['-c', `test/${name}/vitest.config.ts`]
  const status = await run(process.execPath, [vitest, 'run', ...config, '--silent=passed-only', ...reporters], {
    cwd: ROOT,
    stdio: ['ignore', 1, 2]
  })
  const result = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : {}
  return counted({ passed: result.numPassedTests ?? 0, failed: result.numFailedTests ?? 0 }, status)
}

async function e2e(runtime) {
  const report = freshReport('e2e.json')
  const env = { ...process.env, ...runtime.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const playwright = [process.execPath, path.join(ROOT, 'node_modules/@playwright/test/cli.js')]
  const command = [
    ...playwright,
    'test',
    '-c',
    path.join(ROOT, 'test/e2e/playwright.config.ts'),
    '--reporter=dot,json',
    ...process.argv.slice(3)
  ]
  if (!hasDisplay) {
    const { ensureVirtualDisplay } = await import('./system-packages.mjs')
    ensureVirtualDisplay()
    command.unshift('xvfb-run', '-a', '-s', '-screen 0 1920x1200x24')
  }
  const [program, ...args] = command
  const status = await run(program, args, { cwd: ROOT, env, stdio: ['ignore', 1, 2] })
  const { expected = 0, unexpected = 0 } = fs.existsSync(report)
    ? JSON.parse(fs.readFileSync(report, 'utf8')).stats
    : {}
  return counted({ passed: expected, failed: unexpected }, status)
}

await script(async () => {
  const only = process.argv[2]
  const runtime = await setUp({ electron: only !== 'unit' && only !== 'long' })
  const parts = []
  if (only === 'long') parts.push(await unit('long'))
  else {
    if (only !== 'e2e') parts.push(await unit())
    if (only !== 'unit') parts.push(await e2e(runtime))
  }
  const total = (key) => parts.reduce((sum, part) => sum + part[key], 0)
  console.log(`${total('passed')} passed, ${total('failed')} failed`)
  return total('failed') === 0 ? 0 : 1
})
