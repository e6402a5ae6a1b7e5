/** Synthetic planes, related runs and what-if answers. */
import type { Parsed } from '../../../src-main/contract'
import { InloopError } from '../../../src-main/contract/errors'
import type { PlaneAt, Related, Run, WhatIfReading } from '../../../src-renderer/api/types'
import { Stream } from '../../../src-main/core/random/stream'
import { emptyPlane, setPoint, yinYangGrid } from '../../../src-main/core/training/plane'
import { history } from './runs'

/** a network that knows the outlines the better the more epochs it had */
export function planes(): PlaneAt[] {
  const grid = yinYangGrid(41)
  return [1, 2, 5, 10, 20, 50, 100].map((epoch) => {
    const stream = new Stream('plane', epoch)
    const plane = emptyPlane(grid, true)
    grid.cells.forEach((cell, k) => {
      const [x, y] = [((cell % 41) + 0.5) / 41, (Math.floor(cell / 41) + 0.5) / 41]
      const times = [0, 1, 2].map((label) => {
        const far = label === grid.points.labels[k] ? 0 : 2.6
        return (
          9 + far + 3 * Math.hypot(x - 0.3 * label, y - 0.5) + (8 / Math.sqrt(epoch)) * Math.abs(stream.normal()) * 0.3
        )
      })
      if (epoch < 3 && x < 0.2) times[2] = Infinity
      const first = Math.min(...times)
      setPoint(plane, cell, times.indexOf(first), times)
    })
    return { epoch, plane: plane as PlaneAt['plane'] }
  })
}

export function related(run: Run, all: readonly Run[]): Related {
  const stream = new Stream('related')
  return {
    seeds: [1, 2, 3, 4, 5].map((seed) => ({
      run: seed === run.seed ? run.id : `r-${90 + seed}`,
      seed,
      history: history(seed * 31, run.epochs, 0.036)
    })),
    runs: all
      .filter((one) => one.status === 'done' && one.metrics.testAccuracy !== null)
      .map((one, k) => {
        const spread = one.chip === 'ideal' ? 0 : [0, 0.5, 1, 1.5, 2][k % 5]
        return {
          id: one.id,
          name: one.name,
          chip: one.chip,
          chipName: one.chipName,
          seed: one.seed,
          spread,
          testAccuracy: 0.972 - 0.006 * spread + 0.0015 * stream.normal(),
          n: 10_000,
          hiddenSpikesPerSample: 20 + 60 * stream.uniform(),
          colour: one.colour,
          line: one.line,
          sameButPlace: k % 2 === 0 || one.chip === 'ideal'
        }
      })
  }
}

export function whatIf(input: Parsed<'runs.whatIf'>, broken: boolean): WhatIfReading {
  if (broken) throw new InloopError('internal', 'the compute process ended (exit 1)')
  const { spread = 1, temperature = 30, bits = 6, dead = 0, samples = 10_000 } = input
  const lost =
    0.02 * (spread - 1) ** 2 + 0.0004 * Math.abs(temperature - 30) + 0.3 / 4 ** bits + 0.0000014 * dead ** 2.2
  const n = Math.min(10_000, Math.ceil(samples / 100) * 100)
  return {
    epoch: 30,
    testAccuracy: Math.max(0.1, 0.9681 - lost + (n < 10_000 ? 0.004 : 0)),
    n,
    of: 10_000,
    hiddenSpikesPerSample: 42 - dead / 8
  }
}
