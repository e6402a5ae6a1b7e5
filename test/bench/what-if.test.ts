/**
 * How fast the accuracy follows a slider, through service, compute process and the method's own evaluation:
 *   BENCH='{"workspace": "/path", "run": "r-2"}' npx vitest run -c test/bench/vitest.config.ts what-if
 * The workspace is a finished one (built bundle, trained run). Prints milliseconds: median and largest of 40 moves.
 */
import { fork } from 'node:child_process'
import path from 'node:path'
import { describe, it } from 'vitest'
import { openService, type ComputeProcess } from '../../src-main/handlers/service'

const asked = JSON.parse(process.env['BENCH'] ?? 'null') as { workspace: string; run: string; samples?: number } | null
const root = path.join(import.meta.dirname, '../..')

const launch = (entry: string) => (): ComputeProcess => {
  const child = fork(path.join(root, 'out/main', entry), [], { serialization: 'advanced', execArgv: [] })
  return {
    post: (message) => void child.send(message as object, () => {}),
    onMessage: (callback) => void child.on('message', callback),
    onExit: (callback) => void child.on('exit', callback),
    kill: () => void child.kill('SIGKILL')
  }
}

describe.runIf(asked)('what if', () => {
  it('follows', { timeout: 600_000 }, async () => {
    const { workspace, run, samples = 500 } = asked!
    const service = await openService({
      workspace,
      launchCompute: launch('compute.js'),
      launchReader: launch('reader.js'),
      kernels: path.join(root, 'out/kernels.wasm'),
      resources: path.join(root, 'resources'),
      version: '',
      runtime: ''
    })
    const ask = async (input: object): Promise<number> => {
      const start = performance.now()
      await service.invoke('runs.whatIf', { run, ...input })
      return performance.now() - start
    }
    console.log(`first ${(await ask({ samples })).toFixed(0)} ms`)
    for (const [name, of] of [
      ['spread', (k: number) => ({ spread: k / 40 })],
      ['temperature', (k: number) => ({ temperature: 20 + k })],
      ['bits', (k: number) => ({ bits: 1 + (k % 6) })],
      ['dead', (k: number) => ({ dead: k })]
    ] as const) {
      const times: number[] = []
      try {
        for (let k = 0; k < 40; k++) times.push(await ask({ ...of(k), samples }))
      } catch (error) {
        console.log(name, String(error))
        continue
      }
      times.sort((a, b) => a - b)
      const whole = await ask({ ...of(41), samples: 1e9 })
      console.log(
        `${name}: median ${times[20].toFixed(0)} ms, p95 ${times[37].toFixed(0)} ms, whole test set ${whole.toFixed(0)} ms`
      )
    }
    await service.close()
  })
})
