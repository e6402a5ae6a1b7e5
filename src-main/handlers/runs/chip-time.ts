/**
 * What a run or an evaluation would take on the chip itself: from first input spike to decision, images a second when
 * samples follow each other with a forced reset between them, and energy. With first-spike times the decision is the first
 * label spike: the mean is the latency, and the latest says how far apart samples have to be. The power is assumed: 200 mW, what Cramer,
 * Billaudelle et al. 2022 state for their system.
 */
import type { Output } from '../../contract/index'
import type { Json } from '../../store/canonical'

type ChipTime = NonNullable<Output<'runs.show'>['run']['chipTime']>

const MILLIWATTS = 200
const PUBLISHED = [
  { paper: 'Cramer, Billaudelle et al. 2022', imagesPerSecond: 85_000, microjoules: 2.4 },
  { paper: 'Göltz, Kriener et al. 2021', imagesPerSecond: 20_800, microjoules: 8.4 }
]

/**
 * @param config of a run or an evaluation
 * @param decision when first label spikes came, of networks that decide by them
 * @returns null: nothing was on a chip, or neither bins nor spikes say how long a sample takes
 */
export function chipTimeOf(
  config: { readonly [key: string]: Json },
  chip: string | null,
  decision?: { meanUs: number; latestUs: number }
): ChipTime | null {
  const windowUs = decision?.latestUs ?? Number(config['bins']) * Number(config['binUs'])
  if (chip === null || !(windowUs > 0)) return null
  const lasts = decision ? ': until the latest first label spike of the test set' : ''
  return {
    latencyUs: decision?.meanUs ?? windowUs,
    imagesPerSecond: 1e6 / windowUs,
    microjoules: (MILLIWATTS * windowUs) / 1000,
    assumption: `${MILLIWATTS} mW while a sample lasts${lasts}, resets included`,
    published: PUBLISHED
  }
}
