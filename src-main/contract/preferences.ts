/**
 * What a workspace remembers of the window, by key: choices that mean something outside of it (`choice`: theme, keys,
 * protocols, the reference …) and what it looked like. What the window could not read again is not kept.
 */
import { z } from 'zod'
import { calibrations } from './calibrations'
import { command, query } from './define'
import { type Action, KEYMAP, overlap } from './keymap'
import { runs } from './runs'

const SLOTS = ['1', '2', '3', '4'] as const

/** the window keeps a yes or no; the terminal says on and off */
const onOff = z
  .preprocess((value) => (typeof value === 'boolean' ? (value ? 'on' : 'off') : value), z.enum(['on', 'off']))
  .transform((word) => word === 'on')

/** by action, all the keys that it has; two actions that work at the same place cannot share one */
const keys = z
  .record(z.string(), z.array(z.string().regex(/^\S+$/, 'allowed: a key like $mod+j, Alt+x or F2')).max(4))
  .superRefine((given, { addIssue }) => {
    const actions = Object.keys(given)
    const unknown = actions.find((action) => !(action in KEYMAP))
    if (unknown !== undefined) {
      return addIssue({
        code: 'custom',
        path: [unknown],
        message: `allowed: keys of ${Object.keys(KEYMAP).join(', ')}`
      })
    }
    for (const action of actions) {
      const rival = actions.find(
        (other) =>
          other !== action &&
          overlap(KEYMAP[action as Action].scope, KEYMAP[other as Action].scope) &&
          given[other].some((key) => given[action].includes(key))
      )
      if (rival !== undefined)
        return addIssue({ code: 'custom', path: [action], message: `${rival} has it, too; allowed: another key` })
    }
  })

const form = z.record(z.string(), z.unknown()).default({}).describe('what the form had, so that it can be opened there')
const protocol = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('calibrate'), input: calibrations.calibrate.input, form }),
  z.object({ kind: z.literal('train'), input: runs.train.input, form })
])

const text = z.string().max(10_000)
const any = z.record(z.string(), z.unknown())
const choice = <T extends z.ZodType>(value: T, help: string) => ({ value, help, choice: true })
const looks = <T extends z.ZodType>(value: T) => ({ value, help: 'how the window was left', choice: false })

export const PREFERENCES = {
  theme: choice(z.enum(['system', 'light', 'dark']), 'light or dark, or as the system has it'),
  density: choice(z.enum(['compact', 'roomy']), 'how close the rows are'),
  time: choice(
    z.enum(['hardware', 'biological']),
    'time of the chip in the window: that of the hardware, or of biology'
  ),
  closing: choice(z.enum(['ask', 'keep', 'stop']), 'what becomes of jobs when the window closes'),
  notify: choice(onOff, 'a word on the desktop when a job ends'),
  keys: choice(keys, 'keys other than those that an action comes with, by action'),
  protocols: choice(z.partialRecord(z.enum(SLOTS), protocol), 'what the function keys start'),
  golden: choice(text, "the workspace's reference: id of a run; see `runs reference`"),
  'sql.kept': choice(z.array(z.object({ name: text, query: text })), 'questions in SQL that are kept'),
  'versions.allowed': choice(
    z.object({ sigmas: z.number().min(0).max(100), tolerance: z.record(z.string(), z.number().min(0)) }),
    'what two calibrations may differ by'
  ),
  'calibrate.form': looks(any),
  'train.form': looks(any),
  'train.run': looks(text),
  'train.figure': looks(text),
  place: looks(any),
  inspector: looks(any),
  left: looks(z.array(text)),
  chips: looks(any),
  'chips.list': looks(any),
  multiples: looks(any),
  map: looks(any),
  'map.limits': looks(any),
  neuron: looks(any),
  parts: looks(any),
  'parts.map': looks(any),
  'parts.converters': looks(text),
  block: looks(text),
  'crossbar.node': looks(any),
  synapses: looks(any),
  'synapses.cell': looks(any),
  scope: looks(any),
  versions: looks(any),
  'versions.table': looks(text),
  'runs.filter': looks(text),
  'runs.order': looks(any),
  'runs.columns': looks(z.array(text)),
  'runs.facets': looks(z.boolean()),
  'runs.selected': looks(text),
  'runs.groupBy': looks(text),
  'runs.groupOrder': looks(any),
  compare: looks(any),
  unkept: looks(any),
  'sql.text': looks(text)
} as const

export type PreferenceKey = keyof typeof PREFERENCES
const KEYS = Object.keys(PREFERENCES) as [PreferenceKey, ...PreferenceKey[]]

const all = z.object({ preferences: z.record(z.string(), z.unknown()) })

export const preferences = {
  'preferences.get': query('What the workspace remembers of the window', z.object({}), all),
  'preferences.set': command(
    'Keep a choice, as the settings of the window do',
    z.object({
      key: z.enum(KEYS),
      value: z.unknown().describe('a word, a number, or JSON; null: as it came')
    }),
    all
  ),
  'runs.reference': command(
    "Say which run is the workspace's reference, or make one it",
    z.object({ run: z.string().min(1).optional().describe('id of a run, or none; default: it is only said') }),
    z.object({ reference: z.string().nullable() })
  )
} as const
