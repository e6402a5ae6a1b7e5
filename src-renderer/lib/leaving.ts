/** What is not kept yet when the window is closed or loaded anew is kept then. @returns forgets it */
export function beforeLeaving(keep: () => void): () => void {
  if (typeof addEventListener === 'undefined') return () => undefined
  addEventListener('beforeunload', keep)
  return () => removeEventListener('beforeunload', keep)
}
