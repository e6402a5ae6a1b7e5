/**
 * Where the spike times of a forward pass come from: the model's closed forms, or a chip that records them.
 *
 * A chip is known through its ports alone. What one weight code is in model units is measured as for other methods
 * (conversion.ts): a weight of one model unit there makes the potential (τ/Δ) e^(Δ/τ) · s e^−s of the threshold, here it
 * makes s e^−s / Θ (Δ: the converter's bin), so that codes a unit follow. Hidden spikes reach the outputs after the
 * crossbar's delay (published, 1 µs); since a common delay of all inputs delays the output by as much, it is taken off the
 * outputs' recorded times.
 */
import type { FirstSpikePort, RecordedTimes } from '../../emulator/first-spike-port'
import { InputError } from '../../errors/input-error'
import { share } from '../../kernels/team'
import { exp } from '../../numerics/functions'
import { conversionOfPort } from '../conversion'
import { place } from '../placement'
import { TRIAL, trialOf } from '../surrogate/trials'
import type { Config } from '../types'
import type { EncodedSet } from './encode'
import type { NetworkShape, SpikingNetwork } from './network'
import type { FirstSpikeConfig } from './presets'
import type { SessionRequest } from './session'

export interface Substrate {
  /** weight codes of one model unit of weight; 1 on ideal */
  codesPerUnit: number
  /** what was measured of it, for the run's record */
  report: Config
  /** to the nearest weight that can be there, model units */
  grid: (weight: number) => number
  /** presents the samples in the network's `index`; every member calls it. A model leaves the times to the kernels */
  present: (
    network: SpikingNetwork,
    set: EncodedSet,
    count: number,
    epoch: number,
    batch: number,
    changed: boolean
  ) => void
}

/** converter bins of the measurement, and the network's largest number of rows */
const BINS = 20
const BIN_US = 1.7
const ROWS = 256
/** how long a sample is listened to, in τ_syn */
const WINDOW = 8
const LOOP_DELAY_US = 1

const padded = (n: number): number => Math.ceil(n / 4) * 4

export function openSubstrate(request: SessionRequest, config: FirstSpikeConfig, shape: NetworkShape): Substrate {
  const { port } = request
  if (port.weightStep > 0) {
    if (port.firstSpikes) return openChip(request, port.firstSpikes, config, shape)
    throw new InputError(
      'bad-input',
      'chip: it has no door for first-spike times; allowed are `ideal` and hicann-x chips'
    )
  }
  const { resolution, weightLimit } = config
  const grid = (weight: number): number => {
    const w = Math.max(-weightLimit, Math.min(weightLimit, weight))
    return resolution > 0 ? Math.round(w / resolution) * resolution : w
  }
  return { codesPerUnit: 1, report: request.measured ?? {}, grid, present: () => {} }
}

function openChip(
  request: SessionRequest,
  door: FirstSpikePort,
  config: FirstSpikeConfig,
  shape: NetworkShape
): Substrate {
  const { port, kernels, team, usable, batch } = request
  const { sources, hidden, classes } = shape
  if (config.delays !== 'none') {
    throw new InputError(
      'bad-input',
      `setting 'delays' is "${config.delays}"; allowed on a chip is none: its delay units cannot be trained yet`
    )
  }
  if (sources > ROWS) {
    throw new InputError(
      'bad-input',
      `dataset: ${sources} inputs with bias and copies given; allowed on a chip: at most ${ROWS} (copies, mnist16)`
    )
  }
  const { arena } = kernels
  const placement = place(port, usable, hidden, classes)
  const report = request.measured ?? measure(request, config, shape, placement)
  const codesPerUnit = Number(report['codesPerUnit'])
  const recorded: RecordedTimes = door.open(
    kernels,
    team,
    {
      inputs: sources,
      hidden,
      outputs: classes,
      batch,
      events: sources,
      windowUs: Math.min(WINDOW * config.tauSynUs, door.longestWindowUs),
      delayed: false
    },
    placement
  )
  const hiddenCodes = arena.f32(sources * padded(hidden))
  const outputCodes = arena.f32(hidden * padded(classes))
  const hiddenTimes = new Float64Array(arena.memory.buffer, recorded.hidden, batch * hidden)
  const outputTimes = new Float64Array(arena.memory.buffer, recorded.outputs, batch * classes)
  const grid = (weight: number): number =>
    Math.max(-port.weightLimit, Math.min(port.weightLimit, Math.round(weight * codesPerUnit))) / codesPerUnit

  const write = ({ hidden: first, output }: SpikingNetwork): void => {
    const put = (from: Float64Array, pre: number, post: number, rows: number, to: Float32Array): void => {
      const [begin, end] = share(team, rows)
      for (let i = begin; i < end; i++) {
        for (let j = 0; j < post; j++) to[i * padded(post) + j] = Math.round(from[j * pre + i] * codesPerUnit)
      }
    }
    put(first.kernel.weights.data, sources, hidden, sources, hiddenCodes.data)
    put(output.kernel.weights.data, output.kernel.sizes.pre, classes, hidden, outputCodes.data)
    team.barrier()
    door.writeNetwork(hiddenCodes.at, outputCodes.at)
  }
  const toModel = (from: Float64Array, to: Float64Array, delayUs: number): void => {
    for (let k = 0; k < from.length; k++) to[k] = (from[k] - delayUs) / config.tauSynUs
  }

  return {
    codesPerUnit,
    report,
    grid,
    present: (network, set, count, epoch, batchNumber, changed) => {
      if (changed) write(network)
      const trial = epoch > 0 ? trialOf(TRIAL.train, epoch, batchNumber) : trialOf(TRIAL.test, 0, batchNumber)
      door.present(set.list, config.tauSynUs, network.index.at, count, trial)
      team.barrier()
      const { hidden: first, output } = network
      if (team.index === 0) {
        if (first.kernel.recorded) toModel(hiddenTimes, first.kernel.recorded.data, 0)
        if (output.kernel.recorded) toModel(outputTimes, output.kernel.recorded.data, LOOP_DELAY_US)
      }
      team.barrier()
    }
  }
}

/** codes a unit, through the network door of the same units */
function measure(
  { port, kernels, team }: SessionRequest,
  config: FirstSpikeConfig,
  { hidden, classes }: NetworkShape,
  placement: ReturnType<typeof place>
): Config {
  const { arena } = kernels
  const mark = arena.mark()
  const bins = { bins: BINS, binUs: BIN_US, batch: 50 }
  const shape = { inputs: ROWS, hidden, outputs: classes, ...bins }
  const decay = exp(-BIN_US / config.tauSynUs)
  const measured = port.open(kernels, team, shape, placement)
  const { conversion, report } = conversionOfPort({
    port,
    kernels,
    team,
    shape,
    measured,
    alpha: decay,
    beta: decay
  })
  team.barrier()
  // whoever takes this memory next may count on zeros
  if (team.index === 0) new Uint8Array(arena.memory.buffer, mark, arena.mark() - mark).fill(0)
  team.barrier()
  arena.release(mark)
  const potential = (config.tauSynUs / BIN_US) * exp(BIN_US / config.tauSynUs)
  const codesPerUnit = conversion.weightPerUnit / (potential * config.threshold)
  return { ...report, codesPerUnit, silentHidden: placement.silentHidden }
}
