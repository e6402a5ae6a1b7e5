/** What the activity of hidden units is called on screen: spikes, or active units where a method has no spikes. */
import { activityOf } from '../../../src-main/contract/run-activity'

export { activityOf }

/** as a heading */
export function activityTitle(...methods: readonly string[]): string {
  const name = activityOf(...methods)
  return name.charAt(0).toUpperCase() + name.slice(1)
}
