/** Neurons left out of use and taken back, the same wherever it is done; undone to the reasons they had before. */
import { cli } from '../lib/text/cli'
import type { Session } from './session.svelte'

export async function excludeNeurons(
  session: Session,
  chip: string,
  neurons: number[],
  reason: string
): Promise<boolean> {
  const { chipPage: page, undo } = session
  const what = `${neurons.length === 1 ? `n ${neurons[0]}` : `${neurons.length} neurons`} excluded`
  const back = asTheyAre(session, chip, neurons)
  const done = await session.act(what, cli.exclude(chip, neurons, reason), () => page.exclude(chip, neurons, reason))
  if (done) undo.push(what, back, () => page.exclude(chip, neurons, reason))
  return done
}

export async function includeNeuron(session: Session, chip: string, neuron: number): Promise<void> {
  const { chipPage: page, undo } = session
  const what = `n ${neuron} taken back`
  const back = asTheyAre(session, chip, [neuron])
  const done = await session.act(what, cli.include(chip, [neuron]), () => page.include(chip, [neuron]))
  if (done) undo.push(what, back, () => page.include(chip, [neuron]))
}

/** makes it again as it is now: some of them may be excluded already, each with its own reason */
function asTheyAre({ chipPage: page }: Session, chip: string, neurons: readonly number[]): () => Promise<void> {
  const reasonOf = new Map(neurons.map((neuron) => [neuron, page.exclusions.get(neuron)?.reason ?? null]))
  return async () => {
    for (const reason of new Set(reasonOf.values())) {
      const list = neurons.filter((neuron) => reasonOf.get(neuron) === reason)
      await (reason === null ? page.include(chip, list) : page.exclude(chip, list, reason))
    }
  }
}
