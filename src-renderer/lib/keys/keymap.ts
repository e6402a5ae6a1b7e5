/** How keys are printed; which there are stands in the contract, for the command line too. */
export { type Action, KEYMAP, overlap, type Scope, SCOPES } from '../../../src-main/contract/keymap'

export const APPLE = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac')
const PRINTED: Record<string, string> = {
  $mod: APPLE ? '\u2318' : 'Ctrl',
  Enter: '\u23ce',
  Backspace: '\u232b',
  ArrowLeft: '\u2190',
  ArrowRight: '\u2192',
  Shift: '\u21e7',
  Escape: 'Esc'
}

/** as printed on buttons: "Ctrl ⏎" */
export function printedKey(keys: string): string {
  // the question mark needs Shift on most keyboards, which people know
  if (keys === 'Shift+?') return '?'
  return keys
    .split('+')
    .map((key) => PRINTED[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(' ')
}
