/**
 * How long something takes at best. The machine that runs tests does other things besides, so what counts is the
 * quickest of many times; the first that keeps within the budget ends the search.
 */
export async function quickest(budgetMs: number, work: () => unknown, most = 40): Promise<number> {
  let best = Infinity
  for (let k = 0; k < most && best > budgetMs; k++) {
    const start = performance.now()
    await work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}
