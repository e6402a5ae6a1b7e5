// The straight lines of straight-steps.ts against the integrator of the complete neuron, which walks through the same steps
// where the membrane has a comparator, however far away.
import { expect, it } from 'vitest'
import { GroupMembranes } from '../../../../src-main/core/emulator/hicann-x/program/group-membranes'
import type { CircuitGroup } from '../../../../src-main/core/emulator/hicann-x/program/groups'
import type { Walk } from '../../../../src-main/core/emulator/hicann-x/program/membranes'
import { timelineOf } from '../../../../src-main/core/emulator/hicann-x/program/timeline'
import { inspect } from '../../../../src-main/core/emulator/inspector'
import type { Unit } from '../../../../src-main/core/emulator/neuron-group'
import { TrialNoise } from '../../../../src-main/core/emulator/trial-noise'
import { open } from '../chip-on-bench'
import { group, input, none, unit } from './circuit-groups'

const REPEATS = 12
const PROGRAM = {
  durationUs: 40,
  forcedReset: { fromUs: 22, toUs: 23.5 },
  offsetCurrent: { fromUs: 25, toUs: 33 },
  events: [1, 3, 3.5, 14, 28].map((timeUs) => ({ timeUs, array: 'both' as const, row: 0 }))
}
const READS = [0.5, 4, 7.3, 16, 21.9, 24, 31, 39]

function shown(of: Partial<Unit>): number[][] {
  const exc = { ...input(5), slope: 1 / 185, reference: 115, limit: 30, offset: -2 }
  const inh = { ...input(3), slope: -1 / 85, reference: 115, limit: 20, offset: -1.5 }
  const one = group([unit(0, 6, { exc, inh, ...of })])
  const circuits: CircuitGroup = {
    plain: false,
    group: one,
    circuits: [3],
    gainExc: Float64Array.of(9),
    gainInh: Float64Array.of(5),
    offsetCurrent: Float64Array.of(3),
    noise: Float64Array.of(0.2),
    glitches: none(one),
    cycleUs: none(one)
  }
  const weights = Float64Array.from({ length: PROGRAM.events.length * 512 }, (_, k) => 1 + (Math.floor(k / 512) % 3))
  const walk: Walk = {
    membranes: inspect(open(1, 0)).circuits,
    drive: { exc: weights, inh: weights, any: true },
    coarse: timelineOf(PROGRAM, READS, Infinity),
    fine: () => timelineOf(PROGRAM, READS, 1),
    trial: new TrialNoise(1)
  }
  const walker = new GroupMembranes(walk, circuits)
  return Array.from({ length: REPEATS }, () => {
    const observed = [new Float64Array(READS.length)]
    walker.present(observed, () => undefined)
    return [...observed[0]]
  })
}

it.each([
  ['that recovers from its reset', { resetConductance: 2 }],
  ['whose reset is immediate', { resetConductance: Infinity }]
])('a membrane %s takes the course that the integrator finds, in every repeat', (_, of) => {
  const lines = shown({ ...of, threshold: Infinity })
  const truth = shown({ ...of, threshold: 1e6 })
  // noise differs from repeat to repeat, and moves the membrane by far more than the two ways differ
  expect(Math.abs(truth[1][4] - truth[2][4])).toBeGreaterThan(0.01)
  lines.forEach((reads, repeat) =>
    reads.forEach((v, k) => expect(Math.abs(v - truth[repeat][k]), `repeat ${repeat}, read ${k}`).toBeLessThan(1e-5))
  )
})
