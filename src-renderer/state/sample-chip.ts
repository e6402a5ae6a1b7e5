/** The first job in one press, wherever it is offered: a chip with seed 1, calibrated as anyone would. */
import { cli } from '../lib/text/cli'
import type { Session } from './session.svelte'

const NAME = 'Sample'

export async function startSample(session: Session): Promise<void> {
  const { client, bench, router } = session
  const taken = new Set(bench.chips.value?.map(({ name }) => name))
  const drawn = { seed: 1, name: taken.has(NAME) ? `${NAME} ${taken.size + 1}` : NAME }
  await session.attempt(async () => {
    const { chip } = await client.call('chip.new', drawn)
    const asked = { chip: chip.id }
    await client.call('calibrate', asked)
    await bench.readChips()
    router.go('calibrate')
    session.done(`${drawn.name} created, and calibrated now`, `${cli.chipNew(drawn)} && ${cli.calibrate(asked)}`)
  })
}
