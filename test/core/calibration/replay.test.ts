// Nothing in calibration reads ground truth: what went through a recording port is replayed without an emulator, and the
// same calibration comes out. Had anything else of the chip been read, it would not be there to read.
import { expect, it } from 'vitest'
import type { ChipPort } from '../../../src-main/core/emulator/chip-port'
import { calibrated, chip } from './calibrated'

interface Call {
  path: string
  args: string
  answer: unknown
}

/** arguments of a call as text: enough to tell two calls apart */
function textOf(args: unknown[]): string {
  return JSON.stringify(args, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as never) : value))
}

/** a port whose every call and property goes to `seen`, and what that answers is the answer */
function between(
  seen: (path: string, args: unknown[] | null, target: object | null) => unknown,
  target: object | null
) {
  const layer = (prefix: string, inner: object | null): object =>
    new Proxy(inner ?? {}, {
      get: (_, key) => {
        const path = `${prefix}${String(key)}`
        if (path === 'routing' || path === 'correlation') {
          return layer(`${path}.`, inner && (inner[key as keyof object] as object))
        }
        if (path === 'elapsedMs' || path === 'identity') return seen(path, null, inner)
        return (...args: unknown[]) => seen(path, args, inner)
      }
    })
  return layer('', target) as ChipPort
}

function recording(port: ChipPort, calls: Call[]): ChipPort {
  return between((path, args, target) => {
    const key = path.slice(path.indexOf('.') + 1)
    const member = (target as Record<string, unknown>)[key]
    const answer = args ? (member as (...all: unknown[]) => unknown).apply(target, args) : member
    calls.push({ path, args: args ? textOf(args) : '', answer: structuredClone(answer) })
    return answer
  }, port)
}

function replaying(calls: readonly Call[]): ChipPort {
  let next = 0
  return between((path, args) => {
    const call = calls[next++]
    if (call?.path !== path || call.args !== (args ? textOf(args) : '')) {
      throw new Error(`call ${next} is ${path}, was ${call?.path}`)
    }
    return structuredClone(call.answer)
  }, null)
}

it('a calibration can be replayed from what went through its port', () => {
  const suite = calibrated(chip(3))
  const request = {
    from: suite.settings,
    routines: [
      'refractory',
      'converter_channels',
      'synapse_dac_bias',
      'reference_exc',
      'reference_inh',
      'reset',
      'leak'
    ]
  }
  const calls: Call[] = []
  const first = calibrated(recording(chip(3, 1, 5), calls), request)
  expect(calls.length).toBeGreaterThan(200)
  expect(calibrated(replaying(calls), request)).toEqual(first)

  // and it is not that anything goes: another answer gives another calibration
  const other = calls.map((call) => structuredClone(call))
  for (const { path, answer } of other) {
    if (path === 'run') (answer as { columnReads: Uint8Array }).columnReads.fill(90)
  }
  expect(() => calibrated(replaying(other), request)).toThrow(/call \d+ is/)
}, 240_000)
