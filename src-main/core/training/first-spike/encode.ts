/**
 * From data to input spikes, times in τ_syn: a value x in [0, 1] spikes at early + x (late − early); of pictures, bright
 * pixels spike early and the background not at all (Göltz, Kriener et al. 2021).
 */
import type { Kernels } from '../../kernels/module'
import type { SpikeList } from '../../kernels/first-spike'
import { share } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { exp } from '../../numerics/functions'
import type { ImageSet } from '../types'
import type { FirstSpikeConfig, Task } from './presets'

export interface EncodedSet {
  images: ImageSet
  list: SpikeList
  /** the arrays of `list` */
  start: Int32Array
  times: Float64Array
  inputs: Int32Array
  /** address of labels u8 */
  labels: number
}

/** sources of the hidden layer: inputs and bias, each `copies` times; copies of one lie together */
export const sourcesOf = (config: FirstSpikeConfig, inputs: number): number =>
  (inputs + (config.biasTime >= 0 ? 1 : 0)) * config.copies

export const taskOf = (images: Pick<ImageSet, 'side' | 'values'>): Task =>
  taskWith(images.side, images.values !== undefined)

export function taskWith(side: number, points = false): Task {
  return points ? 'points' : side > 16 ? 'images28' : 'images16'
}

/** every member calls it, and encodes its share of the samples */
export function encodeSpikes(kernels: Kernels, team: Team, config: FirstSpikeConfig, images: ImageSet): EncodedSet {
  const { arena } = kernels
  const { early, late, biasTime, copies } = config
  const samples = images.labels.length
  const inputs = images.side * images.side
  const timeOf = (k: number): number => {
    if (images.values) return early + images.values[k] * (late - early)
    const pixel = images.pixels[k]
    return pixel === 0 ? Infinity : early + (late - early) * (1 - pixel / 255)
  }
  const bias = biasTime >= 0 ? 1 : 0
  const start = arena.i32(samples + 1)
  const labels = arena.u8(samples)
  const [from, to] = share(team, samples)
  for (let s = from; s < to; s++) {
    let count = bias
    for (let i = 0; i < inputs; i++) if (timeOf(s * inputs + i) < Infinity) count++
    start.data[s + 1] = count * copies
    labels.data[s] = images.labels[s]
  }
  team.barrier()
  if (team.index === 0) {
    start.data[0] = 0
    for (let s = 0; s < samples; s++) start.data[s + 1] += start.data[s]
  }
  team.barrier()
  const total = start.data[samples]
  const times = arena.f64(total)
  const exps = arena.f64(total)
  const places = arena.i32(total)
  for (let s = from; s < to; s++) {
    const spikes: [number, number][] = bias ? [[biasTime, inputs]] : []
    for (let i = 0; i < inputs; i++) {
      const t = timeOf(s * inputs + i)
      if (t < Infinity) spikes.push([t, i])
    }
    spikes.sort((p, q) => p[0] - q[0] || p[1] - q[1])
    let at = start.data[s]
    for (const [t, i] of spikes) {
      for (let c = 0; c < copies; c++, at++) {
        times.data[at] = t
        exps.data[at] = exp(t)
        places.data[at] = i * copies + c
      }
    }
  }
  team.barrier()
  const list = { start: start.at, times: times.at, exps: exps.at, inputs: places.at }
  return { images, list, start: start.data, times: times.data, inputs: places.data, labels: labels.at }
}
