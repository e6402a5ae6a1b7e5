/** A value of a record for a table: lists by their number and first members, names with their values, and the whole for a tooltip. */
import { plain } from './format'

/** members of a list that are named */
const FEW = 3

export interface Shown {
  text: string
  /** all of it */
  whole: string
}

export function recordValue(value: unknown): Shown {
  if (Array.isArray(value)) {
    const members = value.map((one) => recordValue(one).whole)
    const whole = members.length === 0 ? 'none' : members.join(', ')
    if (members.length <= FEW) return { text: whole, whole }
    return { text: `${members.length}: ${members.slice(0, FEW).join(', ')}, …`, whole: `${members.length}: ${whole}` }
  }
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, one]) => {
      const { text, whole } = recordValue(one)
      return { text: `${key} ${text}`, whole: `${key} ${whole}` }
    })
    if (pairs.length === 0) return { text: 'none', whole: 'none' }
    return { text: pairs.map(({ text }) => text).join(', '), whole: pairs.map(({ whole }) => whole).join(', ') }
  }
  const single = value as string | number | boolean | null
  return { text: plain(single), whole: typeof single === 'string' && single !== '' ? single : plain(single) }
}
