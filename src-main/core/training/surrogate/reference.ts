/**
 * Two-layer spiking network with surrogate gradients in plain float64: the meaning of the fast kernels, and the three
 * orders of update that published code uses.
 *
 *   lag 'C'  Cramer, Billaudelle et al. 2022, code:  V[t] = β V[t−1] + I[t] − S[t−1]
 *        'A'  Zenke, SpyTorch tutorial 2:             V[t] = (β V[t−1] + I[t−1]) (1 − S[t−1])
 *        'B'  hxtorch, exp_cuba_lif_integration:      V[t] = leak + β (V'[t−1] − leak) + (1 − β) I[t],  V' = reset where S
 *   with I[t] = α I[t−1] + x[t−1] w in all three (B records I one step earlier), S = Θ(V − ϑ).
 *
 * Hidden units that hear each other add S[t−1] w_rec to I[t] (Cramer et al. 2022). The readouts are the same without spikes
 * (B with its own leak). In the loop, the measured membrane, spikes and readout
 * replace the values, and the gradient passes to the model expression as if it had not been replaced (straight through).
 *
 * Arrays are [t][batch][unit], weights [pre][post].
 */
import { crossEntropy, maxOverTime } from './loss'

export interface ReferenceModel {
  order: 'A' | 'B' | 'C'
  alpha: number
  beta: number
  threshold: number
  leak: number
  reset: number
  readoutLeak: number
  /** slope of SuperSpike: dS/dV = 1 / (slope |V − ϑ| + 1)² */
  slope: number
  /**
   * false: the derivative is taken at the recorded membrane (Cramer et al. 2022).
   * true: in a step with a spike it is taken at no less than ϑ. A chip samples its membrane after the spike, when it has
   * been reset, and the derivative there vanishes: the gradient would never reach a unit through its own spikes. But that
   * it spiked says where the membrane was: at the threshold.
   */
  atThreshold: boolean
  readoutScale: number
  /** factor of mean over batch and units of (Σ_t S)² */
  burst: number
  /** factor of mean(w1²) */
  weightDecay: number
  /** what of a readout enters the softmax: its maximum over time, or its sum over time (SHD); default: the maximum */
  readout?: 'max' | 'sum'
  /** factor of mean over batch of max(0, Σ of all hidden spikes of a sample − rateLimit)²; default 0 */
  rate?: number
  rateLimit?: number
  /** keep the factor (1 − S) of the reset in the chain of dV[t+1]/dV[t] (orders A and B; C subtracts) */
  resetInBackward: boolean
}

export interface ReferenceShape {
  inputs: number
  hidden: number
  outputs: number
  bins: number
  batch: number
}

/** values that replace the model's own */
export interface Replacement {
  membrane: Float64Array
  spikes: Float64Array
  readout: Float64Array
}

export interface ReferenceTrace {
  /** hidden current as the order records it */
  current: Float64Array
  /** membrane that is compared with the threshold: before the reset */
  membrane: Float64Array
  /** membrane as the order records it (order B: after the reset) */
  recorded: Float64Array
  spikes: Float64Array
  readout: Float64Array
}

export interface ReferenceGradient {
  crossEntropy: number
  burst: number
  weight: number
  loss: number
  /** [batch][output]: maximum over time, and its first index */
  maxima: Float64Array
  peaks: Int32Array
  hidden: Float64Array
  output: Float64Array
  /** empty if no recurrent weights were given */
  recurrent: Float64Array
}

/** b[t] += a[t] w for one time step */
function drive(
  into: Float64Array,
  at: number,
  from: ArrayLike<number>,
  row: number,
  w: Float64Array,
  shape: [number, number, number]
): void {
  const [batch, pre, post] = shape
  for (let b = 0; b < batch; b++) {
    for (let n = 0; n < pre; n++) {
      const x = from[row + b * pre + n]
      if (x === 0) continue
      for (let k = 0; k < post; k++) into[at + b * post + k] += x * w[n * post + k]
    }
  }
}

/** @param x input spikes [t][batch][input] @param recurrent weights between hidden units */
export function referenceForward(
  model: ReferenceModel,
  shape: ReferenceShape,
  x: ArrayLike<number>,
  w1: Float64Array,
  w2: Float64Array,
  measured?: Replacement,
  recurrent?: Float64Array
): ReferenceTrace {
  const { order, alpha, beta, leak } = model
  const { inputs, hidden, outputs, bins, batch } = shape
  const rowH = batch * hidden
  const rowO = batch * outputs
  const gain = order === 'B' ? 1 - beta : 1
  // one row more than there are bins: order B records the current that enters the next step
  const current = new Float64Array((bins + 1) * rowH)
  const outputCurrent = new Float64Array((bins + 1) * rowO)
  const membrane = new Float64Array(bins * rowH).fill(leak, 0, rowH)
  const recorded = new Float64Array(bins * rowH)
  const spikes = new Float64Array(bins * rowH)
  const readout = new Float64Array(bins * rowO).fill(model.readoutLeak, 0, rowO)

  for (let t = 0; t < bins; t++) {
    for (let k = 0; k < rowH; k++) {
      const at = t * rowH + k
      if (t > 0) {
        const before = recorded[at - rowH]
        const spiked = spikes[at - rowH]
        const entering = current[order === 'A' ? at - rowH : at]
        let v = leak + beta * (before - leak) + gain * entering
        if (order === 'A') v *= 1 - spiked
        if (order === 'C' && !measured) v -= model.threshold * spiked
        membrane[at] = v
      }
      if (measured) membrane[at] = measured.membrane[at]
      spikes[at] = measured ? measured.spikes[at] : membrane[at] > model.threshold ? 1 : 0
      const resets = order === 'B' && !measured && spikes[at] === 1
      recorded[at] = resets ? model.reset : membrane[at]
    }
    if (t > 0) {
      for (let k = 0; k < rowO; k++) {
        const at = t * rowO + k
        const entering = outputCurrent[order === 'A' ? at - rowO : at]
        readout[at] = model.readoutLeak + beta * (readout[at - rowO] - model.readoutLeak) + gain * entering
      }
    }
    if (measured) readout.set(measured.readout.subarray(t * rowO, (t + 1) * rowO), t * rowO)
    for (let k = 0; k < rowH; k++) current[(t + 1) * rowH + k] = alpha * current[t * rowH + k]
    for (let k = 0; k < rowO; k++) outputCurrent[(t + 1) * rowO + k] = alpha * outputCurrent[t * rowO + k]
    drive(current, (t + 1) * rowH, x, t * batch * inputs, w1, [batch, inputs, hidden])
    if (recurrent) drive(current, (t + 1) * rowH, spikes, t * rowH, recurrent, [batch, hidden, hidden])
    drive(outputCurrent, (t + 1) * rowO, spikes, t * rowH, w2, [batch, hidden, outputs])
  }
  const firstCurrent = order === 'B' ? rowH : 0
  return { current: current.subarray(firstCurrent, firstCurrent + bins * rowH), membrane, recorded, spikes, readout }
}

/** Loss and its gradient at a trace; `inTheLoop` says that the trace was measured */
export function referenceBackward(
  model: ReferenceModel,
  shape: ReferenceShape,
  x: ArrayLike<number>,
  w1: Float64Array,
  w2: Float64Array,
  labels: ArrayLike<number>,
  trace: ReferenceTrace,
  recurrent?: Float64Array
): ReferenceGradient {
  const { order, alpha, beta, rate = 0, rateLimit = 0 } = model
  const { inputs, hidden, outputs, bins, batch } = shape
  const rowH = batch * hidden
  const rowO = batch * outputs
  const gain = order === 'B' ? 1 - beta : 1
  const lag = order === 'A' ? 1 : 0
  const summed = model.readout === 'sum'

  const maxima = new Float64Array(rowO)
  const peaks = new Int32Array(rowO)
  const error = new Float64Array(rowO)
  let entropy = 0
  for (let b = 0; b < batch; b++) {
    const own = maxima.subarray(b * outputs, (b + 1) * outputs)
    maxOverTime(trace.readout, b * outputs, rowO, bins, own, peaks.subarray(b * outputs, (b + 1) * outputs))
    if (summed) {
      own.fill(0)
      for (let t = 0; t < bins; t++)
        for (let o = 0; o < outputs; o++) own[o] += trace.readout[t * rowO + b * outputs + o]
    }
    entropy += crossEntropy(own, labels[b], model.readoutScale, error.subarray(b * outputs, (b + 1) * outputs)) / batch
  }

  // dL/d(readout current that enters through the spikes of step t), [t][batch][output]
  const toReadout = new Float64Array(bins * rowO)
  const outputGradient = new Float64Array(hidden * outputs)
  for (let k = 0; k < rowO; k++) {
    let dV = 0
    let dI = 0
    let entered = 0 // dL/d(term that enters V[t + 1] of the readout)
    for (let t = bins - 1; t > 0; t--) {
      const previous = entered
      dV = beta * dV + (summed || peaks[k] === t ? error[k] / batch : 0)
      entered = gain * dV
      dI = alpha * dI + (lag === 1 ? previous : entered)
      toReadout[(t - 1) * rowO + k] = dI
    }
  }

  const counts = new Float64Array(rowH)
  for (let t = 0; t < bins; t++) for (let k = 0; k < rowH; k++) counts[k] += trace.spikes[t * rowH + k]
  const hiddenGradient = new Float64Array(inputs * hidden)
  const recurrentGradient = new Float64Array(recurrent ? hidden * hidden : 0)
  const excess = Float64Array.from({ length: batch }, (_, b) => {
    let total = 0
    for (let h = 0; h < hidden; h++) total += counts[b * hidden + h]
    return Math.max(0, total - rateLimit)
  })
  for (let b = 0; b < batch; b++) {
    const [dV, dI, entered] = Array.from({ length: 3 }, () => new Float64Array(hidden))
    for (let t = bins - 1; t >= 0; t--) {
      // what a spike of bin t does to the units that hear it: their currents one bin later
      const later = dI.slice()
      for (let h = 0; h < hidden; h++) {
        const k = b * hidden + h
        const at = t * rowH + k
        let dS = (2 * model.burst * counts[k]) / rowH + (2 * rate * excess[b]) / batch
        for (let o = 0; o < outputs; o++) {
          const d = toReadout[t * rowO + b * outputs + o]
          dS += w2[h * outputs + o] * d
          outputGradient[h * outputs + o] += trace.spikes[at] * d
        }
        if (recurrent) for (let j = 0; j < hidden; j++) dS += recurrent[h * hidden + j] * later[j]
        // (1 − S[t]) that the reset puts between V[t] and V[t + 1]
        const factor = order !== 'C' && model.resetInBackward ? 1 - trace.spikes[at] : 1
        const fromNext = beta * factor * dV[h]
        const above = trace.membrane[at] - model.threshold
        const distance = model.atThreshold && trace.spikes[at] === 1 ? Math.max(0, above) : Math.abs(above)
        const u = model.slope * distance + 1
        const before = entered[h]
        dV[h] = fromNext + dS / (u * u)
        if (t === 0) continue
        // order A multiplies the entering current by the same (1 − S[t − 1]) as the membrane
        const earlier = order === 'A' && model.resetInBackward ? 1 - trace.spikes[at - rowH] : 1
        entered[h] = gain * earlier * dV[h]
        dI[h] = alpha * later[h] + (lag === 1 ? before : entered[h])
        for (let n = 0; n < inputs; n++) {
          const spike = x[((t - 1) * batch + b) * inputs + n]
          if (spike !== 0) hiddenGradient[n * hidden + h] += spike * dI[h]
        }
        if (!recurrent) continue
        for (let j = 0; j < hidden; j++) {
          if (trace.spikes[(t - 1) * rowH + b * hidden + j] !== 0) recurrentGradient[j * hidden + h] += dI[h]
        }
      }
    }
  }

  let burst = 0
  for (const n of counts) burst += (model.burst * n * n) / rowH
  let weight = 0
  for (const w of w1) weight += (model.weightDecay * w * w) / w1.length
  for (let k = 0; k < w1.length; k++) hiddenGradient[k] += (2 * model.weightDecay * w1[k]) / w1.length
  let rates = 0
  for (const spikes of excess) rates += (rate * spikes * spikes) / batch
  return {
    crossEntropy: entropy,
    burst,
    weight,
    loss: entropy + burst + rates + weight,
    maxima,
    peaks,
    hidden: hiddenGradient,
    output: outputGradient,
    recurrent: recurrentGradient
  }
}
