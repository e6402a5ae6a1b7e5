/**
 * Suite `delgrad`: two layers with axonal, dendritic and synaptic delays: spike times, losses and every gradient, by the
 * kernel that training calls. The float64 reference is held to the same spike times.
 */
import { DELAYS, firstSpikeLayer, firstSpikes, gradientParts, scratchLength, scratchSpan } from '../kernels/first-spike'
import { writeLoss } from '../kernels/first-spike'
import type { FirstSpikeLayer, Loss } from '../kernels/first-spike'
import { exp } from '../numerics/functions'
import { referenceLayer } from '../training/first-spike/reference'
import type { Entry } from './document'
import { Errors } from './errors'
import type { Suite } from './errors'
import type { VerifyTools } from './tools'

const LOSSES: Readonly<Record<string, Loss>> = {
  ce: { kind: 'first', xi: 0.2, alpha: 0, beta: 1, scale: 1 },
  ce_reg: { kind: 'first', xi: 0.2, alpha: 0.005, beta: 1, scale: 1 },
  shift_mse: { kind: 'shift', delta: 0.2, scale: 1 }
}

export function verifyDelgrad(file: Entry, tools: VerifyTools): Suite {
  const errors = new Errors(file.get('limits'))
  const configs = file.get('configs').list()
  for (const each of configs) {
    verifyConfig(each, errors, tools, DELAYS.pair)
    // the kernel has another way for neurons that see the same arrivals
    const own = ['de1', 'de2', 'sy1', 'sy2'].some((name) => each.get('inputs').has(name))
    if (!own) verifyConfig(each, errors, tools, DELAYS.source)
  }
  return errors.suite('delgrad', configs.length)
}

/** weights [pre][post], and the delay of every pair */
function layerOf(
  inputs: Entry,
  number: 1 | 2,
  pre: number,
  post: number
): { weights: Float64Array; delays: Float64Array } {
  const optional = (name: string, ...shape: number[]): Float64Array =>
    inputs.has(`${name}${number}`)
      ? inputs.get(`${name}${number}`).array(...shape)
      : new Float64Array(shape.reduce((product, n) => product * n, 1))
  const axonal = optional('ax', pre)
  const dendritic = optional('de', post)
  const synaptic = optional('sy', pre, post)
  const delays = new Float64Array(pre * post)
  for (let i = 0; i < pre; i++) {
    for (let j = 0; j < post; j++) delays[i * post + j] = axonal[i] + dendritic[j] + synaptic[i * post + j]
  }
  return { weights: inputs.get(`w${number}`).array(pre, post), delays }
}

function verifyConfig(config: Entry, errors: Errors, tools: VerifyTools, kind: 1 | 2): void {
  const { kernels } = tools
  const { arena } = kernels
  const mark = arena.mark()
  const params = config.get('params')
  const value = (name: string): number => params.get(name).number()
  const ratio = params.get('ratio').integer(1, 2) as 1 | 2
  const tau = value('tau_s')
  const theta = value('g_l') * (value('theta') - value('E_l'))
  const inputs = config.get('inputs')
  const samples = inputs.get('t_in').list().length
  const pre = inputs.get('w1').list().length
  const units = inputs.get('w2').list().length
  const labels = Uint8Array.from(config.get('labels').list(samples), (label) => label.integer(0, 255))
  const [first] = inputs.get('w2').list()
  if (!first) inputs.get('w2').refuse('a row for each hidden neuron')
  const classes = first.list().length
  const times = inputs
    .get('t_in')
    .array(samples, pre)
    .map((t) => t / tau)

  const make = (number: 1 | 2, from: number, to: number): FirstSpikeLayer => {
    const sizes = { pre: from, post: to, batch: samples, ratio, delays: kind }
    const layer = firstSpikeLayer(kernels, sizes)
    const { weights, delays } = layerOf(inputs, number, from, to)
    layer.weights.data.set(weights)
    layer.theta.data.fill(theta)
    layer.delay.data.forEach((_, k) => (layer.delay.data[k] = delays[kind === DELAYS.pair ? k : k * to] / tau))
    layer.delayExp.data.set(layer.delay.data.map(exp))
    return layer
  }
  const hidden = make(1, pre, units)
  const output = make(2, units, classes)
  const start = arena.i32(samples + 1)
  const list = { times: arena.f64(samples * pre), exps: arena.f64(samples * pre), inputs: arena.i32(samples * pre) }
  start.data.set(Array.from({ length: samples + 1 }, (_, s) => s * pre))
  list.times.data.set(times)
  list.exps.data.set(times.map(exp))
  list.inputs.data.set(Array.from({ length: samples * pre }, (_, k) => k % pre))
  const index = arena.i32(samples)
  index.data.set(Array.from({ length: samples }, (_, s) => s))
  const labelsAt = arena.u8(samples)
  labelsAt.data.set(labels)
  const most = Math.max(pre, units, classes)
  const result = arena.f64(samples * 4)
  const loss = arena.f64(5)
  const call = {
    hidden,
    output,
    list: { start: start.at, times: list.times.at, exps: list.exps.at, inputs: list.inputs.at },
    index: index.at,
    labels: labelsAt.at,
    loss: loss.at,
    guard: Infinity,
    result: result.at,
    scratch: arena.f64(scratchLength(most)).at,
    span: scratchSpan(most)
  }
  const parts = [gradientParts(hidden.sizes), gradientParts(output.sizes)]
  const gradients = parts.map(({ length }) => arena.f64(length))

  for (const [name, form] of Object.entries(LOSSES)) {
    writeLoss(kernels, loss.at, { ...form, scale: 1 / samples })
    const total = parts.map(({ length }) => new Float64Array(length))
    const atInput = new Float64Array(samples * pre)
    for (let s = 0; s < samples; s++) {
      for (const each of gradients) each.data.fill(0)
      firstSpikes(kernels, call, s, s + 1, gradients[0].at, gradients[1].at)
      gradients.forEach((each, l) => each.data.forEach((g, k) => (total[l][k] += g)))
      // every neuron's own input is delayed alone: the gradient of an axonal delay is that of the input's time
      atInput.set(gradients[0].data.subarray(parts[0].axonal, parts[0].axonal + pre), s * pre)
    }
    const mean = result.data.reduce((sum, x, k) => (k % 4 === 0 ? sum + x : sum), 0) / samples
    errors.add('loss', mean - config.get('loss').get(name).number(), 'loss_abs')
    const grads = config.get('grad').get(name)
    for (const [l, [from, to]] of [
      [pre, units],
      [units, classes]
    ].entries()) {
      const g = total[l]
      const { axonal, dendritic, synaptic } = parts[l]
      const check = (key: string, actual: Float64Array, per: number, ...shape: number[]): void => {
        if (!grads.has(key)) return
        errors.relative(
          `gradient ${key}`,
          actual.map((x) => x / per),
          grads.get(key).array(...shape),
          'grad_rel_to_max'
        )
      }
      check(`w${l + 1}`, g.subarray(0, from * to), 1, from, to)
      check(`ax${l + 1}`, g.subarray(axonal, axonal + from), tau, from)
      check(`de${l + 1}`, g.subarray(dendritic, dendritic + to), tau, to)
      check(`sy${l + 1}`, g.subarray(synaptic, synaptic + from * to), tau, from, to)
    }
    errors.relative(
      'gradient t_in',
      atInput.map((x) => x / tau),
      grads.get('t_in').array(samples, pre),
      'grad_rel_to_max'
    )
  }

  compareTimes(config.get('hidden_T'), hidden.times.data, samples, units, tau, errors, 'hidden times')
  compareTimes(config.get('label_T'), output.times.data, samples, classes, tau, errors, 'label times')
  for (let s = 0; s < samples && kind === DELAYS.pair; s++) {
    const of = (layer: FirstSpikeLayer, from: ArrayLike<number>): Float64Array =>
      Float64Array.from(
        referenceLayer({ ...layer.sizes, theta, weights: layer.weights.data, delays: layer.delay.data }, from),
        ({ time }) => time
      )
    const first = of(hidden, times.subarray(s * pre, (s + 1) * pre))
    compareTimes(config.get('hidden_T'), first, 1, units, tau, errors, 'hidden times, reference', s)
    compareTimes(config.get('label_T'), of(output, first), 1, classes, tau, errors, 'label times, reference', s)
  }
  arena.release(mark)
}

function compareTimes(
  entry: Entry,
  actual: Float64Array,
  samples: number,
  neurons: number,
  tau: number,
  errors: Errors,
  name: string,
  first = 0
): void {
  const rows = entry.list()
  if (rows.length < first + samples) entry.refuse(`a list of ${first + samples}`)
  for (let s = 0; s < samples; s++) {
    rows[first + s].list(neurons).forEach((time, n) => {
      const measured = actual[s * neurons + n]
      const silent = time.value === null
      const error =
        silent || measured === Infinity
          ? silent && measured === Infinity
            ? 0
            : Infinity
          : measured - time.number() / tau
      errors.add(name, error, 'T_over_tau_s')
    })
  }
}
