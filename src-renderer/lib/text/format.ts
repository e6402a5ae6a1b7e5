/**
 * How numbers and times are written: a true minus, a no-break space before the unit, a point as decimal sign, and no
 * more digits than the spread allows (GUM 7.2.6: at most two digits of the standard uncertainty).
 */
const MINUS = '\u2212'
const SPACE = '\u00a0'
/** written where there is no value */
export const NONE = '\u2013'

export function fixed(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE
  return value
    .toFixed(decimals)
    .replace(/^-(?=0(\.0*)?$)/, '')
    .replace('-', MINUS)
}

/** a path below the person's home folder, as a shell writes it */
export function homely(path: string, home: string): string {
  const below = path.slice(home.length)
  return home.length > 1 && path.startsWith(home) && /^([\\/]|$)/.test(below) ? `~${below}` : path
}

export function signed(value: number | null | undefined, decimals = 0): string {
  const text = fixed(value, decimals)
  return value !== null && value !== undefined && value > 0 && text !== NONE ? `+${text}` : text
}

export function quantity(value: number | null | undefined, decimals: number, unit: string): string {
  const text = fixed(value, decimals)
  return text === NONE || unit === '' ? text : `${text}${SPACE}${unit}`
}

/** decimals that show two digits of this spread */
export function decimalsFor(spread: number): number {
  if (!(spread > 0) || !Number.isFinite(spread)) return 2
  return Math.min(5, Math.max(0, 1 - Math.floor(Math.log10(spread))))
}

/** four significant digits, exponents only where they help: for settings of unknown size */
export function compact(value: number): string {
  if (value === 0 || Number.isInteger(value)) return fixed(value)
  const size = Math.abs(value)
  const text = size < 1e-3 || size >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(4)))
  return text.replace(/-/g, MINUS).replace('e+', 'e')
}

/** 10214 as "10 214" */
export function count(value: number, decimals = 0): string {
  return fixed(value, decimals).replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, SPACE))
}

export function percent(share: number | null | undefined, decimals = 1): string {
  return share === null || share === undefined ? NONE : quantity(100 * share, decimals, '%')
}

/** 18200 as "18.2 k" */
export function rate(value: number | null): string {
  if (value === null || Number.isNaN(value)) return NONE
  if (value >= 1e6) return `${fixed(value / 1e6, 1)}${SPACE}M`
  if (value >= 1e4) return `${fixed(value / 1e3, 1)}${SPACE}k`
  return count(value)
}

/** 312 as "5 min 12 s" */
export function duration(seconds: number): string {
  if (seconds < 10) return `${fixed(seconds, 1)}${SPACE}s`
  if (seconds < 60) return `${fixed(seconds)}${SPACE}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}${SPACE}min${SPACE}${Math.floor(seconds % 60)}${SPACE}s`
  return `${Math.floor(minutes / 60)}${SPACE}h${SPACE}${minutes % 60}${SPACE}min`
}

/** an estimate, rounded so that it does not flicker */
export function about(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return ''
  if (seconds < 10) return 'a few seconds'
  if (seconds < 90) return `about ${Math.ceil(seconds / 10) * 10}${SPACE}s`
  if (seconds < 5400) return `about ${Math.round(seconds / 60)}${SPACE}min`
  return `about ${fixed(seconds / 3600, 1)}${SPACE}h`
}

/** in what a stretch of time is read best, as an axis names it */
export function elapsedUnit(ms: number): { name: string; ms: number } {
  if (ms < 3 * 60_000) return { name: 'seconds', ms: 1000 }
  if (ms < 3 * 3_600_000) return { name: 'minutes', ms: 60_000 }
  if (ms < 3 * 86_400_000) return { name: 'hours', ms: 3_600_000 }
  return { name: 'days', ms: 86_400_000 }
}

export function age(iso: string, now: number): string {
  const minutes = Math.max(0, (now - Date.parse(iso)) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${Math.floor(minutes)}${SPACE}min old`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}${SPACE}h old`
  return `${Math.floor(minutes / 1440)}${SPACE}days old`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** the time where it was today, else the day */
export function moment(iso: string, now: number): string {
  const date = new Date(iso)
  const today = new Date(now)
  if (date.toDateString() === today.toDateString()) return clock(date)
  const day = `${date.getDate()}${SPACE}${MONTHS[date.getMonth()]}`
  return date.getFullYear() === today.getFullYear() ? day : `${day}${SPACE}${date.getFullYear()}`
}

export function fullTime(iso: string): string {
  const date = new Date(iso)
  return `${date.getDate()}${SPACE}${MONTHS[date.getMonth()]}${SPACE}${date.getFullYear()}, ${clock(date)}`
}

function clock(date: Date): string {
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3))
  const scaled = value / 1000 ** power
  return quantity(scaled, power > 0 && scaled < 10 ? 1 : 0, units[power])
}

/** 0x7a31 as people write seeds */
export function hex(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(4, '0')}`
}

/** a setting of unknown kind: hashes cut, numbers short, nothing said as such */
export function plain(value: string | number | boolean | null): string {
  if (typeof value === 'number') return compact(value)
  if (value === null || value === '') return 'none'
  const text = String(value)
  return /^[\da-f]{32,}$/.test(text) ? shortHash(text) : text
}

/** a hash in groups of four, cut to what a person compares */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}${SPACE}${hash.slice(4, 8)}`
}
