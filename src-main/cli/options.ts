/**
 * Options from the contract's schemas: a field `limitTrain` of type number becomes `--limit-train N`. Values are only
 * read here (text to number, KEY=VALUE to a record); whether they are allowed is the schema's business.
 */
import { type Command, Option } from 'commander'
import { z } from 'zod'
import { InloopError } from '../contract/errors'
import { contract } from '../contract/index'
import type { Command as Declared } from './command'
import { listFrom } from './list'

export interface Field {
  name: string
  /** without optional and default */
  schema: z.ZodType
  /** true: it may be missing, and then nothing stands for it */
  optional: boolean
  fallback: unknown
  help: string
}

/** the input fields of an endpoint */
export function fieldsOf(declared: Declared): Field[] {
  const input = contract[declared.endpoint].input as z.ZodObject
  return Object.entries(input.shape).map(([name, outer]) => {
    let schema = outer as z.ZodType
    let fallback: unknown
    let help = schema.description ?? ''
    while (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
      if (schema instanceof z.ZodDefault) fallback = schema.def.defaultValue
      schema = schema.unwrap() as z.ZodType
      help ||= schema.description ?? ''
    }
    return { name, schema, optional: outer instanceof z.ZodOptional, fallback, help }
  })
}

/** names of the fields that are arguments, with and without the marks for "several" and "may be missing" */
export function argumentsOf(declared: Declared): { field: string; usage: string; several: boolean }[] {
  return (declared.args ?? []).map((mark) => {
    const field = mark.replace(/[[\]…]/g, '')
    const several = mark.includes('…')
    const word = `${kebab(singular(field, several))}${several ? '...' : ''}`
    return { field, several, usage: mark.startsWith('[') ? `[${word}]` : `<${word}>` }
  })
}

export function addOptions(command: Command, declared: Declared): void {
  const taken = new Set(argumentsOf(declared).map(({ field }) => field))
  for (const field of fieldsOf(declared)) {
    if (!taken.has(field.name)) command.addOption(optionFor(field, declared.flags?.[field.name]))
  }
}

/** e.g. `--limit-train <n>` */
export function flagOf(field: Field, declared: Declared): string {
  return optionFor(field, declared.flags?.[field.name]).flags
}

function optionFor({ name, schema, fallback, help }: Field, renamed?: string): Option {
  const flag = `--${renamed ?? kebab(name)}`
  const shown =
    fallback === undefined || typeof fallback === 'object' ? help : `${help} (default: ${String(fallback)})`.trim()
  if (schema instanceof z.ZodBoolean) return new Option(fallback === true ? flag.replace('--', '--no-') : flag, shown)
  if (schema instanceof z.ZodRecord) return new Option(`${flag} <key=value>`, help).argParser(collect).default([], '')
  if (schema instanceof z.ZodArray)
    return new Option(`${flag} <${placeholder(schema.element as z.ZodType)}>`, help).argParser(collect).default([], '')
  return new Option(`${flag} <${placeholder(schema)}>`, shown)
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

function placeholder(schema: z.ZodType): string {
  if (schema instanceof z.ZodNumber) return 'n'
  if (schema instanceof z.ZodEnum) return schema.options.map(String).join('|')
  return 'text'
}

/** the endpoint's input from what commander read; only what was given */
export function inputFrom(
  declared: Declared,
  args: readonly (string | string[])[],
  options: { [key: string]: unknown }
): unknown {
  const input: { [field: string]: unknown } = {}
  const position = new Map(argumentsOf(declared).map(({ field }, k) => [field, k]))
  for (const { name, schema, optional, fallback } of fieldsOf(declared)) {
    const at = position.get(name)
    const given = at === undefined ? options[camel(declared.flags?.[name] ?? kebab(name))] : args[at]
    // what was never given is an empty list too; an argument that has to be there may be one on purpose
    const missing = Array.isArray(given) && given.length === 0 && (at === undefined || optional)
    if (given === undefined || missing) continue
    if (schema instanceof z.ZodBoolean && given === fallback) continue
    input[name] = valueFor(schema, given, name)
  }
  return input
}

function valueFor(schema: z.ZodType, given: unknown, field: string): unknown {
  if (Array.isArray(given)) {
    if (schema instanceof z.ZodRecord) return recordFrom(given.map(String), field)
    const element = schema instanceof z.ZodArray ? (schema.element as z.ZodType) : z.string()
    return given.map((value) => valueFor(element, value, field))
  }
  if (schema instanceof z.ZodUnknown) return wordOrJson(String(given))
  return schema instanceof z.ZodNumber ? toNumber(String(given)) : given
}

/** of a field that can be anything: what is no JSON is a word */
function wordOrJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** each key once: which of two was meant, nobody knows */
function recordFrom(pairs: readonly string[], field: string): unknown {
  const record = new Map<string, unknown>()
  for (const pair of pairs) {
    const [key, value] = keyValue(pair, field)
    if (record.has(key)) throw new InloopError('bad-input', `${field}: "${key}" given twice; allowed: once`)
    record.set(key, value)
  }
  return Object.fromEntries(record)
}

function keyValue(pair: string, field: string): [string, unknown] {
  const at = pair.indexOf('=')
  if (at < 1) throw new InloopError('bad-input', `${field}: "${pair}" given; allowed: KEY=VALUE`)
  const text = pair.slice(at + 1)
  const words: { readonly [word: string]: unknown } = { true: true, false: false, null: null }
  const value = Object.hasOwn(words, text) ? words[text] : /^[@[]/.test(text) ? listFrom(text, field) : toNumber(text)
  return [pair.slice(0, at), value]
}

/** text that is no number stays text, so that the schema's message can show it */
function toNumber(text: string): number | string {
  const value = Number(text)
  return text.trim() === '' || Number.isNaN(value) ? text : value
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function camel(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

function singular(name: string, several: boolean): string {
  return several ? name.replace(/s$/, '') : name
}
