/** How a trained network bears what is disturbed: checked and recorded here. */
import { InloopError } from '../../contract/errors'
import type { RobustnessPlan } from '../../jobs/kinds/robustness'
import type { Handlers } from '../context'
import { submit } from '../provenance'

const NAMES = ['silenced', 'spread', 'window'] as const

export const robustness: Handlers<'robustness'> = {
  robustness: async ({ run: id, vary: given, draws, limitTest = null, seed }, context) => {
    const { store, engine } = context
    const run = store.runs.get(id)
    if (!store.runArrays.checkpointOf(run.id))
      throw new InloopError('conflict', `run: ${run.id} has no weights yet (no epoch was finished)`)
    if (run.method !== 'surrogate')
      throw new InloopError('bad-input', `run: ${run.id} is of method ${run.method}; allowed: surrogate`)
    const entries = Object.entries(given)
    if (entries.length !== 1)
      throw new InloopError('bad-input', `vary: ${entries.length} names given; allowed: one, as silenced=0,0.15`)
    const [name, text] = entries[0]
    const vary = NAMES.find((each) => each === name)
    if (!vary) throw new InloopError('bad-input', `vary: "${name}" given; allowed: ${NAMES.join(', ')}`)
    const levels = String(text)
      .split(',')
      .map((level) => (level.trim() === '' ? NaN : Number(level)))
    const binUs = Number(run.config['binUs'])
    const [low, high] = vary === 'window' ? [2 * binUs, Number(run.config['bins']) * binUs] : [0, 1]
    if (!levels.every((level) => level >= low && level <= high))
      throw new InloopError('bad-input', `vary: ${vary}=${text} given; allowed: levels from ${low} to ${high}`)
    if (vary === 'spread' && run.chip !== null)
      throw new InloopError('bad-input', `vary: spread given, run ${run.id} is on a chip; allowed there: silenced`)
    const { test } = await engine.ask('prepare', { dataset: run.dataset })
    if (limitTest !== null && limitTest > test)
      throw new InloopError('bad-input', `limitTest: ${limitTest} given; allowed: at most ${test}`)
    const plan: RobustnessPlan = { run: run.id, vary, levels, draws, limitTest, seed }
    const title = `${run.name} with ${vary} ${levels.join(', ')}`
    return submit(context, { kind: 'robustness', title, chip: run.chip, input: plan, resumable: true }, () => null)
  }
}
