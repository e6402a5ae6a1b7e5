/** Resolves a method's `--set` keys: defaults, types, ranges; errors name the key, what was given and what is allowed. */
import { InputError } from '../errors/input-error'
import type { Config, Setting } from './types'

/** of learning: at 0 a run would end with the weights it began with (a bound of ours, no paper's) */
export const LEAST_RATE = 1e-9

type Value = number | string | boolean | null

/** every setting of the table with its default or the given value */
export function resolve(table: readonly Setting[], given: Readonly<Record<string, Value>>): Config {
  for (const key of Object.keys(given)) {
    if (!table.some((setting) => setting.key === key)) {
      throw new InputError(
        'bad-input',
        `setting '${key}' is unknown; allowed are ${table.map((each) => each.key).join(', ')}`
      )
    }
  }
  const config: Record<string, Value> = {}
  for (const setting of table) {
    const value = setting.key in given ? given[setting.key] : setting.default
    check(setting, value)
    config[setting.key] = value
  }
  return config
}

function check(setting: Setting, value: Value): void {
  if (value === null && setting.default === null) return
  const refuse = (allowed: string): never => {
    throw new InputError('bad-input', `setting '${setting.key}' is ${JSON.stringify(value)}; allowed is ${allowed}`)
  }
  if (setting.choices && !setting.choices.includes(String(value))) refuse(setting.choices.join(', '))
  if (setting.type === 'boolean' || setting.type === 'string') {
    if (typeof value !== setting.type) refuse(`a ${setting.type}`)
    return
  }
  const { min = -Infinity, max = Infinity } = setting
  const kind = setting.type === 'integer' ? 'a whole number' : 'a number'
  const unit = setting.unit === '' ? '' : ` ${setting.unit}`
  const range = `${kind} from ${min} to ${max}${unit}`
  if (typeof value !== 'number' || !Number.isFinite(value) || value < min || value > max) return refuse(range)
  if (setting.type === 'integer' && !Number.isInteger(value)) refuse(range)
}
