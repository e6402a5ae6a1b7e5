/**
 * The parts of the window one by one (F6, as in desktop programs): top, views, the view itself, its inspector, foot. A part
 * that had the focus gets it back where it was. And the one place to which the focus goes when what had it is gone.
 */
const REGIONS = '.app > header, .app > nav, .page > main, .page > aside, .app > footer'
const STOPS = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex]'

const left = new WeakMap<Element, HTMLElement>()
let focused = false

/** for the window: remembers where the focus was in each region */
export function remember(event: FocusEvent): void {
  focused = true
  const target = event.target as HTMLElement
  const region = target.closest(REGIONS)
  if (region) left.set(region, target)
}

/** to the next region, or with -1 to the one before */
export function nextRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)]
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const from = at < 0 ? (by > 0 ? -1 : regions.length) : at
  const to = regions[(from + by + regions.length) % regions.length]
  const was = left.get(to)
  if (was?.isConnected && was !== to) return was.focus()
  const first = [...to.querySelectorAll<HTMLElement>(STOPS)].find((one) => one.tabIndex >= 0)
  ;(first ?? to).focus()
}

/** to the view, so that Tab leads to its first field; not before a person went anywhere */
export function focusView(): void {
  if (focused) document.querySelector<HTMLElement>('.page > main')?.focus({ preventScroll: true })
}

/** the same if nothing has the focus any more, as after a button that led elsewhere */
export function rescueFocus(): void {
  if (document.activeElement === document.body) focusView()
}
