/**
 * What the figure `hiddenSpikesPerSample` of a run counts, method by method: a network without spikes has units that are
 * active. The catalogue tells it of each method, and every view, report and command names the figure by it. (No zod here:
 * the window's library takes it.)
 */
const ACTIVITY = {
  surrogate: 'hidden spikes',
  'first-spike': 'hidden spikes',
  delgrad: 'hidden spikes',
  reference: 'active hidden units'
} as const

/** of several methods all that are meant, each once */
export function activityOf(...methods: readonly string[]): string {
  const named = methods.map((method) =>
    method in ACTIVITY ? ACTIVITY[method as keyof typeof ACTIVITY] : 'hidden spikes'
  )
  return [...new Set(named)].join(' or ') || ACTIVITY.surrogate
}
