/** What is not kept yet when the window is closed or loaded anew is kept then. @returns forgets it */
export const beforeLeaving = (keep: () => void): (() => void) => at('beforeunload', keep)

/** the last that is done in a page: answers that were on their way have come. @returns forgets it */
export const onLeaving = (keep: () => void): (() => void) => at('pagehide', keep)

function at(event: 'beforeunload' | 'pagehide', keep: () => void): () => void {
  if (typeof addEventListener === 'undefined') return () => undefined
  addEventListener(event, keep)
  return () => removeEventListener(event, keep)
}
