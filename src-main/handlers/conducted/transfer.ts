/** The transfer matrix: runs down, chips across, each pair an ordinary evaluation. */
import { contract } from '../../contract/index'
import { InloopError } from '../../contract/errors'
import type { Output, Parsed } from '../../contract/index'
import { conduct, ended, type Tell } from './conductor'
import type { Context, Handlers } from '../context'
import { evaluations } from '../runs/evaluations'
import { IDEAL } from '../chips/placement'

export const transfer: Handlers<'transfer'> = {
  transfer: (input, context) => {
    const { store } = context
    const runs = input.runs.map((id) => store.runs.get(id))
    const without = runs.find(({ id }) => !store.runArrays.checkpointOf(id))
    if (without) throw new InloopError('conflict', `runs: ${without.id} has no weights yet (no epoch was finished)`)
    const wanted = input.chips.length ? input.chips : runs.map(({ chip }) => chip ?? IDEAL)
    const chips = [...new Set(wanted.map((chip) => (chip === IDEAL ? IDEAL : store.chips.get(chip).id)))]
    const plan = { ...input, chips }
    const title = `Transfer of ${runs.length} run(s) to ${chips.length} chip(s)`
    return { job: conduct('transfer', conductTransfer, title, null, plan, context), subject: null }
  }
}

export async function conductTransfer(job: string, context: Context, tell: Tell): Promise<Output<'transfer'>> {
  const { store } = context
  const { runs, chips, limitTest, seed } = store.jobs.input(job) as Parsed<'transfer'>
  const accuracy: number[][] = []
  const made: string[][] = []
  for (const [row, run] of runs.entries()) {
    const inRow: string[] = []
    for (const [column, chip] of chips.entries()) {
      tell((row * chips.length + column) / (runs.length * chips.length), `run ${run} on ${chip}`)
      const limit = limitTest === undefined ? {} : { limitTest }
      const input = contract.evaluate.input.parse({ run, chip, seed, ...limit })
      const started = await evaluations.evaluate(input, context)
      await ended(started.job, job, context)
      inRow.push(String(started.subject))
    }
    made.push(inRow)
    accuracy.push(inRow.map((id) => store.evaluations.get(id).testAccuracy))
  }
  const rows = runs.map((id) => {
    const { chip, metrics } = store.runs.summary(id)
    return { run: id, trainedOn: chip ?? IDEAL, testAccuracy: metrics.testAccuracy }
  })
  return { transfer: { runs: rows, chips, accuracy, evaluations: made } }
}
