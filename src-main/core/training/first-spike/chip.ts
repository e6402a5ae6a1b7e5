/**
 * First-spike training on a chip, known through its ports alone. What one weight code is in model units is measured as for
 * other methods (conversion.ts): a weight of one model unit there makes the potential (τ/Δ) e^(Δ/τ) · s e^−s of the
 * threshold, here it makes s e^−s / Θ (Δ: the converter's bin), so that codes a unit follow.
 *
 * Spikes of hidden units and of delay units reach their neurons after the crossbar's delay (published, 1 µs); since a
 * common delay of all inputs delays a layer as much, it is taken off the recorded times of the layers behind it.
 */
import type { FirstSpikePort } from '../../emulator/first-spike-port'
import { InputError } from '../../errors/input-error'
import { share } from '../../kernels/team'
import { exp } from '../../numerics/functions'
import { conversionOfPort } from '../conversion'
import type { MeasuredConversion } from '../conversion'
import { place } from '../placement'
import type { Placed } from '../placement'
import { TRIAL, trialOf } from '../surrogate/trials'
import { measureDelays, settingFor } from './delay-units'
import type { DelayLines } from './delay-units'
import type { Layer, NetworkShape, SpikingNetwork } from './network'
import { noisyInputs } from './noisy-inputs'
import type { FirstSpikeConfig } from './presets'
import type { MeasuredUnits, SessionRequest, Substrate } from './types'
import { UNIT_NUMBERS, unitCodes, unitNumbers } from './unit-codes'

/** converter bins of the measurement, and the network's largest number of rows */
const BINS = 20
const BIN_US = 1.7
const ROWS = 256
/** how long a sample is listened to, in τ_syn: without delay units; with them as long as the chip can */
const WINDOW = 8
const LOOP_DELAY_US = 1

const padded = (n: number): number => Math.ceil(n / 4) * 4

/** Every member calls it. @throws InputError if the network does not fit on a chip */
export function openChip(
  request: SessionRequest,
  door: FirstSpikePort,
  config: FirstSpikeConfig,
  shape: NetworkShape
): Substrate {
  const { port, kernels, team, usable, batch } = request
  const { sources, hidden, classes } = shape
  check(config, sources)
  const delayed = config.delays === 'axonal'
  const { arena } = kernels
  const placement = place(port, usable, hidden, classes)
  const measured = request.measured ?? measure(request, config, shape, placement)
  const codesPerUnit = Number(measured.report['codesPerUnit'])
  const longest = door.longestWindowUs(delayed)
  const recorded = door.open(
    kernels,
    team,
    {
      inputs: sources,
      hidden,
      outputs: classes,
      batch,
      events: sources,
      windowUs: delayed ? longest : Math.min(WINDOW * config.tauSynUs, longest),
      delayed
    },
    placement
  )
  const hiddenCodes = arena.f32(sources * padded(hidden))
  const outputCodes = arena.f32(hidden * padded(classes))
  const view = (at: number, units: number): Float64Array => new Float64Array(arena.memory.buffer, at, batch * units)
  const hiddenTimes = view(recorded.hidden, hidden)
  const outputTimes = view(recorded.outputs, classes)
  const codeOf = unitCodes(measured.units, codesPerUnit, port.weightLimit)
  const grid: Substrate['grid'] = (weight, layer, unit) => codeOf(weight, layer * hidden + unit) / codesPerUnit

  const writeCodes = (): void => {
    team.barrier()
    door.writeNetwork(hiddenCodes.at, outputCodes.at)
  }
  const write = ({ hidden: first, output }: SpikingNetwork): void => {
    const put = (from: Float64Array, post: number, rows: number, to: Float32Array): void => {
      const [begin, end] = share(team, rows)
      for (let i = begin; i < end; i++) {
        for (let j = 0; j < post; j++) to[i * padded(post) + j] = Math.round(from[i * post + j] * codesPerUnit)
      }
    }
    put(first.kernel.weights.data, hidden, sources, hiddenCodes.data)
    put(output.kernel.weights.data, classes, hidden, outputCodes.data)
    writeCodes()
    if (lines) door.writeDelays(settings(first, lines.inputs), settings(output, lines.hidden))
  }
  /** settings of the delay units before a layer */
  const settings = ({ kernel }: Layer, units: DelayLines): Uint8Array =>
    Uint8Array.from(units.offset, (_, i) =>
      settingFor(units, i, kernel.delay.data[i] * config.tauSynUs, door.delayCodes)
    )
  const toModel = (from: Float64Array, to: Float64Array | undefined, behindUs: number): void => {
    if (to) for (let k = 0; k < from.length; k++) to[k] = (from[k] - behindUs) / config.tauSynUs
  }

  let lines: ReturnType<typeof measureDelays> | null = null
  if (delayed) {
    if (team.index === 0) for (const { data } of [hiddenCodes, outputCodes]) data.fill(port.weightLimit)
    writeCodes()
    lines = measureDelays(door, kernels, team, { inputs: sources, hidden }, recorded)
  }
  const noisy = config.inputNoise > 0 ? noisyInputs(kernels, team, batch, sources) : null
  const behind = delayed ? LOOP_DELAY_US : 0

  return {
    codesPerUnit,
    measured,
    grid,
    limit: port.weightLimit / codesPerUnit,
    present: (network, set, count, epoch, batchNumber, changed) => {
      if (changed) write(network)
      const trial = epoch > 0 ? trialOf(TRIAL.train, epoch, batchNumber) : trialOf(TRIAL.test, 0, batchNumber)
      if (noisy && epoch > 0) {
        noisy.write(network, set, count)
        team.barrier()
        door.present(noisy.list, config.tauSynUs, noisy.index, count, trial)
      } else door.present(set.list, config.tauSynUs, network.index.at, count, trial)
      team.barrier()
      const { hidden: first, output } = network
      if (team.index === 0) {
        toModel(hiddenTimes, first.kernel.recorded?.data, behind)
        toModel(outputTimes, output.kernel.recorded?.data, behind + LOOP_DELAY_US)
        if (recorded.delayed) {
          // their noise has come with them
          first.kernel.jitter?.data.fill(0)
          toModel(view(recorded.delayed.inputs, sources), first.kernel.arrived?.data, 0)
          toModel(view(recorded.delayed.hidden, hidden), output.kernel.arrived?.data, behind)
        }
      }
      team.barrier()
    }
  }
}

function check({ delays, biasOutput }: FirstSpikeConfig, sources: number): void {
  if (biasOutput) {
    throw new InputError(
      'bad-input',
      'the network has a bias at its outputs; allowed on a chip: networks without (trained on a chip, or with biasTime -1)'
    )
  }
  if (delays !== 'none' && delays !== 'axonal') {
    throw new InputError(
      'bad-input',
      `setting 'delays' is "${delays}"; allowed on a chip are none, axonal: it has one delay unit for each source`
    )
  }
  if (sources > ROWS) {
    throw new InputError(
      'bad-input',
      `dataset: ${sources} inputs with bias and copies given; allowed on a chip: at most ${ROWS} (copies, mnist16)`
    )
  }
}

/** codes a unit and, if wanted, how each unit differs, through the network door of the same units */
function measure(
  request: SessionRequest,
  config: FirstSpikeConfig,
  { hidden, classes }: NetworkShape,
  placement: Placed
): MeasuredUnits {
  const first = characterise(request, config, placement.hidden, placement.outputs)
  const { conversion, report } = first
  const potential = (config.tauSynUs / BIN_US) * exp(BIN_US / config.tauSynUs)
  const codesPerUnit = conversion.weightPerUnit / (potential * config.threshold)
  const told = { ...report, codesPerUnit, silentHidden: placement.silentHidden }
  if (!config.unitCodes) return { report: told, units: null }
  // outputs fire here: they are looked at as hidden units are
  const second = characterise(request, config, placement.outputs, placement.hidden.slice(0, 1))
  const units = new Float64Array(UNIT_NUMBERS * (hidden + classes))
  units.set(unitNumbers(first.units, conversion))
  units.set(unitNumbers(second.units, conversion), UNIT_NUMBERS * hidden)
  return { report: told, units }
}

function characterise(
  { port, kernels, team }: SessionRequest,
  { tauSynUs }: FirstSpikeConfig,
  hidden: Int16Array,
  outputs: Int16Array
): MeasuredConversion {
  const { arena } = kernels
  const mark = arena.mark()
  const shape = { inputs: ROWS, hidden: hidden.length, outputs: outputs.length, bins: BINS, binUs: BIN_US, batch: 50 }
  const decay = exp(-BIN_US / tauSynUs)
  const measured = port.open(kernels, team, shape, { hidden, outputs })
  const result = conversionOfPort({ port, kernels, team, shape, measured, alpha: decay, beta: decay })
  team.barrier()
  // whoever takes this memory next may count on zeros
  if (team.index === 0) new Uint8Array(arena.memory.buffer, mark, arena.mark() - mark).fill(0)
  team.barrier()
  arena.release(mark)
  return result
}
