/**
 * Measures again while the budget is not kept, so many times at most. The machine that runs tests does other things
 * besides: that spoils one measurement or another. A program that became slow spoils them all.
 */
export async function quietest<T>(times: number, holds: (found: T) => boolean, measure: () => Promise<T>): Promise<T> {
  for (let k = 1; ; k++) {
    const found = await measure()
    if (holds(found) || k >= times) return found
  }
}
