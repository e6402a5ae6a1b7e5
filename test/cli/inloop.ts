/** Runs the command line as a process, as a person would, on a workspace of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')
const CLI = path.join(ROOT, 'out/main/cli.js')

/** sees to it that what is run is what the sources say */
export function ensureBuilt(): void {
  const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'build/inloop.mjs'), '--version'], {
    encoding: 'utf8'
  })
  if (status !== 0) throw new Error(stderr)
}

export interface Outcome {
  status: number | null
  stdout: string
  stderr: string
}

export interface Bench {
  workspace: string
  /** the arguments and `--json`; fails unless stdout is exactly one JSON document */
  json<T>(...args: string[]): Promise<T & { status: number | null; stderr: string }>
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Outcome>
  start(args: readonly string[]): ChildProcess
  remove(): void
}

export function newBench(): Bench {
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'inloop-cli-'))
  const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
    spawn(process.execPath, [CLI, ...args], {
      env: { ...process.env, INLOOP_WORKSPACE: workspace, ...env },
      stdio: ['ignore', 'pipe', 'pipe']
    })
  const run = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Outcome> => ended(start(args, env))
  return {
    workspace,
    run,
    start,
    json: async <T>(...args: string[]) => {
      const { status, stdout, stderr } = await run([...args, '--json'])
      return { ...(JSON.parse(stdout) as T), status, stderr }
    },
    remove: () => fs.rmSync(workspace, { recursive: true, force: true })
  }
}

export function ended(child: ChildProcess): Promise<Outcome> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })))
}

/** resolves as soon as stderr says so */
export function says(child: ChildProcess, text: string): Promise<void> {
  let heard = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (part: Buffer) => {
      heard += part.toString()
      if (heard.includes(text)) resolve()
    })
    child.on('close', () => reject(new Error(`ended without "${text}":\n${heard}`)))
  })
}
