/**
 * By what runs are taken together when they are compared, and what a group is called: the one rule of the window, the
 * command line, the list and the reports. (No zod here: the window's library takes it.)
 */
export const GROUPINGS = ['run', 'chip', 'seed', 'method', 'dataset', 'calibration', 'config'] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface GroupedRun {
  id: string
  method: string
  dataset: string
  chipName: string
  /** null: no neuron had its own codes */
  calibration: string | null
  seed: number
  config: { readonly [key: string]: unknown }
}

/**
 * Of a configuration: which chip it was, in what state, with which calibration of it, and the seeds. What is left was
 * asked of the method. `calibration` stays: it says how a chip was set (calibrated, median, default, ideal), not which.
 */
export const PLACE_KEYS = [
  'seed',
  'chip',
  'chipSeed',
  'mismatch',
  'recipe',
  'quirks',
  'ageDays',
  'temperature',
  'calibrationHash',
  'calibrationChip',
  'detuneSeed',
  'excluded',
  'spreadSeed'
] as const
const PLACE: ReadonlySet<string> = new Set(PLACE_KEYS)

/** what a name begins with; the data's hash is never told before their name */
const FIRST = ['method', 'dataset']
/** settings that a name has room for */
const NAMED = 3
/** of a longer value only the beginning is written */
const LONGEST = 24

type Config = GroupedRun['config']

/** what was asked of the method, in one order; what was not given is left out */
function askedOf(config: Config): Config {
  const kept = Object.keys(config).filter((key) => !PLACE.has(key) && (config[key] ?? null) !== null)
  return Object.fromEntries(kept.sort().map((key) => [key, config[key]]))
}

/** the same for runs that differ in their chip and seeds alone, in whatever order they were written */
export const settingsText = (config: Config): string => JSON.stringify(askedOf(config))

/**
 * What each group of settings is called beside the others: the fewest settings that tell them apart, as far as a name has
 * room, and eight digits that are the same wherever the group stands.
 */
export function settingsNames(configs: readonly Config[]): string[] {
  const asked = configs.map(askedOf)
  const texts = asked.map((config) => JSON.stringify(config))
  const distinct = new Map(texts.map((text, k) => [text, asked[k]]))
  const told = tellingKeys([...distinct.values()])
  const names = new Map(
    [...distinct].map(([text, config]) => {
      // what one method has and this one has not follows from the method
      const shown = told.filter((key) => key in config).map((key) => `${key}=${short(config[key])}`)
      return [text, `${shown.join(', ') || (distinct.size > 1 ? 'settings' : 'the same settings')} #${digits(text)}`]
    })
  )
  return texts.map((text) => names.get(text) ?? text)
}

/** the method if it differs, then one by one the setting that tells most of them apart */
function tellingKeys(configs: readonly Config[]): string[] {
  const keys = [...new Set([...FIRST, ...configs.flatMap((config) => Object.keys(config))])].filter((key) =>
    configs.some((config) => config[key] !== configs[0][key])
  )
  const taken: string[] = keys.filter((key) => key === 'method')
  const count = (list: readonly string[]): number =>
    new Set(configs.map((config) => list.map((key) => String(config[key])).join('\n'))).size
  while (taken.length < NAMED) {
    let [best, most] = ['', count(taken)]
    for (const key of keys) {
      const apart = count([...taken, key])
      if (apart > most) [best, most] = [key, apart]
    }
    if (best === '') break
    taken.push(best)
  }
  return taken.sort((a, b) => keys.indexOf(a) - keys.indexOf(b))
}

const OF: { readonly [by in Exclude<Grouping, 'config'>]: (run: GroupedRun) => string } = {
  run: ({ id }) => id,
  chip: (run) => run.chipName,
  seed: (run) => `seed ${run.seed}`,
  method: (run) => run.method,
  dataset: (run) => run.dataset,
  calibration: (run) => run.calibration ?? 'none'
}

/** for each run the name of its group */
function groupNames(runs: readonly GroupedRun[], by: Grouping): string[] {
  return by === 'config' ? settingsNames(runs.map(({ config }) => config)) : runs.map(OF[by])
}

/** in the order in which they first occur */
export function groupedBy<T extends GroupedRun>(runs: readonly T[], by: Grouping): { name: string; runs: T[] }[] {
  const names = groupNames(runs, by)
  const groups = new Map<string, T[]>()
  runs.forEach((run, k) => groups.set(names[k], [...(groups.get(names[k]) ?? []), run]))
  return [...groups].map(([name, members]) => ({ name, runs: members }))
}

function short(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? 'none')
  return text.length > LONGEST ? `${text.slice(0, 8)}…` : text
}

/** FNV-1a of 32 bits (Fowler, Noll, Vo): tells groups apart for the eye, proves nothing */
function digits(text: string): string {
  let hash = 0x811c9dc5
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
