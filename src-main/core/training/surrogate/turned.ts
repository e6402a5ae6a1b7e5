/**
 * The training data as each epoch presents them: as they are, encoded once, or images turned, or spikes moved to other
 * channels, anew each time. What is drawn depends on run seed, epoch and sample alone.
 */
import { EventEncoder } from '../../datasets/events'
import { LatencyEncoder } from '../../datasets/latency'
import { angleOf, rotate } from '../../datasets/rotate'
import type { Stimulus } from '../../emulator/network-port'
import { share } from '../../kernels/team'
import { hash } from '../../random/stream'
import type { ImageSet } from '../types'
import type { Session } from './session'

/** @returns the stimulus of an epoch; every member calls it, the one before is overwritten */
export function epochsOf(session: Session, images: ImageSet, seed: number): (epoch: number) => Stimulus {
  const { config, kernels, team } = session.request
  if (images.events && config.channelJitter > 0) {
    const samples = images.labels.length
    const encoder = new EventEncoder(images.events, samples, kernels.arena, team, config, true)
    return (epoch) => encoder.encode({ sd: config.channelJitter, seed, epoch })
  }
  if (config.rotation === 0 || images.events) {
    const { stimulus } = session.encode(images)
    return () => stimulus
  }
  const { side, pixels, labels } = images
  const size = side * side
  const turned = kernels.arena.u8(pixels.length)
  const encoder = new LatencyEncoder(images, kernels.arena, team, session.code, pixels.length)
  const draw = hash(seed, 'rotation')
  return (epoch) => {
    const [from, to] = share(team, labels.length)
    for (let sample = from; sample < to; sample++) {
      const angle = angleOf(draw, epoch, sample, config.rotation)
      rotate(pixels, sample * size, side, angle, turned.data, sample * size)
    }
    team.barrier()
    return encoder.encode(turned.data)
  }
}
