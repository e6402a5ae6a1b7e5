/**
 * Suite `distributions`: what many chips of a recipe show through their ports before calibration, pooled, against the
 * distributions that were published of two chips (hardware.md 3, 7). The file holds the published figures and how far a
 * chip may be from them; a published range counts as met anywhere inside it.
 */
import { mad, mean, quantile, sd } from '../../statistics/summary'
import type { ChipPort, Silicon } from '../../emulator/chip-port'
import type { Entry } from '../document'
import { Errors, type Suite } from '../errors'
import { measureIntervals, measureSpreads, measureVolley, type Spreads } from './measure'

type Open = (silicon: Silicon, trialSeed: number) => ChipPort

/** the session's noise; any will do */
const TRIAL = 1
const MILLIVOLTS = 4.2
const KEYS = ['leak', 'reset', 'threshold', 'tauMem', 'tauSynExc', 'tauSynInh', 'channel'] as const
type Key = (typeof KEYS)[number]

export function verifyDistributions(file: Entry, open: Open): Suite {
  const errors = new Errors(file.get('limits'))
  const seeds = Array.from({ length: file.get('seeds').integer(1, 1000) }, (_, k) => k + 1)
  for (const recipe of ['A', 'B'] as const) {
    const published = file.get('recipes').get(recipe)
    const chips = seeds.map((seed) => measureSpreads(open({ seed, mismatch: 1, recipe }, TRIAL)))
    const limit = `recipe_${recipe}`
    const compare = (name: string, value: number, within: Entry): void =>
      against(errors, `${recipe}: ${name}`, value, within, limit)
    for (const key of KEYS) {
      if (published.get('within').has(key)) {
        const value = withinQuadrants(chips, key, recipe)
        compare(`${key}, sd within a quadrant${inUnit(key, recipe)}`, value, published.get('within').get(key))
      }
      if (published.get('means').has(key)) {
        const value = ofMeans(chips, key, recipe)
        compare(`${key}, sd of quadrant means${inUnit(key, recipe)}`, value, published.get('means').get(key))
      }
    }
    for (const pair of published.get('correlations').list()) {
      const [a, b, value] = pair.list(3)
      const found = correlation(chips, a.text() as Key, b.text() as Key)
      errors.measured(`${recipe}: correlation of ${a.text()} and ${b.text()}`, found, value.number(), 'correlation')
    }
    const noise = chips.flatMap((chip) => [...chip.channelNoise].filter((x) => x > 0))
    against(
      errors,
      `${recipe}: noise of a conversion, LSB`,
      mean(noise),
      file.get('converter_noise'),
      'converter_noise'
    )
  }
  trials(errors, file, open, seeds)
  return errors.suite('distributions', 2 * seeds.length)
}

/** what differs from trial to trial: intervals of firing neurons, and how much of a volley arrives */
function trials(errors: Errors, file: Entry, open: Open, seeds: readonly number[]): void {
  const chips = seeds.map((seed) => open({ seed, mismatch: 1 }, TRIAL))
  const intervals = chips.flatMap((chip) => [...measureIntervals(chip)].filter((x) => x === x))
  for (const p of [0.05, 0.5, 0.95]) {
    const name = `variation of interspike intervals, ${100 * p} % of the neurons below`
    against(errors, name, quantile(intervals, p), file.get('interval_variation'), 'range')
  }
  const volleys = chips.map(measureVolley)
  const loss = volleys.map(({ fired, received }) => 1 - received / fired)
  const received = volleys.map((volley) => volley.received)
  against(errors, 'loss of a volley, least', Math.min(...loss), file.get('volley_loss'), 'range')
  against(errors, 'loss of a volley, most', Math.max(...loss), file.get('volley_loss'), 'range')
  against(errors, 'spikes of a volley received, fewest', Math.min(...received), file.get('volley_received'), 'range')
}

/** relative distance from a published figure, or from the nearer end of a published range */
function against(errors: Errors, name: string, value: number, published: Entry, limit: string): void {
  const [low, high] = published.array(2)
  const nearest = Math.max(low, Math.min(high, value))
  errors.measured(name, value, nearest, limit, Math.abs(nearest))
}

/** recipe B was published in mV, recipe A in LSB; time constants as shares of their mean */
function unitOf(key: Key, recipe: 'A' | 'B'): number {
  return recipe === 'A' || key === 'channel' ? 1 : MILLIVOLTS
}

function inUnit(key: Key, recipe: 'A' | 'B'): string {
  return relative(key) ? ', share of the mean' : unitOf(key, recipe) === 1 ? ', LSB' : ', mV'
}

function relative(key: Key): boolean {
  return key.startsWith('tau')
}

function quadrants(values: Float64Array): Float64Array[] {
  return [0, 128, 256, 384].map((from) => values.slice(from, from + 128))
}

/** sd of a normal sample from its median absolute deviation, which does not see single outliers */
function robust(values: Float64Array): number {
  return 1.4826 * mad(values)
}

/** pooled over quadrants and chips; robust for recipe B, as its figures are */
function withinQuadrants(chips: readonly Spreads[], key: Key, recipe: 'A' | 'B'): number {
  const spread = recipe === 'A' ? sd : robust
  const squares = chips.flatMap((chip) =>
    quadrants(chip[key]).map((list) => (spread(list) * (relative(key) ? 1 / mean(list) : unitOf(key, recipe))) ** 2)
  )
  return Math.sqrt(mean(squares))
}

/** about the mean of all chips: their quadrants are all drawn alike */
function ofMeans(chips: readonly Spreads[], key: Key, recipe: 'A' | 'B'): number {
  const means = chips.flatMap((chip) => quadrants(chip[key]).map((list) => mean(list)))
  return sd(means) * (relative(key) ? 1 / mean(means) : unitOf(key, recipe))
}

/** over all neurons of all chips */
function correlation(chips: readonly Spreads[], a: Key, b: Key): number {
  const pairs = chips.flatMap((chip) => Array.from(chip[a], (x, n) => [x, chip[b][n]]))
  const both = pairs.filter(([x, y]) => x === x && y === y)
  const [x, y] = [0, 1].map((k) => both.map((pair) => pair[k]))
  const [mx, my] = [mean(x), mean(y)]
  return mean(x.map((v, k) => (v - mx) * (y[k] - my))) / (sd(x) * sd(y))
}
