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
 * The one list of what a configuration says of the place where a run was made; everything else was asked of the method. It
 * has two parts, since "the same" is asked in two ways.
 *
 * Runs that differ in `drawn` alone are repetitions: another chip (its serial number, seed, scale and recipe of mismatch,
 * its age and temperature), another calibration of it, other seeds. Their spread is chance, so a group of settings takes
 * them together and its median means something.
 *
 * `condition` is how the place was set on purpose: calibrated, the median code for all, none or no chip; wrong by a share
 * of each target; ideal neurons that differ by so much. Such runs are still the same run elsewhere (what a figure of error
 * against spread puts side by side, or a chip beside its ideal), but no repetitions: a median over calibrated and
 * uncalibrated chips describes neither, so groups of settings keep them apart.
 *
 * The store keeps each run's settings (store/runs/settings.ts): who changes `drawn` adds a migration that forgets them.
 */
export const PLACE = {
  drawn: [
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
  ],
  condition: ['calibration', 'detune', 'spread']
} as const
const DRAWN: ReadonlySet<string> = new Set(PLACE.drawn)

/** what a name begins with; the data's hash is never told before their name */
const FIRST = ['method', 'dataset']
/** settings that a name has room for */
const NAMED = 3
/** of a longer value only the beginning is written */
const LONGEST = 24

type Config = GroupedRun['config']

/** what was asked of the method, in one order; what was not given is left out */
function askedOf(config: Config): Config {
  const kept = Object.keys(config).filter((key) => !DRAWN.has(key) && (config[key] ?? null) !== null)
  return Object.fromEntries(kept.sort().map((key) => [key, config[key]]))
}

/** the same for runs that are repetitions of each other, in whatever order they were written */
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
      return [
        text,
        `${shown.join(', ') || (distinct.size > 1 ? 'settings' : 'the same settings')} #${settingsDigits(text)}`
      ]
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

/** of a `settingsText`, FNV-1a of 32 bits (Fowler, Noll, Vo): tells groups apart for the eye, proves nothing */
export function settingsDigits(text: string): string {
  let hash = 0x811c9dc5
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
