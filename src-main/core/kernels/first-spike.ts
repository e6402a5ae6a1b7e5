/**
 * Fast kernels of first-spike times (assembly/first-spike.ts): memory and typed calls. What they mean stands in float64
 * in training/first-spike/reference.ts. Times are in synaptic time constants; `Infinity` is a neuron that never fires.
 */
import type { Slab } from './arena'
import type { Kernels } from './module'

/** no delays, one a source (axonal), or one a pair of neurons (dendritic and synaptic ones are written so, too) */
export const DELAYS = { none: 0, source: 1, pair: 2 } as const

export interface LayerSizes {
  pre: number
  post: number
  batch: number
  ratio: 1 | 2
  delays: (typeof DELAYS)[keyof typeof DELAYS]
  /** arrivals are given jitter of their own, f64 [batch][pre] */
  jitter?: boolean
  /** spike times come from a chip, f64 [batch][post] */
  recorded?: boolean
  /** and so do the arrivals, f64 [batch][pre] */
  arrived?: boolean
  /** derivatives are a model's that has thresholds of its own */
  noisy?: boolean
  /** … and weights of its own: their address, as `weights` lie */
  modelWeights?: number
  /** time of the source that has no neuron, if `pre` counts one more than the layer before has */
  bias?: number
}

export interface FirstSpikeLayer {
  sizes: LayerSizes
  block: number
  /** [pre][post], and one number of padding, as in `theta`: the kernel takes two neurons at once */
  weights: Slab<Float64Array>
  /** leak conductance times threshold, [post] */
  theta: Slab<Float64Array>
  /** the same of the model that derivatives are taken from, if it is another one */
  modelTheta: Slab<Float64Array> | null
  /** [pre] or [pre][post] */
  delay: Slab<Float64Array>
  delayExp: Slab<Float64Array>
  jitter: Slab<Float64Array> | null
  recorded: Slab<Float64Array> | null
  arrived: Slab<Float64Array> | null
  /** [batch][post] */
  times: Slab<Float64Array>
}

/** numbers in a layer's gradient: weights [pre][post], axonal [pre], dendritic [post], synaptic [pre][post] */
export function gradientParts({ pre, post, delays }: LayerSizes): {
  axonal: number
  dendritic: number
  synaptic: number
  length: number
} {
  const axonal = pre * post
  const dendritic = axonal + pre
  const synaptic = dendritic + post
  return { axonal, dendritic, synaptic, length: synaptic + (delays === DELAYS.pair ? pre * post : 0) }
}

/** takes a layer's memory from the arena: all members alike, one of them has to fill it */
export function firstSpikeLayer({ arena }: Kernels, sizes: LayerSizes): FirstSpikeLayer {
  const { pre, post, batch, ratio, delays } = sizes
  const layer: FirstSpikeLayer = {
    sizes,
    block: arena.i32(16).at,
    weights: arena.f64(pre * post + 1),
    theta: arena.f64(post + 1),
    modelTheta: sizes.noisy ? arena.f64(post + 1) : null,
    delay: arena.f64(delays === DELAYS.pair ? pre * post : pre),
    delayExp: arena.f64(delays === DELAYS.pair ? pre * post : pre),
    jitter: sizes.jitter ? arena.f64(batch * pre) : null,
    recorded: sizes.recorded ? arena.f64(batch * post) : null,
    arrived: sizes.arrived ? arena.f64(batch * pre) : null,
    times: arena.f64(batch * post)
  }
  new Int32Array(arena.memory.buffer, layer.block, 12).set([
    pre,
    post,
    ratio,
    delays,
    layer.weights.at,
    layer.theta.at,
    layer.delay.at,
    layer.delayExp.at,
    layer.jitter?.at ?? 0,
    layer.recorded?.at ?? 0,
    layer.times.at,
    layer.modelTheta?.at ?? 0
  ])
  new Float64Array(arena.memory.buffer, layer.block + 48, 1)[0] = sizes.bias ?? 0
  const rest = [layer.arrived?.at ?? 0, sizes.modelWeights ?? layer.weights.at]
  new Int32Array(arena.memory.buffer, layer.block + 56, 2).set(rest)
  return layer
}

/** spikes of all samples: those of sample s are start[s] … start[s + 1], sorted by time */
export interface SpikeList {
  /** i32 [samples + 1] */
  start: number
  /** f64, f64 (e^time), i32 */
  times: number
  exps: number
  inputs: number
}

/** the loss and what it needs; `scale` is 1 / samples of the batch */
export type Loss =
  | { kind: 'first'; xi: number; alpha: number; beta: number; scale: number }
  | { kind: 'shift'; delta: number; scale: number }

/** writes a loss where the kernels read it, f64 [5] */
export function writeLoss({ arena }: Kernels, at: number, loss: Loss): void {
  new Int32Array(arena.memory.buffer, at, 1)[0] = loss.kind === 'shift' ? 1 : 0
  const rest = loss.kind === 'shift' ? [loss.delta, 0, 0] : [loss.xi, loss.alpha, loss.beta]
  new Float64Array(arena.memory.buffer, at + 8, 4).set([loss.scale, ...rest])
}

/** bytes between two rows of a member's scratch, and rows */
export const scratchSpan = (most: number): number => 8 * (most + 1)
const SCRATCH_ROWS = 22

export interface FirstSpikeCall {
  hidden: FirstSpikeLayer
  output: FirstSpikeLayer
  list: SpikeList
  /** i32 sample numbers, u8 labels of all samples */
  index: number
  labels: number
  /** address of `writeLoss` */
  loss: number
  guard: number
  /** f64 [batch][4]: loss, class read (−1: none), silent hidden neurons, silent outputs */
  result: number
  scratch: number
  span: number
}

export const scratchLength = (most: number): number => SCRATCH_ROWS * (most + 1)

/** Samples index[from … to). @param gradients addresses that are added to; 0, 0: forward and loss alone */
export function firstSpikes(
  { run }: Kernels,
  call: FirstSpikeCall,
  from: number,
  to: number,
  hiddenGradient: number,
  outputGradient: number
): void {
  const { hidden, output, list } = call
  run['firstSpikes'](
    hidden.block,
    output.block,
    list.start,
    list.times,
    list.exps,
    list.inputs,
    call.index,
    from,
    to,
    call.labels,
    call.loss,
    call.guard,
    call.result,
    hiddenGradient,
    outputGradient,
    call.scratch,
    call.span
  )
}

/**
 * One neuron: when it fires first and how that time moves with its inputs, by the code that whole networks use.
 * @param theta leak conductance times threshold
 * @returns time `Infinity` if it never fires; derivatives in the order of the inputs
 */
export function firstSpike(
  { arena, run }: Kernels,
  ratio: 1 | 2,
  times: ArrayLike<number>,
  exps: ArrayLike<number>,
  weights: ArrayLike<number>,
  theta: number
): { time: number; dw: Float64Array; dt: Float64Array } {
  const count = times.length
  const mark = arena.mark()
  const rows = arena.f64(9 * (count + 1))
  const span = scratchSpan(count)
  const row = (k: number): Float64Array => rows.data.subarray(k * (count + 1), (k + 1) * (count + 1))
  row(0).set(times)
  row(1).set(exps)
  new Int32Array(arena.memory.buffer, rows.at + 2 * span, count).set(Array.from({ length: count }, (_, k) => k))
  row(3).set(weights)
  run['firstSpike'](ratio, count, rows.at, span, rows.at + 3 * span, theta, rows.at + 4 * span, rows.at + 7 * span)
  const answer = { time: row(4)[0], dw: row(5).slice(0, count), dt: row(6).slice(0, count) }
  arena.release(mark)
  return answer
}

/** parameters with their moments, and where their gradients lie: `parts` arrays, `stride` bytes apart */
export interface AdamGroup {
  values: number
  mean: number
  square: number
  gradient: number
  /** gradients that are added up for one parameter; they lie `width` numbers apart, of `width` parameters interleaved */
  group: number
  width: number
  /** f64, factor of each parameter's gradient; 0: none */
  chain: number
}

/** one step of Adam (kernels/adam.ts) in f64 on parameters from … to */
export function adamParts(
  { run }: Kernels,
  each: AdamGroup,
  parts: number,
  stride: number,
  from: number,
  to: number,
  rate: number,
  clock: { meanPower: number; squarePower: number }
): void {
  run['adamParts'](
    each.values,
    each.mean,
    each.square,
    each.gradient,
    parts,
    stride,
    each.group,
    each.width,
    each.chain,
    from,
    to,
    rate / (1 - clock.meanPower),
    1 / Math.sqrt(1 - clock.squarePower)
  )
}
