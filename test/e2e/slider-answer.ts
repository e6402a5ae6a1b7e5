/** How fast the what-if follows its sliders. */
import type { Page } from '@playwright/test'

/** ms from a move of the slider until another accuracy, or the same one read anew, is drawn: the middle of nine */
export function answerOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>('input[type=range]')
    const status = document.querySelector('main [role=status] dl')
    if (!slider || !status) throw new Error('the sliders are not there')
    const times: number[] = []
    for (let k = 0; k < 9; k++) {
      const start = performance.now()
      const answered = new Promise<void>((resolve) => {
        const watch = new MutationObserver(() => {
          watch.disconnect()
          requestAnimationFrame(() => resolve())
        })
        watch.observe(status, { subtree: true, characterData: true, childList: true })
      })
      slider.value = String(Number(slider.value) + Number(slider.step))
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      await Promise.race([answered, new Promise((late) => setTimeout(late, 2000))])
      times.push(performance.now() - start)
      await new Promise((rest) => setTimeout(rest, 20))
    }
    return times.sort((a, b) => a - b)[4]
  })
}
