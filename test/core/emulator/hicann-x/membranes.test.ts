import { describe, expect, it } from 'vitest'
import { drawChip } from '../../../../src-main/core/chip/hicann-x/draw'
import { circuitsOf } from '../../../../src-main/core/chip/hicann-x/transfer'
import type { Program } from '../../../../src-main/core/emulator/chip-port'
import { driveOf, emptySynapses, type Drive } from '../../../../src-main/core/emulator/hicann-x/program/drive'
import { Membrane, SPIKING_STEP_US } from '../../../../src-main/core/emulator/hicann-x/program/membranes'
import { timelineOf } from '../../../../src-main/core/emulator/hicann-x/program/timeline'
import { TrialNoise } from '../../../../src-main/core/emulator/trial-noise'
import type { Circuits } from '../../../../src-main/core/chip/hicann-x/circuits'
import { medianCells, medianSwitches } from '../../chip/median'

const draw = drawChip(3, 1)
const NEURON = 77

/** the circuits of a drawn chip at median codes, without temporal noise and with exact refractory counters */
function silent(): Circuits {
  const cells = medianCells()
  cells.offsetCurrent.fill(90)
  const switches = medianSwitches()
  switches.offsetCurrent.fill(1)
  const circuits = circuitsOf(draw, cells, new Float64Array(4).fill(600), switches, 250 / 64)
  circuits.noise = new Float64Array(512)
  circuits.refractoryCycle = new Float64Array(512)
  // without its limit an input stage is linear, and the walk exact
  circuits.limitExc.fill(Infinity)
  circuits.limitInh.fill(Infinity)
  return circuits
}

const program: Program = {
  durationUs: 80,
  offsetCurrent: { fromUs: 40, toUs: 55 },
  forcedReset: { fromUs: 20, toUs: 23.5 },
  events: [
    { timeUs: 3, array: 'top', row: 0 },
    { timeUs: 3, array: 'both', row: 1 },
    { timeUs: 4.5, array: 'top', row: 0 },
    { timeUs: 21, array: 'top', row: 0 },
    { timeUs: 44, array: 'top', row: 0 },
    { timeUs: 45.25, array: 'top', row: 1 }
  ]
}
const observations = Array.from({ length: 159 }, (_, k) => 0.1 + k * 0.5)

function drive(): Drive {
  const memory = emptySynapses()
  memory.signs[0].set([1, -1])
  memory.weights[0].fill(63, 0, 256)
  memory.weights[0].fill(25, 256, 512)
  return driveOf(draw, memory, program.events ?? [])
}

function walk(circuits: Circuits): { membrane: Float64Array; spikes: number[] } {
  const observed = new Float64Array(observations.length)
  const spikes: number[] = []
  new Membrane(
    {
      membranes: circuits,
      drive: drive(),
      coarse: timelineOf(program, observations, Infinity),
      fine: () => timelineOf(program, observations, SPIKING_STEP_US),
      trial: new TrialNoise('walk')
    },
    NEURON,
    NEURON
  ).present(observed, (t) => spikes.push(t))
  return { membrane: observed, spikes }
}

const stage = (x: number, limit: number): number => (limit === Infinity ? x : limit * Math.tanh(x / limit))

/** the equations of hardware.md 2 by the classical Runge-Kutta method with small steps: knows none of the above */
function rungeKutta(c: Circuits, threshold: number): { membrane: number[]; spikes: number[] } {
  const n = NEURON
  const d = drive()
  const constant = (on: boolean): number => c.inputOffsetExc[n] - c.inputOffsetInh[n] + (on ? c.offsetCurrent[n] : 0)
  const h = 1 / 4000
  let [v, e, i] = [c.leak[n] + (c.tauMem[n] * constant(false)) / c.capacitance[n], 0, 0]
  let refractoryUntil = -1
  const membrane: number[] = []
  const spikes: number[] = []
  const inside = (w: { fromUs: number; toUs: number } | undefined, t: number): boolean =>
    w !== undefined && t >= w.fromUs - 1e-9 && t < w.toUs - 1e-9
  for (let k = 0; k < 80 / h; k++) {
    const t = k * h
    program.events!.forEach((event, index) => {
      if (Math.abs(event.timeUs - t) < h / 2) {
        e += c.gainExc[n] * d.exc[index * 512 + n]
        i += c.gainInh[n] * d.inh[index * 512 + n]
      }
    })
    for (const at of observations) if (Math.abs(at - t) < h / 2) membrane.push(v)
    const forced = inside(program.forcedReset, t) || t < refractoryUntil - 1e-12
    const slope = (v: number, e: number, i: number): number =>
      (c.leak[n] - v) / c.tauMem[n] +
      (constant(inside(program.offsetCurrent, t)) + stage(e, c.limitExc[n]) - stage(i, c.limitInh[n])) /
        c.capacitance[n] +
      (forced ? (c.reset[n] - v) / c.tauReset[n] : 0)
    const f = ([v, e, i]: number[]): number[] => [slope(v, e, i), -e / c.tauSynExc[n], -i / c.tauSynInh[n]]
    const add = (y: number[], k: number[], s: number): number[] => y.map((x, j) => x + s * k[j])
    const y = [v, e, i]
    const k1 = f(y)
    const k2 = f(add(y, k1, h / 2))
    const k3 = f(add(y, k2, h / 2))
    const k4 = f(add(y, k3, h))
    const before = v
    ;[v, e, i] = y.map((x, j) => x + (h / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]))
    if (!forced && before < threshold && v >= threshold) {
      const at = t + (h * (threshold - before)) / (v - before)
      spikes.push(at)
      refractoryUntil = at + c.refractory[n]
    }
  }
  return { membrane, spikes }
}

describe('a membrane in a program', () => {
  it('closed form: follows the differential equation through events, offset current and forced reset', () => {
    const circuits = silent()
    circuits.fires.fill(0)
    const { membrane } = walk(circuits)
    const truth = rungeKutta(circuits, Infinity).membrane
    expect(truth.length).toBe(membrane.length)
    expect(Math.max(...membrane) - Math.min(...membrane)).toBeGreaterThan(30)
    for (const [k, v] of truth.entries()) expect(Math.abs(membrane[k] - v)).toBeLessThan(1e-6)
  })

  it('saturating: follows the differential equation, too', () => {
    const circuits = silent()
    circuits.fires.fill(0)
    const linear = walk(circuits).membrane
    // 126 codes at once go beyond the range
    circuits.limitExc.fill(circuits.gainExc[NEURON] * 60)
    circuits.limitInh.fill(circuits.gainInh[NEURON] * 60)
    const { membrane } = walk(circuits)
    const truth = rungeKutta(circuits, Infinity).membrane
    const swing = Math.max(...linear) - Math.min(...linear)
    expect(Math.max(...truth.map((v, k) => Math.abs(linear[k] - v)))).toBeGreaterThan(0.08 * swing)
    for (const [k, v] of truth.entries()) expect(Math.abs(membrane[k] - v)).toBeLessThan(3e-3 * swing)
  })

  it('both paths give the same membrane where no spike comes', () => {
    const circuits = silent()
    circuits.fires.fill(0)
    const closed = walk(circuits)
    const peak = Math.max(...closed.membrane)
    circuits.fires.fill(1)
    // above the peak, but below the bound that would choose the closed form
    circuits.threshold.fill(peak + 2)
    const stepped = walk(circuits)
    expect(stepped.spikes).toEqual([])
    for (const [k, v] of closed.membrane.entries()) expect(Math.abs(stepped.membrane[k] - v)).toBeLessThan(1e-7)
  })

  it('spiking: follows the differential equation, spikes and refractory periods included', () => {
    const circuits = silent()
    circuits.fires.fill(1)
    const rest = walk({ ...circuits, fires: new Uint8Array(512) }).membrane[0]
    circuits.threshold.fill(rest + 8)
    circuits.reset.fill(rest - 5)
    const { membrane, spikes } = walk(circuits)
    const truth = rungeKutta(circuits, rest + 8)
    expect(spikes.length).toBeGreaterThan(3)
    expect(spikes.length).toBe(truth.spikes.length)
    // Runge-Kutta sees the switch open and close on its own grid only
    for (const [k, t] of truth.spikes.entries()) expect(Math.abs(spikes[k] - t)).toBeLessThan(2e-3)
    const worst = Math.max(...truth.membrane.map((v, k) => Math.abs(membrane[k] - v)))
    expect(worst).toBeLessThan(0.05)
  })
})
