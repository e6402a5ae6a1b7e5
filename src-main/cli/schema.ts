/** `schema [COMMAND]`: what a command takes and prints as JSON Schema, and the keys of `--set` and `--target`. */
import { z } from 'zod'
import { contract, InloopError, type Output } from '../contract/index'
import type { Service } from '../handlers/service'
import { argumentsOf, fieldsOf, flagOf } from './options'
import type { Command } from './command'

type Catalogue = Output<'catalogue'>

export async function schema(
  service: Service,
  commands: readonly Command[],
  path: readonly string[]
): Promise<unknown> {
  const catalogue = (await service.invoke('catalogue', {})) as Catalogue
  if (path.length === 0) {
    const list = commands.map((c) => ({
      command: c.path,
      summary: contract[c.endpoint].summary,
      kind: contract[c.endpoint].kind
    }))
    return { commands: list, global: GLOBAL, catalogue }
  }
  const name = path.join(' ')
  const found = commands.filter((c) => c.path === name || c.path.startsWith(`${name} `))
  if (found.length === 0) {
    throw new InloopError('bad-input', `command: "${name}" given; allowed: ${commands.map((c) => c.path).join(', ')}`)
  }
  return found.length === 1 ? one(found[0], catalogue) : { commands: found.map((c) => one(c, catalogue)) }
}

const GLOBAL = ['--workspace DIR', '--json', '--threads N', '--quiet']

function one(command: Command, catalogue: Catalogue): object {
  const { endpoint, path } = command
  const { input, output, summary, kind } = contract[endpoint]
  const positional = argumentsOf(command)
  const taken = new Set(positional.map(({ field }) => field))
  return {
    command: path,
    summary,
    kind,
    arguments: positional.map(({ usage }) => usage),
    options: fieldsOf(command).flatMap((field) => (taken.has(field.name) ? [] : [flagOf(field, command)])),
    input: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
    output: z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }),
    ...(endpoint === 'train'
      ? { set: Object.fromEntries(catalogue.methods.map((m) => [m.name, m.settings])), datasets: catalogue.datasets }
      : {}),
    ...(endpoint === 'calibrate'
      ? { target: catalogue.targets, routine: catalogue.routines, preset: catalogue.presets }
      : {}),
    ...(endpoint === 'bench' ? { benchmarks: catalogue.benchmarks } : {})
  }
}
