/** What is wrong with the pictures of a page that scrolls, and with what is chosen under forced colours; measured in the page. */
import type { Page } from '@playwright/test'

/** px of the page: a picture less tall than this cannot be read */
const LEAST = 160

/**
 * Pictures that are too low, lie where nothing scrolls to them, are covered, or stand over another picture or table; and a
 * foot that is not at the bottom. A strip of tabs, each with a small picture, is no figure to read.
 */
export function figureFaults(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const wrong: string[] = []
    const main = document.querySelector('main')
    if (!main) return ['there is no view']
    const shown = (one: Element): boolean =>
      one.getClientRects().length > 0 && !one.closest('.hidden, .beneath, [role=dialog]')
    const figures = [...main.querySelectorAll('.figure')].filter(
      (one) => shown(one) && !one.querySelector('[role=tablist]')
    )
    const says = (one: Element): string =>
      (one.querySelector('[aria-label]') ?? one).getAttribute('aria-label')?.slice(0, 50) ?? one.className.toString()

    for (const figure of figures) {
      const drawn = [...figure.querySelectorAll('.picture canvas, .picture svg.plot')].filter(shown)
      const tall = Math.max(...(drawn.length > 0 ? drawn : [figure]).map((one) => one.getBoundingClientRect().height))
      if (tall < least) wrong.push(`${Math.round(tall)} px tall: ${says(figure)}`)
      figure.scrollIntoView({ block: 'center' })
      const box = figure.getBoundingClientRect()
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
      const there = document.elementFromPoint(x, y)
      if (!there || !figure.contains(there)) wrong.push(`not in sight, or covered: ${says(figure)}`)
      for (let up = figure.parentElement; up && up !== document.body; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up)
        const around = up.getBoundingClientRect()
        const beyond = [
          [overflowY === 'hidden' || overflowY === 'clip', box.bottom - around.bottom, around.top - box.top],
          [overflowX === 'hidden' || overflowX === 'clip', box.right - around.right, around.left - box.left]
        ] as const
        if (up.matches('.page, .app')) break
        if (beyond.some(([cuts, after, before]) => cuts && Math.max(after, before) > 1)) {
          wrong.push(`cut by its ${up.tagName.toLowerCase()}.${up.className.split(' ')[0]}: ${says(figure)}`)
          break
        }
      }
    }

    // a table that scrolls in a pane takes the room of its pane
    const tables = [...main.querySelectorAll('table, [role=grid]')]
      .filter((one) => shown(one) && !one.closest('.figure'))
      .map((one) => one.closest('.scroll') ?? one)
    const boxes = [...new Set([...figures, ...tables])].map((one) => ({ one, box: one.getBoundingClientRect() }))
    boxes.forEach(({ one, box }, k) => {
      for (const { one: other, box: beside } of boxes.slice(k + 1)) {
        if (one.contains(other) || other.contains(one)) continue
        const across = Math.min(box.right, beside.right) - Math.max(box.left, beside.left)
        const down = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top)
        if (across > 2 && down > 2) wrong.push(`overprints: ${says(one)} and ${says(other)}`)
      }
    })

    const foot = document.querySelector('.app > footer')?.getBoundingClientRect()
    if (!foot || Math.abs(foot.bottom - innerHeight) > 1 || foot.left > 1 || foot.right < innerWidth - 1)
      wrong.push('the foot is not at the bottom at full width')
    document.querySelector('.page')?.scrollTo(0, 0)
    return wrong
  }, LEAST)
}

/** rows of the list of runs that are whole in sight at once, between top and foot */
export function rowsInSight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const grid = document.querySelector('main [role=grid]')
    if (!grid) return 0
    grid.scrollIntoView({ block: 'nearest' })
    const { left, top, bottom } = grid.getBoundingClientRect()
    const foot = document.querySelector('.app > footer')?.getBoundingClientRect().top ?? innerHeight
    const head = document.querySelector('.app > header')?.getBoundingClientRect().bottom ?? 0
    return [...grid.querySelectorAll('.run')].filter((row) => {
      const box = row.getBoundingClientRect()
      const there = document.elementFromPoint(left + 90, (box.top + box.bottom) / 2)
      return box.top >= Math.max(top, head) - 1 && box.bottom <= Math.min(bottom, foot) + 1 && row.contains(there)
    }).length
  })
}

/** what of these is neither filled nor framed with the system's colour of what is chosen */
export function chosenColours(page: Page, selectors: readonly string[]): Promise<string[]> {
  return page.evaluate((selectors) => {
    const probe = document.body.appendChild(document.createElement('span'))
    probe.style.cssText = 'forced-color-adjust: none; color: Highlight'
    const wanted = getComputedStyle(probe).color
    probe.remove()
    return selectors.flatMap((selector) => {
      const found = [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0)
      if (found.length === 0) return [`nothing is ${selector}`]
      return found
        .filter((one) => {
          const { backgroundColor, outlineColor, outlineStyle } = getComputedStyle(one)
          return backgroundColor !== wanted && !(outlineStyle === 'solid' && outlineColor === wanted)
        })
        .map((one) => `${selector}: ${one.textContent?.trim().slice(0, 30)} is not marked`)
    })
  }, selectors)
}
