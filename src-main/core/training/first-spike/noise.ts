/**
 * Noise of a batch, from named streams: thresholds of the published model of the chip (DelGrad: a shift, a fixed pattern,
 * and what changes from batch to batch), jitter of delayed spikes, and noise on input times while training.
 */
import type { FirstSpikeLayer } from '../../kernels/first-spike'
import { share } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { Stream } from '../../random/stream'
import type { EncodedSet } from './encode'
import type { FirstSpikeConfig } from './presets'

/** what the noise of a batch is drawn from; epoch 0: not training */
export interface BatchOf {
  seed: number
  epoch: number
  batch: number
}

/** thresholds and jitter of a layer, by one member */
export function writeNoise(
  kernel: FirstSpikeLayer,
  layer: number,
  config: FirstSpikeConfig,
  { seed, epoch, batch }: BatchOf
): void {
  const { threshold, thresholdShift, thresholdSd, thresholdTrialSd, jitter, inputNoise, tauRatio } = config
  const pattern = thresholdSd > 0 ? new Stream(seed, 'threshold pattern', layer) : null
  const trial = thresholdTrialSd > 0 ? new Stream(seed, 'threshold noise', layer, epoch, batch) : null
  for (let j = 0; j < kernel.sizes.post; j++) {
    const off = thresholdShift + thresholdSd * (pattern?.normal() ?? 0) + thresholdTrialSd * (trial?.normal() ?? 0)
    kernel.theta.data[j] = (threshold + off) / tauRatio
    if (kernel.modelTheta) kernel.modelTheta.data[j] = threshold / tauRatio
  }
  if (!kernel.jitter || (layer === 0 && inputNoise > 0 && epoch > 0)) return
  const stream = new Stream(seed, 'arrival jitter', layer, epoch, batch)
  const { data } = kernel.jitter
  for (let k = 0; k < data.length; k++) data[k] = jitter === 0 ? 0 : jitter * stream.normal()
}

/**
 * Of the inputs that spike at all; every member calls it and writes its rows.
 * @param index sample numbers of the batch @param set encoded samples
 */
export function writeInputNoise(
  { jitter: to, sizes }: FirstSpikeLayer,
  { inputNoise, jitter }: FirstSpikeConfig,
  team: Team,
  index: Int32Array,
  set: EncodedSet,
  count: number,
  { seed, epoch, batch }: BatchOf
): void {
  if (!to || inputNoise === 0 || epoch === 0) return
  team.barrier()
  const sd = Math.sqrt(jitter * jitter + inputNoise * inputNoise)
  const [from, end] = share(team, count)
  for (let b = from; b < end; b++) {
    const stream = new Stream(seed, 'input noise', epoch, batch, b)
    const sample = index[b]
    for (let k = set.start[sample]; k < set.start[sample + 1]; k++) {
      // an input that would come before the sample begins comes as much after it
      const t = set.times[k]
      to.data[b * sizes.pre + set.inputs[k]] = Math.abs(t + sd * stream.normal()) - t
    }
  }
}
