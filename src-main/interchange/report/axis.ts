/** Axes of a report: limits and ticks at round numbers, as the window's charts have them. */

export type Limits = readonly [low: number, high: number]

const power = (value: number): number => 10 ** Math.floor(Math.log10(value) + 1e-9)
const short = (value: number): number => Number(value.toPrecision(6))

/** 1, 2 or 5 times a power of ten: about `wanted` steps in [low, high] */
export function linearTicks([low, high]: Limits, wanted = 5): number[] {
  if (!(high > low)) return []
  const rough = (high - low) / wanted
  const lead = rough / power(rough)
  const step = power(rough) * (lead > 7 ? 10 : lead > 3.5 ? 5 : lead > 1.5 ? 2 : 1)
  const list: number[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high * (1 + 1e-9); k++) list.push(short(k * step))
  return list
}

/** limits of a logarithmic axis that end at 1, 2 or 5 times a power of ten and hold all values; these are positive */
export function logLimits(values: readonly number[]): Limits {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const down = [5, 2, 1].find((lead) => lead * power(low) <= low * 0.98) ?? 0.5
  const up = [1, 2, 5].find((lead) => lead * power(high) >= high * 1.02) ?? 10
  return [short(down * power(low)), short(up * power(high))]
}

/** 1, 2 and 5 times the powers of ten between the limits; over many decades the powers alone */
export function logTicks([low, high]: Limits): number[] {
  const list: number[] = []
  for (let decade = power(low); decade <= high * (1 + 1e-9); decade *= 10)
    for (const lead of [1, 2, 5]) {
      const value = short(lead * decade)
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) list.push(value)
    }
  return list.length > 9 ? list.filter((value) => Math.abs(Math.log10(value) % 1) < 1e-9) : list
}
