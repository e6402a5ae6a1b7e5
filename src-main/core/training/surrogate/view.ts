/** One sample as a person looks at it: what went in, what was measured, what the ideal network would have done. */
import type { SampleView } from '../types'
import { latencyBins } from '../../datasets/latency'
import { hiddenCell, readoutCell, spikedAt } from '../../emulator/network-port'
import { crossEntropy, largest, maxOverTime } from './loss'
import type { Session, Split } from './session'

/** membranes that are shown: those of the units that fired most */
const SHOWN = 6

/** presents sample `index` of a split with the network as it is on the port; every member calls it */
export function viewSample(session: Session, split: Split, index: number, trial: number): SampleView {
  const { port, team, config } = session.request
  const { bins, hidden, outputs, binUs } = session.shape
  const { measured: cells } = session
  const { side, pixels, labels } = split.images
  team.barrier()
  if (team.index === 0) session.index.data[0] = index
  team.barrier()
  port.present(split.stimulus, session.index.at, 1, trial)
  team.barrier()
  const { buffer } = session.request.kernels.arena.memory
  const v = new Float32Array(buffer, cells.membrane, cells.sample)
  const s = cells.spikes === 0 ? null : new Float32Array(buffer, cells.spikes, cells.sample)
  const trace = (cell: (t: number) => number, perUnit: number, into: Float32Array, row: number): void => {
    for (let t = 0; t < bins; t++) into[row * bins + t] = (v[cell(t)] - v[cell(0)]) * perUnit
  }

  const code = { tauUs: config.inputTauUs, threshold: config.inputThreshold, bins, binUs }
  const binOf = latencyBins(code)
  const image = pixels.slice(index * side * side, (index + 1) * side * side)
  const arrivals: [number, number][] = split.images.events ? presented(session, split, index) : []
  image.forEach((pixel, unit) => {
    if (binOf[pixel] >= 0) arrivals.push([binOf[pixel], unit])
  })
  const fired: [number, number][] = []
  const counts = new Int32Array(hidden)
  for (let t = 0; t < bins; t++) {
    for (let h = 0; h < hidden; h++) {
      if (!spikedAt(v, s, hiddenCell(cells, 0, t, h))) continue
      fired.push([t, h])
      counts[h]++
    }
  }
  const shown = Array.from(counts.keys())
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, SHOWN)
  const measured = new Float32Array(shown.length * bins)
  const perUnit = 1 / session.conversion.membranePerUnit
  shown.forEach((unit, row) => trace((t) => hiddenCell(cells, 0, t, unit), perUnit, measured, row))
  const readout = new Float32Array(outputs * bins)
  for (let o = 0; o < outputs; o++) trace((t) => readoutCell(cells, 0, t, o), session.readoutPerUnit, readout, o)

  const maxima = new Float64Array(outputs)
  for (let o = 0; o < outputs; o++) {
    if (config.readout === 'sum') for (let t = 0; t < bins; t++) maxima[o] += readout[o * bins + t]
    else maxOverTime(readout, o * bins, 1, bins, maxima.subarray(o, o + 1), new Int32Array(1))
  }
  const error = new Float64Array(outputs)
  crossEntropy(maxima, labels[index], config.readoutScale, error)
  const probabilities = Array.from(error, (e, o) => e / config.readoutScale + (o === labels[index] ? 1 : 0))
  const modelled = ideal(session, arrivals, shown)
  team.barrier()
  return {
    index,
    label: labels[index],
    read: largest(maxima),
    image,
    side,
    ...(side === 0 ? { inputs: session.shape.inputs } : {}),
    binUs,
    bins,
    inputSpikes: events(arrivals),
    hiddenSpikes: events(fired),
    shown,
    measured,
    modelled,
    readout,
    probabilities
  }
}

/** the sample's input spikes as they are presented: bin and input */
function presented(session: Session, { stimulus }: Split, index: number): [number, number][] {
  const { buffer } = session.request.kernels.arena.memory
  const { bins } = session.shape
  const from = new Int32Array(buffer, stimulus.start, index + 1)[index]
  const binStart = new Uint16Array(buffer, stimulus.binStart + index * (bins + 1) * 2, bins + 1)
  const inputs = new Uint8Array(buffer, stimulus.input + from, binStart[bins])
  return Array.from({ length: bins }, (_, t) => t).flatMap((t) =>
    Array.from(inputs.subarray(binStart[t], binStart[t + 1]), (input): [number, number] => [t, input])
  )
}

/** membranes [unit][bin] of the ideal network with the shadow weights, left to itself (reference.ts, order C) */
function ideal(session: Session, arrivals: readonly [number, number][], units: readonly number[]): Float32Array {
  const { bins, hidden } = session.shape
  const { hidden: weights, recurrent } = session.network.state()
  const out = new Float32Array(units.length * bins)
  // units that hear each other have to be followed together
  const followed = recurrent ? Array.from({ length: hidden }, (_, h) => h) : units
  const [v, current] = [new Float64Array(hidden), new Float64Array(hidden)]
  for (let t = 0; t + 1 < bins; t++) {
    const inputs = arrivals.filter(([bin]) => bin === t)
    const fired = recurrent ? followed.filter((unit) => v[unit] > 1) : []
    for (const unit of followed) {
      current[unit] *= session.alpha
      for (const [, input] of inputs) current[unit] += weights[input * hidden + unit]
      if (recurrent) for (const other of fired) current[unit] += recurrent[other * hidden + unit]
      v[unit] = session.beta * v[unit] + current[unit] - (v[unit] > 1 ? 1 : 0)
    }
    units.forEach((unit, row) => (out[row * bins + t + 1] = v[unit]))
  }
  return out
}

function events(list: readonly [number, number][]): { bin: Float32Array; unit: Uint16Array } {
  return { bin: Float32Array.from(list, ([bin]) => bin), unit: Uint16Array.from(list, ([, unit]) => unit) }
}
