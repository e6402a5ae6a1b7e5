/**
 * The emulated chip's door for first-spike times, over the same ground truth as the network door (source.ts): the same
 * units, weights and membrane noise, but exact input times, outputs that fire, and no second spike. Input stages are linear
 * here, all events arrive, and the loop delay is the same for all (resources/docs/hicann-x.md, what is not emulated).
 *
 * Delay units: two more circuits for each event source, as DelGrad built them from neurons (Göltz, Weber, Kriener et al.
 * 2025: delay ≈ setting / 8 + 2 µs, settings 50 to 250, jitter 60 ns). How far units differ from one another is not
 * published: 5 % in slope and 0.5 µs in offset are assumed, drawn from the chip's seed.
 */
import { InputError } from '../../errors/input-error'
import { emulateSpikes, spikeMemory, writeSpikeBlock, writeSpikeUnits } from '../../kernels/emulate-spikes'
import type { SpikeFields, SpikeMemory, SpikeSizes } from '../../kernels/emulate-spikes'
import type { SpikeList } from '../../kernels/first-spike'
import type { Kernels } from '../../kernels/module'
import { dealRanges, share } from '../../kernels/team'
import type { Team } from '../../kernels/team'
import { Stream } from '../../random/stream'
import type { FirstSpikePort, FirstSpikeShape, RecordedTimes } from '../first-spike-port'
import type { Placement } from '../placement'
import { currentToMembrane, decay, noiseKick } from '../propagators'
import { convertMatrix, fillMatrix, weightMatrix } from './matrix'
import type { WeightMatrix } from './matrix'
import { fillNoise, NOISE_ROWS } from './noise'
import { LOOP_DELAY_US } from './source'
import type { NetworkSource } from './source'
import { startOf } from './start'
import { unitsOf } from './units'
import type { Units } from './units'

/** clock of the FPGA that stamps events: 125 MHz (hardware.md 1.6) */
const STAMP_US = 0.008
const STEP_US = 0.4
/** 255 cycles of the slow refractory clock are 65 µs (chip-port.ts) */
const LONGEST_US = 64
const DELAY_CODES = [50, 250] as const
const DELAY_JITTER_US = 0.06
const DELAY_SLOPE_SPREAD = 0.05
const DELAY_OFFSET_SPREAD_US = 0.5

const delayUs = (code: number): number => code / 8 + 2
const padded = (n: number): number => Math.ceil(n / 4) * 4

interface Opened {
  kernels: Kernels
  team: Team
  shape: FirstSpikeShape
  placement: Placement
  memory: SpikeMemory
  recorded: RecordedTimes
  hidden: WeightMatrix
  output: WeightMatrix
  revision: number
}

export function openFirstSpikes(source: NetworkSource): FirstSpikePort {
  return new FirstSpikes(source)
}

class FirstSpikes implements FirstSpikePort {
  readonly delayCodes = DELAY_CODES
  #opened: Opened | null = null

  constructor(readonly source: NetworkSource) {}

  longestWindowUs(delayed: boolean): number {
    return LONGEST_US + (delayed ? delayUs(DELAY_CODES[0]) : 0)
  }

  open(kernels: Kernels, team: Team, shape: FirstSpikeShape, placement: Placement): RecordedTimes {
    const longest = this.longestWindowUs(shape.delayed)
    if (!(shape.windowUs > 0 && shape.windowUs <= longest)) {
      throw new InputError('bad-input', `a sample's window is ${shape.windowUs} µs; allowed is up to ${longest} µs`)
    }
    const { inputs, hidden, outputs, batch, events } = shape
    const sizes: SpikeSizes = {
      inputs,
      hidden,
      outputs,
      events,
      steps: Math.ceil(shape.windowUs / STEP_US),
      stepUs: STEP_US,
      delayUs: LOOP_DELAY_US,
      stampUs: STAMP_US,
      jitterUs: shape.delayed ? DELAY_JITTER_US : 0,
      seed: this.source.trialSeed | 0,
      noiseRows: NOISE_ROWS,
      members: team.size
    }
    const { arena } = kernels
    const memory = spikeMemory(kernels, sizes)
    const recorded: RecordedTimes = {
      hidden: arena.f64(batch * hidden).at,
      outputs: arena.f64(batch * outputs).at,
      delayed: shape.delayed ? { inputs: arena.f64(batch * inputs).at, hidden: arena.f64(batch * hidden).at } : null
    }
    this.#opened = {
      kernels,
      team,
      shape,
      placement,
      memory,
      recorded,
      hidden: weightMatrix(arena, inputs, memory.lanes, padded(hidden), memory.hiddenWeights),
      output: weightMatrix(arena, hidden, memory.outputLanes, padded(outputs), memory.outputWeights),
      revision: this.source.revision
    }
    if (team.index === 0) {
      writeSpikeBlock(kernels, sizes, memory, recorded.delayed)
      fillNoise(memory.noise, this.source.trialSeed)
      this.#readSettings(this.#opened)
    }
    team.barrier()
    return recorded
  }

  writeNetwork(hidden: number, output: number): void {
    const now = this.#now()
    const { kernels, team, shape } = now
    if (now.revision !== this.source.revision) {
      now.revision = this.source.revision
      if (team.index === 0) this.#readSettings(now)
    }
    team.barrier()
    convertMatrix(kernels, now.hidden, hidden, 0, [0, shape.inputs], share(team, padded(shape.hidden), 4))
    convertMatrix(kernels, now.output, output, 0, share(team, shape.hidden), [0, padded(shape.outputs)])
    team.barrier()
  }

  writeDelays(inputs: Uint8Array, hidden: Uint8Array): void {
    const { team, memory } = this.#now()
    const { seed, mismatch } = this.source.fixed ?? { seed: 0, mismatch: 0 }
    if (team.index === 0) {
      const set = (codes: Uint8Array, to: Float32Array, name: string): void => {
        const units = new Stream(seed, 'delay units', name)
        codes.forEach((code, k) => {
          const slope = 1 + DELAY_SLOPE_SPREAD * mismatch * units.normal()
          to[k] = Math.max(0, delayUs(slope * code) + DELAY_OFFSET_SPREAD_US * mismatch * units.normal())
        })
      }
      set(inputs, memory.inputDelays, 'inputs')
      set(hidden, memory.hiddenDelays, 'hidden')
    }
    team.barrier()
  }

  present(list: SpikeList, unitUs: number, index: number, count: number, trial: number): void {
    const { kernels, team, memory, recorded, shape } = this.#now()
    if (count > shape.batch) {
      throw new InputError('bad-input', `a presentation takes at most ${shape.batch} samples, not ${count}`)
    }
    const { hidden, outputs } = recorded
    dealRanges(team, count, (from, to) =>
      emulateSpikes(kernels, memory, team.index, list, unitUs, index, [from, to], trial, hidden, outputs)
    )
  }

  #now(): Opened {
    if (this.#opened === null) throw new Error('the first-spike port is not open')
    return this.#opened
  }

  #readSettings({ memory, placement, hidden, output }: Opened): void {
    const set = (columns: Int16Array, to: Float32Array, matrix: WeightMatrix): void => {
      const units = unitsOf(this.source, columns, true)
      writeSpikeUnits(to, fieldsOf(units))
      const one = new Float64Array(units.count).fill(1)
      fillMatrix(matrix, this.source, units, one, one)
    }
    set(placement.hidden, memory.hidden, hidden)
    set(placement.outputs, memory.outputs, output)
  }
}

function fieldsOf(units: Units): SpikeFields {
  const each = (value: (u: number) => number): Float64Array =>
    Float64Array.from({ length: units.count }, (_, u) => value(u))
  const { rest, tauMem, tauSynExc, tauSynInh } = units
  const start = Array.from({ length: units.count }, (_, u) => startOf(units, u))
  const membraneDecay = each((u) => decay(STEP_US, tauMem[u]))
  const noiseStep = each((u) => noiseKick(STEP_US, tauMem[u], units.noise[u]))
  return {
    membraneDecay,
    excDecay: each((u) => decay(STEP_US, tauSynExc[u])),
    inhDecay: each((u) => decay(STEP_US, tauSynInh[u])),
    excToMembrane: each((u) => currentToMembrane(STEP_US, tauMem[u], tauSynExc[u])),
    inhToMembrane: each((u) => currentToMembrane(STEP_US, tauMem[u], tauSynInh[u])),
    noiseStep,
    // the noise of a step is a constant current: how far it moves the settling point
    noiseShift: each((u) => noiseStep[u] / (1 - membraneDecay[u])),
    threshold: each((u) => units.threshold[u] - rest[u]),
    membraneRate: each((u) => 1 / tauMem[u]),
    excRate: each((u) => 1 / tauSynExc[u]),
    inhRate: each((u) => 1 / tauSynInh[u]),
    start: each((u) => start[u].centre),
    startSd: each((u) => start[u].sd)
  }
}
