/**
 * Design tokens for those who draw on a canvas. Custom properties hold `light-dark(…)` as written; a hidden element
 * resolves them. Reading a colour inside an effect makes the drawing follow the theme.
 */
import { createSubscriber } from 'svelte/reactivity'

class Tokens {
  #cache = new Map<string, string>()
  /** the theme of what is kept: it may change while nobody follows */
  #of = ''
  #probe: HTMLElement | null = null
  #follow = createSubscriber((update) => {
    const again = (): void => {
      this.#cache.clear()
      update()
    }
    const observer = new MutationObserver(again)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-density'] })
    const forced = this.#forced()
    forced.addEventListener('change', again)
    return () => {
      observer.disconnect()
      forced.removeEventListener('change', again)
    }
  })

  #media: MediaQueryList | undefined
  #forced(): MediaQueryList {
    return (this.#media ??= matchMedia('(forced-colors: active)'))
  }

  get dark(): boolean {
    this.#follow()
    return document.documentElement.dataset.theme === 'dark'
  }

  colour(token: string): string {
    this.#follow()
    const theme = `${document.documentElement.dataset.theme} ${this.#forced().matches}`
    if (theme !== this.#of) this.#cache.clear()
    this.#of = theme
    const known = this.#cache.get(token)
    if (known) return known
    if (!this.#probe) {
      this.#probe = document.body.appendChild(document.createElement('span'))
      this.#probe.hidden = true
      // under forced colours it would answer with the system's colour of text, whatever is asked
      this.#probe.style.setProperty('forced-color-adjust', 'none')
    }
    this.#probe.style.color = `var(${token})`
    const colour = getComputedStyle(this.#probe).color
    this.#cache.set(token, colour)
    return colour
  }

  /** a length in CSS pixels */
  pixels(token: string): number {
    this.#follow()
    return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(token))
  }
}

export const tokens = new Tokens()
