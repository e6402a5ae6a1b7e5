/** What the papers' figures of a run are drawn from, and answers to "what if". */
import { InloopError } from '../../contract/errors'
import type { Output, Parsed } from '../../contract/index'
import { activityOf } from '../../contract/run-activity'
import type { runFigures as endpoints } from '../../contract/run-figures'
import type { TaskInputs } from '../../compute/protocol'
import { chipSpec } from '../../jobs/kinds/chip-spec'
import type { Run } from '../../store/runs/runs'
import type { Store } from '../../store/index'
import type { Handlers } from '../context'
import { IDEAL } from '../chips/placement'

type Planes = Output<'runs.planes'>['planes']
/** methods whose ideal neurons can differ */
const SPREADS = new Set(['surrogate'])

export const runFigures: Handlers<keyof typeof endpoints> = {
  'runs.planes': ({ run }, { store }) => ({
    planes: store.runArrays.planes<Planes[number]['plane']>(store.runs.summary(run).id)
  }),
  'runs.curves': ({ runs }, { store }) => ({ curves: store.runCurves.of(runs) }),
  'runs.related': ({ run: id }, { store }) => {
    const run = store.runs.summary(id).id
    return {
      seeds: store.relatedRuns.seeds(run).map(({ id: member, seed }) => ({
        run: member,
        seed,
        history: store.runs.history(member).map(({ epoch, testAccuracy, loss, hiddenSpikesPerSample }) => {
          return { epoch, testAccuracy, loss, hiddenSpikesPerSample }
        })
      })),
      runs: store.relatedRuns.ofSameTask(run).map(({ chip, chipName, spread, sameButPlace, ...same }) => ({
        ...same,
        chip: chip ?? IDEAL,
        chipName: chipName ?? IDEAL,
        spread: spread ?? 0,
        sameButPlace: sameButPlace === 1
      }))
    }
  },
  'runs.whatIf': async (input, { store, urgent }) => {
    const run = store.runs.get(input.run)
    const saved = store.runArrays.checkpointOf(run.id)
    if (!saved) throw new InloopError('conflict', `run: ${run.id} has no weights yet (no epoch was finished)`)
    const { spread = null, temperature = null, bits = null, dead, samples = Number.MAX_SAFE_INTEGER } = input
    refuse(run, input)
    const question = { key: `${run.id} ${saved.sha256}`, changes: { spread, temperature, bits, dead }, samples }
    const reading =
      (await urgent.ask('whatIf', { ...question, load: null })) ??
      (await urgent.ask('whatIf', { ...question, load: trained(store, run) }))
    if (!reading) throw new Error(`run ${run.id} was not loaded`)
    return { reading: { ...reading, epoch: saved.epoch }, activity: activityOf(run.method) }
  }
}

/** what a run has not, cannot change */
function refuse(run: Run, { spread, temperature, dead }: Parsed<'runs.whatIf'>): void {
  const refused = (what: string, given: number, allowed: string): never => {
    throw new InloopError('bad-input', `${what}: ${given} given for ${run.id}; allowed: ${allowed}`)
  }
  if (run.chip === null && temperature !== undefined) {
    refused('temperature', temperature, 'none, ideal dynamics have no temperature')
  }
  if (run.chip === null && spread !== undefined && !SPREADS.has(run.method)) {
    refused('spread', spread, `none, ideal neurons of ${run.method} do not differ`)
  }
  if (run.chip === null && spread !== undefined && spread > 1) refused('spread', spread, '0 to 1 of the target')
  const hidden = Number(run.config['hidden'] ?? Infinity)
  if (dead > hidden) refused('dead', dead, `at most its ${hidden} hidden units`)
}

function trained(store: Store, run: Run): TaskInputs['evaluate'] {
  const checkpoint = store.runArrays.checkpoint(run.id)
  if (!checkpoint) throw new InloopError('conflict', `run: ${run.id} has no weights yet (no epoch was finished)`)
  const config = run.config as TaskInputs['evaluate']['config']
  return {
    method: run.method,
    chip: chipSpec(store, run),
    data: { dataset: run.dataset, limitTrain: 1, limitTest: (config['limitTest'] ?? null) as number | null },
    config,
    batch: Number(config['batch']),
    seed: run.seed,
    checkpoint,
    samePlace: true
  }
}
