/** The listener behind the keymap: views bind what an action does while they are open; the newest binding counts. */
import { matchKeyBindingPress, parseKeybinding } from 'tinykeys'
import { KEYMAP, type Action, type Scope } from '../lib/keymap'

type Handlers = Partial<Record<Action, (event: KeyboardEvent) => void>>

const PARSED = Object.entries(KEYMAP).map(([action, { keys, scope }]) => ({
  action: action as Action,
  scope: scope as Scope,
  presses: keys.map((key) => parseKeybinding(key)[0])
}))

export class Keys {
  #bound: Handlers[] = []

  /** returns the function that ends the binding, as an effect wants it */
  bind(handlers: Handlers): () => void {
    this.#bound.push(handlers)
    return () => {
      this.#bound = this.#bound.filter((other) => other !== handlers)
    }
  }

  readonly listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    for (const { action, scope, presses } of PARSED) {
      if (!presses.some((press) => matchKeyBindingPress(event, press)) || !inScope(event, scope)) continue
      const handler = this.#bound.findLast((handlers) => action in handlers)?.[action]
      if (!handler) continue
      event.preventDefault()
      handler(event)
      return
    }
  }
}

function inScope(event: KeyboardEvent, scope: Scope): boolean {
  const target = event.target
  if (!(target instanceof Element)) return true
  // while a dialog is open, the views behind it rest
  if (target.closest('[role="dialog"]')) return false
  const types = target.closest('input, textarea, select, [contenteditable]') !== null
  if (scope === 'window') return !types || event.ctrlKey || event.metaKey
  return !types && (target === document.body || target.closest(`[data-keys="${scope}"]`) !== null)
}
