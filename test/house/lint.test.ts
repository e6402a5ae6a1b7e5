/** Each rule of the house refuses what it is there to refuse, and lets through what it should. */
import path from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** the project's own configuration; without types, so that a source need not exist */
const untyped = new ESLint({
  cwd: ROOT,
  overrideConfig: [
    { ...tseslint.configs.disableTypeChecked, languageOptions: { parserOptions: { projectService: false } } }
  ]
})
const typed = new ESLint({ cwd: ROOT })

async function rulesBroken(file: string, code: string, eslint = untyped): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(ROOT, file) })
  return result.messages.map(({ ruleId, message }) => ruleId ?? message)
}

async function refusal(file: string, code: string): Promise<string | undefined> {
  const [result] = await untyped.lintText(code, { filePath: path.join(ROOT, file) })
  return result.messages.find(({ ruleId }) => ruleId === 'house/imports')?.message
}

const value = (specifier: string): string => `import { x } from '${specifier}'\nx()\n`
const type = (specifier: string): string => `import type { X } from '${specifier}'\nlet x: X | undefined\nvoid x\n`

describe('who may import whom', () => {
  const refused: [file: string, code: string][] = [
    // core knows nothing of the platform
    ['src-main/core/random/new.ts', value('node:fs')],
    ['src-main/core/random/new.ts', value('fs')],
    ['src-main/core/training/new.ts', value('zod')],
    ['src-main/core/training/new.ts', value('electron')],
    ['src-main/core/training/new.ts', value('../../store/index')],
    ['src-main/core/training/new.ts', type('../../contract/runs')],
    ['src-main/core/statistics/new.ts', value('../training/placement')],
    // what a chip drew stays behind its port
    ['src-main/core/calibration/new.ts', value('../chip/hicann-x/draw')],
    ['src-main/core/calibration/routines/new.ts', type('../../chip/hicann-x/circuits')],
    ['src-main/core/calibration/new.ts', value('../emulator/hicann-x/index')],
    ['src-main/core/calibration/new.ts', value('../emulator/hicann-x/port')],
    ['src-main/core/calibration/new.ts', value('../emulator/inspector')],
    ['src-main/core/calibration/new.ts', value('../emulator/propagators')],
    ['src-main/core/training/surrogate/new.ts', value('../../emulator/hicann-x/index')],
    ['src-main/core/training/surrogate/new.ts', value('../../emulator/inspector')],
    ['src-main/core/training/surrogate/new.ts', value('../../chip/hicann-x/topology')],
    ['src-main/core/training/new.ts', value('../calibration/suite')],
    ['src-main/core/experiments/new.ts', value('../emulator/inspector')],
    ['src-main/compute/tasks/new.ts', value('../../core/emulator/inspector')],
    ['src-main/compute/tasks/new.ts', value('../../core/emulator/hicann-x/port')],
    ['src-main/compute/tasks/new.ts', type('../../core/chip/hicann-x/draw')],
    ['test/core/calibration/new.test.ts', value('../../../src-main/core/chip/hicann-x/draw')],
    ['test/compute/new.test.ts', value('../../src-main/core/emulator/hicann-x/port')],
    // by whatever road
    ['src-main/core/calibration/new.ts', "export * from '../chip/hicann-x/draw'\n"],
    ['src-main/core/calibration/new.ts', "export { x } from '../chip/hicann-x/draw'\n"],
    ['src-main/core/calibration/new.ts', "void import('../chip/hicann-x/draw')\n"],
    ['src-main/core/calibration/new.ts', "export type X = import('../chip/hicann-x/draw').ChipDraw\n"],
    ['src-main/core/calibration/new.ts', "const at = '../chip/hicann-x/draw'\nvoid import(at)\n"],
    ['src-main/core/calibration/new.ts', value('../../core/chip/hicann-x/../hicann-x/draw')],
    // only src-main/electron knows Electron, only the store SQLite
    ['src-main/handlers/new.ts', value('electron')],
    ['src-main/cli/new.ts', type('electron')],
    ['src-main/jobs/new.ts', value('better-sqlite3')],
    // processes
    ['src-main/compute/new.ts', value('../store/index')],
    ['src-main/compute/new.ts', value('../contract/errors')],
    ['src-main/store/new.ts', value('../core/training/placement')],
    ['src-main/store/new.ts', value('../handlers/service')],
    ['src-main/jobs/new.ts', value('../compute/team')],
    ['src-main/jobs/new.ts', value('../core/training/placement')],
    ['src-main/contract/new.ts', value('../core/training/placement')],
    ['src-main/contract/new.ts', value('node:path')],
    ['src-main/handlers/new.ts', value('../compute/team')],
    ['src-main/handlers/new.ts', value('../electron/window')],
    ['src-main/cli/new.ts', value('../store/index')],
    ['src-main/electron/new.ts', value('../jobs/queue')],
    ['src-main/handlers/new.ts', value('../../test/e2e/bench')],
    // the window knows the contract and nothing else
    ['src-renderer/api/new.ts', value('../../src-main/contract')],
    ['src-renderer/api/new.ts', type('../../src-main/store/records')],
    ['src-renderer/state/new.ts', type('../../src-main/core/training/types')],
    ['src-renderer/lib/new.ts', value('node:path')],
    ['src-renderer/app/new.ts', value('electron')],
    ['src-renderer/ui/new.ts', value('../components/chip/ChipForm.svelte')],
    ['src-renderer/ui/new.ts', type('../api/types')],
    ['src-renderer/components/New.svelte', `<script lang="ts">\n${value('../views/RunsView.svelte')}</script>\n`]
  ]
  test.each(refused)('%s refuses %j', async (file, code) => {
    expect(await refusal(file, code)).toContain('may not import')
  })

  const allowed: [file: string, code: string][] = [
    ['src-main/core/calibration/new.ts', value('../emulator/chip-port')],
    ['src-main/core/calibration/new.ts', value('../statistics/summary')],
    ['src-main/core/training/surrogate/new.ts', type('../../emulator/network-port')],
    ['src-main/core/training/surrogate/new.ts', value('../../kernels/team')],
    ['src-main/core/emulator/new.ts', value('../chip/hicann-x/draw')],
    ['src-main/compute/tasks/new.ts', value('../../core/emulator/hicann-x/index')],
    ['src-main/compute/tasks/new.ts', value('../../core/calibration/suite')],
    ['src-main/store/new.ts', type('../core/training/types')],
    ['src-main/handlers/new.ts', value('../contract/errors')],
    ['src-main/electron/new.ts', value('electron')],
    ['src-renderer/state/new.ts', type('../../src-main/contract')],
    ['src-renderer/views/new.ts', value('../ui/Button.svelte')],
    ['test/core/calibration/new.test.ts', value('../../../src-main/core/emulator/inspector')],
    ['test/core/emulator/new.test.ts', value('../../../src-main/core/chip/hicann-x/draw')]
  ]
  test.each(allowed)('%s allows %j', async (file, code) => {
    expect(await refusal(file, code)).toBeUndefined()
  })

  test('says what may be had: types, but not values', async () => {
    expect(await refusal('src-main/store/new.ts', value('../core/training/types'))).toBe(
      'src-main/store may not import src-main/core/training, except types'
    )
  })
})

describe('core is pure', () => {
  const impure: [code: string, rule: string][] = [
    ['Math.exp(1)', 'no-restricted-properties'],
    ['Math.log(2)', 'no-restricted-properties'],
    ['Math.sin(2)', 'no-restricted-properties'],
    ['Math.tanh(2)', 'no-restricted-properties'],
    ['Math.pow(2, 0.5)', 'no-restricted-properties'],
    ['Math.hypot(2, 3)', 'no-restricted-properties'],
    ['Math.random()', 'no-restricted-properties'],
    ["Math['exp'](1)", 'no-restricted-properties'],
    ['const { exp } = Math\nexp(1)', 'no-restricted-properties'],
    ['let x = 3\nx = x ** 0.5', 'no-restricted-syntax'],
    ['let x = 3\nx **= x', 'no-restricted-syntax'],
    ['Date.now()', 'no-restricted-globals'],
    ["console.log('x')", 'no-restricted-globals'],
    ['performance.now()', 'no-restricted-globals'],
    ['globalThis.x()', 'no-restricted-globals'],
    ['const x = 3\nx.toLocaleString()', 'no-restricted-syntax']
  ]
  test.each(impure)('refuses %j', async (code, rule) => {
    expect(await rulesBroken('src-main/core/training/new.ts', `${code}\n`)).toContain(rule)
  })

  test.each(['Math.sqrt(2)', 'let x = 3\nx = x ** 2', 'let k = 3\nk = 2 ** k', 'Math.max(1, 2)'])(
    'allows %j',
    async (code) => {
      const broken = await rulesBroken('src-main/core/training/new.ts', `${code}\n`)
      expect(broken.filter((rule) => rule.startsWith('no-restricted'))).toEqual([])
    }
  )

  test('elsewhere the clock is allowed', async () => {
    expect(await rulesBroken('src-main/jobs/new.ts', 'Date.now()\n')).toEqual([])
  })
})

describe('habits', () => {
  const broken: [rule: string, code: string][] = [
    ['@typescript-eslint/no-explicit-any', 'export const x: any = 1\n'],
    [
      '@typescript-eslint/consistent-type-imports',
      "import { Team } from '../core/kernels/team'\nlet x: Team | undefined\nvoid x\n"
    ],
    ['@typescript-eslint/ban-ts-comment', '// @ts-expect-error because\nexport const x: number = 1\n'],
    ['no-restricted-syntax', 'export function f() {\n  return 1\n}\n'],
    ['no-restricted-syntax', 'export const f = () => 1\n'],
    ['max-lines', '\n'.repeat(501)],
    ['house/long-file', '\n'.repeat(301)]
  ]
  test.each(broken)('%s', async (rule, code) => {
    expect(await rulesBroken('src-main/compute/new.ts', code)).toContain(rule)
  })

  test('kernels have a length, too, and == between numbers of one type', async () => {
    const broken = await rulesBroken('src-main/core/kernels/assembly/new.ts', `${'\n'.repeat(301)}void (1 == 2)\n`)
    expect(broken).toContain('house/long-file')
    expect(broken).not.toContain('eqeqeq')
  })

  test('no comment switches a rule off', async () => {
    const code = '// eslint-disable-next-line eqeqeq\nvoid (1 == Number(2))\n'
    expect(await rulesBroken('src-main/compute/new.ts', code)).toContain('eqeqeq')
  })

  // These need types, and types need a file that exists: its text is replaced for the moment.
  test('a promise is not left alone', async () => {
    const code = 'const work = async (): Promise<void> => {}\nwork()\n'
    expect(await rulesBroken('src-main/electron/client.ts', code, typed)).toContain(
      '@typescript-eslint/no-floating-promises'
    )
  }, 60_000)
})
