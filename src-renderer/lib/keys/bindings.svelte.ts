/**
 * Which keys an action has now: the keymap's own, or those a person gave it. Buttons, the sheet and the listener read
 * here. A key that already means something where it would work is refused, and says what it means.
 */
import { KEYMAP, overlap, printedKey, SCOPES, type Action } from './keymap'

export type Changed = Partial<Record<Action, readonly string[]>>

let changed = $state.raw<Changed>({})

const actions = Object.keys(KEYMAP) as Action[]

/** the keys it came with, less those that a person gave to another action before this one came */
function own(action: Action): readonly string[] {
  const { keys, scope } = KEYMAP[action]
  const given = (Object.keys(changed) as Action[]).filter((other) => overlap(scope, KEYMAP[other].scope))
  return keys.filter((key) => !given.some((other) => changed[other]?.includes(key)))
}

export const bindings = {
  of: (action: Action): readonly string[] => changed[action] ?? own(action),
  isChanged: (action: Action): boolean => action in changed,
  get any(): boolean {
    return Object.keys(changed).length > 0
  },
  get changed(): Changed {
    return changed
  },
  /** what is not a list of keys for an action of the keymap is not believed */
  load(kept: Record<string, unknown>): void {
    const entries = Object.entries(kept).filter(
      ([action, keys]) => action in KEYMAP && Array.isArray(keys) && keys.every((key) => typeof key === 'string')
    )
    changed = Object.fromEntries(entries)
  }
}

/** the action that has this key already where this one works; null: it is free */
function rival(action: Action, key: string): Action | null {
  const same = (other: Action): boolean =>
    other !== action &&
    overlap(KEYMAP[action].scope, KEYMAP[other].scope) &&
    bindings.of(other).some((one) => one.toLowerCase() === key.toLowerCase())
  return actions.find(same) ?? null
}

/** why an action cannot have this key, in one line; null: it can */
export function refusal(action: Action, key: string): string | null {
  const { scope } = KEYMAP[action]
  if (scope === 'window' && !/^(\$mod|Alt)\+|^(Shift\+)?F\d+$/.test(key))
    return 'a key that works everywhere needs Ctrl or Alt, or is a function key: plain keys are for typing'
  if (!KEYMAP[action].keys.some((own) => own === key) && /^\$mod\+([acvxyz]|Backspace|Delete)$/.test(key))
    return 'edits the text in a field: choose another'
  if (MENU.has(key.toLowerCase())) return 'belongs to the menu of the window: choose another'
  return taken(action, key)
}

function taken(action: Action, key: string): string | null {
  const other = rival(action, key)
  return other ? `means “${KEYMAP[other].label}” already (${SCOPES[KEYMAP[other].scope]})` : null
}

/** the same of all keys it would get, and which one it is; null as keys: those it came with, which another may have by now */
export function refusalOf(action: Action, keys: readonly string[] | null): string | null {
  for (const key of keys ?? KEYMAP[action].keys) {
    const why = keys === null ? taken(action, key) : refusal(action, key)
    if (why) return `${printedKey(key)} ${why}`
  }
  return null
}

/** of src-main/electron/menu.ts: the system takes them before the window hears of them */
const MENU = new Set(['$mod+q', '$mod+w', '$mod+m', '$mod+0', '$mod+-', '$mod++', '$mod+=', '$mod+shift++', 'f11'])

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'])

/** in the notation of the keymap; null while only modifiers are held */
export function keyOf(event: KeyboardEvent, apple: boolean): string | null {
  if (MODIFIERS.has(event.key)) return null
  const parts: string[] = []
  if (apple ? event.metaKey : event.ctrlKey) parts.push('$mod')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey) parts.push('Shift')
  parts.push(event.key.length === 1 ? event.key.toLowerCase() : event.key)
  return parts.join('+')
}
