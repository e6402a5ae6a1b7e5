/** The reference of a workspace: the run that comparisons are read against. The window keeps which one it is. */
import type { Store } from '../../store/index'

/** a reference that is gone is none */
export function referenceOf(store: Store): string | null {
  const id = store.preferences.all()['golden']
  if (typeof id !== 'string' || id === '') return null
  try {
    return store.runs.summary(id).id
  } catch {
    return null
  }
}
