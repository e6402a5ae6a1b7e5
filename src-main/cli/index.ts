/** Entry of the command line. Exactly one JSON document on stdout with --json; exit statuses as exit.ts says. */
import fs from 'node:fs'
import path from 'node:path'
import { InloopError } from '../contract/errors'
import { toInloopError } from '../handlers/errors'
import { openService, type Service } from '../handlers/service'
import { currentWorkspace } from '../handlers/workspace/path'
import { COMMANDS } from './commands/index'
import { launchCompute, launchReader } from './compute'
import { EXIT, statusOf, writeDiagnostics } from './exit'
import { type Globals, parse } from './program'
import { ProgressLine } from './progress'
import { schema } from './schema'
import { type Answer, execute } from './session'

const HERE = import.meta.dirname
const ROOT = path.join(HERE, '../..')

/** arguments after `inloop`; an installed app's binary is asked for the command line by `--cli` */
const argv = process.argv.slice(2).filter((argument) => argument !== '--cli')
const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }
let workspace = currentWorkspace()
let json = argv.includes('--json')

let unwritten: string | undefined
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // whoever read from us has seen enough
  if (error.code !== 'EPIPE') unwritten ??= error.code ?? error.message
})
process.on('exit', () => {
  if (unwritten === undefined) return
  process.exitCode = EXIT.internal
  process.stderr.write(`inloop: the answer could not be written to stdout (${unwritten})\n`)
})

process.exitCode = await main().catch(report)

async function main(): Promise<number> {
  const request = await parse(argv, version)
  if (request.kind === 'printed') return EXIT.done
  const { globals } = request
  json = globals.json === true
  const timed = request.kind === 'command' && request.command.path === 'bench'
  const service = await open(globals, timed)
  try {
    if (request.kind === 'schema') {
      print(await schema(service, COMMANDS, request.path))
      return EXIT.done
    }
    const progress = new ProgressLine(process.stderr, globals.quiet === true)
    const answer = await execute(request.command, request.input, service, progress)
    show(answer, request.command.show)
    return answer.status
  } finally {
    await service.close()
  }
}

function open({ workspace: named, threads }: Globals, timed: boolean): Promise<Service> {
  if (named === '') throw new InloopError('bad-input', 'workspace: nothing given; allowed: a folder')
  if (named !== undefined) workspace = path.resolve(named)
  const count = threads === undefined ? undefined : Number(threads)
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 256)) {
    throw new InloopError('bad-input', `--threads: "${threads}" given; allowed: a whole number from 1 to 256`)
  }
  const packaged = (process as { resourcesPath?: string }).resourcesPath
  return openService({
    workspace,
    launchCompute,
    launchReader,
    kernels: path.join(HERE, '../kernels.wasm'),
    resources: packaged && HERE.includes('.asar') ? packaged : path.join(ROOT, 'resources'),
    version,
    timed,
    runtime: process.versions['electron']
      ? `Electron ${process.versions['electron']}`
      : `Node ${process.versions.node}`,
    ...(count === undefined ? {} : { threads: count })
  })
}

function show({ document, whole }: Answer, human: ((output: never) => string) | undefined): void {
  if (!json && !whole) return
  print(document, human)
}

function print(document: unknown, human?: (output: never) => string): void {
  const text = json || !human ? JSON.stringify(document, arrays, 2) : human(document as never)
  process.stdout.write(`${text}\n`)
}

/** typed arrays as lists of numbers */
function arrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value
}

/** one line for a person; with --json also a document, so that there is always exactly one */
function report(error: unknown): number {
  const known = toInloopError(error)
  const status = statusOf(known)
  if (json) print({ error: { code: known.code, message: known.message } })
  process.stderr.write(`inloop: ${known.message}\n`)
  if (status === EXIT.internal) {
    const stack = (error instanceof Error ? error.stack : undefined) ?? String(error)
    const file = writeDiagnostics(workspace, { inloop: version, command: argv.join(' ') }, stack)
    process.stderr.write(`inloop: this is a fault of the program; details are in ${file}\n`)
  }
  return status
}
