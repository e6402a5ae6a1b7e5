/**
 * Words that main refused when their field was left, with the reason: they stay with the thing they were written on, and
 * come back when it is looked at again, also after the window was closed.
 */
import { SvelteMap } from 'svelte/reactivity'

export interface Unkept {
  text: string
  why: string
}

const words = new SvelteMap<string, Unkept>()
let remember: (all: Record<string, Unkept>) => void = () => undefined

export const unkept = {
  /** @param on what the words are of, as `note on r-3` */
  of: (on: string): Unkept | null => words.get(on) ?? null,
  put(on: string, text: string, why: string): void {
    words.set(on, { text, why })
    remember(Object.fromEntries(words))
  },
  forget(on: string): void {
    if (words.delete(on)) remember(Object.fromEntries(words))
  },
  /** what is not words and a reason is not believed */
  load(kept: Record<string, unknown>, then: typeof remember): void {
    remember = then
    words.clear()
    for (const [on, one] of Object.entries(kept)) {
      const { text, why } = (one ?? {}) as Partial<Unkept>
      if (typeof text === 'string' && typeof why === 'string') words.set(on, { text, why })
    }
  }
}
