/** First weights: normal, as the code of Cramer, Billaudelle et al. 2022 draws them. */
import { Stream } from '../../random/stream'
import type { NetworkState } from './network'
import type { SurrogateConfig } from './settings'

export function initialState(
  config: SurrogateConfig,
  inputs: number,
  outputs: number,
  beta: number,
  seed: number
): NetworkState {
  const draw = (name: string, length: number, mean: number, fanIn: number): Float32Array => {
    const stream = new Stream(seed, 'init', name)
    const spread = (config.initScale * (1 - beta)) / Math.sqrt(fanIn)
    return Float32Array.from({ length }, () => mean + spread * stream.normal())
  }
  return {
    hidden: draw('hidden', inputs * config.hidden, config.initMean, inputs),
    ...(config.recurrent ? { recurrent: draw('recurrent', config.hidden ** 2, 0, config.hidden) } : {}),
    output: draw('output', config.hidden * outputs, 0, config.hidden),
    meanPower: 1,
    squarePower: 1
  }
}
