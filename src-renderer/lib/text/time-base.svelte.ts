/**
 * Which time is meant, in one place: that of the hardware, or of the biology that it stands for. An accelerated chip has
 * membranes and synapses that are faster than nerve cells by its speed-up: what takes 1 µs on HICANN-X is 1 ms there.
 * Everything is kept, sent and written to files in hardware time; what is shown goes through here: times, rates and what
 * is per time, each with its unit. What a person types stays hardware time and says so; clocks of the wall (jobs) have
 * no other time.
 */
import { quantity } from './format'

export type TimeBase = 'hardware' | 'biological'

/**
 * How much faster than biology, by model: HICANN-X 1000 (hardware.md 1; Pehle et al. 2022). What is not named here runs
 * in real time, as DYNAP-SE does (Moradi et al. 2018), and has one time.
 */
const SPEED_UP: Readonly<Record<string, number>> = { 'hicann-x': 1000 }
const TIMES = ['ns', 'µs', 'ms', 's']
const RATES = ['MHz', 'kHz', 'Hz', 'mHz']

/** what a number is multiplied with, and its unit then */
export interface Shown {
  factor: number
  unit: string
}

export const speedUpOf = (model: string): number => SPEED_UP[model] ?? 1

/** of a number in this unit of hardware time; a unit without a time in it stays as it is */
export function converted(unit: string, base: TimeBase, speedUp: number): Shown {
  const same = { factor: 1, unit }
  if (base === 'hardware' || speedUp === 1) return same
  // prefixes by which times move up and rates down, and what is left to multiply with
  const steps = Math.floor(Math.log10(speedUp) / 3 + 1e-9)
  const rest = speedUp / 1000 ** steps
  const moved = (list: readonly string[], one: string): string | undefined => list[list.indexOf(one) + steps]
  if (unit === '1/s') return { factor: 1 / speedUp, unit }
  const per = /^(.*\/)(ns|µs|ms)$/.exec(unit)
  const [list, of, head] = per ? [TIMES, per[2], per[1]] : TIMES.includes(unit) ? [TIMES, unit, ''] : [RATES, unit, '']
  const next = list.includes(of) ? moved(list, of) : undefined
  if (next === undefined) return same
  return { factor: list === RATES || per ? 1 / rest : rest, unit: head + next }
}

class Times {
  #read: () => TimeBase = () => 'hardware'
  /** of the chips on this bench */
  readonly speedUp = speedUpOf('hicann-x')

  /** what a person chose is kept elsewhere */
  follow(read: () => string): void {
    this.#read = () => (read() === 'biological' ? 'biological' : 'hardware')
  }

  get base(): TimeBase {
    return this.#read()
  }

  shown(unit: string): Shown {
    return converted(unit, this.base, this.speedUp)
  }

  unit(unit: string): string {
    return this.shown(unit).unit
  }

  /** of a number in `unit`; what is not there stays so */
  of<T extends number | null | undefined>(value: T, unit = 'µs'): T {
    return (typeof value === 'number' ? value * this.shown(unit).factor : value) as T
  }

  all<T extends Float64Array | number[]>(values: T, unit: string): T {
    const { factor } = this.shown(unit)
    return factor === 1 ? values : (values.map((value) => value * factor) as T)
  }

  /** a time of the hardware as text: "12.30 µs", "12.30 ms" */
  text(us: number | null, decimals: number): string {
    const { factor, unit } = this.shown('µs')
    const digits = Math.max(0, decimals - Math.round(Math.log10(factor)))
    return quantity(us === null ? null : us * factor, digits, unit)
  }

  /** unit beside a field: what is typed is hardware time, whatever is shown */
  typed(unit: string): string {
    return this.unit(unit) === unit && this.of(1, unit) === 1 ? unit : `${unit} hw`
  }
}

export const times = new Times()

/** names of the choice, in the status bar, in Settings and in the palette */
export const TIME_BASES: readonly { value: TimeBase; label: string }[] = [
  { value: 'hardware', label: 'Hardware µs' },
  { value: 'biological', label: 'Biological ms' }
]
