/**
 * What a person without a mouse does: Tab, arrows, typing. Every place that Tab leads to is looked at: what has the focus
 * must show it, and must not lie under something else.
 */
import type { Page } from '@playwright/test'
import { expect } from './bench'

/** nothing of a view lies further away than this many presses of Tab */
const FAR = 40

interface Place {
  name: string
  /** of the list, table or bar that it belongs to */
  list: string
  wrong: string | null
}

/** where the focus is, and what is wrong with how it shows */
function place(page: Page): Promise<Place> {
  return page.evaluate(() => {
    const node = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLLabelElement> | null }) | null
    if (!node || node === document.body) return { name: '', list: '', wrong: 'nothing has the focus' }
    const label = node.getAttribute('aria-label') ?? node.labels?.[0]?.textContent ?? node.textContent ?? ''
    const name = label.replace(/\s+/g, ' ').trim()
    const list = node.closest('[role="group"], [role="toolbar"], nav, ol, dialog, [role="dialog"]')
    const shows = (one: Element): boolean => {
      // a row draws its ring over what it holds
      return [null, '::after'].some((part) => {
        const { boxShadow, outlineStyle } = getComputedStyle(one, part)
        return boxShadow !== 'none' || outlineStyle !== 'none'
      })
    }
    // a field shows it on its frame, a grid on its cell or row, a handle in a plot by its own line
    const active = document.getElementById(node.getAttribute('aria-activedescendant') ?? '')
    const ringed = [node, node.parentElement, active].some((one) => one && shows(one)) || node instanceof SVGElement
    const { left, top, width, height } = (active ?? node).getBoundingClientRect()
    const [x, y] = [left + Math.min(width / 2, 20), top + Math.min(height / 2, 12)]
    const above = document.elementFromPoint(x, y)
    const seen = above !== null && (node.contains(above) || above.contains(node))
    const wrong = !ringed
      ? 'does not show that it has the focus'
      : seen
        ? null
        : 'lies outside the window or under something'
    return { name, list: list?.getAttribute('aria-label') ?? '', wrong }
  })
}

export class Keyboard {
  /** of all places so far */
  readonly wrong = new Set<string>()
  constructor(private readonly page: Page) {}

  /** by its name */
  async where(): Promise<string> {
    return (await place(this.page)).name
  }

  press(...keys: string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve())
  }

  async tab(back = false): Promise<string> {
    await this.page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
    const { name, wrong } = await place(this.page)
    if (wrong) this.wrong.add(`${name}: ${wrong}`)
    return name
  }

  /** presses Tab until what has the focus is called so */
  async to(name: string | RegExp): Promise<void> {
    const way: string[] = []
    while (way.length < FAR) {
      const at = await this.tab()
      if (typeof name === 'string' ? at.startsWith(name) : name.test(at)) return
      way.push(at)
    }
    throw new Error(`${String(name)} is not among the ${FAR} places that Tab leads to: ${way.join(' | ')}`)
  }

  /** within what is one stop: presses an arrow until what has the focus is called so */
  async arrow(key: string, name: string | RegExp): Promise<void> {
    for (let k = 0; k < FAR; k++) {
      const at = await this.where()
      if (typeof name === 'string' ? at.startsWith(name) : name.test(at)) return
      await this.page.keyboard.press(key)
    }
    throw new Error(`${key} does not lead to ${String(name)}, but to ${await this.where()}`)
  }

  /** of a field */
  async write(field: string, text: string): Promise<void> {
    await this.to(field)
    await this.press('Control+a')
    await this.page.keyboard.type(text)
  }

  /** a dialog that keys open and Esc closes; the focus is in it, and afterwards where it was */
  async dialog(...keys: string[]): Promise<void> {
    const before = await this.where()
    await this.press(...keys)
    await expect(this.page.getByRole('dialog')).toBeVisible()
    await expect
      .poll(() => this.page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null))
      .toBe(true)
    await this.press('Escape')
    await expect(this.page.getByRole('dialog')).toBeHidden()
    await expect.poll(() => this.where()).toBe(before)
  }
}
