// npm run check: types, Svelte, lint with the import rules, dead code, formatting; one line a part.
// npm run fix (--fix): mends what can be mended.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureDependencies } from './dependencies.mjs'
import { ROOT } from './paths.mjs'
import { script } from './shell.mjs'

const bin = (file) => path.join(ROOT, 'node_modules', file)
const ESLINT = [bin('eslint/bin/eslint.js'), '--cache', '--cache-location', bin('.cache/eslint/'), '.']
const PRETTIER = [bin('prettier/bin/prettier.cjs'), '--cache', '--log-level', 'warn', '.']

/** core and window are projects of their own: they may not even know the names of Node's modules */
const PROJECTS = ['.', 'src-main/core', 'src-main', 'src-renderer', 'test']

const CHECKS = {
  types: [bin('typescript/bin/tsc'), '-b', ...PROJECTS],
  svelte: [
    bin('svelte-check/bin/svelte-check'),
    '--tsconfig',
    'src-renderer/tsconfig.json',
    '--fail-on-warnings',
    '--output',
    'human'
  ],
  lint: [...ESLINT, '--max-warnings', '0'],
  'dead code': [bin('knip/bin/knip.js'), '--no-progress'],
  formatting: [...PRETTIER, '--check']
}

const FIXES = {
  lint: [...ESLINT, '--fix', '--quiet'],
  formatting: [...PRETTIER, '--write']
}

function part(name, args) {
  const began = performance.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (more) => (text += more))
    child.on('close', (status) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      if (status !== 0) console.log(text.trimEnd())
      console.log(`${name.padEnd(12)}${status === 0 ? 'ok' : 'FAILED'}  ${seconds} s`)
      resolve(status === 0)
    })
  })
}

await script(async () => {
  await ensureDependencies()
  const parts = Object.entries(process.argv.includes('--fix') ? FIXES : CHECKS)
  let good = true
  for (const [name, args] of parts) good = (await part(name, args)) && good
  return good ? 0 : 1
})
