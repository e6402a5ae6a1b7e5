/** The listener behind the keymap: views bind what an action does while they are open; the newest binding counts. */
import { matchKeyBindingPress, parseKeybinding } from 'tinykeys'
import { bindings, type Changed, refusalOf } from '../lib/keys/bindings.svelte'
import { KEYMAP, type Action, type Scope } from '../lib/keys/keymap'
import type { Preferences } from './preferences.svelte'

type Handlers = Partial<Record<Action, (event: KeyboardEvent) => void>>

const ACTIONS = Object.keys(KEYMAP) as Action[]

export class Keys {
  #bound: { handlers: Handlers; dialog: boolean }[] = []
  readonly #parsed = $derived(
    ACTIONS.map((action) => ({
      action,
      scope: KEYMAP[action].scope as Scope,
      presses: bindings.of(action).map((key) => parseKeybinding(key)[0])
    }))
  )

  constructor(private readonly preferences: Preferences) {}

  /** what a person changed, once the preferences are there */
  restore(): void {
    bindings.load(this.preferences.get('keys', {}))
  }

  /**
   * null: back to the key it came with
   * @throws Error in one line, when a key means something else by now: typed, reset or undone
   */
  change(action: Action, keys: readonly string[] | null): void {
    const why = refusalOf(action, keys)
    if (why) throw new Error(why)
    const { [action]: _was, ...others } = bindings.changed
    const changed: Changed = keys === null ? others : { ...others, [action]: keys }
    this.put(changed)
  }

  /** all of them at once; default: those they came with */
  put(changed: Changed = {}): void {
    bindings.load(changed)
    this.preferences.set('keys', changed)
  }

  /**
   * returns the function that ends the binding, as an effect wants it
   * @param dialog of a form that may stand in a dialog: while one is open, the views behind it rest
   */
  bind(handlers: Handlers, dialog = false): () => void {
    const one = { handlers, dialog }
    this.#bound.push(one)
    return () => {
      this.#bound = this.#bound.filter((other) => other !== one)
    }
  }

  /** whether something that is open answers to it */
  has(action: Action): boolean {
    return this.#bound.some(({ handlers }) => action in handlers)
  }

  /** as if its key was pressed */
  run(action: Action): void {
    this.#handler(action, false)?.(new KeyboardEvent('keydown'))
  }

  #handler(action: Action, inDialog: boolean): ((event: KeyboardEvent) => void) | undefined {
    return this.#bound.findLast(({ handlers, dialog }) => action in handlers && (dialog || !inDialog))?.handlers[action]
  }

  readonly listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null
    for (const { action, scope, presses } of this.#parsed) {
      if (!presses.some((press) => matchKeyBindingPress(event, press)) || !inScope(event, scope)) continue
      const handler = this.#handler(action, inDialog)
      if (!handler) continue
      event.preventDefault()
      handler(event)
      return
    }
  }
}

/** a field in which letters are typed now, and not a box that is ticked or a slider */
const typesIn = (target: Element): boolean =>
  target.closest(
    'textarea:not([readonly]), [contenteditable], input:not([readonly], [type=checkbox], [type=radio], [type=range])'
  ) !== null

/** keys that change or walk the text itself: its own undo, copy and paste, a word more or less */
function edits({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (altKey && !ctrlKey) return key.startsWith('Arrow')
  if (!ctrlKey && !metaKey) return false
  return shiftKey ? /^(z|arrow.*|home|end)$/i.test(key) : /^([zyacvx]|backspace|delete|arrow.*|home|end)$/i.test(key)
}

function inScope(event: KeyboardEvent, scope: Scope): boolean {
  const target = event.target
  if (!(target instanceof Element)) return true
  const types = target.closest('input, textarea, select, [contenteditable]') !== null
  if (typesIn(target) && edits(event)) return false
  // what types nothing works in a field, too
  const through = event.ctrlKey || event.metaKey || event.altKey
  if (scope === 'window') return !types || through || /^F\d/.test(event.key)
  // the view itself has the focus when nothing in it has
  const nothing = target === document.body || target.matches('main')
  return !types && (nothing || target.closest(`[data-keys="${scope}"]`) !== null)
}
