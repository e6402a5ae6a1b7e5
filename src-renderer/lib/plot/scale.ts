/** Axes: from values to pixels, and where the ticks go. */
import { count } from '../text/format'

export type Limits = readonly [low: number, high: number]

export function clamp(value: number, low = 0, high = 1): number {
  return Math.min(high, Math.max(low, value))
}

export function linear(from: Limits, to: Limits): (value: number) => number {
  const slope = (to[1] - to[0]) / (from[1] - from[0] || 1)
  return (value) => to[0] + (value - from[0]) * slope
}

/** round numbers (1, 2, 5 times a power of ten) in [low, high], about `wanted` of them */
export function ticks([low, high]: Limits, wanted = 4): number[] {
  if (!(high > low)) return []
  const rough = (high - low) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const lead = rough / power
  const step = power * (lead > 7 ? 10 : lead > 3.5 ? 5 : lead > 1.5 ? 2 : 1)
  const list: number[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-6; k++)
    list.push(Number((k * step).toFixed(9)))
  return list
}

/** limits of a linear axis that end at ticks and hold these values; about `wanted` steps between them */
export function roundLimits(values: readonly number[], wanted = 4): Limits {
  const list = values.filter(Number.isFinite)
  if (list.length === 0) return [0, 1]
  const [least, most] = [Math.min(...list), Math.max(...list)]
  const pad = most > least ? 0.05 * (most - least) : Math.abs(most) * 0.05 || 0.5
  const [low, high] = [least - pad, most + pad]
  const [first, second] = ticks([low, high], wanted)
  const step = second - first
  return [Number((Math.floor(low / step) * step).toFixed(9)), Number((Math.ceil(high / step) * step).toFixed(9))]
}

/**
 * How far the axis of a run goes while it goes on: all of its epochs, or where it has only begun a share of them, so that
 * the beginning of a long one can be seen; the axis is another one three times at most.
 */
export function epochsInSight(done: number, epochs: number): number {
  for (const share of [0.02, 0.1, 0.3]) {
    const sight = Math.ceil(share * epochs)
    if (sight >= FEW_EPOCHS && done * 1.1 <= sight) return sight
  }
  return epochs
}
const FEW_EPOCHS = 50

/** decimals with which these ticks read as different numbers */
export function tickDecimals(list: readonly number[]): number {
  if (list.length < 2) return 2
  return Math.max(0, Math.min(5, -Math.floor(Math.log10(list[1] - list[0]) + 1e-9)))
}

/** as all other numbers of the window are written, with as many decimals as tell the ticks apart */
export function axisNumber(value: number, all: readonly number[]): string {
  return value === 0 ? '0' : count(value, all.length < 2 && Number.isInteger(value) ? 0 : tickDecimals(all))
}

/** a path through points, "M…L…" */
export function path(points: Iterable<readonly [number, number]>): string {
  let text = ''
  for (const [x, y] of points) text += `${text === '' ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
  return text
}

/** limits of a log axis that end at 1, 2 or 5 times a power of ten and hold all positive values */
export function logLimits(values: readonly number[], fallback: Limits): Limits {
  const list = values.filter((value) => value > 0)
  if (list.length === 0) return fallback
  const [low, high] = [Math.min(...list), Math.max(...list)]
  const power = (value: number): number => 10 ** Math.floor(Math.log10(value))
  const down = [5, 2, 1].find((lead) => lead * power(low) <= low * 0.98) ?? 0.5
  const up = [1, 2, 5].find((lead) => lead * power(high) >= high * 1.02) ?? 10
  return [down * power(low), up * power(high)]
}
