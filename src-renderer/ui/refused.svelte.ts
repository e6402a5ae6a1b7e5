/** What a form holds that cannot be used yet: its fields say so here, and whoever starts with the form waits for them. */
import { createContext } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'

export class Refused {
  #fields = new SvelteMap<string, string>()

  /** one line: the first field that is wrong, and what is allowed; null: all can be used */
  readonly line = $derived<string | null>([...this.#fields.values()][0] ?? null)

  /** `line` null: the field is right again. @returns forgets the field, as an effect wants it */
  say(field: string, line: string | null): () => void {
    if (line === null) this.#fields.delete(field)
    else this.#fields.set(field, line)
    return () => this.#fields.delete(field)
  }
}

const [get, set, gathered] = createContext<Refused>()

/** for all fields below the component that calls this */
export const gatherRefused = (): Refused => set(new Refused())

/** null: nobody gathers */
export const refusedAround = (): Refused | null => (gathered() ? get() : null)
