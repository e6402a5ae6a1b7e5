/** preferences, runs reference: choices of the window that mean something outside of it */
import type { Output } from '../../contract/index'
import { PREFERENCES, type PreferenceKey } from '../../contract/preferences'
import { command } from '../command'
import { table } from '../text'

const MOST = 60

/** choices, and what of the rest was left behind */
function list({ preferences }: Output<'preferences.get'>): string {
  const keys = (Object.keys(PREFERENCES) as PreferenceKey[]).filter((key) => PREFERENCES[key].choice)
  const rows = keys.map((key) => [key, key in preferences ? written(preferences[key]) : '–', PREFERENCES[key].help])
  const others = Object.keys(preferences).filter((key) => !keys.some((one) => one === key))
  const rest = others.length === 0 ? '' : `\n\nhow the window was left (--json shows it): ${others.join(', ')}`
  return `${table(['key', 'value', ''], rows)}${rest}`
}

function written(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MOST ? `${text.slice(0, MOST)} …` : text
}

export const preferenceCommands = [
  command({ path: 'preferences list', endpoint: 'preferences.get', show: list }),
  command({ path: 'preferences set', endpoint: 'preferences.set', args: ['key', 'value'], show: list }),
  command({
    path: 'runs reference',
    endpoint: 'runs.reference',
    args: ['[run]'],
    show: ({ reference }) => reference ?? 'none'
  })
]
