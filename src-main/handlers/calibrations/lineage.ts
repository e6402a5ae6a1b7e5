/** Whose settings a chip has: a calibration of some routines keeps the others' settings from the one before it. */
import type { Store } from '../../store/index'

/** the calibration and those whose settings it kept, newest first */
export function settingsOf(store: Store, id: string): string[] {
  // one that came in a file may name another workspace's
  const own = new Set(store.calibrations.list(store.calibrations.get(id).chip).map((each) => each.id))
  const line = [id]
  for (let from = store.calibrations.get(id).config['from']; typeof from === 'string' && own.has(from);) {
    line.push(from)
    from = store.calibrations.get(from).config['from']
  }
  return line
}
