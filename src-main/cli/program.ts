/** The command line as commander sees it, made from the declarations. */
import { Command, CommanderError } from 'commander'
import { contract, InloopError } from '../contract/index'
import type { Command as Declared } from './command'
import { COMMANDS, GROUPS } from './commands/index'
import { addOptions, argumentsOf, inputFrom } from './options'

export interface Globals {
  workspace?: string
  json?: boolean
  threads?: string
  quiet?: boolean
}

/** what was asked for, ready to be done */
export type Request =
  | { kind: 'command'; command: Declared; input: unknown; globals: Globals }
  | { kind: 'schema'; path: string[]; globals: Globals }
  | { kind: 'printed' }

/** @throws InloopError `bad-input` with one line */
export async function parse(argv: readonly string[], version: string): Promise<Request> {
  let request: Request = { kind: 'printed' }
  let complaint = ''
  const program = new Command('inloop')
    .description(
      'A lab bench for mixed-signal neuromorphic chips: emulate, calibrate and train with the chip in the loop'
    )
    .version(version)
    .option(
      '--workspace <dir>',
      "folder of the database (default: the platform's folder for Inloop, or INLOOP_WORKSPACE)"
    )
    .option('--json', 'print one JSON document on stdout, everything else on stderr')
    .option('--threads <n>', 'worker threads (default: all cores)')
    .option('--quiet', 'no progress')

  const groups = new Map<string, Command>()
  const parentOf = (path: readonly string[]): Command => {
    if (path.length === 1) return program
    const group = groups.get(path[0]) ?? program.command(path[0]).description(GROUPS[path[0]])
    groups.set(path[0], group)
    return group
  }
  for (const declared of COMMANDS) {
    const path = declared.path.split(' ')
    const { summary } = contract[declared.endpoint]
    const command = parentOf(path)
      .command(path[path.length - 1])
      .description(summary)
    // a command may have others under it: `experiment NAME` and `experiment list`
    if (path.length === 1) groups.set(path[0], command)
    for (const { usage } of argumentsOf(declared)) command.argument(usage)
    addOptions(command, declared)
    if (declared.switch) command.option(declared.switch.flag, declared.switch.help)
    command.action((...given: unknown[]) => {
      const args = given.slice(0, -2) as (string | string[])[]
      const options = command.opts()
      const chosen = declared.switch && options[switchKey(declared.switch.flag)] === true
      const final = chosen && declared.switch ? { ...declared, failed: declared.switch.failed } : declared
      request = { kind: 'command', command: final, input: inputFrom(declared, args, options), globals: program.opts() }
    })
  }
  program
    .command('schema')
    .description('The JSON Schema of what a command takes and prints, and every key of --set and --target')
    .argument('[command...]')
    .action((path: string[]) => {
      request = { kind: 'schema', path, globals: program.opts() }
    })

  for (const each of everyCommand(program)) {
    each
      .exitOverride()
      .configureOutput({ writeErr: (text) => (complaint += text), outputError: (text) => (complaint += text) })
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { kind: 'printed' }
    throw new InloopError('bad-input', `${oneLine(complaint)}${allowed(program, argv, error.code, complaint)}`)
  }
  return request
}

function* everyCommand(command: Command): Generator<Command> {
  yield command
  for (const child of command.commands) yield* everyCommand(child)
}

/** commander says "error: …" and perhaps a suggestion on another line; a help text instead of a complaint is no line */
function oneLine(text: string): string {
  if (text.startsWith('Usage:')) return ''
  return text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
}

/** what could stand where commander was at a loss; a group without a command prints its help, which is no complaint */
function allowed(program: Command, argv: readonly string[], code: string, complaint: string): string {
  let at = program
  const path: string[] = []
  for (const word of argv.filter((one) => !one.startsWith('-'))) {
    const next = at.commands.find((child) => child.name() === word)
    if (!next) break
    at = next
    path.push(word)
  }
  const names = at.commands.map((child) => child.name()).join(', ')
  if (complaint.startsWith('Usage:'))
    return `${path.map((word) => `${word} `).join('')}COMMAND: nothing given; allowed: ${names}`
  if (code === 'commander.unknownCommand') return `; allowed: ${names}`
  if (code === 'commander.unknownOption') return `; \`${['inloop', ...path].join(' ')} --help\` lists the options`
  return ''
}

function switchKey(flag: string): string {
  return flag.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
